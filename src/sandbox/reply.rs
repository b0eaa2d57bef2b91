use serde_json::Value;

/// An answer before it is put on the wire.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Headers beside the content type.
    pub headers: Vec<(String, String)>,
    /// Media type of the body.
    pub content_type: String,
    /// Body; a string is sent as it is when the media type is not JSON.
    pub body: Value,
}

impl Reply {
    /// A JSON answer.
    pub fn json(status: u16, body: Value) -> Self {
        Self { status, headers: Vec::new(), content_type: "application/json; charset=utf-8".to_owned(), body }
    }

    /// The bytes of the body.
    pub fn bytes(&self) -> Vec<u8> {
        match &self.body {
            Value::Null => Vec::new(),
            Value::String(text) if !self.content_type.starts_with("application/json") => text.clone().into_bytes(),
            body => body.to_string().into_bytes(),
        }
    }
}
