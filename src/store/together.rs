use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use rusqlite::TransactionBehavior;
use tokio::sync::oneshot;

use super::journal::{Batch, Slip};
use super::ready::Ready;
use super::{Store, StoreError};

/// As many changes at once mean that more are on their way.
const MANY: usize = 4;
/// How long those on their way are waited for: long enough that most of what a commit costs is shared, and short beside the
/// request that each of them is about.
const PAUSE: Duration = Duration::from_millis(1);
/// As many at once mean that there is more to do than there is time for, and what is shared counts for more than a wait.
const CROWD: usize = 16;

/// Makes a change to the tables.
type Make = Box<dyn FnMut(&mut Ready<'_>) -> rusqlite::Result<i64> + Send>;

/// A change that may have to be made again, when another that was kept with it fails.
enum Change {
    /// To the tables.
    Made(Make),
    /// Something that is written down; what it brings is the run that it is about.
    Down(Slip),
}

/// Changes that wait to be kept. What several want to write down at the same time goes into one transaction, which costs
/// little more than one change does.
#[derive(Default)]
pub(super) struct Together {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    changes: Vec<(Change, oneshot::Sender<Result<i64, StoreError>>)>,
    /// Names that nobody waits for the loss of: service, account and kind of record.
    forgotten: Vec<[String; 3]>,
    /// Whether somebody is at work on them.
    busy: bool,
}

impl std::fmt::Debug for Together {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Together").finish_non_exhaustive()
    }
}

impl Together {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store {
    /// Makes a change together with all that wait to be made; what it brought, once it is kept.
    pub(super) async fn change(
        self: &Arc<Self>,
        change: impl FnMut(&mut Ready<'_>) -> rusqlite::Result<i64> + Send + 'static,
    ) -> Result<i64, StoreError> {
        self.together(Change::Made(Box::new(change))).await
    }

    /// Writes something down together with all that wait to be kept; the run that it is about, once it is kept.
    pub(super) async fn write_down(self: &Arc<Self>, slip: Slip) -> Result<i64, StoreError> {
        self.together(Change::Down(slip)).await
    }

    async fn together(self: &Arc<Self>, change: Change) -> Result<i64, StoreError> {
        let (told, answer) = oneshot::channel();
        let idle = {
            let mut state = self.together.state();
            state.changes.push((change, told));
            !std::mem::replace(&mut state.busy, true)
        };
        if idle {
            let store = Arc::clone(self);
            tokio::task::spawn_blocking(move || store.keep_all());
        }
        // Whoever is at work answers everybody; should the runtime end, nothing is sent any more.
        answer.await.unwrap_or(Err(StoreError::Ended))
    }

    /// Forgets all names of a kind of record in an account, because something writes to it: at the latest with the next
    /// change that is waited for.
    pub fn forget_with_next(&self, service: &str, account: &str, resource: &str) {
        let key = [service, account, resource];
        let forgotten = &mut self.together.state().forgotten;
        // They are few, and most often there already.
        if !forgotten.iter().any(|known| known.iter().eq(key)) {
            forgotten.push(key.map(str::to_owned));
        }
    }

    fn keep_all(&self) {
        let mut last = 0;
        loop {
            self.wait_for_more(last);
            let (changes, forgotten) = {
                let mut state = self.together.state();
                if state.changes.is_empty() {
                    state.busy = false;
                    return;
                }
                (std::mem::take(&mut state.changes), std::mem::take(&mut state.forgotten))
            };
            last = changes.len();
            let (mut changes, told): (Vec<_>, Vec<_>) = changes.into_iter().unzip();
            let kept = match self.keep(&mut changes, &forgotten) {
                Ok(kept) => kept.into_iter().map(Ok).collect(),
                // One of them may be at fault, and it shall be the only one that fails.
                Err(_) => self.keep_each(&mut changes, &forgotten),
            };
            for (told, kept) in told.into_iter().zip(kept) {
                told.send(kept).ok();
            }
        }
    }

    /// Waits for changes that are on their way, where there were so many at once before.
    fn wait_for_more(&self, last: usize) {
        let waiting = || self.together.state().changes.len();
        let enough = if last < CROWD { last } else { 2 * last };
        if last >= MANY && waiting() < enough {
            thread::sleep(PAUSE);
        }
    }

    fn keep_each(&self, changes: &mut [Change], forgotten: &[[String; 3]]) -> Vec<Result<i64, StoreError>> {
        let one = |change| self.keep(std::slice::from_mut(change), forgotten);
        changes.iter_mut().map(|change| one(change).map(|kept| kept.first().copied().unwrap_or_default())).collect()
    }

    fn keep(&self, changes: &mut [Change], forgotten: &[[String; 3]]) -> Result<Vec<i64>, StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut ready = Ready::new(&transaction);
        let mut batch = Batch::default();
        let mut kept = Vec::with_capacity(changes.len());
        for change in changes {
            kept.push(match change {
                Change::Made(change) => change(&mut ready)?,
                Change::Down(slip) => batch.add(slip, &mut ready)?,
            });
        }
        batch.keep(&mut ready)?;
        drop(ready);
        for [service, account, resource] in forgotten {
            super::names::forget(&transaction, service, account, resource)?;
        }
        transaction.commit()?;
        Ok(kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::NameKey;

    fn count(store: &Store) -> i64 {
        store.lock().query_row("SELECT COUNT(*) FROM cells", [], |row| row.get(0)).expect("a count")
    }

    fn insert(n: i64) -> impl FnMut(&mut Ready<'_>) -> rusqlite::Result<i64> + Send {
        move |ready| {
            let sql = "INSERT INTO cells (name, at_ms, value) VALUES (?1, 0, '')";
            ready.statement(sql)?.execute([n.to_string()])?;
            Ok(n)
        }
    }

    #[tokio::test]
    async fn each_is_told_what_it_brought_and_one_that_fails_fails_alone() {
        let store = Arc::new(Store::open(None).expect("a store"));
        store.change(insert(7)).await.expect("kept");
        let mut all = tokio::task::JoinSet::new();
        for n in 0..50 {
            let store = Arc::clone(&store);
            // The seventh is there already.
            all.spawn(async move { (n, store.change(insert(n)).await) });
        }
        for (n, kept) in all.join_all().await {
            match n {
                7 => assert!(kept.is_err()),
                n => assert_eq!(kept.expect("kept"), n),
            }
        }
        assert_eq!(count(&store), 50);
    }

    #[tokio::test]
    async fn names_are_gone_with_the_next_change() {
        let store = Arc::new(Store::open(None).expect("a store"));
        let key = NameKey { service: "s", account: "a", resource: "tag", query: "" };
        store.keep_names(&key, "[1]", 1).expect("kept");
        store.forget_with_next("s", "a", "tag");
        store.change(|_| Ok(0)).await.expect("kept");
        assert_eq!(store.names(&key, 0).expect("read"), None);
    }
}
