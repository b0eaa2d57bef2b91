//! Policies: what a profile allows, whoever asks and however; a refusal names its rule.

mod scripted;
mod support;

use scripted::{Scripted, says};
use serde_json::{Value, json};
use support::{Sandbox, Test};

const FILE: &str = "config/sayso/profiles.yaml";
const JANE: &str = "ocQHyuzHvysMo5N5VsXc";

/// "This bot may read contacts and add tags, nothing else." Adding a tag looks the tag up.
const TAGGER: &str = "
default: bot
profiles:
  bot:
    policy:
      allow:
        - {groups: contacts, risks: read}
        - contacts.add-tags
        - locations.list-tags
      deny:
        - {operations: contacts.list-appointments, why: the diary is private}
";

fn sandbox(policy: &str, args: &[&str]) -> Test {
    Test::new().sandbox().args(args.iter().copied()).file(FILE, policy)
}

fn pipe(policy: &str, args: &[&str], lines: &[Value]) -> Vec<Value> {
    let input = lines.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n") + "\n";
    let mut answers = sandbox(policy, &[args, &["pipe"]].concat()).stdin(input).run().json_lines();
    answers.sort_by_key(|answer| answer["id"].as_u64());
    answers
}

fn refused_by(answer: &Value, place: &str) {
    assert_eq!(
        (answer["status"].as_str(), answer["error"]["kind"].as_str()),
        (Some("refused"), Some("policy")),
        "{answer}"
    );
    assert!(answer["error"]["hint"].as_str().is_some_and(|hint| hint.contains(place)), "{answer}");
    assert!(answer["response"].is_null(), "{answer}");
}

#[test]
fn what_is_allowed_runs_and_nothing_else_does() {
    let lines = [
        json!({"id": 1, "say": "show contact Jane Doe"}),
        json!({"id": 2, "say": "add tag vip to Jane Doe"}),
        json!({"id": 3, "say": "delete contact Jane Doe", "confirm": true}),
        json!({"id": 4, "say": "text Jane Doe: hello", "confirm": true}),
        json!({"id": 5, "operation": "DELETE /contacts/{contactId}", "params": {"contactId": JANE}, "confirm": true}),
        json!({"id": 6, "operation": "contacts.update", "params": {"contactId": JANE, "firstName": "J"}, "dry_run": false}),
        json!({"id": 7, "say": "list opportunities"}),
    ];
    let answers = pipe(TAGGER, &[], &lines);
    assert_eq!(answers[0]["status"], "done", "{}", answers[0]);
    assert_eq!(answers[1]["status"], "done", "{}", answers[1]);
    for answer in &answers[2..] {
        refused_by(answer, "profiles.yaml:7");
        assert!(
            answer["error"]["message"].as_str().is_some_and(|m| m.contains("profile `bot` allows only what it lists"))
        );
    }
}

#[test]
fn what_is_denied_is_denied_though_it_is_allowed() {
    let answer = pipe(
        TAGGER,
        &[],
        &[json!({"id": 1, "operation": "contacts.list-appointments", "params": {"contactId": JANE}})],
    );
    refused_by(&answer[0], "profiles.yaml:11");
    assert!(
        answer[0]["error"]["message"].as_str().is_some_and(|m| m.ends_with(": the diary is private")),
        "{}",
        answer[0]
    );
}

#[test]
fn look_ups_pass_the_policy_too() {
    let narrow = "default: bot\nprofiles:\n  bot:\n    policy:\n      allow: [contacts.add-tags]\n";
    let lines = [
        json!({"id": 1, "operation": "contacts.add-tags", "params": {"contactId": {"find": "Jane Doe"}, "tags": ["vip"]}}),
        json!({"id": 2, "operation": "contacts.add-tags", "params": {"contactId": JANE, "tags": ["vip"]}}),
    ];
    let answers = pipe(narrow, &[], &lines);
    refused_by(&answers[0], "profiles.yaml:5");
    assert!(answers[0]["error"]["message"].as_str().is_some_and(|m| m.contains("`contacts.search`")), "{}", answers[0]);
    assert_eq!(answers[1]["status"], "done", "{}", answers[1]);
}

#[test]
fn a_dry_run_that_the_policy_wants_cannot_be_switched_off() {
    let dry = "default: bot\nprofiles:\n  bot:\n    policy: {dry_run: true}\n";
    let line = json!({"id": 1, "say": "add tag vip to Jane Doe", "dry_run": false, "confirm": true});
    assert_eq!(pipe(dry, &["--yes"], &[line])[0]["status"], "dry_run");
}

#[test]
fn an_empty_allowance_allows_nothing() {
    let none = "default: bot\nprofiles:\n  bot:\n    policy:\n      allow: []\n";
    refused_by(&pipe(none, &[], &[json!({"id": 1, "say": "list contacts"})])[0], "profiles.yaml:5");
    let unsaid = "default: bot\nprofiles:\n  bot:\n    policy:\n      allow:\n";
    let ran = sandbox(unsaid, &["list contacts"]).status(2).run();
    assert!(ran.stderr.contains("`allow` must be a list"), "{}", ran.stderr);
}

