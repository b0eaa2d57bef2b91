//! Requests that are in no official file are never sent by accident, and those that an official operation stands in for
//! say which.

mod support;

use std::path::Path;

use sayso::catalog::{Case, Catalog, Lifecycle, Method, read_cases};
use serde_json::{Value, json};
use support::Test;

fn cases(catalog: &Catalog) -> Vec<Case> {
    let file = "endpoints/highlevel/undocumented.test.yaml";
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).expect("the cases");
    read_cases(file, &text, catalog).expect("well-formed cases")
}

fn dry_run(allow: bool) -> Test {
    let token = format!("pit-{}", "0".repeat(8));
    let test = Test::new().clock().arg("--dry-run").env("HIGHLEVEL_TOKEN", token);
    let test = test.env("HIGHLEVEL_LOCATION_ID", "ve9EPM428h8vShlRW1KT");
    if allow { test.arg("--allow-undocumented") } else { test }
}

fn pipe(allow: bool, lines: &[Value]) -> Vec<Value> {
    let input: String = lines.iter().map(|line| line.to_string() + "\n").collect();
    let mut answers = dry_run(allow).arg("pipe").stdin(input).run().json_lines();
    answers.sort_by_key(|answer| answer["id"].as_u64());
    answers
}

#[test]
fn no_phrase_chooses_one_that_is_not_allowed() {
    let catalog = Catalog::builtin();
    let cases = cases(&catalog);
    let phrases: Vec<(&Case, &str)> =
        cases.iter().flat_map(|case| case.say.iter().map(move |phrase| (case, phrase.text.as_str()))).collect();
    assert!(phrases.len() >= 60, "{} phrases", phrases.len());
    let input = phrases.iter().map(|(_, phrase)| *phrase).collect::<Vec<_>>().join("\n");
    let readings = Test::new().clock().arg("route").stdin(input).run().json_lines();
    for ((case, phrase), reading) in phrases.iter().zip(&readings) {
        let id = catalog.by_name(&case.operation).expect("an operation of the catalog");
        let operation = catalog.operation(id);
        assert_eq!(operation.lifecycle, Lifecycle::Undocumented, "{}", case.operation);
        let line = operation.request_line();
        let told = format!("«{phrase}» is not in the official API; --allow-undocumented would try {line}");
        assert_eq!(reading["status"], "unknown", "{reading}");
        assert_eq!(reading["steps"], json!([]), "{reading}");
        assert_eq!(reading["message"], told, "{reading}");
        assert_eq!(reading["alternatives"][0]["operation"], case.operation, "{reading}");
    }
}

#[test]
fn every_one_has_cases() {
    let catalog = Catalog::builtin();
    let cases = cases(&catalog);
    for id in catalog.ids().filter(|id| catalog.operation(*id).lifecycle == Lifecycle::Undocumented) {
        let said: usize = cases.iter().filter(|c| c.operation == catalog.name(id)).map(|c| c.say.len()).sum();
        assert!(said >= 2, "`{}` has {said} phrases", catalog.name(id));
    }
}

#[test]
fn allowing_them_changes_no_phrase_that_leads_elsewhere() {
    let phrases =
        "list contacts\nshow document Contract\nshow funnel Spring\ncreate a company called Acme\nfrobnicate it\n";
    let without = Test::new().clock().arg("route").stdin(phrases).run().stdout;
    let with = Test::new().clock().args(["--allow-undocumented", "route"]).stdin(phrases).run().stdout;
    assert_eq!(without, with);
}

#[test]
fn a_phrase_is_refused_and_runs_with_the_switch() {
    let refused =
        "«create a course called Intro» is not in the official API; --allow-undocumented would try POST /courses\n";
    let ran = dry_run(false).arg("create a course called Intro").status(3).run();
    assert!((ran.stdout + &ran.stderr).contains(refused));
    let ran = dry_run(true).args(["--curl", "create a course called Intro"]).run();
    assert!(ran.stdout.contains("https://services.leadconnectorhq.com/courses"), "{}", ran.stdout);
    assert!(ran.stdout.contains("\"title\":\"Intro\""), "{}", ran.stdout);
}

#[test]
fn bots_need_the_switch_too() {
    let lines = [
        json!({"id": 1, "say": "create a course called Intro"}),
        json!({"id": 2, "operation": "courses.create", "params": {"title": "Intro"}}),
        json!({"id": 3, "operation": "POST /courses", "params": {"title": "Intro"}}),
        json!({"id": 4, "say": "create a course called Intro and add tag vip to contact ocQHyuzHvysMo5N5VsXc"}),
    ];
    for answer in pipe(false, &lines) {
        assert_eq!(answer["status"], "refused", "{answer}");
        assert_eq!(answer["error"]["kind"], "undocumented", "{answer}");
        let message = answer["error"]["message"].as_str().expect("a message");
        assert!(message.ends_with("--allow-undocumented would try POST /courses"), "{answer}");
    }
    for answer in pipe(true, &lines[..3]) {
        assert_eq!(answer["status"], "dry_run", "{answer}");
        assert_eq!(answer["operation"], "courses.create", "{answer}");
        assert_eq!(answer["request"]["body"]["title"], "Intro", "{answer}");
    }
}

#[test]
fn a_request_that_is_replaced_says_by_what() {
    let catalog = Catalog::builtin();
    let all = catalog.ids().map(|id| catalog.operation(id));
    let replaced: Vec<(&str, &str)> =
        all.flat_map(|o| o.replaces.iter().map(|line| (line.as_str(), o.name.as_str()))).collect();
    assert!(replaced.len() > 70, "{} requests", replaced.len());
    let line = |(id, (line, _)): (usize, &(&str, &str))| json!({"id": id, "operation": line, "params": {"x": 1}});
    let lines: Vec<Value> = replaced.iter().enumerate().map(line).collect();
    for (answer, (line, name)) in pipe(true, &lines).iter().zip(&replaced) {
        assert_eq!(answer["status"], "refused", "{answer}");
        assert_eq!(answer["error"]["kind"], "replaced", "{answer}");
        assert_eq!(answer["error"]["message"], format!("`{line}` is not in the official API"));
        let hint = answer["error"]["hint"].as_str().expect("a hint");
        assert!(hint.contains(&format!("`{name}` (")), "{answer}");
    }
    let told = Test::new().args(["catalog", "show", "GET /payments/coupons"]).status(3).run();
    assert!(told.stderr.contains("`payments.list-coupons` does its job"), "{}", told.stderr);
}

#[test]
fn a_layer_may_say_what_it_replaces() {
    let pets = "operations:\n  pets.list:\n    request: GET /animals\n    replaces: [\"GET /pets/all\", \"GET /pets/{petId}/kin\"]\n";
    let test = Test::new().file("mine/highlevel/pets.yaml", pets).args(["--endpoints", "mine", "pipe"]);
    let input = json!({"id": 1, "operation": "get /pets/{id}/kin/"}).to_string();
    let answer = test.stdin(input).run().json();
    assert_eq!(answer["error"]["hint"], "Use `pets.list` (GET /animals).", "{answer}");
    let wrong = pets.replace("GET /pets/all", "pets/all");
    let test = Test::new().file("mine/highlevel/pets.yaml", &wrong).args(["catalog", "check", "mine"]);
    assert!(test.status(6).run().stderr.contains("`pets/all` is not a request"));
    assert_eq!(Method::of_line("get  /pets "), Some((Method::Get, "/pets")));
}
