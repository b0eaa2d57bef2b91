use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Condition;

/// A kind of record that people talk about: contact, deal, calendar.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a key of its own in the YAML")]
pub struct Resource {
    /// Name in the catalog, in the singular: `contact`.
    pub name: String,
    /// Service it belongs to.
    pub service: String,
    /// Words for one of them, lower case, singular, the primary one first; plurals are derived.
    pub nouns: Vec<String>,
    /// Irregular or extra plural forms, lower case.
    pub plurals: Vec<String>,
    /// Parameter name under which its id is usually passed: `contactId`.
    pub id: String,
    /// Key of the id inside a record of a response: `id`, `_id`.
    pub id_key: String,
    /// Regular expression that an id of it matches whole. Text that fits is not looked up.
    pub id_pattern: String,
    /// What the codes begin with that people know one of them by, without its noun: "INV" of INV-1043.
    pub codes: Vec<String>,
    /// Whether it is a person (her, him, them) rather than a thing (it).
    pub person: bool,
    /// A name without any noun may mean a record of it ("update Jane Doe: …").
    pub assumed: bool,
    /// How a name is turned into an id; absent: only ids work.
    pub find: Option<Finder>,
    /// Minijinja template that shows a record in one line: `{{ name }}`.
    pub label: String,
    /// Columns shown first in a table, as dotted keys of a record.
    pub columns: Arc<[String]>,
    /// Resource it lives under: a stage under a pipeline, a note under a contact.
    pub parent: Option<String>,
    /// When an unknown name is written (`tags`), it would be created for the whole account: ask first.
    pub creates_on_write: bool,
    /// The name itself is what goes on the wire (tags); a look-up only checks that it exists.
    pub by_name: bool,
    /// How people say which ones they mean.
    pub conditions: Vec<Condition>,
}

/// How to look a record up by what people call it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finder {
    /// Operation that lists or searches.
    pub operation: String,
    /// Parameter that takes the searched text, when the operation searches; absent: it lists all.
    pub query: Option<String>,
    /// Dotted keys of a record compared with what was said: `contactName`, `email`, `phone`.
    pub by: Vec<String>,
    /// Dotted path inside each record of the response where the records themselves are (stages inside pipelines).
    pub inside: Option<String>,
    /// Parameters of the operation taken from the resource's parent or other parameters: (parameter, source).
    pub with: Vec<(String, String)>,
}
