use std::sync::Arc;

use super::{NewRun, Standing, WriteEnd, WriteEntry};
use crate::store::Store;

fn begin(store: &Store, at_ms: i64, settings: Option<&str>) -> i64 {
    store.begin_run(&NewRun { at_ms, said: "paint it", base: "", settings }).expect("a run")
}

fn write(run: i64, row: u64, at_ms: i64) -> WriteEntry {
    WriteEntry {
        run,
        row,
        step: 0,
        at_ms,
        operation: "things.paint".into(),
        said: "paint it".into(),
        account: "a".into(),
        request: "{}".into(),
        arguments: "[]".into(),
        before: None,
        standing: Standing::Sent,
        status: None,
        record: None,
        outcome: String::new(),
        undoes: None,
        undone_by: None,
    }
}

#[tokio::test]
async fn a_write_is_sent_then_settled_and_its_first_moment_kept() {
    let store = Arc::new(Store::open(None).expect("a store"));
    let run = begin(&store, 5, None);
    store.begin_write(write(run, 0, 5)).await.expect("recorded");
    assert_eq!(store.writes_of(run, 0).expect("read")[0].standing, Standing::Sent);
    store.begin_write(write(run, 0, 9)).await.expect("recorded again");
    let end = WriteEnd {
        standing: Standing::Done,
        status: Some(201),
        record: Some("{}".into()),
        outcome: "Painted it".into(),
    };
    store.end_write(run, 0, 0, end).await.expect("settled");
    let found = store.last_writes(None, 9).expect("read");
    assert_eq!((found.len(), found[0].standing, found[0].at_ms), (1, Standing::Done, 5));
    assert_eq!((found[0].status, found[0].outcome.as_str()), (Some(201), "Painted it"));
}

#[test]
fn rows_are_counted_and_found_by_how_they_stand() {
    let store = Store::open(None).expect("a store");
    let run = begin(&store, 5, Some("{}"));
    store.add_rows(run, (1..=5).map(|row| (row, "{}".to_owned()))).expect("added");
    store.settle_row(run, 2, Standing::Done, "ok").expect("settled");
    store.settle_row(run, 4, Standing::Unknown, "?").expect("settled");
    let tally = store.tally(run).expect("a tally");
    assert_eq!((tally.waiting, tally.done, tally.unknown, tally.all()), (3, 1, 1, 5));
    let waiting = store.rows(run, Standing::Waiting, Some(1), 9).expect("rows");
    assert_eq!(waiting.iter().map(|row| row.row).collect::<Vec<_>>(), [3, 5]);
    assert_eq!(store.unfinished_runs().expect("runs").len(), 1);
    for row in 1..=5 {
        store.settle_row(run, row, Standing::Done, "ok").expect("settled");
    }
    assert!(store.unfinished_runs().expect("runs").is_empty());
}

#[test]
fn one_process_at_a_time_carries_a_run_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("store.sqlite");
    let (one, two) = (Store::open(Some(&path)).expect("a store"), Store::open(Some(&path)).expect("the same"));
    let lock = one.lock_run(1).expect("asked").expect("free");
    assert!(two.lock_run(1).expect("asked").is_none());
    assert!(two.lock_run(2).expect("asked").is_some());
    drop(lock);
    assert!(two.lock_run(1).expect("asked").is_some());
}

#[tokio::test]
async fn what_is_old_or_too_much_goes_but_not_what_has_rows_left() {
    const DAY: i64 = 24 * 3600 * 1000;
    let store = Arc::new(Store::open(None).expect("a store"));
    let old = begin(&store, 0, None);
    let open = begin(&store, 40 * DAY, Some("{}"));
    store.add_rows(open, [(1, "{}".to_owned())].into_iter()).expect("added");
    let full = begin(&store, 40 * DAY, None);
    let newest = begin(&store, 40 * DAY, None);
    for run in [old, open, full, newest] {
        for row in 0..4 {
            store.begin_write(write(run, row, 0)).await.expect("recorded");
        }
    }
    store.prune_to(newest, 40 * DAY, Some(7)).expect("pruned");
    let left = |run| store.run(run).expect("read").is_some();
    assert_eq!([old, open, full, newest].map(left), [false, true, false, true]);
    assert_eq!(store.last_writes(None, 99).expect("read").len(), 8);
}

