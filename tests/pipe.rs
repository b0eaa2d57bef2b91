//! What bots speak: JSON lines in and out.

mod support;

use serde_json::{Value, json};
use support::Test;

fn by_id(answers: &[Value], id: impl Into<Value>) -> Value {
    let id = id.into();
    let mut found = answers.iter().filter(|answer| answer["id"] == id);
    let answer = found.next().unwrap_or_else(|| panic!("no answer to {id} in {answers:?}")).clone();
    assert!(found.next().is_none(), "one answer to {id}");
    answer
}

fn lines(values: &[Value]) -> String {
    values.iter().map(|value| format!("{value}\n")).collect()
}

#[test]
fn a_broken_or_hostile_line_is_refused_and_the_pipe_goes_on() {
    let mut input = b"not json\n[1]\n{\"id\": 3, \"sya\": \"x\"}\n{\"id\": 4, \"say\": \"\xff\"}\n\n".to_vec();
    input.extend(lines(&[json!({"id": 5, "say": "x".repeat(70_000)})]).into_bytes());
    input.extend(lines(&[json!({"id": 6, "say": "y".repeat(1_100_000)})]).into_bytes());
    input.extend(vec![b'['; 500_000]);
    input.extend(b"\n{\"id\": {\"a\": [8]}, \"say\": \"frobnicate the gizmo\"}");
    let answers = Test::new().clock().arg("pipe").stdin(input).stderr("").run().json_lines();
    assert_eq!(answers.len(), 8, "{answers:?}");
    assert!(answers.iter().all(|answer| answer["status"] == "refused"), "{answers:?}");
    assert!(answers.iter().all(|answer| answer["error"]["message"].as_str().is_some_and(|m| !m.is_empty())));
    assert_eq!(by_id(&answers, 3)["error"]["hint"], "did you mean `say`?");
    assert!(by_id(&answers, 5)["error"]["message"].as_str().is_some_and(|m| m.contains("65536")));
    assert_eq!(by_id(&answers, json!({"a": [8]}))["error"]["kind"], "not_understood");
    assert_eq!(answers.iter().filter(|answer| answer["id"].is_null()).count(), 5);
}

#[test]
fn standard_input_that_is_no_terminal_is_a_pipe() {
    let answers = Test::new().clock().stdin("{\"id\": 1, \"answer\": 1}\n").stderr("").run().json_lines();
    assert_eq!(answers[0]["id"], 1);
    assert_eq!(answers[0]["status"], "refused");
}

#[test]
fn nothing_in_is_nothing_out() {
    Test::new().arg("pipe").stdin("").stdout("").stderr("").run();
}
