use serde_json::Value;

use super::File;

/// What a request carries.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// JSON.
    Json(Value),
    /// `application/x-www-form-urlencoded`, not yet encoded.
    Form(Vec<(String, String)>),
    /// `multipart/form-data`.
    Multipart(Vec<Part>),
}

/// One part of a multipart body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A field: (name, text).
    Text(String, String),
    /// A file under a name.
    File(String, File),
}

impl Body {
    /// The body as JSON for people and bots; fields of forms as an object.
    #[must_use]
    pub fn to_json(&self) -> Value {
        match self {
            Self::Json(json) => json.clone(),
            Self::Form(fields) => Value::Object(fields.iter().map(|(n, v)| (n.clone(), v.clone().into())).collect()),
            Self::Multipart(parts) => Value::Object(
                parts
                    .iter()
                    .map(|part| match part {
                        Part::Text(name, text) => (name.clone(), text.clone().into()),
                        Part::File(name, file) => (name.clone(), file.shown().into()),
                    })
                    .collect(),
            ),
        }
    }
}
