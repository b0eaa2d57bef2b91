//! The command line: what is typed, what comes out, on which stream, with which code.

mod support;

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use serde_json::json;
use support::Test;

#[test]
fn a_wrong_command_line_is_usage() {
    let ran = Test::new().arg("--no-such-option").status(2).stdout("").run();
    assert!(ran.stderr.contains("--no-such-option"), "{}", ran.stderr);
    Test::new().args(["--output", "xml", "list contacts"]).status(2).stdout("").run();
}

#[test]
fn a_clock_that_is_none_is_usage() {
    let ran = Test::new().args(["route", "--now", "noon", "list contacts"]).status(2).stdout("").run();
    assert_eq!(ran.stderr, "✗ `noon` is no moment; write it like 2026-11-20T09:00:00-05:00\n");
    let ran = Test::new().args(["route", "--timezone", "Mars/Olympus", "list contacts"]).status(2).stdout("").run();
    assert!(ran.stderr.starts_with("✗ `Mars/Olympus` is no time zone"), "{}", ran.stderr);
}

#[test]
fn a_folder_of_endpoints_that_is_not_there_is_named() {
    let ran = Test::new().args(["--endpoints", "nowhere", "route", "list contacts"]).status(2).stdout("").run();
    assert!(ran.stderr.starts_with("✗ nowhere: "), "{}", ran.stderr);
}

#[test]
fn a_reading_is_one_line_of_json_and_sends_nothing() {
    let ran = Test::new().clock().args(["route", "delete contact Jane Doe"]).stderr("").run();
    let reading = &ran.json_lines()[0];
    assert_eq!(reading["text"], "delete contact Jane Doe");
    assert_eq!(reading["status"], "ready");
    assert_eq!(reading["alternatives"], json!([]));
    let step = &reading["steps"][0];
    assert_eq!(step["operation"], "contacts.delete");
    assert_eq!(step["method"], "DELETE");
    assert_eq!(step["path"], "/contacts/{contactId}");
    assert_eq!(step["params"], json!({"contactId": "Jane Doe"}));
    assert_eq!(step["missing"], json!([]));
    assert_eq!(step["risk"], "destroy");
}

#[test]
fn words_may_come_without_quotes() {
    let ran = Test::new().clock().args(["route", "delete", "contact", "Jane", "Doe"]).run();
    assert_eq!(ran.json_lines()[0]["text"], "delete contact Jane Doe");
    let ran = Test::new().clock().args(["route", "delete contact A", "delete contact B"]).run();
    let texts: Vec<_> = ran.json_lines().iter().map(|reading| reading["text"].clone()).collect();
    assert_eq!(texts, ["delete contact A", "delete contact B"]);
}

#[test]
fn every_line_of_standard_input_gets_its_reading_in_order() {
    let long = "x".repeat(300_000);
    let text = format!("delete contact A\n\nfrobnicate the gizmo\r\n{long}\ndelete contact \u{fffd}");
    let mut bytes = text.into_bytes();
    bytes.push(0xff);
    let readings = Test::new().clock().arg("route").stdin(bytes).stderr("").run().json_lines();
    assert_eq!(readings.len(), 5);
    assert_eq!(readings[0]["steps"][0]["operation"], "contacts.delete");
    let statuses: Vec<_> = readings[1..4].iter().map(|reading| reading["status"].clone()).collect();
    assert_eq!(statuses, ["unknown", "unknown", "unknown"]);
    assert_eq!(readings[2]["text"], "frobnicate the gizmo");
    assert!(readings.iter().all(|reading| reading["text"].is_string()));
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let phrases = "delete contact Jane Doe\n".repeat(5_000);
    let test = Test::new().clock().arg("route").file("phrases", &phrases);
    let phrases = std::fs::File::open(test.path().join("phrases")).expect("the phrases");
    let mut child =
        test.command().stdin(phrases).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("starts");
    let mut first = String::new();
    BufReader::new(child.stdout.take().expect("its output")).read_line(&mut first).expect("a line");
    let end = child.wait_with_output().expect("ends");
    assert!(end.status.success(), "{end:?}");
    assert!(end.stderr.is_empty(), "{}", String::from_utf8_lossy(&end.stderr));
}

#[test]
fn completions_know_the_options() {
    let ran = Test::new().args(["completions", "bash"]).stderr("").run();
    assert!(ran.stdout.contains("--dry-run") && ran.stdout.contains("catalog"));
}

/// Cases of a folder: two that hold, then one mistake of each sort.
const CASES: &str = "\
contacts.delete:
  - say: [delete contact Jane Doe]
    params: {contactId: Jane Doe}
    request: {method: DELETE, path: '/contacts/{contactId}'}
    refuse: [show contact Jane Doe]
  - say:
      - delete contact Bob
    params: {contactId: Rob}
  - say: [show contact Bob]
    params: {contactId: Bob}
  - say: [delete contact Bob Hope]
    params: {contactId: Bob Hope}
    request: {method: POST}
    refuse: [delete contact Bob]
";

#[test]
fn each_failing_case_is_one_line_that_says_where_and_what() {
    let test = Test::new().args(["catalog", "test", "mine"]).file("mine/highlevel/contacts.test.yaml", CASES);
    let ran = test.status(1).stderr("").run();
    let lines: Vec<&str> = ran.stdout.lines().collect();
    let at = "mine/highlevel/contacts.test.yaml";
    assert_eq!(lines.len(), 5, "{}", ran.stdout);
    let params = r#"expected params {"contactId":"Rob"}, came {"contactId":"Bob"}"#;
    assert_eq!(lines[0], format!("{at}:7: delete contact Bob: {params}"));
    assert!(
        lines[1].starts_with(&format!("{at}:9: show contact Bob: expected contacts.delete, came ")),
        "{}",
        lines[1]
    );
    let request = r#"expected request.method "POST", came "DELETE""#;
    assert_eq!(lines[2], format!("{at}:11: delete contact Bob Hope: {request}"));
    let refused = "expected anything but contacts.delete, came contacts.delete";
    assert_eq!(lines[3], format!("{at}:14: delete contact Bob: {refused}"));
    assert_eq!(lines[4], "2 passed, 4 failed");
}

#[test]
fn a_case_of_an_unknown_operation_is_a_mistake_in_the_catalog() {
    let cases = "contacts.explode:\n  - say: [explode the contact]\n";
    let test = Test::new().args(["catalog", "test", "mine"]).file("mine/highlevel/contacts.test.yaml", cases);
    let ran = test.status(6).stdout("").run();
    assert!(ran.stderr.contains("mine/highlevel/contacts.test.yaml:1:1"), "{}", ran.stderr);
    assert!(ran.stderr.contains("no operation is named `contacts.explode`"), "{}", ran.stderr);
}
