use std::fs::File;
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;
use serde_json::Value;

/// One request and its answer, as the sandbox saw them. The credential is left out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Exchange {
    /// Method in capitals.
    pub method: String,
    /// Path as it was sent, with the query.
    pub path: String,
    /// Headers in order, names in lower case, without those that carry the credential.
    pub headers: Vec<(String, String)>,
    /// Body: JSON where it is JSON, else text.
    pub body: Value,
    /// Catalog name of the operation, when the path is one's.
    pub operation: Option<String>,
    /// Status of the answer; 0 when the connection was closed without one.
    pub status: u16,
    /// Body of the answer.
    pub answer: Value,
}

/// All requests so far, in order.
#[derive(Debug, Clone, Default)]
pub(super) struct Log {
    seen: Arc<Mutex<Vec<Exchange>>>,
    file: Option<Arc<Mutex<File>>>,
}

/// Requests kept in memory; older ones are forgotten.
const MOST: usize = 10_000;

impl Log {
    pub(super) fn to(file: Option<File>) -> Self {
        Self { seen: Arc::default(), file: file.map(|file| Arc::new(Mutex::new(file))) }
    }

    pub(super) fn add(&self, exchange: Exchange) {
        if let Some(file) = &self.file {
            let line = serde_json::to_string(&exchange).unwrap_or_default();
            // A log that cannot be written must not change how the sandbox answers.
            let _ = writeln!(file.lock().unwrap_or_else(PoisonError::into_inner), "{line}");
        }
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() >= MOST {
            seen.remove(0);
        }
        seen.push(exchange);
    }

    pub(super) fn all(&self) -> Vec<Exchange> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
