use std::fmt;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use memchr::memmem::Finder;

/// Shorter ones would be found in ordinary words.
const SHORTEST: usize = 4;

/// A credential. It can be put into a request and taken out of a text, never printed. Cloning it is cheap.
#[derive(Clone)]
pub struct Secret(Arc<Inner>);

struct Inner {
    text: String,
    /// The ways in which it may be written, each made ready to be looked for: every text is searched for it.
    spellings: Vec<Finder<'static>>,
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.0.text == other.0.text
    }
}

impl Eq for Secret {}

impl Secret {
    /// Wraps a credential, white space around it left out.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let text = text.trim().to_owned();
        let mut spellings = vec![text.clone()];
        let quoted = serde_json::Value::from(text.as_str()).to_string();
        let in_url: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
        for other in [quoted[1..quoted.len() - 1].to_owned(), in_url, STANDARD.encode(&text)] {
            if !spellings.contains(&other) {
                spellings.push(other);
            }
        }
        let spellings = spellings.iter().map(|spelling| Finder::new(spelling).into_owned()).collect();
        Self(Arc::new(Inner { text, spellings }))
    }

    pub(in crate::execute) fn reveal(&self) -> &str {
        &self.0.text
    }

    /// A short mark that tells it from others. It keeps far too little for the credential to be found out.
    pub(super) fn mark(&self) -> String {
        let hash =
            self.0.text.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        format!("{hash:08x}")
    }

    /// The text with the credential taken out of it, however it is written there.
    #[must_use]
    pub fn redact(&self, text: &str) -> String {
        let mut text = text.to_owned();
        self.take_out(&mut text);
        text
    }

    /// Takes the credential out of a text, however it is written there.
    pub(super) fn take_out(&self, text: &mut String) {
        if self.0.text.len() < SHORTEST {
            return;
        }
        for spelling in &self.0.spellings {
            if spelling.find(text.as_bytes()).is_some()
                && let Ok(spelling) = std::str::from_utf8(spelling.needle())
            {
                *text = text.replace(spelling, "[redacted]");
            }
        }
    }

    /// Whether the credential may stand in a text that is JSON, however it is written there: false only where it surely does
    /// not.
    pub(super) fn may_be_in_json(&self, json: &str) -> bool {
        if self.0.text.len() < SHORTEST {
            return false;
        }
        // What JSON writes in another way may be in there in that way, or in that way of that way.
        let plain = !self.0.text.contains(|c: char| c == '"' || c == '\\' || c.is_control());
        !plain || self.0.spellings.iter().any(|spelling| spelling.find(json.as_bytes()).is_some())
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.text.is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_secret_does_not_print() {
        let secret = Secret::new(" pit-1234 ");
        assert_eq!(format!("{secret:?}"), "[redacted]");
        assert_eq!(secret.redact("bad token pit-1234!"), "bad token [redacted]!");
    }

    #[test]
    fn a_secret_is_found_in_every_spelling() {
        let secret = Secret::new("a/b+\"c\" 9");
        for text in ["a%2Fb%2B%22c%22+9", "a/b+\\\"c\\\" 9", "YS9iKyJjIiA5"] {
            assert_eq!(secret.redact(&format!("<{text}>")), "<[redacted]>", "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_in_a_text_is_seen_in_its_json(
            secret in "[a-c\"\\\\/+\n\u{7f}\u{e9} ]{0,6}",
            text in "[a-c]{0,3}",
            spelling in 0..5_usize,
        ) {
            let secret = Secret::new(&secret);
            let spelled = secret.0.spellings.get(spelling).map_or("", |s| std::str::from_utf8(s.needle()).expect("text"));
            let text = format!("{text}{spelled}{text}");
            let json = serde_json::json!([{"a": text}]).to_string();
            prop_assert!(secret.may_be_in_json(&json) || secret.redact(&text) == text);
        }
    }
}
