use reqwest::Response;
use serde_json::Value;

use crate::execute::{Credentials, Failure, FailureKind};

/// Longest answer that is read.
const MOST: usize = 32 * 1024 * 1024;

/// Reads a whole body, up to a limit. Bytes that are no UTF-8 are replaced; credentials that the API echoes are taken out.
pub(super) async fn read_body(mut response: Response, credentials: &Credentials) -> Result<Value, Failure> {
    let mut bytes: Vec<u8> = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if bytes.len() + chunk.len() > MOST => {
                let message = format!("the answer is longer than {} MiB", MOST / 1024 / 1024);
                return Err(Failure::new(FailureKind::Network, message));
            }
            Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
            Ok(None) => return Ok(body_json(&bytes, credentials)),
            Err(error) if error.is_timeout() => {
                return Err(Failure::new(
                    FailureKind::Timeout,
                    "the answer stopped half-way and did not go on in time",
                ));
            }
            Err(_) => {
                return Err(Failure::new(FailureKind::Network, "the connection broke half-way through the answer"));
            }
        }
    }
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
