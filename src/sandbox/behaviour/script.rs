use serde::Deserialize;
use serde_json::Value;

use crate::sandbox::pairs::Pairs;

/// What one request does and answers.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(in crate::sandbox) struct Script {
    /// What happens, in order.
    pub(in crate::sandbox) steps: Vec<Step>,
    /// Status of success; absent: 201 for POST, else 200.
    pub(in crate::sandbox) status: Option<u16>,
    /// Template of the body.
    pub(in crate::sandbox) answer: Value,
    /// Media type of an answer that is not JSON.
    pub(in crate::sandbox) content: Option<String>,
    /// Text parameters of any name are taken: a form whose fields the account defines.
    pub(in crate::sandbox) open: bool,
}

/// One thing that happens.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(in crate::sandbox) struct Step {
    /// What.
    #[serde(rename = "do")]
    pub(in crate::sandbox) act: Act,
    /// Collection it is done to.
    #[serde(rename = "in")]
    pub(in crate::sandbox) collection: String,
    /// Expression of the record's id.
    pub(in crate::sandbox) id: Option<String>,
    /// Conditions on records: `field`, or `field >=` and the like → template.
    #[serde(rename = "where")]
    pub(in crate::sandbox) conditions: Pairs<Value>,
    /// Done only when this expression is true.
    pub(in crate::sandbox) when: Option<String>,
    /// Done for each value of this expression, which is then called `item`; the results are called `made`.
    pub(in crate::sandbox) each: Option<String>,
    /// Name of the result; absent: `record`, or `records` for a list.
    #[serde(rename = "as")]
    pub(in crate::sandbox) name: Option<String>,
    /// Whether a missing record is null rather than a refusal.
    pub(in crate::sandbox) optional: bool,
    /// Expression of the fields written; absent: `body`.
    pub(in crate::sandbox) from: Option<String>,
    /// Fields of `from` that are not written.
    pub(in crate::sandbox) without: Vec<String>,
    /// Templates of fields written on top of `from`.
    pub(in crate::sandbox) set: Pairs<Value>,
    /// Fields by which an upsert finds the record, tried in order.
    #[serde(rename = "match")]
    pub(in crate::sandbox) matching: Vec<String>,
    /// Whether a record with the same unique fields may be made.
    pub(in crate::sandbox) twins: bool,
    /// The list that `add` and `remove` change.
    pub(in crate::sandbox) list: String,
    /// Template of the values added or removed, or of the value named.
    pub(in crate::sandbox) values: Value,
    /// Expression of a text query.
    pub(in crate::sandbox) search: Option<String>,
    /// Expression of filters in a list: `{field, operator, value}`, grouped or not.
    pub(in crate::sandbox) filters: Option<String>,
    /// Expression of the order: a key, with `-` before it for the greatest first, or `[{field, direction}]`.
    pub(in crate::sandbox) order: Option<String>,
    /// Whether the list is never paged.
    pub(in crate::sandbox) whole: bool,
    /// Fields added to each record of a list, over `record`.
    pub(in crate::sandbox) show: Pairs<Value>,
}

/// What a step does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::sandbox) enum Act {
    /// Nothing but naming a value.
    #[default]
    Let,
    /// Refuses with `values`: `{status, message}`.
    Refuse,
    /// Reads one record.
    Get,
    /// Reads many.
    List,
    /// Makes a record.
    Create,
    /// Changes fields of a record.
    Update,
    /// Changes the record that matches, or makes one.
    Upsert,
    /// Forgets a record, or all that meet the conditions.
    Delete,
    /// Adds values to a list of a record.
    Add,
    /// Takes values from a list of a record.
    Remove,
    /// Finds free times of a day plan.
    Slots,
}
