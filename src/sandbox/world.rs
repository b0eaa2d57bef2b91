use std::cell::RefCell;
use std::collections::HashMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::behaviour::{Answer, Behaviour};
use super::scope::text_of;
use super::{Random, Records, Reply, Scope, Stop};

/// Everything that the work on one request touches.
pub(super) struct World<'a> {
    pub(super) behaviour: &'a Behaviour,
    pub(super) records: &'a Records,
    pub(super) random: &'a RefCell<Random>,
    /// What ids of a collection look like, where the catalog says so.
    pub(super) id_patterns: &'a HashMap<String, String>,
    pub(super) now: Timestamp,
    /// Account that new records belong to when the request names none.
    pub(super) account: String,
    /// Whether the request names its account, so that lists hold nothing of another.
    pub(super) names_account: bool,
}

impl World<'_> {
    /// The record of that id.
    pub(super) fn get(&self, collection: &str, id: &str) -> Result<Option<Value>, Stop> {
        Ok(self.records.get(collection, id)?)
    }

    /// Time zone of the account, or UTC.
    pub(super) fn zone(&self) -> Result<TimeZone, Stop> {
        let Some(account) = &self.behaviour.account else { return Ok(TimeZone::UTC) };
        let record = self.get(&account.collection, &self.account)?;
        let name = record.as_ref().and_then(|r| r.get("timezone")).and_then(Value::as_str);
        Ok(name.and_then(|name| TimeZone::get(name).ok()).unwrap_or(TimeZone::UTC))
    }

    /// A record as it is shown: joined with what it belongs to, computed fields added.
    pub(super) fn view(&self, collection: &str, record: &Value) -> Result<Value, Stop> {
        let rules = self.behaviour.collection(collection);
        if rules.view.0.is_empty() && rules.hide.is_empty() {
            return Ok(record.clone());
        }
        let mut scope = Scope::default();
        for (name, join) in rules.join.iter() {
            let id = record.get(&join.by).and_then(text_of);
            let other = id.map(|id| self.get(&join.collection, &id)).transpose()?.flatten();
            scope.set(name, other.unwrap_or(Value::Null));
        }
        scope.set("record", record.clone());
        let mut shown = record.as_object().cloned().unwrap_or_default();
        for (field, template) in rules.view.iter() {
            if let Some(value) = scope.fill(template)? {
                shown.insert(field.clone(), value);
            }
        }
        shown.retain(|key, _| !rules.hide.contains(key));
        Ok(Value::Object(shown))
    }

    /// Forgets a record and what goes along with it.
    pub(super) fn delete(&self, collection: &str, id: &str) -> Result<(), Stop> {
        self.records.delete(collection, id)?;
        for (other, field) in self.behaviour.collection(collection).takes_along.iter() {
            for record in self.records.all(other)? {
                if record.get(field).and_then(Value::as_str) == Some(id) {
                    self.delete(other, &self.id_of(other, &record))?;
                }
            }
        }
        Ok(())
    }

    /// Whether a record belongs to another account than the one the request names.
    pub(super) fn is_elsewhere(&self, collection: &str, record: &Value) -> bool {
        let Some(account) = &self.behaviour.account else { return false };
        let shared = self.behaviour.collection(collection).shared;
        let own = record.get(&account.field).and_then(Value::as_str);
        self.names_account && !shared && own.is_some_and(|own| own != self.account)
    }

    /// Id of a record.
    pub(super) fn id_of(&self, collection: &str, record: &Value) -> String {
        record.get(self.behaviour.collection(collection).id_key()).and_then(text_of).unwrap_or_default()
    }

    /// "Contact not found".
    pub(super) fn missing(&self, collection: &str, id: &str) -> Result<Reply, Stop> {
        let one = self.behaviour.called(collection);
        answer_of(&self.behaviour.wording.missing, &json!({"one": one, "id": id}))
    }
}

/// An error answer in the service's words, over `facts`, which may bring the status.
pub(super) fn answer_of(answer: &Answer, facts: &Value) -> Result<Reply, Stop> {
    let mut scope = Scope::default();
    let status = match (answer.status, facts.get("status").and_then(Value::as_u64)) {
        (0, Some(status)) => u16::try_from(status).unwrap_or(500),
        (0, None) => 500,
        (status, _) => status,
    };
    scope.set("status", Value::from(status));
    for (name, value) in facts.as_object().into_iter().flatten() {
        scope.set(name, value.clone());
    }
    Ok(Reply::json(status, scope.fill(&answer.body)?.unwrap_or(Value::Null)))
}
