//! Whatever the program sends is what the official files of the API allow. Where those files are not at hand
//! (`SAYSO_SPECS` names their folder), there is nothing to compare with.

#[path = "official/calls.rs"]
mod calls;
#[path = "official/declared.rs"]
mod declared;
#[path = "official/generate.rs"]
mod generate;
#[path = "official/judge.rs"]
mod judge;
#[path = "official/requests.rs"]
mod requests;
#[path = "official/schema.rs"]
mod schema;
#[path = "official/sent.rs"]
mod sent;
#[path = "official/server.rs"]
mod server;
#[path = "official/spec.rs"]
mod spec;
mod support;
#[path = "official/through_the_pipe.rs"]
mod through_the_pipe;

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use requests::Requests;
use sayso::catalog::{Catalog, Lifecycle, OpId, Parameter};
use sayso::request::{Body, Draft};
use sent::Sent;
use serde_json::{Value, json};
use spec::Spec;

/// An operation whose body is officially one of eight shapes that overlap: what is right for one network fits several of
/// them, and what fits none is for the API to refuse.
const OVERLAPPING: &str = "social.connect-account";

/// What is wrong, a line each.
fn report(mut found: Vec<(String, String)>, checked: usize) {
    found.retain(|(operation, what)| operation != OVERLAPPING || !what.contains("oneOf"));
    let lines: BTreeSet<String> = found.iter().map(|(operation, what)| format!("{operation}: {what}")).collect();
    println!("{checked} requests checked");
    assert!(checked > 100, "there are requests to check");
    let all = lines.iter().map(String::as_str).collect::<Vec<_>>().join("\n");
    assert!(lines.is_empty(), "{} of {checked} requests differ from the official files:\n{all}", lines.len());
}

fn documented(catalog: &Catalog, id: OpId) -> bool {
    let operation = catalog.operation(id);
    operation.service == "highlevel" && operation.lifecycle != Lifecycle::Undocumented
}

#[test]
fn what_the_files_do_not_allow_is_seen() {
    let Some(folder) = spec::folder() else { return };
    let (spec, requests) = (Spec::read(&[&folder, &spec::newer(&folder)]), Requests::new());
    let faults = |phrase: &str, change: fn(&mut Draft)| {
        let mut draft = requests.of_phrase(phrase).expect("the phrase is read").remove(0);
        assert_eq!(judge::faults(&spec, &Sent::from(&draft)), Vec::<String>::new(), "{phrase}");
        change(&mut draft);
        judge::faults(&spec, &Sent::from(&draft)).join("; ")
    };
    let create = "create a contact named Maya Fox";
    let undeclared = faults(create, |draft| draft.query.push(("nickname".into(), "May".into())));
    assert_eq!(undeclared, "query `nickname` is not declared");
    let undeclared = faults(create, |draft| put(draft, "nickname", json!("May")));
    assert_eq!(undeclared, "body: `/nickname` is not declared");
    let wrong = faults(create, |draft| put(draft, "tags", json!("vip")));
    assert_eq!(wrong, "body: \"vip\" is not of type \"array\" (at `/tags`)");
    let empty = faults(create, |draft| draft.body = Some(Body::Json(json!({}))));
    assert_eq!(empty, "body: \"locationId\" is a required property (at ``)");
    assert_eq!(faults(create, |draft| draft.body = None), "a body is required");
    let form = faults(create, |draft| draft.body = Some(Body::Form(Vec::new())));
    assert!(form.starts_with("the body is application/x-www-form-urlencoded"), "{form}");
    let older = faults(create, |draft| draft.headers.iter_mut().for_each(|(_, v)| *v = v.replace("2021", "2019")));
    assert!(older.contains("2019") && older.starts_with("`Version`"), "{older}");
    let path = faults(create, |draft| draft.path.push('x'));
    assert_eq!(path, "POST /contacts/x is in no official file");
}

fn put(draft: &mut Draft, name: &str, value: Value) {
    let Some(Body::Json(Value::Object(fields))) = &mut draft.body else { panic!("no object in {draft:?}") };
    fields.insert(name.to_owned(), value);
}

