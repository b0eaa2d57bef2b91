//! How a record is stored: every rule of its collection is applied here, and nowhere else.

use serde_json::{Map, Value, json};

use super::behaviour::{Answer, Collection, Keyed};
use super::filter;
use super::ids;
use super::scope::{dotted, text_of};
use super::world::{World, answer_of};
use super::{Scope, Stop, moment};

impl World<'_> {
    /// Stores a new record, or changes `old`; tells the record as it now is.
    pub(super) fn write(
        &self,
        collection: &str,
        old: Option<&Value>,
        fields: Map<String, Value>,
    ) -> Result<Value, Stop> {
        let rules = self.behaviour.collection(collection);
        let mut record = match old {
            Some(old) => old.as_object().cloned().unwrap_or_default(),
            None => self.fresh(collection, rules, &fields)?,
        };
        for (field, value) in fields {
            let value = match rules.keyed.get(&field) {
                Some(keyed) => self.merge_keyed(record.get(&field), &value, keyed)?,
                None => value,
            };
            record.insert(field, value);
        }
        for field in &rules.updated {
            record.insert(field.clone(), Value::String(self.stamp()));
        }
        let record = self.finish(rules, record, old)?;
        self.define_names(rules, &record)?;
        let account = self.account_of(&record);
        self.records.put(collection, &self.id_of(collection, &record), &account, &record)?;
        Ok(record)
    }

    /// Refuses fields that would break a rule: an id that leads nowhere, a value that is taken.
    pub(super) fn check(
        &self,
        collection: &str,
        old: Option<&Value>,
        fields: &Map<String, Value>,
        twins: bool,
    ) -> Result<(), Stop> {
        let rules = self.behaviour.collection(collection);
        for (field, other) in rules.refer.iter() {
            let Some(id) = fields.get(field).and_then(Value::as_str).filter(|id| !id.is_empty()) else { continue };
            if self.get(other, id)?.is_none() {
                let facts = json!({"one": self.behaviour.called(other), "id": id, "field": field});
                return Err(answer_of(&self.behaviour.wording.dangling, &facts)?.into());
            }
        }
        if twins {
            return Ok(());
        }
        let mine = old.map(|old| self.id_of(collection, old));
        for field in &rules.unique {
            let Some(value) = fields.get(field).filter(|v| !v.is_null() && v.as_str() != Some("")) else { continue };
            let value = normal(rules, field, value);
            let Some(twin) = self.with_value(collection, field, &value, fields)? else { continue };
            if Some(self.id_of(collection, &twin)) != mine {
                let one = self.behaviour.called(collection);
                let facts = json!({"one": one, "field": field, "other": twin});
                let usual = &self.behaviour.wording.duplicate;
                let own = Answer { status: usual.status, body: rules.duplicate.clone() };
                let answer = if rules.duplicate.is_null() { usual } else { &own };
                return Err(answer_of(answer, &facts)?.into());
            }
        }
        Ok(())
    }

    /// The record of the same account that has this value in a field.
    pub(super) fn with_value(
        &self,
        collection: &str,
        field: &str,
        value: &Value,
        fields: &Map<String, Value>,
    ) -> Result<Option<Value>, Stop> {
        let value = normal(self.behaviour.collection(collection), field, value);
        let account = self.account_of(fields);
        let same = |record: &Value| record.get(field) == Some(&value) && self.account_of_value(record) == account;
        Ok(self.records.all(collection)?.into_iter().find(same))
    }

    fn fresh(
        &self,
        collection: &str,
        rules: &Collection,
        fields: &Map<String, Value>,
    ) -> Result<Map<String, Value>, Stop> {
        let mut record = Map::new();
        if !fields.contains_key(rules.id_key()) {
            let pattern = self.id_patterns.get(collection).map(String::as_str);
            loop {
                let id = ids::fresh(&mut self.random.borrow_mut(), pattern);
                if self.get(collection, &text_of(&id).unwrap_or_default())?.is_none() {
                    record.insert(rules.id_key().to_owned(), id);
                    break;
                }
            }
        }
        let scope = Scope::default().with("record", Value::Object(fields.clone()));
        for (field, template) in rules.defaults.iter() {
            if !fields.contains_key(field)
                && let Some(value) = scope.fill(template)?
            {
                record.insert(field.clone(), value);
            }
        }
        if let Some(account) = &self.behaviour.account
            && !rules.shared
            && !fields.contains_key(&account.field)
        {
            record.insert(account.field.clone(), Value::String(self.account.clone()));
        }
        for field in rules.created.iter().filter(|field| !fields.contains_key(*field)) {
            record.insert(field.clone(), Value::String(self.stamp()));
        }
        Ok(record)
    }

    fn finish(&self, rules: &Collection, mut record: Map<String, Value>, old: Option<&Value>) -> Result<Value, Stop> {
        for (field, value) in &mut record {
            *value = normal(rules, field, value);
        }
        for (field, position) in rules.parts.iter() {
            if let Some(items) = record.get_mut(field).and_then(Value::as_array_mut) {
                self.complete_parts(items, position);
            }
        }
        let mut scope = Scope::default().with("old", old.cloned().unwrap_or(Value::Null));
        scope.set("now", Value::String(self.stamp()));
        for (field, template) in rules.derive.iter() {
            scope.set("record", Value::Object(record.clone()));
            match scope.fill(template)? {
                Some(value) => drop(record.insert(field.clone(), normal(rules, field, &value))),
                None => drop(record.shift_remove(field)),
            }
        }
        Ok(Value::Object(record))
    }

    fn complete_parts(&self, items: &mut [Value], position: &str) {
        for (index, item) in items.iter_mut().enumerate() {
            if item.is_string() {
                *item = json!({"name": item.take()});
            }
            let Some(fields) = item.as_object_mut() else { continue };
            fields.entry("id").or_insert_with(|| ids::fresh(&mut self.random.borrow_mut(), None));
            if !position.is_empty() {
                fields.entry(position).or_insert_with(|| Value::from(index));
            }
        }
    }

    fn define_names(&self, rules: &Collection, record: &Value) -> Result<(), Stop> {
        for (field, (collection, key)) in rules.define.iter() {
            for name in record.get(field).and_then(Value::as_array).into_iter().flatten() {
                let mut fields = Map::new();
                fields.insert(key.clone(), name.clone());
                if let Some(account) = &self.behaviour.account {
                    fields.insert(account.field.clone(), Value::String(self.account_of_value(record)));
                }
                if self.with_value(collection, key, name, &fields)?.is_none() {
                    self.write(collection, None, fields)?;
                }
            }
        }
        Ok(())
    }

    fn merge_keyed(&self, old: Option<&Value>, new: &Value, keyed: &Keyed) -> Result<Value, Stop> {
        let Some(items) = new.as_array() else { return Ok(new.clone()) };
        let mut merged: Vec<Value> = old.and_then(Value::as_array).cloned().unwrap_or_default();
        for item in items {
            let mut item: Map<String, Value> = item
                .as_object()
                .into_iter()
                .flatten()
                .map(|(name, value)| (keyed.rename.get(name).unwrap_or(name).clone(), value.clone()))
                .collect();
            self.find_key(&mut item, keyed)?;
            let key = item.get(&keyed.by).cloned();
            match merged.iter_mut().find(|other| other.get(&keyed.by) == key.as_ref()) {
                Some(other) => *other = Value::Object(item),
                None => merged.push(Value::Object(item)),
            }
        }
        Ok(Value::Array(merged))
    }

    fn find_key(&self, item: &mut Map<String, Value>, keyed: &Keyed) -> Result<(), Stop> {
        let Some(find) = &keyed.find else { return Ok(()) };
        let Some(name) = item.shift_remove(&find.from).as_ref().and_then(text_of) else { return Ok(()) };
        if item.contains_key(&keyed.by) {
            return Ok(());
        }
        let last = |text: &str| text.rsplit('.').next().unwrap_or(text).to_lowercase();
        let wanted = last(name.trim_matches(['{', '}', ' ']));
        let same = |record: &Value| dotted(record, &find.by).and_then(text_of).is_some_and(|key| last(&key) == wanted);
        let found = self.records.all(&find.collection)?.into_iter().find(same);
        let id = found.map_or(name, |record| self.id_of(&find.collection, &record));
        item.insert(keyed.by.clone(), Value::String(id));
        Ok(())
    }

    /// Now, as records carry it.
    pub(super) fn stamp(&self) -> String {
        moment::utc(self.now.as_millisecond())
    }

    fn account_of(&self, fields: &(impl serde::Serialize + ?Sized)) -> String {
        serde_json::to_value(fields).map_or_else(|_| self.account.clone(), |value| self.account_of_value(&value))
    }

    fn account_of_value(&self, record: &Value) -> String {
        let field = self.behaviour.account.as_ref().map(|account| account.field.as_str());
        field.and_then(|field| record.get(field)).and_then(text_of).unwrap_or_else(|| self.account.clone())
    }
}

