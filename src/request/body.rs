use std::borrow::Cow;

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
        self.as_json().into_owned()
    }

    /// The same, without a copy of what is JSON already.
    #[must_use]
    pub fn as_json(&self) -> Cow<'_, Value> {
        Cow::Owned(match self {
            Self::Json(json) => return Cow::Borrowed(json),
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
        })
    }
}
