use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{dotted, fill_text, plain_text};
use crate::catalog::{Finder, Resource};

/// A record that a name may mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// What names are compared with.
    pub keys: Vec<String>,
    /// The record it lives under, when the look-up tells: (id, label).
    pub parent: Option<(String, String)>,
}

impl Candidate {
    /// What a question shows: "Jane Doe · jane@acme.com".
    #[must_use]
    pub fn choice_label(&self) -> String {
        let mut parts = vec![self.label.clone()];
        let shown = self.label.to_lowercase();
        for key in &self.keys {
            if !shown.contains(&key.to_lowercase()) && !parts.contains(key) && parts.len() < 3 {
                parts.push(key.clone());
            }
        }
        if let Some((_, parent)) = &self.parent {
            parts.push(parent.clone());
        }
        parts.join(" · ")
    }
}

/// What the records of a look-up's answer may be called. Records without an id are left out.
pub fn candidates(
    resource: &Resource,
    finder: &Finder,
    parent: Option<&Resource>,
    records: &[Value],
) -> Vec<Candidate> {
    let Some(inside) = &finder.inside else {
        return records.iter().filter_map(|r| candidate(resource, finder, None, r)).collect();
    };
    let mut out = Vec::new();
    for record in records {
        let above = parent.and_then(|p| Some((id_of(p, record)?, label_of(p, record))));
        let children = dotted(record, inside).and_then(Value::as_array);
        out.extend(children.into_iter().flatten().filter_map(|r| candidate(resource, finder, above.clone(), r)));
    }
    out
}

fn candidate(
    resource: &Resource,
    finder: &Finder,
    parent: Option<(String, String)>,
    record: &Value,
) -> Option<Candidate> {
    if let Some(name) = record.as_str().filter(|_| resource.by_name) {
        return Some(Candidate { id: name.into(), label: name.into(), keys: vec![name.into()], parent });
    }
    let keys: Vec<String> = finder
        .by
        .iter()
        .filter_map(|place| dotted(record, place).and_then(plain_text))
        .filter(|text| !text.is_empty())
        .collect();
    let id = if resource.by_name { keys.first().cloned() } else { id_of(resource, record) }?;
    Some(Candidate { id, label: label_of(resource, record), keys, parent })
}

/// The id inside a record.
pub fn id_of(resource: &Resource, record: &Value) -> Option<String> {
    dotted(record, &resource.id_key).and_then(plain_text).filter(|id| !id.is_empty())
}

/// A record in one line; its id when the template gives nothing.
#[must_use]
pub fn label_of(resource: &Resource, record: &Value) -> String {
    let label = fill_text(&resource.label, record).unwrap_or_default();
    if label.is_empty() { id_of(resource, record).unwrap_or_default() } else { label }
}
