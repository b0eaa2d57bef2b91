use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

/// How long what was found, or not found, is believed without looking again, in milliseconds.
const FRESH_MS: i64 = 1_000;

/// What accounts are called, as it was last found in the store: it is asked for every request.
#[derive(Debug, Default)]
pub(in crate::execute) struct AccountNames {
    seen: Mutex<FxHashMap<String, Seen>>,
    /// Whoever asks the API for the name of an account, one at a time.
    asking: Mutex<FxHashMap<String, Arc<tokio::sync::Mutex<()>>>>,
}

#[derive(Debug)]
struct Seen {
    at_ms: i64,
    label: Option<String>,
}

impl AccountNames {
    /// What an account is called, as `find` says unless that was asked a moment ago.
    pub(in crate::execute) fn get(
        &self,
        account: &str,
        now_ms: i64,
        find: impl FnOnce() -> Option<String>,
    ) -> Option<String> {
        let known = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(seen) = known.get(account).filter(|seen| (seen.at_ms..seen.at_ms + FRESH_MS).contains(&now_ms)) {
            return seen.label.clone();
        }
        drop(known);
        let label = find();
        self.note(account, now_ms, label.clone());
        label
    }

    /// What is held while the API is asked what an account is called: lines that begin together ask it once.
    pub(in crate::execute) fn asking(&self, account: &str) -> Arc<tokio::sync::Mutex<()>> {
        let mut asking = self.asking.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(asking.entry(account.to_owned()).or_default())
    }

    /// Remembers what an account is called.
    pub(in crate::execute) fn note(&self, account: &str, at_ms: i64, label: Option<String>) {
        let mut known = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(account.to_owned(), Seen { at_ms, label });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_looked_for_again_after_a_while() {
        let names = AccountNames::default();
        let found = |text: &str| Some(text.to_owned());
        assert_eq!(names.get("a", 5_000, || None), None);
        assert_eq!(names.get("a", 5_999, || found("x")), None);
        assert_eq!(names.get("a", 6_000, || found("x")), found("x"));
        assert_eq!(names.get("b", 6_000, || found("y")), found("y"));
        names.note("a", 6_001, found("z"));
        assert_eq!(names.get("a", 6_002, || None), found("z"));
        assert_eq!(names.get("a", 5_000, || None), None, "a clock that was put back");
    }
}