#[test]
fn every_phrase_beside_the_catalog_makes_an_official_request() {
    let Some(folder) = spec::folder() else { return };
    let (spec, requests) = (Spec::read(&[&folder, &spec::newer(&folder)]), Requests::new());
    let (mut found, mut checked) = (Vec::new(), 0);
    for case in &requests.cases {
        let id = requests.catalog().by_name(&case.operation).expect("the cases were checked");
        for phrase in case.say.iter().filter(|_| documented(requests.catalog(), id)) {
            checked += 1;
            let faults = match requests.of_phrase(&phrase.text) {
                Ok(drafts) => drafts.iter().flat_map(|draft| judge::faults(&spec, &Sent::from(draft))).collect(),
                Err(problem) => vec![problem],
            };
            found.extend(faults.into_iter().map(|f| (case.operation.clone(), format!("{}: {f}", phrase.text))));
        }
    }
    report(found, checked);
}

#[test]
fn every_operation_can_be_called_officially() {
    let Some(folder) = spec::folder() else { return };
    let (spec, requests) = (Spec::read(&[&folder, &spec::newer(&folder)]), Requests::new());
    let (mut found, mut checked) = (Vec::new(), 0);
    for id in requests.catalog().ids().filter(|id| documented(requests.catalog(), *id)) {
        let operation = requests.catalog().operation(id);
        let turns = operation.params.iter().map(most_values).max().unwrap_or(1);
        let calls = (0..turns).map(|turn| (true, turn)).chain([(false, 0)]);
        for (all, turn) in calls {
            checked += 1;
            let faults = match requests.of_call(id, all, turn) {
                Ok(draft) => judge::faults(&spec, &Sent::from(&draft)),
                Err(problem) => vec![problem],
            };
            let with = if all { "with everything" } else { "with what is required" };
            found.extend(faults.into_iter().map(|f| (operation.name.clone(), format!("{with}: {f}"))));
        }
    }
    report(found, checked);
}

/// How many requests it takes to send each of the allowed values once.
fn most_values(parameter: &Parameter) -> usize {
    parameter
        .fields
        .iter()
        .map(most_values)
        .max()
        .unwrap_or(1)
        .max(parameter.values.len())
        .max(parameter.alternatives.len())
}

#[test]
fn labelled_phrases_of_the_operations_there_are_read_well() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/phrases");
    let script = folder.join("score.py");
    let python = Command::new("python3").arg("--version").output().is_ok_and(|out| out.status.success());
    let Ok(labels) = std::fs::read_to_string(folder.join("dev.jsonl")) else {
        return println!("skipped: no labelled phrases in {}", folder.display());
    };
    if !python || !script.is_file() {
        return println!("skipped: python3 or {} is not there", script.display());
    }
    let requests = Requests::new();
    let mut kept = tempfile::NamedTempFile::new().expect("a temporary file");
    for line in labels.lines().filter(|line| is_covered(line, requests.catalog())) {
        writeln!(kept, "{line}").expect("the file can be written");
    }
    let program = env!("CARGO_BIN_EXE_sayso");
    let clock = ["--now", "2026-11-20T09:00:00-05:00", "--timezone", "America/New_York"];
    let scored =
        Command::new("python3").arg(&script).arg(kept.path()).args(["--", program, "route"]).args(clock).output();
    let scored = scored.expect("the script runs");
    let text = String::from_utf8_lossy(&scored.stdout);
    let last = text.lines().last().unwrap_or_default();
    println!("{last}");
    let score: Value = serde_json::from_str(last)
        .unwrap_or_else(|error| panic!("{error}: {text}{}", String::from_utf8_lossy(&scored.stderr)));
    assert!(score["op"].as_f64().is_some_and(|op| op >= 0.90), "{last}");
    assert_eq!(score["dangerous"], 0, "{last}");
}

/// Whether all operations of a labelled phrase are in the catalog; phrases that must be refused always count.
fn is_covered(line: &str, catalog: &Catalog) -> bool {
    let Ok(label) = serde_json::from_str::<Value>(line) else { return false };
    let steps = label["steps"].as_array().cloned().unwrap_or_else(|| vec![label.clone()]);
    steps.iter().all(|step| step["op"].as_str().is_none_or(|op| is_known(op, catalog)))
}

fn is_known(op: &str, catalog: &Catalog) -> bool {
    let known = |id: OpId| catalog.operation(id).request_line();
    catalog.ids().any(|id| known(id) == op)
        || op.split_once(' ').is_some_and(|(method, path)| {
            let method = sayso::catalog::Method::ALL.into_iter().find(|m| m.as_str() == method);
            method.and_then(|m| catalog.by_request(m, path)).is_some()
        })
}
