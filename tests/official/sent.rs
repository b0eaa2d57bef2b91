//! A request as the API sees it, whether it was only drafted or came over the wire.

use sayso::request::{Body, Draft, Part};
use serde_json::Value;

/// Everything of a request that the official files speak of.
#[derive(Debug, Clone)]
pub struct Sent {
    pub method: String,
    /// Encoded.
    pub path: String,
    /// Decoded, in order.
    pub query: Vec<(String, String)>,
    pub headers: Vec<(String, String)>,
    pub body: SentBody,
}

/// A body by its content type; fields of forms are decoded.
#[derive(Debug, Clone)]
pub enum SentBody {
    None,
    Json(Value),
    Form(Vec<(String, String)>),
    Multipart(Vec<(String, String)>),
    /// What cannot be read, with the reason.
    Broken(String),
}

impl Sent {
    /// The version of the API that is asked for.
    pub fn version(&self) -> Option<&str> {
        self.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("version")).map(|(_, value)| value.as_str())
    }
}

impl SentBody {
    /// The content type it stands for.
    pub fn content_type(&self) -> &'static str {
        match self {
            Self::Json(_) => "application/json",
            Self::Form(_) => "application/x-www-form-urlencoded",
            Self::Multipart(_) => "multipart/form-data",
            Self::None | Self::Broken(_) => "",
        }
    }
}

impl From<&Draft> for Sent {
    fn from(draft: &Draft) -> Self {
        let body = match &draft.body {
            None => SentBody::None,
            Some(Body::Json(json)) => SentBody::Json(json.clone()),
            Some(Body::Form(fields)) => SentBody::Form(fields.clone()),
            Some(Body::Multipart(parts)) => SentBody::Multipart(parts.iter().map(pair).collect()),
        };
        let method = draft.method.as_str().to_owned();
        let (path, query, headers) = (draft.path.clone(), draft.query.clone(), draft.headers.clone());
        Self { method, path, query, headers, body }
    }
}

fn pair(part: &Part) -> (String, String) {
    match part {
        Part::Text(name, text) => (name.clone(), text.clone()),
        Part::File(name, file) => (name.clone(), file.shown()),
    }
}
