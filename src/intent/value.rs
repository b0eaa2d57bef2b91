use jiff::{Zoned, civil::Date};
use serde::{Deserialize, Serialize};
use serde_json::Number;

/// What a phrase or a bot gave for a parameter, before names become ids and dates take the API's form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// Text; for an entity parameter, the record as the user named it or its id.
    Text(String),
    /// A number.
    Number(Number),
    /// Yes or no.
    Boolean(bool),
    /// A day.
    Date(Date),
    /// A point in time, in the user's zone.
    DateTime(Zoned),
    /// Several.
    List(Vec<Value>),
    /// An object, fields in the order they were said.
    Map(Vec<(String, Value)>),
    /// A bot asks for this name to be looked up (`{"find": "Jane Doe"}`).
    Find(String),
    /// A bot's own JSON, sent as it is.
    Given(serde_json::Value),
}

impl Value {
    /// Gives a field to every object of a list that has no such field; anything else stays as it is.
    pub fn give_each(&mut self, field: &str, value: &Self) {
        use serde_json::Value as Json;
        match self {
            Self::List(objects) => objects.iter_mut().for_each(|object| object.give(field, value)),
            Self::Given(Json::Array(objects)) => {
                for fields in objects.iter_mut().filter_map(Json::as_object_mut) {
                    fields.entry(field).or_insert_with(|| value.to_json());
                }
            }
            _ => {}
        }
    }

    fn give(&mut self, field: &str, value: &Self) {
        match self {
            Self::Map(fields) if fields.iter().all(|(name, _)| name != field) => {
                fields.push((field.to_owned(), value.clone()));
            }
            Self::Given(serde_json::Value::Object(fields)) => {
                fields.entry(field).or_insert_with(|| value.to_json());
            }
            _ => {}
        }
    }

    /// As `sayso route` prints it: date-times in RFC 3339, dates as YYYY-MM-DD.
    pub fn to_json(&self) -> serde_json::Value {
        use serde_json::Value as Json;
        match self {
            Self::Text(text) | Self::Find(text) => Json::String(text.clone()),
            Self::Number(number) => Json::Number(number.clone()),
            Self::Boolean(yes) => Json::Bool(*yes),
            Self::Date(date) => Json::String(date.to_string()),
            Self::DateTime(at) => Json::String(at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()),
            Self::List(values) => Json::Array(values.iter().map(Self::to_json).collect()),
            Self::Map(fields) => Json::Object(fields.iter().map(|(k, v)| (k.clone(), v.to_json())).collect()),
            Self::Given(json) => json.clone(),
        }
    }
}
