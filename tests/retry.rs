//! What happens when an answer does not come: what is sent again, what is looked up, and what is left unknown.

mod scripted;
mod support;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use scripted::{Says, Scripted, says};
use serde_json::{Value, json};
use support::Test;

const SERVICE: &str = r#"
service: desk
base_url: https://desk.invalid
errors:
  - {status: 401, matches: "timed out", means: The gateway gave up., passing: true}
  - {status: 500, matches: "no such provider", means: There is no such provider., passing: false}
resources:
  note: {nouns: [note], label: "{{ body }}"}
"#;

const OPERATIONS: &str = r#"
operations:
  notes.list: {request: "GET /people/{{ personId }}/notes", params: {personId: id}, returns: {resource: note, at: notes, many: true}}
  notes.add:
    request: POST /people/{{ personId }}/notes
    params: {personId: id, body: {required: true}}
    returns: {resource: note, at: note}
    settle: {operation: notes.list, match: {body: body}, made: at}
  notes.send:
    request: POST /people/{{ personId }}/letters
    risk: send
    params: {personId: id, body: {required: true}}
    settle: {operation: notes.list, match: {body: body}, made: at}
  notes.put: {request: "PUT /notes/{{ noteId }}", params: {noteId: id, body: text}}
  notes.drop: {request: "DELETE /notes/{{ noteId }}", risk: write, params: {noteId: id}}
  notes.tag: {request: "POST /notes/{{ noteId }}/tags", idempotent: true, params: {noteId: id, tags: [text]}}
  notes.push: {request: "POST /push", params: {body: text}}
"#;

fn call(peer: &Scripted, operation: &str, params: &Value) -> Value {
    call_with(peer, &[], operation, params)
}

fn call_with(peer: &Scripted, args: &[&str], operation: &str, params: &Value) -> Value {
    let line = json!({"id": 1, "operation": operation, "params": params, "confirm": true});
    let test =
        Test::new().shared_cache().file("desk/desk/service.yaml", SERVICE).file("desk/desk/notes.yaml", OPERATIONS);
    let test = test.args(["--endpoints", "desk", "--base-url", &peer.url]).args(args.iter().copied()).arg("pipe");
    test.stdin(format!("{line}\n")).run().json()
}

fn count(peer: &Scripted, line: &str) -> usize {
    peer.lines().iter().filter(|l| *l == line).count()
}

/// Notes on a desk, and what goes wrong with the first requests to add one: whether it acts, and what it answers.
struct Desk {
    peer: Scripted,
    notes: Arc<Mutex<Vec<Value>>>,
}

fn desk(before: &[Value], trouble: impl Fn(usize) -> Option<(bool, Says)> + Send + Sync + 'static) -> Desk {
    let notes: Arc<Mutex<Vec<Value>>> = Arc::new(Mutex::new(before.to_vec()));
    let kept = Arc::clone(&notes);
    let posts = AtomicUsize::new(0);
    let peer = Scripted::new(move |asked, _| {
        if asked.line.starts_with("GET") {
            return says(200, &json!({"notes": kept.lock().expect("notes").clone()}));
        }
        let found = trouble(posts.fetch_add(1, Ordering::SeqCst));
        let acts = found.as_ref().is_none_or(|(acts, _)| *acts);
        let mut notes = kept.lock().expect("notes");
        let note = json!({"id": format!("n{}", notes.len()), "body": asked.body["body"], "at": jiff::Timestamp::now().to_string()});
        if acts {
            notes.push(note.clone());
        }
        found.map_or_else(|| says(201, &json!({"note": note})), |(_, says)| says)
    });
    Desk { peer, notes }
}

impl Desk {
    fn posts(&self) -> usize {
        self.peer.lines().iter().filter(|l| l.starts_with("POST")).count()
    }

    fn notes(&self) -> usize {
        self.notes.lock().expect("notes").len()
    }
}

fn dropped() -> Says {
    says(200, &json!({})).hangs_up()
}

const ADD: &str = "notes.add";

fn hello() -> Value {
    json!({"personId": "p1", "body": "hello"})
}

#[test]
fn a_write_that_was_done_though_its_answer_was_lost_is_found_and_not_repeated() {
    for answer in [dropped(), says(500, &json!({"message": "oops"})), says(502, &json!(null))] {
        let desk = desk(&[], move |_| Some((true, answer.clone())));
        let answer = call(&desk.peer, ADD, &hello());
        assert_eq!(answer["status"], "done", "{answer}");
        assert_eq!(answer["settled"]["by"], "notes.list", "{answer}");
        assert_eq!(answer["touched"][0]["id"], "n0", "{answer}");
        assert_eq!((desk.posts(), desk.notes()), (1, 1));
    }
}

