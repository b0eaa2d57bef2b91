use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustc_hash::FxHashMap;

use crate::plan::Candidate;

/// How long what the store told is believed without asking it again, in milliseconds.
const FRESH_MS: i64 = 1_000;
/// How long nothing is remembered of a kind of record that was written to: longer than the store takes to forget it, however
/// busy it is.
const QUIET_MS: i64 = 30_000;
/// Look-ups, and kinds that were written to, that are held.
const MOST: usize = 64;

/// What look-ups found, as the store last told it. Bots say the same names again and again, and whoever asks the store has
/// to wait for others who do.
#[derive(Debug, Default)]
pub(in crate::execute) struct RecentNames(Mutex<Recent>);

#[derive(Debug, Default)]
struct Recent {
    /// By kind of record, then by what was searched for.
    seen: FxHashMap<(String, String), Seen>,
    /// The record that was chosen by a name, by kind of record, then by the name.
    chosen: FxHashMap<(String, String), (i64, Candidate)>,
    /// When something last wrote to a kind of record.
    written: FxHashMap<String, i64>,
}

#[derive(Debug)]
struct Seen {
    at_ms: i64,
    found: Arc<[Candidate]>,
}

impl RecentNames {
    /// What a look-up found, with the moment of that, as `find` says unless that was asked a moment ago, or so many
    /// milliseconds where that is less.
    pub(in crate::execute) fn get(
        &self,
        kind: String,
        query: &str,
        now_ms: i64,
        most_ms: i64,
        find: impl FnOnce() -> Option<Vec<Candidate>>,
    ) -> Option<(Arc<[Candidate]>, i64)> {
        let key = (kind, query.to_owned());
        let known = self.recent().fresh(&key, now_ms, FRESH_MS.min(most_ms));
        if known.is_some() {
            return known;
        }
        let found: Arc<[Candidate]> = find()?.into();
        self.recent().note(key, now_ms, &found);
        Some((found, now_ms))
    }

    /// The record that was chosen by a name from what was found a moment ago, or so many milliseconds where that is less.
    pub(in crate::execute) fn chosen(&self, kind: String, name: &str, now_ms: i64, most_ms: i64) -> Option<Candidate> {
        let recent = self.recent();
        let (at_ms, candidate) = recent.chosen.get(&(kind, name.to_owned()))?;
        is_fresh(*at_ms, now_ms, FRESH_MS.min(most_ms)).then(|| candidate.clone())
    }

    /// Remembers which record was chosen by a name from what was found at a moment: where it is the name and nothing else
    /// that decides.
    pub(in crate::execute) fn choose(&self, kind: String, name: &str, found_ms: i64, candidate: &Candidate) {
        let mut recent = self.recent();
        if recent.is_quiet(&kind, found_ms) {
            return;
        }
        if recent.chosen.len() >= MOST {
            recent.chosen.clear();
        }
        recent.chosen.insert((kind, name.to_owned()), (found_ms, candidate.clone()));
    }

    /// Something wrote to a kind of record.
    pub(in crate::execute) fn written(&self, kind: String, now_ms: i64) {
        let mut recent = self.recent();
        recent.seen.retain(|(known, _), _| *known != kind);
        recent.chosen.retain(|(known, _), _| *known != kind);
        if recent.written.len() >= MOST {
            recent.written.retain(|_, at_ms| now_ms < *at_ms + QUIET_MS);
        }
        recent.written.insert(kind, now_ms);
    }

    /// The store is told something else.
    pub(in crate::execute) fn changed(&self, kind: String, query: &str) {
        let mut recent = self.recent();
        recent.chosen.retain(|(known, _), _| *known != kind);
        recent.seen.remove(&(kind, query.to_owned()));
    }

    fn recent(&self) -> MutexGuard<'_, Recent> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Recent {
    fn fresh(&self, key: &(String, String), now_ms: i64, most_ms: i64) -> Option<(Arc<[Candidate]>, i64)> {
        let seen = self.seen.get(key)?;
        is_fresh(seen.at_ms, now_ms, most_ms).then(|| (Arc::clone(&seen.found), seen.at_ms))
    }