#[tokio::test]
async fn only_a_count_clears_away_what_is_too_much() {
    let store = Arc::new(Store::open(None).expect("a store"));
    let runs: Vec<i64> = (0..4).map(|_| begin(&store, 5, None)).collect();
    for run in &runs {
        store.begin_write(write(*run, 0, 5)).await.expect("recorded");
    }
    let left =
        |store: &Store| store.last_writes(None, 99).expect("read").into_iter().map(|w| w.run).collect::<Vec<_>>();
    store.prune_to(runs[3], 5, None).expect("pruned");
    assert_eq!(left(&store).len(), 4);
    store.prune_to(runs[3], 5, Some(4)).expect("pruned");
    assert_eq!(left(&store).len(), 4, "as many as may be");
    store.prune_to(runs[3], 5, Some(2)).expect("pruned");
    assert_eq!(left(&store), [runs[3], runs[2]]);
    store.prune_to(runs[3], 5, Some(0)).expect("pruned");
    assert_eq!(left(&store), [runs[3]], "the one that has just begun is left");
}

fn ended(outcome: &str) -> WriteEnd {
    WriteEnd { standing: Standing::Done, status: Some(201), record: None, outcome: outcome.into() }
}

async fn single(store: &Arc<Store>, at_ms: i64) -> i64 {
    store.begin_single("base".into(), write(0, 0, at_ms)).await.expect("recorded")
}

#[tokio::test]
async fn single_commands_are_told_as_if_they_had_been_in_the_tables_from_the_beginning() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("store.sqlite");
    let store = Arc::new(Store::open(Some(&path)).expect("a store"));
    assert_eq!(begin(&store, 1, None), 1);
    assert_eq!((single(&store, 5).await, single(&store, 6).await), (2, 3));
    store.end_single(3, 0, 7, ended("third")).await.expect("settled");
    let other = Arc::new(Store::open(Some(&path)).expect("the same"));
    let told = |store: &Store| -> Vec<_> {
        let all = store.last_writes(None, 9).expect("read");
        all.into_iter().map(|w| (w.run, w.step, w.at_ms, w.standing, w.outcome)).collect()
    };
    let third = (3, 0, 6, Standing::Done, "third".to_owned());
    assert_eq!(told(&other), [third.clone(), (2, 0, 5, Standing::Sent, String::new())]);
    // It was looked at before it is settled, and goes on with another step.
    store.end_single(2, 0, 8, ended("second")).await.expect("settled");
    let next = WriteEntry { step: 1, at_ms: 9, ..write(2, 0, 9) };
    store.go_on_single(next).await.expect("recorded");
    store.end_single(2, 1, 9, ended("second again")).await.expect("settled");
    let second = |step, at_ms, outcome: &str| (2, step, at_ms, Standing::Done, outcome.to_owned());
    assert_eq!(told(&other), [third, second(1, 9, "second again"), second(0, 5, "second")]);
    let run = other.run(2).expect("read").expect("there");
    assert_eq!((run.at_ms, run.said.as_str(), run.base.as_str(), run.settings), (5, "paint it", "base", None));
    assert_eq!(told(&store), told(&other));
    assert_eq!((single(&store, 10).await, begin(&other, 11, None), single(&store, 12).await), (4, 5, 6));
}

#[tokio::test]
async fn single_commands_are_cleared_away_like_all_others() {
    const DAY: i64 = 24 * 3600 * 1000;
    let store = Arc::new(Store::open(None).expect("a store"));
    let left =
        |store: &Store| -> Vec<_> { store.last_writes(None, 99).expect("read").into_iter().map(|w| w.run).collect() };
    let run = begin(&store, DAY, None);
    store.begin_write(write(run, 0, DAY)).await.expect("recorded");
    for at_ms in [0, DAY, 2 * DAY, 31 * DAY, 40 * DAY] {
        single(&store, at_ms).await;
    }
    store.prune_to(6, 40 * DAY, None).expect("pruned");
    store.prune_to(6, 40 * DAY, Some(2)).expect("pruned");
    assert_eq!(left(&store), [6, 5], "what is older than a month went");
    for at_ms in [41 * DAY, 42 * DAY] {
        single(&store, at_ms).await;
    }
    store.prune_to(8, 42 * DAY, Some(3)).expect("pruned");
    assert_eq!(left(&store), [8, 7, 6]);
    for at_ms in [43 * DAY, 44 * DAY, 45 * DAY] {
        single(&store, at_ms).await;
    }
    store.prune_to(11, 45 * DAY, Some(2)).expect("pruned");
    assert_eq!(left(&store), [11, 10]);
    assert_eq!(single(&store, 46 * DAY).await, 12);
}