#[test]
fn a_session_sends_no_more_than_its_cap() {
    let capped = "default: bot\nprofiles:\n  bot:\n    policy:\n      requests: {session: 2}\n";
    let get = |id: u32| json!({"id": id, "session": format!("s{id}"), "operation": "contacts.get", "params": {"contactId": JANE}});
    let answers = pipe(capped, &[], &[get(1), get(2), get(3), get(4)]);
    let done = answers.iter().filter(|answer| answer["status"] == "done").count();
    assert_eq!(done, 2, "{answers:?}");
    for answer in answers.iter().filter(|answer| answer["status"] != "done") {
        refused_by(answer, "profiles.yaml:5");
    }
}

#[test]
fn a_day_sends_no_more_than_its_cap_over_all_processes() {
    let capped = "default: bot\nprofiles:\n  bot:\n    policy:\n      requests: {day: 3}\n";
    let sandbox = Sandbox::start(&[]);
    let data = tempfile::tempdir().expect("a folder");
    let run = || {
        let get = json!({"id": 1, "operation": "contacts.get", "params": {"contactId": JANE}});
        let test = Test::new().against(&sandbox).arg("pipe").file(FILE, capped);
        let test = test.env("XDG_DATA_HOME", data.path().to_string_lossy());
        test.stdin(format!("{get}\n{get}\n")).run().json_lines()
    };
    let all: Vec<Value> = run().into_iter().chain(run()).collect();
    assert_eq!(all.iter().filter(|answer| answer["status"] == "done").count(), 3, "{all:?}");
    let last = all.iter().find(|answer| answer["status"] != "done").expect("one too many");
    refused_by(last, "profiles.yaml:5");
    assert!(last["error"]["message"].as_str().is_some_and(|m| m.contains("it goes on at")), "{last}");
}

#[test]
fn only_the_locations_of_the_policy_are_worked_in() {
    let one = "
default: bot
profiles:
  bot:
    services:
      highlevel:
        token: {env: BOT_TOKEN}
        location: Acme
        locations: {Acme: {id: loc000000000000000acme}, Other: {id: loc00000000000000other}}
    policy:
      locations: [Acme]
";
    let peer = Scripted::new(|_, _| says(200, &json!({"contacts": [], "total": 0})));
    let other = "loc00000000000000other";
    let search = |more: Value| {
        let mut line = json!({"id": 1, "operation": "contacts.search", "params": {"query": "x"}});
        for (key, value) in more.as_object().expect("an object") {
            if key == "params" {
                line["params"].as_object_mut().expect("params").extend(value.as_object().expect("an object").clone());
            } else {
                line[key] = value.clone();
            }
        }
        let test =
            Test::new().args(["--base-url", &peer.url, "pipe"]).clock().file(FILE, one).env("BOT_TOKEN", "tok-bot-1");
        test.stdin(format!("{line}\n")).run().json()
    };
    assert_eq!(search(json!({}))["status"], "done");
    let sent = peer.lines().len();
    refused_by(&search(json!({"location": "Other"})), "profiles.yaml:11");
    refused_by(&search(json!({"location": other})), "profiles.yaml:11");
    refused_by(&search(json!({"params": {"locationId": other}})), "profiles.yaml:11");
    refused_by(&search(json!({"params": {"filters": [{"group": [{"locationId": other}]}]}})), "profiles.yaml:11");
    let said = json!({"id": 1, "session": "s", "say": "use Other"});
    let test =
        Test::new().args(["--base-url", &peer.url, "pipe"]).clock().file(FILE, one).env("BOT_TOKEN", "tok-bot-1");
    refused_by(&test.stdin(format!("{said}\n")).run().json(), "profiles.yaml:11");
    assert_eq!(peer.lines().len(), sent, "{:?}", peer.lines());
}

#[test]
fn a_line_cannot_name_another_profile() {
    let line = json!({"id": 1, "say": "delete contact Jane Doe", "profile": "none", "confirm": true});
    let answer = pipe(TAGGER, &[], &[line]);
    assert_eq!(answer[0]["status"], "refused");
    assert!(
        answer[0]["error"]["message"].as_str().is_some_and(|m| m.contains("`profile` is no key of a line")),
        "{}",
        answer[0]
    );
}

#[test]
fn what_a_cap_holds_back_of_a_run_is_carried_on_by_a_later_session() {
    let sandbox = Sandbox::start(&[]);
    let policy = "default: bot\nprofiles: {bot: {policy: {requests: {session: 4}}}}\n";
    let rows: String = (0..6).map(|n| format!("{JANE},number {n}\n")).collect::<Vec<_>>().concat();
    let test = Test::new().shared_cache().against(&sandbox).file(FILE, policy);
    let test = test.file("rows.csv", &format!("id,note\n{rows}"));
    let run = |args: &[&str]| {
        let output = test.command().args(args).output().expect("it runs");
        (output.status.code(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
    };
    let (code, told) = run(&["--yes", "each", "rows.csv", "add a note to contact {{ id }}: {{ note }}"]);
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("lets a session send 4 requests") && told.contains("not sent"), "{told}");
    let ended = (0..4).map(|_| run(&["resume", "1"])).find(|(code, _)| *code == Some(0));
    assert!(ended.is_some_and(|(_, told)| told.contains("6 of 6 rows done")));
}

#[test]
fn accounts_that_the_policy_does_not_let_list_are_refused_by_its_rule() {
    let ran = sandbox(TAGGER, &["--location", "all", "list contacts"]).status(1).run();
    assert!(ran.stderr.contains("allows only what it lists, not `locations.search`"), "{}", ran.stderr);
    assert!(ran.stderr.contains("The rule stands at"), "{}", ran.stderr);
}
