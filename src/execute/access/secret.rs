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
}
