use reqwest::Response;
use serde_json::Value;

use super::Lost;
use crate::execute::{Credentials, Failure, FailureKind};

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
            Ok(None) => return Ok(body_json(&bytes, credentials)),
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

fn body_json(bytes: &[u8], credentials: &Credentials) -> Value {
    let text = credentials.redact(&String::from_utf8_lossy(bytes));
    let text = text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() {
        return Value::Null;
    }
    serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn any_bytes_become_a_value() {
        let none = Credentials::default();
        assert_eq!(body_json(b"", &none), Value::Null);
        assert_eq!(body_json(b"{\"a\":1}", &none), json!({"a": 1}));
        assert_eq!(body_json(b"<html>\xff", &none), json!("<html>\u{fffd}"));
    }
}
