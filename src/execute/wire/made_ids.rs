use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

/// Ids that are remembered.
const MOST: usize = 1_000;

/// Ids of the records made last: what is known to be of another request is not taken for the one whose answer was lost.
#[derive(Debug, Default)]
pub(in crate::execute) struct MadeIds(Mutex<VecDeque<String>>);

impl MadeIds {
    /// Remembers an id.
    pub fn note(&self, id: &str) {
        let mut ids = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if ids.len() == MOST {
            ids.pop_front();
        }
        ids.push_back(id.to_owned());
    }

    /// Whether it is one of them.
    pub fn knows(&self, id: &str) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().any(|known| known == id)
    }
}
