use serde::{Deserialize, Serialize};

use super::Lifecycle;

/// Something that a service reports of its own accord: a webhook event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Name that people and subscriptions use: `ContactCreate`.
    pub name: String,
    /// Name of the service.
    pub service: String,
    /// Group of operations it belongs to: `contacts`.
    pub group: String,
    /// What it reports, one line.
    pub tells: String,
    /// Kind of record it is about, when it is one the service declares.
    pub resource: Option<String>,
    /// What the report calls itself, when that is not the name.
    pub kind: Option<String>,
    /// Official, deprecated or undocumented.
    pub lifecycle: Lifecycle,
}
