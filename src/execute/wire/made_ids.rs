use std::collections::{HashSet, VecDeque};
use std::sync::{Mutex, PoisonError};

/// Ids that are remembered.
const MOST: usize = 100_000;

/// Ids of the records made last: what is known to be of another request is not taken for the one whose answer was lost.
#[derive(Debug, Default)]
pub(in crate::execute) struct MadeIds(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    ids: HashSet<String>,
    order: VecDeque<String>,
}

impl MadeIds {
    /// Remembers an id.
    pub fn note(&self, id: &str) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !kept.ids.insert(id.to_owned()) {
            return;
        }
        kept.order.push_back(id.to_owned());
        if kept.order.len() > MOST
            && let Some(oldest) = kept.order.pop_front()
        {
            kept.ids.remove(&oldest);
        }
    }

    /// Whether it is one of them.
    pub fn knows(&self, id: &str) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).ids.contains(id)
    }
}