#[test]
fn a_write_that_was_not_done_is_repeated_once_the_look_up_shows_that() {
    let desk = desk(&[], |post| (post == 0).then(|| (false, dropped())));
    let answer = call(&desk.peer, ADD, &hello());
    assert_eq!((answer["status"].as_str(), desk.posts(), desk.notes()), (Some("done"), 2, 1), "{answer}");
    assert_eq!(answer["response"]["status"], 201);
    let lines = desk.peer.lines();
    let first = lines.iter().position(|l| l.starts_with("POST")).expect("a post");
    assert!(lines[first + 1].starts_with("GET"), "looked up before it was repeated: {lines:?}");
}

/// A page to log in, or an error that calls itself a success, says nothing about what is there.
#[test]
fn a_look_up_that_answers_with_no_list_leaves_it_unknown() {
    for bytes in [&b"<html>Sign in</html>"[..], b"{\"message\": \"try again later\"}", b""] {
        let peer =
            Scripted::new(
                move |asked, _| {
                    if asked.line.starts_with("GET") { says(200, &json!(null)).bytes(bytes) } else { dropped() }
                },
            );
        let answer = call(&peer, ADD, &hello());
        assert_eq!(answer["error"]["kind"], "unknown", "{answer}");
        assert_eq!(count(&peer, "POST /people/p1/notes"), 1, "{:?}", peer.lines());
    }
}

#[test]
fn what_reaches_a_person_is_not_repeated_on_the_word_of_a_look_up() {
    let desk = desk(&[], |_| Some((false, dropped())));
    let answer = call(&desk.peer, "notes.send", &hello());
    assert_eq!((answer["status"].as_str(), answer["error"]["kind"].as_str()), (Some("failed"), Some("unknown")));
    assert_eq!(
        answer["error"]["look_up"],
        json!({"operation": "notes.list", "params": {"personId": "p1"}}),
        "{answer}"
    );
    assert!(answer["error"]["hint"].as_str().is_some_and(|h| h.contains("does not show it so far")), "{answer}");
    assert_eq!(desk.posts(), 1);
}

#[test]
fn an_older_record_of_the_same_look_is_not_taken_for_the_new_one() {
    let old = json!({"id": "old", "body": "hello", "at": "2026-01-05T10:00:00Z"});
    let desk = desk(&[old], |_| Some((false, dropped())));
    let answer = call(&desk.peer, ADD, &hello());
    assert_eq!(answer["error"]["kind"], "unknown", "{answer}");
    assert!(answer["error"]["hint"].as_str().is_some_and(|h| h.contains("was there before")), "{answer}");
    assert_eq!(desk.posts(), 1);
}

#[test]
fn a_record_made_by_an_earlier_line_is_not_taken_for_the_lost_one() {
    let desk = desk(&[], |post| (post == 1).then(|| (false, dropped())));
    let line = |id: u8| json!({"id": id, "session": "s", "operation": ADD, "params": hello()}).to_string() + "\n";
    let test =
        Test::new().shared_cache().file("desk/desk/service.yaml", SERVICE).file("desk/desk/notes.yaml", OPERATIONS);
    let test = test.args(["--endpoints", "desk", "--base-url", &desk.peer.url, "pipe"]);
    let answers = test.stdin(line(1) + &line(2)).run().json_lines();
    assert!(answers.iter().all(|a| a["status"] == "done"), "{answers:?}");
    assert_eq!((desk.posts(), desk.notes()), (3, 2));
}

#[test]
fn an_answer_that_is_slow_in_coming_is_not_overtaken() {
    let desk = desk(&[], |_| Some((false, says(504, &json!(null)))));
    let answer = call(&desk.peer, ADD, &hello());
    assert_eq!((answer["error"]["kind"].as_str(), desk.posts()), (Some("unknown"), 1), "{answer}");
    assert_eq!(answer["response"]["status"], 504);
}

#[test]
fn without_a_look_up_it_is_left_unknown() {
    let desk = desk(&[], |_| Some((true, dropped())));
    let answer = call(&desk.peer, "notes.push", &json!({"body": "x"}));
    assert_eq!((answer["error"]["kind"].as_str(), desk.posts()), (Some("unknown"), 1), "{answer}");
    assert_eq!(answer["error"]["look_up"], Value::Null);
}

