use std::string::FromUtf8Error;

use reqwest::Response;
use serde_json::Value;

use super::Lost;
use super::bounded_json::{NoJson, bounded_json};
use crate::execute::{Credentials, Failure, FailureKind};

/// An answer may hold one value for so many of the bytes that are read at most.
const BYTES_A_VALUE: usize = 16;

/// Reads a whole body of at most so many bytes, unpacked. Bytes that are no UTF-8 are replaced; credentials that the API
/// echoes are taken out. The body of a refusal that cannot be read is left out: the status tells enough.
pub(super) async fn read_body(mut response: Response, credentials: &Credentials, most: usize) -> Result<Value, Lost> {
    let refused = !response.status().is_success();
    let mut bytes: Vec<u8> = Vec::new();
    let lost = loop {
        match response.chunk().await {
            Ok(Some(chunk)) if bytes.len() + chunk.len() > most => {
                let message = format!("the answer is longer than {}", size(most));
                let failure = Failure::new(FailureKind::Network, message).hint("--max-response allows longer ones.");
                break Lost::unreadable(failure, false);
            }
            Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
            Ok(None) => {
                if let Some(body) = body_json(bytes, credentials, most / BYTES_A_VALUE) {
                    return Ok(body);
                }
                let failure = Failure::new(FailureKind::Network, "the answer holds too many values");
                break Lost::unreadable(failure.hint("--max-response allows more."), false);
            }
            Err(error) if error.is_timeout() => {
                let message = "the answer stopped half-way and did not go on in time";
                break Lost::unreadable(Failure::new(FailureKind::Timeout, message), true);
            }
            Err(_) => {
                let message = "the connection broke half-way through the answer";
                break Lost::unreadable(Failure::new(FailureKind::Network, message), true);
            }
        }
    };
    if refused { Ok(Value::Null) } else { Err(lost) }
}

fn size(bytes: usize) -> String {
    if bytes < 1024 * 1024 { format!("{} KiB", bytes / 1024) } else { format!("{} MiB", bytes / 1024 / 1024) }
}

/// What the bytes of an answer stand for, of which at most so many are read: JSON, or the text when it is none; nothing when
/// there are too many values in it.
#[must_use]
pub fn answer_json(bytes: &[u8], most: usize) -> Option<Value> {
    body_json(bytes[..bytes.len().min(most)].to_vec(), &Credentials::default(), most / BYTES_A_VALUE)
}

/// JSON, or the text when it is none; nothing when there are too many values in it.
fn body_json(bytes: Vec<u8>, credentials: &Credentials, most: usize) -> Option<Value> {
    let lossy = |error: FromUtf8Error| String::from_utf8_lossy(error.as_bytes()).into_owned();
    let mut text = String::from_utf8(bytes).unwrap_or_else(lossy);
    credentials.redactor()(&mut text);
    let text = text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() {
        return Some(Value::Null);
    }
    match bounded_json(text, most) {
        Ok(value) => Some(value),
        Err(NoJson::Malformed) => Some(Value::String(text.to_owned())),
        Err(NoJson::TooMany) => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn any_bytes_become_a_value() {
        let read = |bytes: &[u8]| body_json(bytes.to_vec(), &Credentials::default(), 10);
        assert_eq!(read(b""), Some(Value::Null));
        assert_eq!(read(b"{\"a\":1}"), Some(json!({"a": 1})));
        assert_eq!(read(b"<html>\xff"), Some(json!("<html>\u{fffd}")));
        assert_eq!(read(b"[1,2,3,4,5,6,7,8,9,10]"), None);
    }
}
