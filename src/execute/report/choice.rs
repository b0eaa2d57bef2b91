use serde::Serialize;

/// One thing to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// What a person reads: "Jane Doe · jane@acme.com".
    pub label: String,
    /// What stands for it in a reply: a record's id, or an operation's name.
    pub id: String,
}
