//! Plays the script of a request.

use serde_json::{Map, Value, json};

use super::behaviour::{Act, PageNames, Script, Step};
use super::filter;
use super::paging::Paging;
use super::scope::text_of;
use super::slots;
use super::world::{World, answer_of};
use super::{Reply, Scope, Stop};
use crate::catalog::PageStyle;

/// One request being played.
pub(super) struct Stage<'a> {
    pub(super) world: &'a World<'a>,
    /// `path`, `query`, `body`, `now` and the results of the steps so far.
    pub(super) scope: Scope,
    pub(super) style: Option<&'a PageStyle>,
    pub(super) names: &'a PageNames,
}

impl Stage<'_> {
    /// Plays all steps and fills the answer.
    pub(super) fn play(mut self, script: &Script, usual_status: u16) -> Result<Reply, Stop> {
        for step in &script.steps {
            self.step(step)?;
        }
        let body = self.scope.fill(&script.answer)?.unwrap_or(Value::Null);
        let mut reply = Reply::json(script.status.unwrap_or(usual_status), body);
        if let Some(content) = &script.content {
            reply.content_type.clone_from(content);
        }
        Ok(reply)
    }

    fn step(&mut self, step: &Step) -> Result<(), Stop> {
        let Some(each) = &step.each else { return self.once(step) };
        let items = self.scope.eval(each)?;
        let mut made = Vec::new();
        for item in items.as_ref().and_then(Value::as_array).cloned().unwrap_or_default() {
            self.scope.set("item", item);
            self.once(step)?;
            made.extend(self.scope.get(step.name.as_deref().unwrap_or("record")).cloned());
        }
        self.scope.set("made", Value::Array(made));
        Ok(())
    }

    fn once(&mut self, step: &Step) -> Result<(), Stop> {
        if let Some(when) = &step.when
            && !self.scope.truth(when)?
        {
            return Ok(());
        }
        match step.act {
            Act::Let => {
                let value = self.values(step)?;
                self.name(step, "record", value);
            }
            Act::Refuse => {
                let facts = self.values(step)?;
                return Err(answer_of(&self.world.behaviour.wording.refused, &facts)?.into());
            }
            Act::Get => {
                let found = self.locate(step)?;
                self.show(step, found.as_ref().map(|(collection, record)| (collection.as_str(), record)))?;
            }
            Act::List => self.list(step)?,
            Act::Create => self.create(step)?,
            Act::Update => self.update(step)?,
            Act::Upsert => self.upsert(step)?,
            Act::Delete => self.delete(step)?,
            Act::Add | Act::Remove => self.members(step)?,
            Act::Slots => {
                let busy = self.matching(step)?;
                let plan = self.values(step)?;
                let free = slots::free(&plan, &busy, &self.world.zone()?, self.world.now);
                self.name(step, "slots", free);
            }
        }
        Ok(())
    }

    /// The record a step is about and its collection; several collections may be tried, parted by `|`.
    fn locate(&self, step: &Step) -> Result<Option<(String, Value)>, Stop> {
        let id = step.id.as_ref().map(|id| self.scope.eval(id)).transpose()?.flatten();
        let id = id.as_ref().and_then(text_of).unwrap_or_default();
        for collection in step.collection.split('|') {
            if let Some(record) = self.world.get(collection, &id)?
                && self.meets(step, &record)?
            {
                return Ok(Some((collection.to_owned(), record)));
            }
        }
        if step.optional {
            return Ok(None);
        }
        let first = step.collection.split('|').next().unwrap_or_default();
        Err(self.world.missing(first, &id)?.into())
    }

    fn meets(&self, step: &Step, record: &Value) -> Result<bool, Stop> {
        for (condition, template) in step.conditions.iter() {
            let wanted = self.scope.fill(template)?;
            let given = wanted.filter(|value| !value.is_null() && value.as_str() != Some(""));
            if given.is_some_and(|wanted| !filter::meets(record, condition, &wanted)) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn matching(&self, step: &Step) -> Result<Vec<Value>, Stop> {
        let mut found = Vec::new();
        for collection in step.collection.split('|') {
            for record in self.world.records.all(collection)? {
                if self.world.is_elsewhere(collection, &record) {
                    continue;
                }
                let shown = self.world.view(collection, &record)?;
                if self.meets(step, &both(record, &shown))? {
                    found.push(shown);
                }
            }
        }
        Ok(found)
    }

    fn list(&mut self, step: &Step) -> Result<(), Stop> {
        let rules = self.world.behaviour.collection(&step.collection);
        let mut records = self.matching(step)?;
        if let Some(query) = self.maybe(step.search.as_ref())?.as_ref().and_then(text_of).filter(|q| !q.is_empty()) {
            records.retain(|record| filter::mentions(record, &rules.search, &query));
        }
        if let Some(filters) = self.maybe(step.filters.as_ref())? {
            records.retain(|record| filter::passes(record, &filters));
        }
        super::write::sort(&mut records, &rules.order);
        if let Some(order) = self.maybe(step.order.as_ref())? {
            sort_by(&mut records, &order);
        }
        let paging = Paging::read(&self.given(), self.names, self.style, rules.id_key());
        let most = if rules.max == 0 { 100 } else { rules.max };
        if !step.whole && paging.limit() > most {
            let name = self.names.limit.first().map_or("limit", String::as_str);
            let problems = json!({"problems": [format!("{name} must not be greater than {most}")]});
            return Err(answer_of(&self.world.behaviour.wording.invalid, &problems)?.into());
        }
        let page = if step.whole { Paging::whole(records) } else { paging.cut(records) };
        self.scope.set("page", page.facts());
        let mut shown = Vec::with_capacity(page.records.len());
        for record in page.records {
            shown.push(self.shown_in_list(step, record)?);
        }
        self.scope.set("last", shown.last().cloned().unwrap_or(Value::Null));
        self.name(step, "records", Value::Array(shown));
        Ok(())
    }

    fn shown_in_list(&self, step: &Step, record: Value) -> Result<Value, Stop> {
        if step.show.0.is_empty() {
            return Ok(record);
        }
        let mut fields = record.as_object().cloned().unwrap_or_default();
        let scope = self.scope.with("record", record);
        for (field, template) in step.show.iter() {
            match scope.fill(template)? {
                Some(value) => drop(fields.insert(field.clone(), value)),
                None => drop(fields.shift_remove(field)),
            }
        }
        Ok(Value::Object(fields))
    }

    fn create(&mut self, step: &Step) -> Result<(), Stop> {
        let fields = self.fields(step)?;
        self.world.check(&step.collection, None, &fields, step.twins)?;
        let record = self.world.write(&step.collection, None, fields)?;
        self.show(step, Some((&step.collection, &record)))
    }

    fn update(&mut self, step: &Step) -> Result<(), Stop> {
        let found = self.locate(step)?;
        let Some((collection, old)) = found else { return self.show(step, None) };
        self.scope.set("old", old.clone());
        let fields = self.fields(step)?;
        self.world.check(&collection, Some(&old), &fields, step.twins)?;
        let record = self.world.write(&collection, Some(&old), fields)?;
        self.show(step, Some((&collection, &record)))
    }

    fn upsert(&mut self, step: &Step) -> Result<(), Stop> {
        let fields = self.fields(step)?;
        let mut old = match &step.id {
            Some(id) => match self.scope.eval(id)?.as_ref().and_then(text_of) {
                Some(id) => self.world.get(&step.collection, &id)?,
                None => None,
            },
            None => None,
        };
        for field in &step.matching {
            if let (None, Some(value)) = (&old, fields.get(field).filter(|value| !value.is_null())) {
                old = self.world.with_value(&step.collection, field, value, &fields)?;
            }
        }
        self.scope.set("new", Value::Bool(old.is_none()));
        self.world.check(&step.collection, old.as_ref(), &fields, true)?;
        let record = self.world.write(&step.collection, old.as_ref(), fields)?;
        self.show(step, Some((&step.collection, &record)))
    }

    fn delete(&mut self, step: &Step) -> Result<(), Stop> {
        if step.id.is_some() {
            let Some((collection, record)) = self.locate(step)? else { return Ok(()) };
            self.show(step, Some((&collection, &record)))?;
            return self.world.delete(&collection, &self.world.id_of(&collection, &record));
        }
        for record in self.matching(step)? {
            self.world.delete(&step.collection, &self.world.id_of(&step.collection, &record))?;
        }
        Ok(())
    }

    fn members(&mut self, step: &Step) -> Result<(), Stop> {
        let Some((collection, old)) = self.locate(step)? else { return self.show(step, None) };
        let values = match self.values(step)? {
            Value::Array(values) => values,
            Value::Null => Vec::new(),
            one => vec![one],
        };
        let mut list = old.get(&step.list).and_then(Value::as_array).cloned().unwrap_or_default();
        let adding = step.act == Act::Add;
        let changed: Vec<Value> = values.into_iter().filter(|value| list.contains(value) != adding).collect();
        if adding {
            list.extend(changed.iter().cloned());
        } else {
            list.retain(|value| !changed.contains(value));
        }
        let mut fields = Map::new();
        fields.insert(step.list.clone(), Value::Array(list));
        let record = self.world.write(&collection, Some(&old), fields)?;
        self.scope.set("changed", Value::Array(changed));
        self.show(step, Some((&collection, &record)))
    }

    fn fields(&self, step: &Step) -> Result<Map<String, Value>, Stop> {
        let from = self.scope.eval(step.from.as_deref().unwrap_or("body"))?;
        let mut fields = from.as_ref().and_then(Value::as_object).cloned().unwrap_or_default();
        fields.retain(|key, _| !step.without.contains(key));
        for (field, template) in step.set.iter() {
            if let Some(value) = self.scope.fill(template)? {
                fields.insert(field.clone(), value);
            }
        }
        Ok(fields)
    }

    /// Query and body in one.
    fn given(&self) -> Value {
        let mut given = Map::new();
        for part in ["query", "body"] {
            given.extend(self.scope.get(part).and_then(Value::as_object).cloned().unwrap_or_default());
        }
        Value::Object(given)
    }

    fn values(&self, step: &Step) -> Result<Value, Stop> {
        Ok(self.scope.fill(&step.values)?.unwrap_or(Value::Null))
    }

    fn maybe(&self, expression: Option<&String>) -> Result<Option<Value>, Stop> {
        expression.map_or(Ok(None), |expression| self.scope.eval(expression))
    }

    fn show(&mut self, step: &Step, record: Option<(&str, &Value)>) -> Result<(), Stop> {
        let shown = match record {
            Some((collection, record)) => self.world.view(collection, record)?,
            None => Value::Null,
        };
        self.name(step, "record", shown);
        Ok(())
    }

    fn name(&mut self, step: &Step, usual: &str, value: Value) {
        self.scope.set(step.name.as_deref().unwrap_or(usual), value);
    }
}

/// What is stored and what is shown of it in one: conditions may be about either.
fn both(mut record: Value, shown: &Value) -> Value {
    if let (Some(fields), Some(shown)) = (record.as_object_mut(), shown.as_object()) {
        fields.extend(shown.clone());
    }
    record
}

fn sort_by(records: &mut [Value], order: &Value) {
    match order {
        Value::String(key) => super::write::sort(records, key),
        Value::Array(keys) => {
            for key in keys.iter().rev() {
                let field = key["field"].as_str().unwrap_or_default();
                let down = key["direction"].as_str().is_some_and(|d| d.eq_ignore_ascii_case("desc"));
                super::write::sort(records, &if down { format!("-{field}") } else { field.to_owned() });
            }
        }
        _ => {}
    }
}
