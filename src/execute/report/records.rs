use std::ops::Deref;
use std::sync::Arc;

use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::catalog::Returns;
use crate::plan::dotted;

/// Records, in the API's order. Those of one answer stay where they are in its body, which is told too.
#[derive(Debug, Clone)]
pub struct Records(Held);

#[derive(Debug, Clone)]
enum Held {
    Own(Vec<Value>),
    /// At a place in a body, and how many of them at most.
    Within(Arc<Value>, Option<Place>, usize),
}

/// Where the catalog says that records are, and whether there are many.
#[derive(Debug, Clone)]
struct Place {
    at: String,
    many: bool,
}

impl Records {
    /// The records of an answer: the list or the one record at the catalog's place, or the body when the catalog names none.
    pub(in crate::execute) fn within(body: &Arc<Value>, returns: Option<&Returns>) -> Self {
        let place = returns.map(|returns| Place { at: returns.at.clone(), many: returns.many });
        Self(Held::Within(Arc::clone(body), place, usize::MAX))
    }

    /// Keeps so many of them at most.
    pub(in crate::execute) fn truncate(&mut self, most: usize) {
        match &mut self.0 {
            Held::Own(records) => records.truncate(most),
            Held::Within(.., kept) => *kept = most.min(*kept),
        }
    }

    /// Adds records behind these.
    pub fn extend(&mut self, more: impl IntoIterator<Item = Value>) {
        let mut all = std::mem::take(self).into_vec();
        all.extend(more);
        *self = all.into();
    }

    /// The records by themselves.
    #[must_use]
    pub fn into_vec(self) -> Vec<Value> {
        match self.0 {
            Held::Own(records) => records,
            Held::Within(..) => self.to_vec(),
        }
    }
}

impl Deref for Records {
    type Target = [Value];

    fn deref(&self) -> &[Value] {
        match &self.0 {
            Held::Own(records) => records,
            Held::Within(body, place, most) => {
                let found = found(body, place.as_ref());
                &found[..found.len().min(*most)]
            }
        }
    }
}

impl From<Vec<Value>> for Records {
    fn from(records: Vec<Value>) -> Self {
        Self(Held::Own(records))
    }
}

impl Default for Records {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl PartialEq for Records {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Serialize for Records {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

fn found<'v>(body: &'v Value, place: Option<&Place>) -> &'v [Value] {
    let Some(Place { at, many }) = place else {
        return if body.is_null() { &[] } else { std::slice::from_ref(body) };
    };
    match (dotted(body, at).filter(|found| !found.is_null()), many) {
        (Some(Value::Array(items)), true) => items,
        (Some(one), _) => std::slice::from_ref(one),
        (None, true) => only_list(body).map_or(&[], Vec::as_slice),
        (None, false) if body.is_object() => std::slice::from_ref(body),
        (None, false) => &[],
    }
}

/// Documents and answers do not always agree on the key; a body with one list in it leaves no doubt.
pub(in crate::execute) fn only_list(body: &Value) -> Option<&Vec<Value>> {
    match body {
        Value::Array(items) => Some(items),
        Value::Object(fields) => {
            let mut lists = fields.values().filter_map(Value::as_array);
            lists.next().filter(|_| lists.next().is_none())
        }
        _ => None,
    }
}
