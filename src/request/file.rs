use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

/// What stands in the place of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum File {
    /// The file at that path of this machine.
    Path(String),
    /// A bot's text: a path when there is such a file, otherwise the content itself.
    Text(String),
    /// Content that was given with the call.
    Content {
        /// What the file is to be called.
        name: String,
        /// What is in it.
        bytes: Vec<u8>,
    },
}

impl File {
    /// The file that a checked value stands for.
    pub(super) fn of(value: &Value) -> Option<Self> {
        if let Some(text) = value.as_str() {
            return Some(match text.strip_prefix('@') {
                Some(path) => Self::Path(path.to_owned()),
                None => data_url(text).unwrap_or_else(|| Self::Text(text.to_owned())),
            });
        }
        let known = ["path", "content", "filename", "encoding"];
        let fields = value.as_object().filter(|f| f.keys().all(|key| known.contains(&key.as_str())))?;
        let text = |key: &str| fields.get(key).map(|value| value.as_str().map(str::to_owned));
        if let Some(path) = text("path") {
            return (fields.len() == 1).then_some(Self::Path(path?));
        }
        let content = text("content")??;
        let name = text("filename").unwrap_or_else(|| Some("file".to_owned()))?;
        let bytes = match fields.get("encoding").map(Value::as_str) {
            None => content.into_bytes(),
            Some(Some("base64")) => STANDARD.decode(content).ok()?,
            Some(_) => return None,
        };
        Some(Self::Content { name, bytes })
    }

    /// A path that a person named.
    pub(super) fn said(path: &str) -> Value {
        json!({"path": path.strip_prefix('@').unwrap_or(path)})
    }

    /// For people and bots: paths as they are, content by its size.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Path(path) => format!("@{path}"),
            Self::Text(text) => text.clone(),
            Self::Content { name, bytes } => format!("{name} ({} bytes)", bytes.len()),
        }
    }
}

/// `data:text/csv;base64,YSxi`, or the same without `;base64` and with percent signs.
fn data_url(text: &str) -> Option<File> {
    let (head, content) = text.strip_prefix("data:")?.split_once(',')?;
    let bytes = match head.strip_suffix(";base64") {
        Some(_) => STANDARD.decode(content).ok()?,
        None => percent_encoding::percent_decode_str(content).collect(),
    };
    Some(File::Content { name: "file".to_owned(), bytes })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(name: &str, bytes: &str) -> File {
        File::Content { name: name.into(), bytes: bytes.into() }
    }

    #[test]
    fn a_file_may_be_given_in_several_ways() {
        assert_eq!(File::of(&json!("@a.csv")), Some(File::Path("a.csv".into())));
        assert_eq!(File::of(&json!({"path": "a.csv"})), Some(File::Path("a.csv".into())));
        assert_eq!(File::of(&json!("a,b")), Some(File::Text("a,b".into())));
        assert_eq!(File::of(&json!("data:text/csv;base64,YSxi")), Some(content("file", "a,b")));
        assert_eq!(File::of(&json!("data:,a%2Cb")), Some(content("file", "a,b")));
        assert_eq!(File::of(&json!({"content": "a,b", "filename": "x.csv"})), Some(content("x.csv", "a,b")));
        assert_eq!(File::of(&json!({"content": "YSxi", "encoding": "base64"})), Some(content("file", "a,b")));
    }

    #[test]
    fn what_is_no_file_is_none() {
        for wrong in [json!(1), json!({}), json!({"content": 1}), json!({"content": "?", "encoding": "base64"})] {
            assert_eq!(File::of(&wrong), None, "{wrong}");
        }
        assert_eq!(File::of(&json!({"path": "a", "colour": "red"})), None);
    }
}
