//! What is written stands in the journal, and a bulk run that is killed at any moment is carried on: everything asked is
//! done, nothing twice, and what nobody knows is listed.

mod scripted;
mod support;

use std::collections::BTreeMap;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use scripted::{Says, Scripted, says};
use serde_json::{Value, json};
use support::Test;

const SERVICE: &str = r#"
service: desk
base_url: https://desk.invalid
resources:
  note: {nouns: [note], label: "{{ body }}"}
"#;

const OPERATIONS: &str = r#"
operations:
  notes.list: {request: "GET /people/{{ personId }}/notes", params: {personId: id}, returns: {resource: note, at: notes, many: true}, say: ["read notes of {personId}"]}
  notes.add:
    request: POST /people/{{ personId }}/notes
    params: {personId: id, body: {required: true}}
    returns: {resource: note, at: note}
    settle: {operation: notes.list, match: {body: body}, made: at}
    say: ["jot {body} (for|on) {personId}"]
  notes.push:
    request: POST /people/{{ personId }}/pushes
    params: {personId: id, body: {required: true}}
    say: ["nudge {personId} about {body}"]
"#;

const JOT: &str = "jot {{ text }} for {{ id }}";
const NUDGE: &str = "nudge {{ id }} about {{ text }}";

/// Notes by what they say, and how often each was made; what goes wrong is decided by the number of the write.
struct Desk {
    peer: Scripted,
    notes: Arc<Mutex<BTreeMap<String, Vec<Value>>>>,
}

/// Whether a write is acted on, and what is answered instead of what is right.
type Trouble = fn(usize) -> Option<(bool, Says)>;

fn desk(trouble: Trouble, pause: Duration) -> Desk {
    let notes: Arc<Mutex<BTreeMap<String, Vec<Value>>>> = Arc::default();
    let kept = Arc::clone(&notes);
    let writes = AtomicUsize::new(0);
    let peer = Scripted::new(move |asked, _| {
        let person = asked.line.split('/').nth(2).unwrap_or_default().to_owned();
        if asked.line.starts_with("GET") {
            let notes = kept.lock().expect("notes");
            let own: Vec<&Value> = notes.values().flatten().filter(|note| note["person"] == *person).collect();
            return says(200, &json!({"notes": own}));
        }
        let found = trouble(writes.fetch_add(1, Ordering::SeqCst));
        let body = asked.body["body"].as_str().expect("a body").to_owned();
        let mut made = Value::Null;
        if found.as_ref().is_none_or(|(acts, _)| *acts) {
            let mut notes = kept.lock().expect("notes");
            let id = format!("n{}", notes.values().map(Vec::len).sum::<usize>());
            let at = jiff::Timestamp::now().to_string();
            made = json!({"id": id, "body": body, "person": person, "at": at});
            notes.entry(body).or_default().push(made.clone());
        }
        thread::sleep(pause);
        found.map_or_else(|| says(201, &json!({"note": made})), |(_, says)| says)
    });
    Desk { peer, notes }
}

impl Desk {
    fn count(&self) -> usize {
        self.notes.lock().expect("notes").values().map(Vec::len).sum()
    }

    /// How often each note was made.
    fn made(&self) -> BTreeMap<String, usize> {
        self.notes.lock().expect("notes").iter().map(|(body, made)| (body.clone(), made.len())).collect()
    }
}

fn fine(_: usize) -> Option<(bool, Says)> {
    None
}

/// A fifth of the writes goes wrong, in every way there is.
fn bad(write: usize) -> Option<(bool, Says)> {
    let sorry = |status| says(status, &json!({"message": "sorry"}));
    match write.wrapping_mul(2_654_435_761) % 30 {
        0 => Some((false, sorry(429))),
        1 => Some((true, sorry(500))),
        2 => Some((false, sorry(503))),
        3 => Some((true, sorry(502))),
        4 => Some((true, sorry(200).hangs_up())),
        5 => Some((false, sorry(200).hangs_up())),
        _ => None,
    }
}

/// A folder in which the program is run again and again, with so many rows to go through.
struct Folder {
    test: Test,
    rows: usize,
}

