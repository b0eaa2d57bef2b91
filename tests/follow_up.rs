//! What leans on what was said before in a conversation: "same for Bob", "and remove lead", "the second one", "make it 4pm".

mod support;

use serde_json::{Value, json};
use support::Test;

const JANE: &str = "ocQHyuzHvysMo5N5VsXc";
const BOB: &str = "s81Y3odyg9y28VML6nWv";

/// The answers to the lines of one conversation with the sandbox, in order.
fn answers(lines: &[&str]) -> Vec<Value> {
    let line = |say: &&str| json!({"id": say, "session": "s", "say": say}).to_string() + "\n";
    let input: String = lines.iter().map(line).collect();
    let answers = Test::new().clock().args(["--sandbox", "pipe"]).stdin(input).stderr("").run().json_lines();
    assert_eq!(answers.len(), lines.len(), "{answers:?}");
    answers
}

/// The operation of an answer, and the end of the address it was sent to.
fn sent(answer: &Value) -> (&str, &str) {
    let url = answer["request"]["url"].as_str().unwrap_or_default();
    let path = url.splitn(4, '/').nth(3).unwrap_or_default();
    (answer["operation"].as_str().unwrap_or_default(), path)
}

#[test]
fn the_noun_of_what_was_done_may_be_left_out_when_it_is_taken_back() {
    let answers = answers(&["add tag vip to Jane Doe", "and remove lead"]);
    assert_eq!(sent(&answers[1]), ("contacts.remove-tags", format!("contacts/{JANE}/tags").as_str()));
    assert_eq!(answers[1]["request"]["body"], json!({"tags": ["lead"]}));
}

#[test]
fn the_same_is_done_to_another_record() {
    let answers = answers(&["add a note to Jane Doe: likes tea", "same for Bob Lee please"]);
    assert_eq!(sent(&answers[1]), ("contacts.create-note", format!("contacts/{BOB}/notes").as_str()));
    assert_eq!(answers[1]["request"]["body"], json!({"body": "likes tea"}));
}

#[test]
fn the_same_is_what_the_last_line_did_and_nothing_older() {
    let answers = answers(&["add tag vip to Jane Doe", "add a note to Jane Doe", "likes tea", "same for Bob Lee"]);
    assert_eq!(sent(&answers[3]), ("contacts.create-note", format!("contacts/{BOB}/notes").as_str()));
    let answers = self::answers(&["add tag vip to Jane Doe", "frobnicate the gizmo", "same for Bob Lee"]);
    assert!(answers[2]["request"].is_null(), "{}", answers[2]);
}

#[test]
fn nothing_was_done_that_could_be_done_again() {
    let answers = answers(&["same for Bob Lee", "and remove lead"]);
    for answer in &answers {
        assert!(answer["request"].is_null(), "{answer}");
    }
}

#[test]
fn a_record_of_a_list_is_known_by_its_place() {
    let answers = answers(&["list contacts", "tag the second one gold", "the second one", "show me the 2nd one"]);
    let shown = sent(&answers[2]).1.to_owned();
    assert_eq!(sent(&answers[1]), ("contacts.add-tags", format!("{shown}/tags").as_str()));
    assert_eq!(sent(&answers[2]).0, "contacts.get");
    assert_eq!(sent(&answers[3]), ("contacts.get", shown.as_str()));
}

#[test]
fn a_time_by_itself_is_one_of_the_day_that_was_spoken_of() {
    let answers = answers(&["book Jane Doe on Demo Monday at 3pm", "make it 4pm", "cancel it"]);
    assert_eq!(sent(&answers[1]).0, "calendars.update-appointment");
    let start = answers[1]["request"]["body"]["startTime"].as_str().unwrap_or_default();
    assert!(start.starts_with("2026-11-23T16:00"), "{start}");
    assert_eq!(answers[2]["request"]["body"], json!({"appointmentStatus": "cancelled"}));
}

#[test]
fn it_is_the_record_that_was_made_last() {
    let answers = answers(&["create a task for Bob Lee called Ring due Friday", "complete it"]);
    assert_eq!(sent(&answers[1]).0, "contacts.complete-task");
}
