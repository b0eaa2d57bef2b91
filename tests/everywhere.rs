//! One line in several accounts: each with its own token, labelled, and none stopped by what goes wrong in another.

mod scripted;
mod support;

use scripted::{Asked, Scripted, says};
use serde_json::{Value, json};
use support::{Ran, Test};

const PROFILE: &str = "default: agency\nprofiles:\n  agency:\n    services:\n      highlevel:\n        \
                       locations:\n          Acme: {id: loc000000000000000acme, token: {env: ACME}}\n          \
                       Zenith: {id: loc0000000000000zenith, token: {env: ZENITH}}\n          \
                       Globex: {id: loc0000000000000globex, token: {env: GLOBEX}}\n";

/// Each account has one conversation and one contact; Zenith does not know its token.
fn peer() -> Scripted {
    Scripted::new(|asked, _| {
        let token = asked.header("authorization").unwrap_or_default().trim_start_matches("Bearer ").to_owned();
        if token == "zenith-token" {
            return says(401, &json!({"message": "Invalid token"}));
        }
        let name = token.trim_end_matches("-token").to_owned();
        if asked.line.contains("/conversations/search") {
            let all =
                [json!({"id": format!("v{name:0>20}"), "fullName": format!("Somebody of {name}"), "unreadCount": 1})];
            return says(200, &json!({"conversations": all, "total": 1}));
        }
        if asked.line.contains("/contacts/search") {
            let jane = json!({"id": format!("c{name:0>19}"), "contactName": "Jane Doe", "tags": ["lead"]});
            return says(200, &json!({"contacts": [jane], "total": 1}));
        }
        if asked.line.starts_with("GET") {
            return says(200, &json!({"tags": [{"id": "t", "name": "vip"}], "location": {"name": name}}));
        }
        says(201, &json!({"tags": ["vip"]}))
    })
}

fn run(peer: &Scripted, code: i32, args: &[&str]) -> Ran {
    let test = Test::new().shared_cache().clock().file("config/sayso/profiles.yaml", PROFILE);
    let test = test.env("ACME", "acme-token").env("ZENITH", "zenith-token").env("GLOBEX", "globex-token");
    test.args(["--base-url", &peer.url]).args(args.iter().copied()).status(code).run()
}

/// The tokens with which requests of a kind came.
fn tokens(asked: &[Asked], of: impl Fn(&Asked) -> bool) -> Vec<String> {
    let mut tokens: Vec<String> =
        asked.iter().filter(|a| of(a)).filter_map(|a| a.header("authorization")).map(str::to_owned).collect();
    tokens.sort();
    tokens
}

#[test]
fn what_reads_is_done_in_every_account_and_labelled() {
    for args in
        [&["--location", "all", "list unread conversations"][..], &["in all locations list unread conversations"]]
    {
        let peer = peer();
        let ran = run(&peer, 5, args);
        let at = |text: &str| ran.stdout.find(text).unwrap_or_else(|| panic!("{text} in {}", ran.stdout));
        assert!(at("── Acme") < at("Somebody of acme"), "{}", ran.stdout);
        assert!(
            at("Somebody of acme") < at("── Globex") && at("── Globex") < at("Somebody of globex"),
            "{}",
            ran.stdout
        );
        assert!(ran.stderr.contains("── Zenith"), "{}", ran.stderr);
        assert!(ran.stderr.contains("it was not done in 1 of 3 sub-accounts: Zenith"), "{}", ran.stderr);
        let tokens = tokens(&peer.asked(), |asked| asked.line.contains("/conversations/search"));
        assert_eq!(tokens, ["Bearer acme-token", "Bearer globex-token", "Bearer zenith-token"]);
    }
}

#[test]
fn accounts_may_be_named_and_programs_get_a_label_with_each_record() {
    let peer = peer();
    let args = ["--location", "Acme, Globex", "--output", "jsonl", "list unread conversations"];
    let lines = run(&peer, 0, &args).json_lines();
    let told: Vec<(&Value, &Value)> = lines.iter().map(|line| (&line["account"], &line["fullName"])).collect();
    assert_eq!(told, [(&json!("Acme"), &json!("Somebody of acme")), (&json!("Globex"), &json!("Somebody of globex"))]);
    let ran = run(
        &peer,
        0,
        &["--location", "Acme,Globex", "--output", "csv", "--fields", "fullName", "list unread conversations"],
    );
    assert_eq!(ran.stdout, "account,fullName\nAcme,Somebody of acme\nGlobex,Somebody of globex\n");
}

fn is_write(asked: &Asked) -> bool {
    asked.line.starts_with("POST") && !asked.line.contains("/search")
}