#[test]
fn a_catalog_says_what_passes_and_what_does_not() {
    let desk_for = |status: u16, message: &'static str| {
        desk(&[], move |post| (post == 0).then(|| (false, says(status, &json!({"message": message})))))
    };
    let passing = desk_for(401, "Command timed out");
    let answer = call(&passing.peer, "notes.tag", &json!({"noteId": "n1", "tags": ["a"]}));
    assert_eq!((answer["status"].as_str(), passing.posts()), (Some("done"), 2), "{answer}");
    let lasting = desk_for(500, "no such provider");
    let answer = call(&lasting.peer, "notes.push", &json!({"body": "x"}));
    assert_eq!((answer["error"]["kind"].as_str(), lasting.posts()), (Some("api"), 1), "{answer}");
}

#[test]
fn what_may_be_done_twice_is_sent_again() {
    let calls = [
        ("notes.put", "PUT /notes/n1", json!({"noteId": "n1", "body": "x"})),
        ("notes.drop", "DELETE /notes/n1", json!({"noteId": "n1"})),
        ("notes.tag", "POST /notes/n1/tags", json!({"noteId": "n1", "tags": ["a"]})),
    ];
    for (operation, line, params) in calls {
        let peer = Scripted::new(|_, before| match before {
            0 => says(500, &json!(null)),
            1 => dropped(),
            _ => says(200, &json!({})),
        });
        let answer = call(&peer, operation, &params);
        assert_eq!((answer["status"].as_str(), count(&peer, line)), (Some("done"), 3), "{operation}: {answer}");
    }
}

#[test]
fn what_an_earlier_try_deleted_is_deleted() {
    let peer = Scripted::new(|_, before| if before == 0 { dropped() } else { says(404, &json!({"message": "gone"})) });
    let answer = call(&peer, "notes.drop", &json!({"noteId": "n1"}));
    assert_eq!((answer["status"].as_str(), answer["settled"]["by"].as_str()), (Some("done"), Some("notes.drop")));
    let peer = Scripted::new(|_, _| says(404, &json!({"message": "gone"})));
    let answer = call(&peer, "notes.drop", &json!({"noteId": "n1"}));
    assert_eq!((answer["status"].as_str(), count(&peer, "DELETE /notes/n1")), (Some("failed"), 1), "{answer}");
}

#[test]
fn retry_after_is_honoured_in_seconds_and_as_a_date() {
    let date = || (jiff::Timestamp::now() + Duration::from_secs(3)).to_zoned(jiff::tz::TimeZone::UTC);
    let seconds = || "2".to_owned();
    let dated = move || jiff::fmt::rfc2822::to_string(&date()).expect("a date");
    for (asked, least) in [(Box::new(seconds) as Box<dyn Fn() -> String + Send + Sync>, 2000), (Box::new(dated), 1900)]
    {
        let times: Arc<Mutex<Vec<Instant>>> = Arc::default();
        let seen = Arc::clone(&times);
        let peer = Scripted::new(move |_, before| {
            seen.lock().expect("times").push(Instant::now());
            if before == 0 { says(429, &json!(null)).header("Retry-After", &asked()) } else { says(200, &json!({})) }
        });
        let answer = call(&peer, "notes.push", &json!({"body": "x"}));
        assert_eq!(answer["status"], "done", "{answer}");
        let times = times.lock().expect("times");
        let waited = times[1] - times[0];
        assert!(waited >= Duration::from_millis(least), "{waited:?}");
    }
}

#[test]
fn a_wait_that_is_past_all_patience_is_told() {
    let peer = Scripted::new(|_, _| says(429, &json!({"message": "slow down"})).header("Retry-After", "7200"));
    let answer = call(&peer, "notes.push", &json!({"body": "x"}));
    assert_eq!((answer["status"].as_str(), count(&peer, "POST /push")), (Some("failed"), 1), "{answer}");
}

#[test]
fn an_answer_that_breaks_off_leaves_a_write_that_was_accepted_to_the_look_up() {
    let desk = desk(&[], |_| Some((true, says(201, &json!({"note": {}})).breaks_off())));
    let answer = call(&desk.peer, ADD, &hello());
    assert_eq!((answer["status"].as_str(), desk.posts()), (Some("done"), 1), "{answer}");
    assert_eq!(answer["settled"]["found"]["id"], "n0", "{answer}");
}
