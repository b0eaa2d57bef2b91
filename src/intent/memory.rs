use std::cell::Cell;

use jiff::civil::Date;

use crate::catalog::{Catalog, Kind, Operation};

use super::{Argument, Step, Value};

/// What "her", "it" and "the second one" may stand for: the records a conversation has touched, latest first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Memory {
    referents: Vec<Referent>,
    listed: Vec<Referent>,
    said: Vec<Step>,
    topic: Vec<String>,
}

/// A record somebody spoke of or was shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Referent {
    /// Its resource.
    pub resource: String,
    /// Its id when it is known, else the name the user gave it.
    pub handle: String,
    /// What to call it in an echo.
    pub label: String,
    /// A person.
    pub person: bool,
}

/// Referents kept.
const MOST: usize = 8;

thread_local! {
    static LOOKS: Cell<u64> = const { Cell::new(0) };
}

/// How often any memory was asked for something on this thread.
pub(super) fn looks() -> u64 {
    LOOKS.get()
}

impl Memory {
    /// The same, by somebody who wants to know what it holds.
    fn asked(&self) -> &Self {
        LOOKS.set(LOOKS.get().wrapping_add(1));
        self
    }

    /// Remembers a record as the latest one.
    pub fn note(&mut self, referent: Referent) {
        self.referents.retain(|r| r.handle != referent.handle || r.resource != referent.resource);
        self.referents.insert(0, referent);
        self.referents.truncate(MOST);
    }

    /// Remembers a list that was shown, for "the second one".
    pub fn show(&mut self, list: Vec<Referent>) {
        self.listed = list;
    }

    /// Begins to listen to clauses that only tell something: what they speak of first is what they are about.
    pub fn listen(&mut self) {
        self.topic.clear();
    }

    /// Remembers what the record may be that a clause speaks of, unless it spoke of another one before.
    pub fn speak_of(&mut self, referents: Vec<Referent>) {
        if self.topic.is_empty() {
            self.topic = referents.iter().map(|referent| referent.resource.clone()).collect();
        }
        for referent in referents {
            self.note(referent);
        }
    }

    /// Whether the clauses that were listened to are about a record of another resource.
    #[must_use]
    pub fn is_beside_the_point(&self, resource: &str) -> bool {
        !self.topic.is_empty() && !self.topic.iter().any(|topic| topic == resource)
    }

    /// Forgets everything: after an error nothing may be assumed.
    pub fn clear(&mut self) {
        self.topic.clear();
        self.referents.clear();
        self.listed.clear();
        self.said.clear();
    }

    /// Whether nothing was spoken of.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.asked().referents.is_empty()
    }

    /// The latest record of a resource.
    #[must_use]
    pub fn latest(&self, resource: &str) -> Option<&Referent> {
        self.asked().referents.iter().find(|r| r.resource == resource)
    }

    /// The n-th record of the last list, from 0; without a number the last one.
    #[must_use]
    pub fn listed(&self, n: Option<usize>) -> Option<&Referent> {
        let listed = &self.asked().listed;
        n.map_or_else(|| listed.last(), |n| listed.get(n)).filter(|r| !r.handle.is_empty())
    }

    /// The day of what was asked for last.
    #[must_use]
    pub fn day(&self) -> Option<Date> {
        let day = |argument: &Argument| match &argument.value {
            Value::Date(day) => Some(*day),
            Value::DateTime(moment) => Some(moment.date()),
            _ => None,
        };
        self.asked().said.last()?.arguments.iter().find_map(day)
    }

    /// The record spoken of last.
    #[must_use]
    pub fn newest(&self) -> Option<&Referent> {
        self.asked().referents.first()
    }

    /// Remembers what was asked for, for "same for Bob".
    pub fn say(&mut self, steps: Vec<Step>) {
        self.said = steps;
    }

    /// What was asked for last.
    #[must_use]
    pub fn said(&self) -> &[Step] {
        &self.asked().said
    }

    /// The same memory with what a step names or creates noted, for the steps behind it.
    #[must_use]
    pub fn after(&self, catalog: &Catalog, op: &Operation, arguments: &[Argument]) -> Self {
        let mut next = self.clone();
        let person = |resource: &str| catalog.resource(&op.service, resource).is_some_and(|r| r.person);
        for argument in arguments.iter().rev() {
            let Some(param) = op.param(&argument.name) else { continue };
            let Kind::Entity(resource) = &param.kind else { continue };
            if let Some(handle) = first_text(&argument.value) {
                next.note(Referent {
                    resource: resource.clone(),
                    label: handle.clone(),
                    handle,
                    person: person(resource),
                });
            }
        }
        let named = |a: &&Argument| matches!(a.name.as_str(), "name" | "title");
        let makes = op.returns.as_ref().is_some_and(|r| !r.many) && !op.reads();
        let Some(Argument { value: Value::Text(name), .. }) = arguments.iter().find(named).filter(|_| makes) else {
            return next;
        };
        for object in &op.objects {
            if next.latest(object).is_none() {
                let (handle, label) = (name.clone(), name.clone());
                next.note(Referent { resource: object.clone(), handle, label, person: person(object) });
            }
        }
        next
    }
}

fn first_text(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) | Value::Find(text) => Some(text.clone()),
        Value::List(list) => list.first().and_then(first_text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn referent(resource: &str, handle: &str) -> Referent {
        Referent { resource: resource.into(), handle: handle.into(), label: handle.into(), person: false }
    }

    #[test]
    fn the_latest_of_a_resource_is_meant() {
        let mut memory = Memory::default();
        memory.note(referent("contact", "Jane"));
        memory.note(referent("deal", "Fleet Wrap"));
        memory.note(referent("contact", "Bob"));
        assert_eq!(memory.latest("contact").map(|r| r.handle.as_str()), Some("Bob"));
        assert_eq!(memory.latest("deal").map(|r| r.handle.as_str()), Some("Fleet Wrap"));
        memory.clear();
        assert_eq!(memory.latest("contact"), None);
    }

    #[test]
    fn old_talk_is_forgotten() {
        let mut memory = Memory::default();
        memory.note(referent("deal", "first"));
        for at in 0..MOST {
            memory.note(referent("contact", &at.to_string()));
        }
        assert_eq!(memory.latest("deal"), None);
    }

    #[test]
    fn what_a_step_names_or_makes_can_be_spoken_of() {
        let catalog = Catalog::builtin();
        let op = catalog.operation(catalog.by_name("businesses.create").expect("an operation"));
        let made = [Argument { name: "name".into(), value: Value::Text("Cedar Bakery".into()) }];
        let memory = Memory::default().after(&catalog, op, &made);
        assert_eq!(memory.latest("business").map(|r| r.label.as_str()), Some("Cedar Bakery"));
    }
}