#[test]
fn what_writes_is_asked_first_and_then_done_in_each() {
    let peer = peer();
    let line = "add tag vip to contact Jane Doe";
    let ran = run(&peer, 4, &["--location", "Acme, Globex", line]);
    assert!(ran.stderr.contains("Do that in 2 sub-accounts: Acme, Globex? (2 requests)"), "{}", ran.stderr);
    assert!(tokens(&peer.asked(), is_write).is_empty(), "nothing is sent before somebody agrees");
    let ran = run(&peer, 0, &["--location", "Acme, Globex", "--yes", line]);
    assert!(ran.stdout.contains("── Globex\n✓ Added tag vip to Jane Doe"), "{}", ran.stdout);
    assert_eq!(tokens(&peer.asked(), is_write), ["Bearer acme-token", "Bearer globex-token"]);
}

#[test]
fn an_account_that_is_named_twice_is_worked_in_once() {
    let peer = peer();
    let line = "add tag vip to contact Jane Doe";
    run(&peer, 0, &["--location", "Acme, acme , loc000000000000000acme,Acme", "--yes", line]);
    assert_eq!(tokens(&peer.asked(), is_write), ["Bearer acme-token"]);
}

#[test]
fn what_names_no_account_sends_nothing() {
    for nothing in ["", " ", ",", ", ,"] {
        let peer = peer();
        let ran = run(&peer, 3, &["--location", nothing, "list unread conversations"]);
        assert!(ran.stderr.contains("there is no sub-account"), "{nothing:?}: {}", ran.stderr);
        assert!(peer.lines().iter().all(|line| !line.contains("/conversations")), "{:?}", peer.lines());
    }
}

#[test]
fn a_selection_is_found_in_each_account() {
    let peer = peer();
    let line = "in all locations add a note to all contacts tagged lead: hello";
    let ran = run(&peer, 4, &[line]);
    assert!(ran.stderr.contains("Do that in 3 sub-accounts: Acme, Zenith, Globex? (2 requests)"), "{}", ran.stderr);
    assert!(tokens(&peer.asked(), is_write).is_empty());
    let ran = run(&peer, 5, &["--yes", line]);
    assert!(
        ran.stdout.contains("1 of 1 contacts done") || ran.stdout.contains("1 of 1 contact done"),
        "{}",
        ran.stdout
    );
    let written = tokens(&peer.asked(), |asked| asked.line.contains("/notes"));
    assert_eq!(written, ["Bearer acme-token", "Bearer globex-token"]);
}

#[test]
fn a_bot_is_asked_and_told_by_account() {
    let peer = peer();
    let lines = [
        json!({"id": 1, "session": "a", "say": "list unread conversations", "location": "all"}),
        json!({"id": 2, "session": "a", "say": "in all locations add tag vip to contact Jane Doe"}),
        json!({"id": 3, "session": "a", "answer": true}),
    ];
    let lines: Vec<String> = lines.iter().map(Value::to_string).collect();
    let test = Test::new().shared_cache().clock().file("config/sayso/profiles.yaml", PROFILE);
    let test = test.env("ACME", "acme-token").env("ZENITH", "zenith-token").env("GLOBEX", "globex-token");
    let answers = test.args(["--base-url", &peer.url, "pipe"]).stdin(lines.join("\n") + "\n").run().json_lines();
    let told = |answer: &Value| -> Vec<(String, String)> {
        let of = |one: &Value| (one["account"].to_string(), one["status"].to_string());
        answer["accounts"].as_array().into_iter().flatten().map(of).collect()
    };
    let of =
        |all: [(&str, &str); 3]| all.map(|(name, status)| (format!("\"{name}\""), format!("\"{status}\""))).to_vec();
    assert_eq!(told(&answers[0]), of([("Acme", "done"), ("Zenith", "failed"), ("Globex", "done")]), "{answers:#?}");
    assert_eq!(answers[1]["status"], "needs_confirmation");
    assert_eq!(told(&answers[2])[0], ("\"Acme\"".to_owned(), "\"done\"".to_owned()), "{answers:#?}");
    assert_eq!(tokens(&peer.asked(), is_write), ["Bearer acme-token", "Bearer globex-token"]);
}

#[test]
fn what_is_done_in_one_account_at_a_time_says_so() {
    let peer = peer();
    let line = json!({"id": 1, "operation": "contacts.search", "location": "Acme, Globex"});
    let test = Test::new().shared_cache().clock().file("config/sayso/profiles.yaml", PROFILE);
    let test = test.env("ACME", "acme-token").env("ZENITH", "zenith-token").env("GLOBEX", "globex-token");
    let answers = test.args(["--base-url", &peer.url, "pipe"]).stdin(format!("{line}\n")).run().json_lines();
    assert!(answers[0]["error"]["message"].as_str().is_some_and(|text| text.contains("one at a time")), "{answers:#?}");
    assert_eq!(peer.lines().len(), 0);
}