    /// Whether what was found at that moment may have been found before what was written to is forgotten.
    fn is_quiet(&self, kind: &str, found_ms: i64) -> bool {
        self.written.get(kind).is_some_and(|at_ms| found_ms < *at_ms + QUIET_MS)
    }

    fn note(&mut self, key: (String, String), now_ms: i64, found: &Arc<[Candidate]>) {
        if self.is_quiet(&key.0, now_ms) {
            return;
        }
        if self.seen.len() >= MOST {
            self.seen.clear();
        }
        self.seen.insert(key, Seen { at_ms: now_ms, found: Arc::clone(found) });
    }
}

fn is_fresh(at_ms: i64, now_ms: i64, most_ms: i64) -> bool {
    (at_ms..at_ms.saturating_add(most_ms)).contains(&now_ms)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(id: &str) -> Vec<Candidate> {
        vec![Candidate { id: id.into(), label: id.into(), keys: Vec::new(), parent: None }]
    }

    fn get(names: &RecentNames, now_ms: i64, id: &str) -> String {
        let found = names.get("tag".into(), "", now_ms, i64::MAX, || Some(found(id)));
        found.expect("it is there").0[0].id.clone()
    }

    #[test]
    fn it_is_asked_for_again_after_a_while() {
        let names = RecentNames::default();
        assert!(names.get("tag".into(), "", 5_000, i64::MAX, || None).is_none());
        assert_eq!(get(&names, 5_000, "a"), "a");
        assert_eq!(get(&names, 5_999, "b"), "a");
        assert_eq!(get(&names, 6_000, "c"), "c");
        assert_eq!(get(&names, 5_000, "d"), "d", "a clock that was put back");
        names.changed("tag".into(), "");
        assert_eq!(get(&names, 5_001, "e"), "e");
        let never = names.get("tag".into(), "", 5_001, 0, || Some(found("f")));
        assert_eq!(never.expect("it is there").0[0].id, "f");
    }

    #[test]
    fn nothing_is_remembered_while_the_store_may_not_know_of_a_write() {
        let names = RecentNames::default();
        assert_eq!(get(&names, 5_000, "a"), "a");
        names.written("tag".into(), 5_001);
        assert_eq!(get(&names, 5_002, "b"), "b");
        assert_eq!(get(&names, 5_003, "c"), "c");
        assert_eq!(get(&names, 5_001 + QUIET_MS, "d"), "d");
        assert_eq!(get(&names, 5_002 + QUIET_MS, "e"), "d");
    }

    #[test]
    fn what_was_chosen_is_known_as_long_as_what_it_was_chosen_from() {
        let names = RecentNames::default();
        let chosen = |now_ms| names.chosen("tag".into(), "vip", now_ms, i64::MAX).map(|found| found.id);
        names.choose("tag".into(), "vip", 5_000, &found("a")[0]);
        assert_eq!(chosen(5_999).as_deref(), Some("a"));
        assert_eq!(chosen(6_000), None);
        names.changed("tag".into(), "other");
        assert_eq!(chosen(5_999), None);
        names.choose("tag".into(), "vip", 5_000, &found("b")[0]);
        names.written("tag".into(), 5_001);
        assert_eq!(chosen(5_002), None);
        names.choose("tag".into(), "vip", 5_000, &found("c")[0]);
        assert_eq!(chosen(5_002), None, "it was found before that was written");
    }

    #[test]
    fn there_are_only_so_many() {
        let names = RecentNames::default();
        for n in 0..1_000 {
            names.written(format!("kind {n}"), n * QUIET_MS);
            names.get("tag".into(), &n.to_string(), 0, i64::MAX, || Some(found("a")));
            names.choose("tag".into(), &n.to_string(), 0, &found("a")[0]);
        }
        let recent = names.recent();
        assert!(recent.seen.len() <= MOST && recent.chosen.len() <= MOST && recent.written.len() <= MOST);
    }
}