impl Folder {
    fn new(rows: usize) -> Self {
        let lines: String = (0..rows)
            .map(|row| json!({"id": format!("p{}", row % 7), "text": format!("note {row}")}).to_string() + "\n")
            .collect();
        let test = Test::new().shared_cache().file("rows.jsonl", &lines);
        let test = test.file("desk/desk/service.yaml", SERVICE).file("desk/desk/notes.yaml", OPERATIONS);
        Self { test, rows }
    }

    fn command(&self, desk: &Desk, args: &[&str]) -> Command {
        let mut command = self.test.command();
        command.args(["--endpoints", "desk", "--base-url", &desk.peer.url]).args(args);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn run(&self, desk: &Desk, args: &[&str]) -> (Option<i32>, String, String) {
        let output: Output = self.command(desk, args).output().expect("it runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
        (output.status.code(), text(output.stdout), text(output.stderr))
    }

    fn report(&self, desk: &Desk, args: &[&str]) -> (Option<i32>, Value) {
        let (code, out, err) = self.run(desk, &[&["--output", "json"], args].concat());
        (code, serde_json::from_str(&out).unwrap_or_else(|e| panic!("{e}: {out}\n{err}")))
    }

    /// Starts it, and ends it as nothing can be done about once so many more notes were made, or it ended by itself.
    fn kill_at(&self, desk: &Desk, args: &[&str], more: usize) {
        let wanted = desk.count() + more;
        let mut child =
            self.command(desk, args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
        let until = Instant::now() + Duration::from_mins(2);
        while desk.count() < wanted && child.try_wait().expect("a child").is_none() {
            assert!(Instant::now() < until, "nothing comes");
            thread::sleep(Duration::from_millis(3));
        }
        child.kill().expect("it is killed");
        child.wait().expect("it ends");
        // What was on its way is acted on, though nobody hears of it.
        thread::sleep(Duration::from_millis(50));
    }
}

/// Every note was made once, but for those that a report lists as unknown, which may be there or not.
fn judge(desk: &Desk, rows: usize, report: &Value) {
    let unknown: Vec<u64> =
        report["unknowns"].as_array().expect("a list").iter().filter_map(|row| row["row"].as_u64()).collect();
    let made = desk.made();
    for row in 0..rows {
        let times = made.get(&format!("note {row}")).copied().unwrap_or(0);
        let listed = unknown.contains(&(row as u64 + 1));
        assert!(
            times == 1 || (listed && times == 0),
            "note {row} was made {times} times, listed: {listed}\n{report:#}"
        );
    }
    assert_eq!(report["waiting"], 0, "{report:#}");
    assert_eq!(report["failed"], 0, "{report:#}");
    assert_eq!(report["done"].as_u64(), Some((rows - unknown.len()) as u64), "{report:#}");
}

#[test]
fn a_write_is_in_the_history_and_a_read_is_not() {
    let (desk, folder) = (desk(fine, Duration::ZERO), Folder::new(0));
    assert_eq!(folder.run(&desk, &["jot \"call back\" for p1"]).0, Some(0));
    let (code, _, err) = folder.run(&desk, &["read notes of p1"]);
    assert_eq!(code, Some(0), "{err}");
    let (code, history) = folder.report(&desk, &["history"]);
    assert_eq!((code, history.as_array().map(Vec::len)), (Some(0), Some(1)), "{history:#}");
    let write = &history[0];
    assert_eq!((write["status"].as_str(), write["http"].as_u64()), (Some("done"), Some(201)));
    assert_eq!(write["said"], "jot \"call back\" for p1");
    assert_eq!(write["operation"], "notes.add");
    assert_eq!(write["request"]["method"], "POST");
    assert_eq!(write["request"]["body"], json!({"body": "call back"}));
    assert_eq!(write["record"]["id"], "n0");
    let (_, people, _) = folder.run(&desk, &["history"]);
    assert!(people.contains("jot \"call back\" for p1") && people.starts_with('1'), "{people}");
}

#[test]
fn what_is_refused_and_what_nobody_knows_is_told_apart() {
    let trouble = |write| match write {
        0 => Some((false, says(422, &json!({"message": "no such person"})))),
        _ => Some((false, says(200, &json!({})).hangs_up())),
    };
    let (desk, folder) = (desk(trouble, Duration::ZERO), Folder::new(0));
    assert_eq!(folder.run(&desk, &["nudge p1 about lunch"]).0, Some(1));
    assert_eq!(folder.run(&desk, &["nudge p2 about lunch"]).0, Some(1));
    let line = json!({"id": 1, "operation": "notes.push", "params": {"personId": "p3", "body": "tea"}});
    let mut pipe = folder.command(&desk, &["pipe"]).stdin(Stdio::piped()).spawn().expect("a pipe");
    std::io::Write::write_all(&mut pipe.stdin.take().expect("input"), format!("{line}\n").as_bytes()).expect("written");
    assert!(pipe.wait().expect("an end").success());
    let (_, history) = folder.report(&desk, &["history"]);
    let told: Vec<&str> = history.as_array().expect("a list").iter().filter_map(|w| w["status"].as_str()).collect();
    assert_eq!(told, ["unknown", "unknown", "failed"], "{history:#}");
    assert_eq!(history[0]["said"], "notes.push");
}

#[test]
fn a_killed_run_is_carried_on_and_nothing_is_done_twice() {
    for moments in [&[1][..], &[33, 1], &[40, 90, 7], &[170]] {
        let (desk, folder) = (desk(fine, Duration::from_millis(40)), Folder::new(200));
        folder.kill_at(&desk, &["--yes", "each", "rows.jsonl", JOT], moments[0]);
        for moment in &moments[1..] {
            folder.kill_at(&desk, &["resume"], *moment);
        }
        assert!(desk.count() < folder.rows, "the run ended before it was killed");
        let (code, report) = folder.report(&desk, &["resume", "1"]);
        judge(&desk, folder.rows, &report);
        assert_eq!(code, Some(0), "a look-up settles everything here: {report:#}");
        let writes = desk.peer.lines().iter().filter(|line| line.starts_with("POST")).count();
        assert_eq!(writes, folder.rows, "nothing that was done is sent again");
    }
}

#[test]
fn what_is_killed_before_anything_was_sent_did_nothing() {
    let (desk, folder) = (desk(fine, Duration::ZERO), Folder::new(300));
    folder.kill_at(&desk, &["--yes", "each", "rows.jsonl", JOT], 0);
    if desk.count() == 0 {
        let (code, out, _) = folder.run(&desk, &["resume"]);
        assert_eq!((code, desk.count()), (Some(0), if out.contains("Nothing is left") { 0 } else { folder.rows }));
    }
}

#[test]
fn what_no_look_up_settles_is_listed_and_left_alone() {
    let (desk, folder) = (desk(fine, Duration::from_millis(60)), Folder::new(300));
    folder.kill_at(&desk, &["--yes", "each", "rows.jsonl", NUDGE], 70);
    let (code, report) = folder.report(&desk, &["resume", "1"]);
    assert_eq!(code, Some(1));
    let unknown = report["unknown"].as_u64().expect("a number");
    assert!((1..=32).contains(&unknown), "{report:#}");
    judge(&desk, folder.rows, &report);
    let before = desk.peer.lines().len();
    let (_, again) = folder.report(&desk, &["resume", "1"]);
    assert_eq!(again["unknown"].as_u64(), Some(unknown), "still nobody knows");
    assert_eq!(desk.peer.lines().len(), before, "and nothing was sent on the chance");
}

/// Carries the run on until no row waits, and gives the last report.
fn to_the_end(desk: &Desk, folder: &Folder, mut report: Value) -> Value {
    for _ in 0..5 {
        if report["waiting"] == 0 {
            break;
        }
        report = folder.report(desk, &["resume", "1"]).1;
    }
    report
}

#[test]
fn rows_are_done_once_though_a_fifth_of_the_answers_is_bad() {
    let (desk, folder) = (desk(bad, Duration::from_millis(5)), Folder::new(300));
    let (_, report) = folder.report(&desk, &["--yes", "each", "rows.jsonl", JOT]);
    judge(&desk, 300, &to_the_end(&desk, &folder, report));
}

/// The figure: `cargo test --release --test journal -- --ignored --nocapture five_thousand`.
#[test]
#[ignore = "takes a minute"]
fn five_thousand_writes_are_done_once_though_a_fifth_of_the_answers_is_bad() {
    for (phrase, settled) in [(JOT, true), (NUDGE, false)] {
        let (desk, folder) = (desk(bad, Duration::ZERO), Folder::new(5_000));
        let started = Instant::now();
        let (_, report) = folder.report(&desk, &["--yes", "each", "rows.jsonl", phrase]);
        let report = to_the_end(&desk, &folder, report);
        judge(&desk, 5_000, &report);
        let (done, unknown) = (&report["done"], &report["unknown"]);
        let how = if settled { "with a look-up that settles" } else { "with nothing that settles" };
        let sent = desk.peer.lines().len();
        println!("{how}: {done} done, {unknown} unknown, {sent} requests, {:.0} s", started.elapsed().as_secs_f64());
    }
}

/// The figure: `cargo test --release --test journal -- --ignored --nocapture twenty_kills`. The moments are another
/// twenty each time; `SAYSO_SEED` repeats those of a run.
#[test]
#[ignore = "takes a minute"]
fn twenty_kills_of_five_thousand_writes_lose_nothing_and_repeat_nothing() {
    let told = std::env::var("SAYSO_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed: u64 = told.unwrap_or_else(|| std::process::id().into());
    for phrase in [JOT, NUDGE] {
        let mut random = seed;
        let mut moment = || {
            random = u64::wrapping_add(random.wrapping_mul(6_364_136_223_846_793_005), 1_442_695_040_888_963_407);
            usize::try_from(random >> 33).expect("31 bits") % 230
        };
        let (desk, folder) = (desk(bad, Duration::from_millis(5)), Folder::new(5_000));
        folder.kill_at(&desk, &["--yes", "each", "rows.jsonl", phrase], moment());
        for _ in 1..20 {
            folder.kill_at(&desk, &["resume", "1"], moment());
        }
        let before = desk.count();
        assert!(before < folder.rows, "the run ended before its last kill");
        let report = folder.report(&desk, &["resume", "1"]).1;
        let report = to_the_end(&desk, &folder, report);
        judge(&desk, folder.rows, &report);
        println!(
            "seed {seed}: killed 20 times, {before} made by then, at the end {} done and {} unknown",
            report["done"], report["unknown"]
        );
    }
}

#[test]
fn kills_and_bad_answers_together_lose_nothing() {
    let (desk, folder) = (desk(bad, Duration::from_millis(20)), Folder::new(250));
    folder.kill_at(&desk, &["--yes", "each", "rows.jsonl", JOT], 50);
    for moment in [1, 40, 80] {
        folder.kill_at(&desk, &["resume"], moment);
    }
    let (_, report) = folder.report(&desk, &["--yes", "resume", "1"]);
    judge(&desk, folder.rows, &to_the_end(&desk, &folder, report));
}

#[test]
fn a_run_is_carried_on_where_it_was_begun_and_by_one_at_a_time() {
    let (desk, folder) = (desk(fine, Duration::from_millis(300)), Folder::new(200));
    let mut first = folder.command(&desk, &["--yes", "each", "rows.jsonl", JOT]).spawn().expect("it starts");
    let until = Instant::now() + Duration::from_mins(2);
    while desk.count() == 0 {
        assert!(Instant::now() < until, "nothing comes");
        thread::sleep(Duration::from_millis(20));
    }
    let (code, _, err) = folder.run(&desk, &["resume", "1"]);
    assert_eq!(code, Some(3), "{err}");
    assert!(err.contains("another process is at work on run 1"), "{err}");
    first.kill().expect("killed");
    first.wait().expect("an end");
    let other = self::desk(fine, Duration::ZERO);
    let (code, _, err) = folder.run(&other, &["resume", "1"]);
    assert_eq!((code, other.peer.lines().len()), (Some(3), 0), "{err}");
    assert!(err.contains("Carry it on with the same --base-url"), "{err}");
    assert_eq!(folder.run(&desk, &["resume", "7"]).0, Some(3), "there is no such run");
}
