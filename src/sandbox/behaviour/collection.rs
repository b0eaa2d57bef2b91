use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::Value;

use crate::sandbox::pairs::Pairs;

/// Rules of one collection of records. Values that begin with `= ` are expressions.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(in crate::sandbox) struct Collection {
    /// What one of them is called in messages: "Contact".
    pub(in crate::sandbox) one: String,
    /// Key of the id; empty: `id`.
    pub(in crate::sandbox) id: String,
    /// Whether a record belongs to no single account.
    pub(in crate::sandbox) shared: bool,
    /// Fields of a new record that says nothing about them.
    pub(in crate::sandbox) defaults: Pairs<Value>,
    /// Fields computed at every write, in order, over `record` and what it was before, `old`.
    pub(in crate::sandbox) derive: Pairs<Value>,
    /// Fields that get the time of creation.
    pub(in crate::sandbox) created: Vec<String>,
    /// Fields that get the time of every change.
    pub(in crate::sandbox) updated: Vec<String>,
    /// Times kept as milliseconds since 1970.
    pub(in crate::sandbox) epoch: Vec<String>,
    /// Times kept in UTC with milliseconds, however they were written.
    pub(in crate::sandbox) utc: Vec<String>,
    /// Text kept in lower case.
    pub(in crate::sandbox) lower: Vec<String>,
    /// Telephone numbers, kept with their country code.
    pub(in crate::sandbox) phone: Vec<String>,
    /// Fields of which no two records of an account may have the same value.
    pub(in crate::sandbox) unique: Vec<String>,
    /// Body of the refusal of such a twin, over `other` and `field`; absent: the service's words.
    pub(in crate::sandbox) duplicate: Value,
    /// Keys searched by a text query.
    pub(in crate::sandbox) search: Vec<String>,
    /// Order of lists: a dotted key, `-` before it for the greatest first; empty: oldest first.
    pub(in crate::sandbox) order: String,
    /// The greatest page; 0: 100.
    pub(in crate::sandbox) max: usize,
    /// Lists of names that are defined in another collection when they are new: field → (collection, key).
    pub(in crate::sandbox) define: Pairs<(String, String)>,
    /// Lists of objects that are merged by a key rather than replaced.
    pub(in crate::sandbox) keyed: Pairs<Keyed>,
    /// Lists of records inside this one, which get ids of their own: field → key that holds the position, or empty.
    pub(in crate::sandbox) parts: Pairs<String>,
    /// Ids that must exist when they are written: field → collection.
    pub(in crate::sandbox) refer: Pairs<String>,
    /// Records shown together with this one: name → where it is.
    pub(in crate::sandbox) join: Pairs<Join>,
    /// Fields computed at every reading, over `record` and what was joined.
    pub(in crate::sandbox) view: Pairs<Value>,
    /// Fields that are kept but never shown.
    pub(in crate::sandbox) hide: Vec<String>,
    /// Collections whose records go when this record goes: collection → their field with its id.
    pub(in crate::sandbox) takes_along: Pairs<String>,
}

/// A record that belongs to another.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(in crate::sandbox) struct Join {
    /// Collection of the other record.
    #[serde(rename = "in")]
    pub(in crate::sandbox) collection: String,
    /// Field of this record that holds the other's id.
    pub(in crate::sandbox) by: String,
}

/// A list of objects in which one key tells them apart.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(in crate::sandbox) struct Keyed {
    /// The key.
    pub(in crate::sandbox) by: String,
    /// Other names under which fields may come: name → the stored one.
    pub(in crate::sandbox) rename: Pairs<String>,
    /// Where the key is found when only another name of it is given.
    pub(in crate::sandbox) find: Option<Find>,
}

/// How a key is found by another name.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(in crate::sandbox) struct Find {
    /// Field that carries the other name.
    pub(in crate::sandbox) from: String,
    /// Collection to look in.
    #[serde(rename = "in")]
    pub(in crate::sandbox) collection: String,
    /// Key compared with it; a name after the last dot is enough.
    pub(in crate::sandbox) by: String,
}

impl Collection {
    /// The rules of a collection that has none.
    pub(in crate::sandbox) fn plain() -> &'static Collection {
        static PLAIN: LazyLock<Collection> = LazyLock::new(Collection::default);
        &PLAIN
    }

    /// Key of the id.
    pub(in crate::sandbox) fn id_key(&self) -> &str {
        if self.id.is_empty() { "id" } else { &self.id }
    }
}