/// A value as its field keeps it.
fn normal(rules: &Collection, field: &str, value: &Value) -> Value {
    let is = |fields: &[String]| fields.iter().any(|name| name == field);
    if is(&rules.epoch)
        && let Some(ms) = moment::milliseconds(value)
    {
        return Value::from(ms);
    }
    if is(&rules.utc)
        && let Some(ms) = moment::milliseconds(value)
    {
        return Value::String(moment::utc(ms));
    }
    if is(&rules.lower)
        && let Some(text) = value.as_str()
    {
        return Value::String(text.to_lowercase());
    }
    if is(&rules.phone)
        && let Some(text) = text_of(value)
    {
        return Value::String(phone(&text));
    }
    value.clone()
}

/// Digits with a country code; ten digits are taken as North American.
pub(super) fn phone(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    match digits.len() {
        0 => text.to_owned(),
        10 if !text.trim_start().starts_with('+') => format!("+1{digits}"),
        _ => format!("+{digits}"),
    }
}

/// Sorts records by a key, `-` before it for the greatest first.
pub(super) fn sort(records: &mut [Value], key: &str) {
    let (key, down) = key.strip_prefix('-').map_or((key, false), |bare| (bare, true));
    if key.is_empty() {
        return;
    }
    records.sort_by(|a, b| {
        let of = |record| dotted(record, key).unwrap_or(&Value::Null);
        let order = filter::order(of(a), of(b));
        if down { order.reverse() } else { order }
    });
}
