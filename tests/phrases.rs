//! Phrases by people who had not seen the lexicon: how many are read as they are meant may only rise, and what is read as
//! a change though none was asked for may only fall.

mod support;

use std::path::Path;

use serde_json::Value;
use support::Test;

/// What a file reached last: right operations and refusals of all lines, and lines that were ready to change something
/// where a read or a refusal was due.
struct Mark {
    file: &'static str,
    right: usize,
    dangerous: usize,
}

const MARKS: &[Mark] = &[
    Mark { file: "everyone.jsonl", right: 455, dangerous: 0 },
    Mark { file: "specialists.jsonl", right: 178, dangerous: 0 },
    Mark { file: "round-1.jsonl", right: 190, dangerous: 0 },
    Mark { file: "round-2.jsonl", right: 198, dangerous: 0 },
    Mark { file: "round-3.jsonl", right: 176, dangerous: 0 },
    Mark { file: "round-4.jsonl", right: 199, dangerous: 0 },
    Mark { file: "round-5.jsonl", right: 197, dangerous: 0 },
    Mark { file: "round-6.jsonl", right: 147, dangerous: 0 },
    Mark { file: "round-7.jsonl", right: 219, dangerous: 0 },
    Mark { file: "round-8.jsonl", right: 213, dangerous: 0 },
    Mark { file: "round-9.jsonl", right: 219, dangerous: 0 },
    Mark { file: "round-12.jsonl", right: 247, dangerous: 0 },
    Mark { file: "round-13.jsonl", right: 195, dangerous: 0 },
    // Four lines, and one in each of the next four, begin a login, which the API does with a GET and which changes something all the same.
    Mark { file: "round-14.jsonl", right: 213, dangerous: 4 },
    Mark { file: "round-15.jsonl", right: 209, dangerous: 1 },
    Mark { file: "round-16.jsonl", right: 207, dangerous: 1 },
    Mark { file: "round-17.jsonl", right: 200, dangerous: 1 },
    Mark { file: "round-18.jsonl", right: 207, dangerous: 1 },
    Mark { file: "round-19.jsonl", right: 216, dangerous: 5 },
    Mark { file: "round-20.jsonl", right: 211, dangerous: 2 },
    Mark { file: "round-21.jsonl", right: 213, dangerous: 3 },
    Mark { file: "round-22.jsonl", right: 126, dangerous: 0 },
    Mark { file: "round-23.jsonl", right: 214, dangerous: 3 },
    Mark { file: "round-24.jsonl", right: 210, dangerous: 1 },
    Mark { file: "round-25.jsonl", right: 216, dangerous: 0 },
    Mark { file: "round-26.jsonl", right: 204, dangerous: 1 },
    Mark { file: "round-27.jsonl", right: 214, dangerous: 0 },
    Mark { file: "round-28.jsonl", right: 199, dangerous: 3 },
    Mark { file: "round-29.jsonl", right: 192, dangerous: 3 },
    Mark { file: "round-30.jsonl", right: 198, dangerous: 4 },
    Mark { file: "round-31.jsonl", right: 172, dangerous: 0 },
    Mark { file: "round-32.jsonl", right: 199, dangerous: 1 },
    Mark { file: "round-33.jsonl", right: 210, dangerous: 1 },
];

/// Of the lines that nothing can do: most that may be ready to change something, and most that may be ready to read.
const OUT_OF_SCOPE: (usize, usize) = (3, 36);

fn lines(file: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/phrases").join(file);
    std::fs::read_to_string(path).expect("the phrases are there").lines().map(str::to_owned).collect()
}

fn readings(phrases: &[String]) -> Vec<Value> {
    let ran = Test::new().arg("route").clock().stdin(phrases.join("\n") + "\n").run();
    let readings: Vec<Value> = ran.stdout.lines().map(|line| serde_json::from_str(line).expect("a reading")).collect();
    assert_eq!(readings.len(), phrases.len(), "a reading a phrase");
    readings
}

/// An operation with the names of its path variables and a trailing slash left out of account.
fn shape(operation: &str) -> String {
    let parts = operation.trim_end_matches('/').split('/');
    parts.map(|part| if part.starts_with('{') { "{}" } else { part }).collect::<Vec<_>>().join("/")
}

fn steps(reading: &Value) -> Vec<String> {
    let text = |step: &Value, key: &str| step[key].as_str().unwrap_or_default().to_owned();
    let steps = reading["steps"].as_array().into_iter().flatten();
    steps.map(|step| shape(&format!("{} {}", text(step, "method"), text(step, "path")))).collect()
}

fn writes(reading: &Value) -> bool {
    let steps = reading["steps"].as_array().into_iter().flatten();
    reading["status"] == "ready" && steps.into_iter().any(|step| step["risk"] != "read")
}

/// The operations that may stand at each step of a phrase; none where it must be refused.
fn wanted(label: &Value) -> Vec<Vec<String>> {
    let one = |step: &Value| -> Vec<String> {
        let also = step["also"].as_array().into_iter().flatten();
        std::iter::once(&step["op"]).chain(also).filter_map(Value::as_str).map(shape).collect()
    };
    match label["steps"].as_array() {
        Some(steps) => steps.iter().map(one).collect(),
        None if label["op"].is_null() => Vec::new(),
        None => vec![one(label)],
    }
}

fn is_right(label: &Value, reading: &Value) -> bool {
    let acts = matches!(reading["status"].as_str(), Some("ready" | "incomplete"));
    let (wanted, got) = (wanted(label), if acts { steps(reading) } else { Vec::new() });
    wanted.len() == got.len() && wanted.iter().zip(&got).all(|(any, got)| any.contains(got))
}

#[test]
fn phrases_of_others_are_read_as_well_as_before() {
    for mark in MARKS {
        let labels: Vec<Value> =
            lines(mark.file).iter().map(|line| serde_json::from_str(line).expect("a label")).collect();
        let texts: Vec<String> =
            labels.iter().map(|label| label["text"].as_str().expect("a text").replace('\n', " ")).collect();
        let readings = readings(&texts);
        let right = labels.iter().zip(&readings).filter(|(label, reading)| is_right(label, reading)).count();
        let reads = |label: &Value| wanted(label).iter().flatten().all(|op| op.starts_with("GET "));
        let dangerous: Vec<&String> = labels
            .iter()
            .zip(&readings)
            .zip(&texts)
            .filter(|((label, reading), _)| reads(label) && writes(reading))
            .map(|(_, text)| text)
            .collect();
        println!("{}: {right} of {} right, {} dangerous", mark.file, labels.len(), dangerous.len());
        assert!(right >= mark.right, "{}: {right} of {} are right", mark.file, labels.len());
        assert!(dangerous.len() <= mark.dangerous, "{}: {dangerous:#?}", mark.file);
    }
}

#[test]
fn what_nothing_here_can_do_is_refused() {
    let lines = lines("out-of-scope.txt");
    let readings = readings(&lines);
    let ready = readings.iter().filter(|reading| reading["status"] == "ready").count();
    let writes = readings.iter().filter(|reading| writes(reading)).count();
    println!("{} lines: {writes} ready to change, {} ready to read", lines.len(), ready - writes);
    assert!(writes <= OUT_OF_SCOPE.0 && ready - writes <= OUT_OF_SCOPE.1, "{writes} writes, {} reads", ready - writes);
}
