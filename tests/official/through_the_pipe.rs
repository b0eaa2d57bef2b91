//! Every official operation through the front door: a bot's lines in, requests out, a server made of the official files at
//! the other end.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::calls::{Call, Manner};
use crate::generate::Style;
use crate::server::{Server, TOKEN};
use crate::spec::{self, Spec};
use crate::support::Test;

/// What every operation is called with.
const MANNERS: &[Manner] = &[
    Manner { style: Style::Plain, all: false, turn: 0 },
    Manner { style: Style::Plain, all: true, turn: 0 },
    Manner { style: Style::Plain, all: true, turn: 1 },
    Manner { style: Style::Plain, all: true, turn: 2 },
    Manner { style: Style::Examples, all: false, turn: 0 },
    Manner { style: Style::Examples, all: true, turn: 0 },
    Manner { style: Style::Wild, all: true, turn: 0 },
    Manner { style: Style::Wild, all: true, turn: 1 },
    Manner { style: Style::Wild, all: true, turn: 2 },
    Manner { style: Style::Wild, all: true, turn: 3 },
];

fn lines(calls: &[Call]) -> String {
    let line = |(id, call): (usize, &Call)| {
        let asked =
            json!({"id": id, "operation": call.operation.request_line(), "params": call.params, "confirm": true});
        format!("{asked}\n")
    };
    calls.iter().enumerate().map(line).collect()
}

/// What is wrong with each call, a line a call.
fn faults(server: &Server, calls: &[Call], env: &[(&str, &str)]) -> Vec<String> {
    let test = Test::new().args(["--base-url", &server.url, "pipe"]).clock().env("HIGHLEVEL_TOKEN", TOKEN);
    let test = env.iter().fold(test, |test, (name, value)| test.env(name, *value));
    let answers = test.stdin(lines(calls)).run().json_lines();
    assert_eq!(answers.len(), calls.len(), "one answer a line");
    let answers: BTreeMap<u64, &Value> = answers.iter().filter_map(|a| Some((a["id"].as_u64()?, a))).collect();
    let mut found = Vec::new();
    for (id, call) in calls.iter().enumerate() {
        let answer = answers[&(id as u64)];
        let came = &answer["response"]["body"];
        let wrong: Vec<String> = match came["faults"].as_array() {
            Some(faults) => {
                faults.iter().map(|f| f.as_str().unwrap_or_default().to_owned()).chain(call.differences(came)).collect()
            }
            None => vec![format!("{} {}", answer["status"], answer["error"])],
        };
        if !wrong.is_empty() {
            found.push(format!("{} ({}): {}", call.operation.request_line(), call.label, wrong.join("; ")));
        }
    }
    found
}

fn report(found: &[String], calls: usize) {
    println!("{calls} calls");
    assert!(found.is_empty(), "{} of {calls} calls went wrong:\n{}", found.len(), found.join("\n"));
}

#[test]
fn every_official_operation_can_be_called_with_whatever_its_schema_allows() {
    let Some(folder) = spec::folder() else { return };
    let spec = Arc::new(Spec::read(&[&folder, &spec::newer(&folder)]));
    let mut calls = Vec::new();
    for operation in &spec.operations {
        let made = |manner: &Manner| Call::new(&spec, operation, *manner);
        let all: Vec<Call> = MANNERS.iter().filter_map(made).collect();
        assert_eq!(all.len(), MANNERS.len(), "{} can be called in every manner", operation.request_line());
        calls.extend(all);
        calls.extend(made(&MANNERS[1]).map(Call::dotted));
    }
    let server = Server::start(Arc::clone(&spec));
    report(&faults(&server, &calls, &[]), calls.len());
}

#[test]
fn what_the_environment_says_need_not_be_said_again() {
    let Some(folder) = spec::folder() else { return };
    let spec = Arc::new(Spec::read(&[&folder, &spec::newer(&folder)]));
    let known = ["locationId", "companyId", "altId"];
    let plain = |o| Call::new(&spec, o, MANNERS[0]).map(|call| call.without(&known));
    let calls: Vec<Call> = spec.operations.iter().filter_map(plain).collect();
    let server = Server::start(Arc::clone(&spec));
    let env = [("HIGHLEVEL_LOCATION_ID", "loc1"), ("HIGHLEVEL_COMPANY_ID", "com1")];
    report(&faults(&server, &calls, &env), calls.len());
}
