use serde_json::{Value as Json, json};

use super::inverse::{Inverse, inverse, subject};
use crate::app::inner::Inner;
use crate::app::place::values;
use crate::app::selecting::Selection;
use crate::catalog::{Batch, Operation, Place};
use crate::intent::{Step, Value};
use crate::plan::literal_json;
use crate::store::WriteEntry;

impl Inner {
    /// A write for many records at once as one for each, as the journal would have it. Nothing when it was for one, or when
    /// the records were not kept as they were before.
    pub(super) fn singly(&self, write: &WriteEntry) -> Option<Vec<(String, WriteEntry)>> {
        let Json::Array(before) = serde_json::from_str(write.before.as_deref()?).ok()? else { return None };
        let sent = values(&write.arguments)?;
        let value = |name: &str| sent.iter().find(|(known, _)| known == name).map(|(_, value)| value);
        let (single, batch) = self.single_of(write, &value)?;
        let (record, _) = subject(single)?;
        let Json::Array(ids) = value(&batch.records)?.to_json() else { return None };
        if ids.len() != before.len() {
            return None;
        }
        let shared: Vec<(&str, &Value)> =
            batch.with.iter().filter_map(|(name, from)| Some((from.as_str(), value(name)?))).collect();
        let body: serde_json::Map<String, Json> =
            shared.iter().map(|(name, value)| ((*name).to_owned(), value.to_json())).collect();
        let alone = |(id, before): (Json, Json)| {
            let name = id.as_str().unwrap_or_default().to_owned();
            let id = Value::Given(id);
            let mut arguments = shared.clone();
            arguments.push((&record.name, &id));
            let entry = WriteEntry {
                operation: single.name.clone(),
                request: json!({"body": body}).to_string(),
                arguments: json!(arguments).to_string(),
                before: (!before.is_null()).then(|| before.to_string()),
                ..write.clone()
            };
            (name, entry)
        };
        Some(ids.into_iter().zip(before).map(alone).collect())
    }

    /// The operation that does for one record what a write did for many.
    fn single_of<'v>(
        &self,
        write: &WriteEntry,
        value: &impl Fn(&str) -> Option<&'v Value>,
    ) -> Option<(&Operation, &Batch)> {
        let mut all = self.catalog.ids().map(|id| self.catalog.operation(id)).filter(|one| one.name != write.operation);
        all.find_map(|operation| {
            let batch = operation.batch.as_ref().filter(|batch| batch.operation == write.operation)?;
            let same = |(name, literal): &(String, _)| {
                literal_json(literal, &Json::Null)
                    .is_ok_and(|own| value(name).is_some_and(|sent| sent.to_json() == own))
            };
            batch.fixed.iter().all(same).then_some((operation, batch))
        })
    }

    /// Steps that say the same of different records as one for all of them, where an operation does that and may be used.
    pub(super) fn together(&self, steps: Vec<Step>) -> Vec<Step> {
        let mut groups: Vec<(Step, Vec<(Json, Step)>)> = Vec::new();
        let mut left = Vec::new();
        for step in steps {
            let Some((id, marked)) = self.marked(&step) else {
                left.push(step);
                continue;
            };
            match groups.iter_mut().find(|(known, _)| *known == marked) {
                Some((_, all)) => all.push((id, step)),
                None => groups.push((marked, vec![(id, step)])),
            }
        }
        for (marked, all) in groups {
            let batched = self.batched(std::slice::from_ref(&marked)).filter(|batched| {
                let operation = self.catalog.operation(batched.step.operation);
                all.len() > 1 && self.transport.gate().judge(operation, &operation.service).is_ok()
            });
            let Some(batched) = batched else {
                left.extend(all.into_iter().map(|(_, step)| step));
                continue;
            };
            for some in all.chunks(batched.most.max(1)) {
                let mut step = batched.step.clone();
                for argument in step.arguments.iter_mut().filter(|argument| holds_mark(&argument.value)) {
                    argument.value = Value::List(some.iter().map(|(id, _)| Value::Given(id.clone())).collect());
                }
                left.push(step);
            }
        }
        left
    }

    /// A step with [`Selection::MARK`] in the place of its record, and the record's id.
    fn marked(&self, step: &Step) -> Option<(Json, Step)> {
        let (record, _) = subject(self.catalog.operation(step.operation))?;
        let mut marked = step.clone();
        let place = marked.arguments.iter_mut().find(|argument| argument.name == record.name)?;
        let id = std::mem::replace(&mut place.value, Value::Text(Selection::MARK.to_owned())).to_json();
        id.is_string().then_some((id, marked))
    }

    /// The keys of a record that taking these steps back may take from how it was before: those that are said, and of a
    /// change all that it can change, since a name that is looked up may set another field too.
    pub(in crate::app) fn keys_before(&self, steps: &[Step]) -> Vec<String> {
        let mut keys: Vec<String> = Vec::new();
        for step in steps {
            let operation = self.catalog.operation(step.operation);
            let Some(inverse) = subject(operation).and_then(|_| inverse(&self.catalog, operation, None)) else {
                continue;
            };
            let said = step.arguments.iter().filter(|argument| !holds_mark(&argument.value));
            match inverse {
                Inverse::Former => {
                    let sayable = operation.params.iter().filter(|p| p.place == Place::Body && !p.supplied);
                    keys.extend(sayable.map(|parameter| first(&parameter.name)));
                }
                Inverse::Other(_) => keys.extend(said.map(|argument| first(&argument.name))),
                Inverse::Delete(_) => {}
            }
        }
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}

/// The key of a record under which a dotted one stands.
fn first(name: &str) -> String {
    name.split('.').next().unwrap_or(name).to_owned()
}

fn holds_mark(value: &Value) -> bool {
    value.to_json().to_string().contains(Selection::MARK)
}
