//! One thing done to each of many records that a line only describes: what is found, what is asked first, what is refused,
//! and that a run which is killed is carried on.

mod scripted;
mod support;

use std::collections::BTreeMap;
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use scripted::{Scripted, says};
use serde_json::{Value, json};
use support::{Ran, Sandbox, Test};

const TAG: &str = "add tag vip to all contacts tagged lead";

fn say(phrase: &str) -> Test {
    Test::new().shared_cache().sandbox().arg(phrase)
}

/// A pipe of these lines, and its answers.
fn answers(lines: &[Value]) -> Vec<Value> {
    let lines: Vec<String> = lines.iter().map(Value::to_string).collect();
    Test::new().shared_cache().sandbox().arg("pipe").stdin(lines.join("\n") + "\n").run().json_lines()
}

fn report(ran: &Ran) -> Value {
    serde_json::from_str(&ran.stdout).unwrap_or_else(|e| panic!("{e}: {}\n{}", ran.stdout, ran.stderr))
}

/// What is found when the records that are there are listed.
fn listed(sandbox: &Sandbox, phrase: &str) -> Vec<Value> {
    Test::new().shared_cache().against(sandbox).args(["--all", "--output", "jsonl", phrase]).run().json_lines()
}

fn tagged(sandbox: &Sandbox, tag: &str) -> Vec<String> {
    let all = listed(sandbox, "list contacts").into_iter();
    let has = |contact: &Value| contact["tags"].as_array().is_some_and(|tags| tags.iter().any(|one| *one == *tag));
    all.filter(has).map(|contact| contact["id"].to_string()).collect()
}

#[test]
fn the_plan_comes_first_and_is_agreed_to() {
    let ran = say(TAG).status(4).run();
    assert_eq!(ran.stdout, "");
    let plan = "Add tags to a contact (contacts.add-tags), for all contacts tagged lead, many at once by \
                contacts.bulk-tags\n13 contacts (Walter Finch, ";
    assert!(ran.stderr.starts_with(plan), "{}", ran.stderr);
    assert!(ran.stderr.contains(", 1 request · less than 0.01 % of the day's 200,000 · about 1 s at 100 in 10 s\n"));
    let ran = say("add a note to all contacts tagged lead: hello").status(4).run();
    assert!(ran.stderr.contains(", 13 requests · 0.01 % of the day's 200,000 · about 2 s at 100 in 10 s\n"));
    assert!(ran.stderr.ends_with("It asks first: it changes many records. Say it again with --yes to go on.\n"));
    let ran = say(TAG).arg("--yes").run();
    assert!(ran.stdout.contains("13 of 13 contacts done · run 1"), "{}", ran.stdout);
    let plan = report(&say(TAG).args(["--dry-run", "--output", "json"]).run());
    assert_eq!((&plan["rows"], &plan["found_by"]), (&json!(13), &json!("contacts.search")));
    assert_eq!(plan["operations"], json!(["contacts.add-tags"]));
}

#[test]
fn those_that_are_meant_are_changed_and_no_others() {
    let sandbox = Sandbox::start(&[]);
    let leads = tagged(&sandbox, "lead");
    let before = tagged(&sandbox, "vip");
    assert!(!leads.is_empty() && !leads.iter().any(|lead| before.contains(lead)), "{leads:?} {before:?}");
    let run = |phrase: &str| Test::new().shared_cache().against(&sandbox).args(["--yes", phrase]).run().stdout;
    assert!(run(TAG).contains(&format!("{0} of {0} contacts done", leads.len())));
    let mut wanted = [leads, before].concat();
    let mut now = tagged(&sandbox, "vip");
    wanted.sort();
    now.sort();
    assert_eq!(now, wanted);
    run("remove the tag vip from every contact with the tag vip");
    assert!(tagged(&sandbox, "vip").is_empty());

    let open = || listed(&sandbox, "list open opportunities in the pipeline Sales");
    let (all, ids) = (open().len(), |deals: &[Value], stage: &str| {
        deals.iter().filter(|deal| deal["pipelineStageId"] == *stage).count()
    });
    assert!(all > 1);
    run("move all open opportunities in the pipeline Sales to the stage Negotiation");
    let stage = open()[0]["pipelineStageId"].as_str().expect("a stage").to_owned();
    assert_eq!(ids(&open(), &stage), all, "all of them, and all in one stage");
}

#[test]
fn what_stands_around_the_selection_is_told_apart_from_it() {
    let reading =
        |phrase: &str| Test::new().shared_cache().clock().args(["route", phrase]).run().json()["each"].clone();
    let each = |phrase: &str| {
        let each = reading(phrase);
        let params = |step: &Value| (step["operation"].as_str().unwrap_or_default().to_owned(), step["params"].clone());
        (params(&each["steps"][0]), params(&each["found_by"][0]), each["holds"].clone())
    };
    let (step, list, _) = each("move all open opportunities in the pipeline Sales to the stage Closed");
    assert_eq!(step.0, "opportunities.update");
    assert_eq!(step.1["pipelineStageId"], "Closed");
    assert_eq!(list, ("opportunities.search".to_owned(), json!({"status": "open", "pipeline_id": "Sales"})));
    let (step, _, holds) = each("create a task Call for all contacts tagged lead due tomorrow");
    assert_eq!((&step.1["title"], &step.1["dueDate"]), (&json!("Call"), &json!("2026-11-21")));
    assert_eq!(holds, json!({"tags": "lead"}));
    let (step, _, holds) = each("add a note to all contacts tagged \"hot lead\": all contacts were called");
    assert_eq!((&step.1["body"], holds), (&json!("all contacts were called"), json!({"tags": "hot lead"})));
    let (_, _, holds) = each("tag everyone tagged lead and living in Troy as vip");
    assert_eq!(holds, json!({"tags": "lead", "city": "Troy"}));
    let (step, list, _) = each("delete all notes of contact Jane Doe");
    assert_eq!((step.0.as_str(), &list.1), ("contacts.delete-note", &json!({"contactId": "Jane Doe"})));
    let (step, list, holds) = each("move all opportunities with source website to the stage Closed");
    assert_eq!((step.0.as_str(), list.0.as_str()), ("opportunities.update", "opportunities.search"));
    assert_eq!(holds, json!({"source": "website"}));
    let (step, _, holds) = each("void all invoices in currency EUR");
    assert_eq!((step.0.as_str(), holds), ("invoices.void", json!({"currency": "EUR"})));
    let (step, _, holds) = each("mark all conversations whose last message is STOP as read");
    assert_eq!((step.0.as_str(), holds), ("conversations.update", json!({"lastMessageBody": "STOP"})));
    let (step, _, holds) = each("delete all links pointing to https://example.com");
    assert_eq!((step.0.as_str(), holds), ("links.delete", json!({"redirectTo": "https://example.com"})));
    // What is one request for all of them stays that.
    let one = Test::new().shared_cache().args(["route", "remove Jane Doe from all campaigns"]).run().json();
    assert_eq!(one["steps"][0]["operation"], "contacts.remove-from-all-campaigns");
}

#[test]
fn who_cannot_be_told_for_certain_is_refused_and_nobody_is_touched() {
    let peer = Scripted::new(|_, _| says(200, &json!({"contacts": [], "total": 0})));
    let said = |phrase: &str, code: i32| {
        let test = Test::new().shared_cache().clock().env("HIGHLEVEL_TOKEN", "t");
        let test = test.env("HIGHLEVEL_LOCATION_ID", "loc000000000000000acme");
        test.args(["--base-url", &peer.url, "--yes", phrase]).status(code).run().stderr
    };
    for phrase in [
        "delete all contacts named Smith",
        "add tag vip to all contacts in Denver",
        "set status to won for all opportunities in Sales with value over 1000",
    ] {
        assert!(said(phrase, 3).contains("cannot be told for certain"), "{phrase}");
    }
    assert!(said("don't delete all contacts tagged lead", 3).contains("Nothing was done"));
    assert_eq!(peer.lines().len(), 0, "nothing is even listed");
}

/// Each place where the words that tell records apart may end was read anew: a line of a thousand letters took minutes.
#[test]
fn a_line_that_says_all_again_and_again_is_read_in_time() {
    let lines = [
        format!("add tag vip to {}", "all contacts ".repeat(80)),
        format!("add tag vip to all contacts {}tagged x", "tagged lead and ".repeat(60)),
        "in all locations ".repeat(60) + "list contacts",
        ["add tag vip to Jane"; 1_000].join(" and "),
    ];
    let read = Test::new().shared_cache().clock().arg("route").stdin(lines.join("\n")).run().json_lines();
    assert_eq!(read.len(), lines.len());
    assert!(read.iter().all(|reading| reading["status"] == "unknown"), "{read:?}");
    for (at, why) in [(0, "too long to tell for certain"), (1, "too long to tell for certain"), (3, "more at once")] {
        assert!(read[at]["message"].as_str().is_some_and(|message| message.contains(why)), "{}", read[at]);
    }
}

/// A search finds more than what was asked for; only what holds the value is changed.
#[test]
fn what_a_list_answers_is_compared_with_what_was_said() {
    let contact =
        |id: &str, tags: Value| json!({"id": format!("c0000000000000000000{id}"), "contactName": id, "tags": tags});
    let peer = Scripted::new(move |asked, _| {
        if !asked.line.contains("/search") {
            return says(201, &json!({"tags": ["vip"]}));
        }
        let found = [
            contact("a", json!(["Lead"])),
            contact("b", json!(["leadership"])),
            contact("c", json!([])),
            contact("d", json!(["x", "lead"])),
            contact("a", json!(["Lead"])),
        ];
        says(200, &json!({"contacts": found, "total": 5}))
    });
    let test = Test::new().shared_cache().clock().env("HIGHLEVEL_TOKEN", "t");
    let test = test.env("HIGHLEVEL_LOCATION_ID", "loc000000000000000acme").args(["--base-url", &peer.url, "--yes"]);
    test.args(["--output", "json", "add a note to all contacts tagged lead: hello"]).run();
    let asked = peer.asked();
    let filters = json!([{"field": "tags", "operator": "eq", "value": "lead"}]);
    assert_eq!(asked[0].body["filters"], filters, "{:?}", asked[0].body);
    let mut written: Vec<&str> = asked.iter().filter(|a| a.line.contains("/notes")).map(|a| a.line.as_str()).collect();
    written.sort_unstable();
    let line = |id: &str| format!("POST /contacts/c0000000000000000000{id}/notes");
    assert_eq!(written.len(), 2, "{written:?}");
    assert!(written[0].starts_with(&line("a")) && written[1].starts_with(&line("d")), "{written:?}");
}

#[test]
fn destroying_all_of_a_kind_takes_more_than_a_yes() {
    let ran = say("delete all contacts").arg("--yes").status(4).run();
    assert!(ran.stderr.contains("32 contacts") && ran.stderr.contains("--yes is not enough"), "{}", ran.stderr);
    let lines = [
        json!({"id": 1, "session": "a", "say": "delete all contacts", "confirm": true}),
        json!({"id": 2, "session": "a", "answer": true}),
        json!({"id": 3, "session": "a", "answer": 31}),
        json!({"id": 4, "session": "a", "answer": 32}),
    ];
    let answers = answers(&lines);
    let told: Vec<&str> = answers.iter().filter_map(|answer| answer["status"].as_str()).collect();
    assert_eq!(told, ["needs_confirmation", "refused", "refused", "done"], "{answers:#?}");
    assert_eq!(answers[3]["bulk"]["done"], 32);
}

#[test]
fn a_bot_is_asked_first_and_told_what_came_of_it() {
    let lines = [
        json!({"id": 1, "session": "a", "say": TAG}),
        json!({"id": 2, "session": "a", "answer": false}),
        json!({"id": 3, "session": "a", "say": TAG}),
        json!({"id": 4, "session": "a", "answer": true}),
        json!({"id": 5, "session": "a", "say": "add tag hot to all contacts tagged vip", "confirm": true}),
        json!({"id": 6, "session": "a", "say": "add tag hot to all contacts tagged nobody"}),
        json!({"id": 7, "session": "a", "say": TAG, "dry_run": true}),
    ];
    let answers = answers(&lines);
    let told: Vec<&str> = answers.iter().filter_map(|answer| answer["status"].as_str()).collect();
    let wanted = ["needs_confirmation", "refused", "needs_confirmation", "done", "done", "done", "dry_run"];
    assert_eq!(told, wanted, "{answers:#?}");
    assert_eq!((&answers[0]["bulk"]["rows"], &answers[3]["bulk"]["done"]), (&json!(13), &json!(13)));
    // The three that had the tag before are among them.
    assert_eq!(answers[4]["bulk"]["done"], 16);
    assert_eq!(answers[5]["bulk"]["rows"], 0);
}

#[test]
fn a_policy_holds_before_anything_is_listed() {
    let profile = "default: bot\nprofiles:\n  bot:\n    policy: {allow: [{risks: read}, contacts.add-tags]}\n    \
                   services: {highlevel: {token: {env: TOKEN}, locations: {Acme: {id: loc000000000000000acme}}}}\n";
    let peer = Scripted::new(|_, _| says(200, &json!({"contacts": []})));
    let test = Test::new().shared_cache().clock().file("config/sayso/profiles.yaml", profile).env("TOKEN", "t");
    let test = test.args(["--base-url", &peer.url, "--yes", "delete all contacts tagged lead"]).status(1);
    let ran = test.run();
    assert!(ran.stderr.contains("the policy of profile `bot`"), "{}", ran.stderr);
    assert_eq!(peer.lines().len(), 0);
}

const SERVICE: &str = r#"
service: desk
base_url: https://desk.invalid
pagination: {pages: {size: {limit: 40}, page: {page: 1}}}
resources:
  note: {nouns: [note], label: "{{ body }}"}
  person:
    nouns: [person]
    plurals: [people]
    id_pattern: "^p[0-9]+$"
    label: "{{ name }}"
    find: {operation: people.list, by: [name]}
    where: {groups: [in the group, of the group]}
"#;

const OPERATIONS: &str = r#"
operations:
  people.list: {request: GET /people, page: pages, returns: {resource: person, at: people, many: true}}
  notes.list: {request: "GET /people/{{ personId }}/notes", params: {personId: person}, returns: {resource: note, at: notes, many: true}}
  notes.add:
    request: POST /people/{{ personId }}/notes
    params: {personId: person, body: {required: true}}
    returns: {resource: note, at: note}
    settle: {operation: notes.list, match: {body: body}, made: at}
    say: ["jot {body} (for|on) {personId}"]
"#;

const JOT: &str = "jot sugar for all people in the group red";

/// Notes by the person they are about.
type Notes = Arc<Mutex<BTreeMap<String, Vec<Value>>>>;

/// A service of so many people, every second of whom is in the group red.
fn desk(people: usize, pause: Duration) -> (Scripted, Notes) {
    let notes = Notes::default();
    let kept = Arc::clone(&notes);
    let peer = Scripted::new(move |asked, _| {
        let mut parts = asked.line.split([' ', '/', '?']).filter(|part| !part.is_empty());
        let (method, person) = (parts.next().unwrap_or_default(), parts.nth(1).unwrap_or_default().to_owned());
        if !asked.line.contains("/notes") {
            let page = asked.line.split("page=").nth(1).and_then(|rest| rest.split(['&', ' ']).next()?.parse().ok());
            let from = (page.unwrap_or(1) - 1) * 40;
            let group = |at: usize| if at.is_multiple_of(2) { json!(["red", "all"]) } else { json!(["blue"]) };
            let page = (from..people.min(from + 40))
                .map(|at| json!({"id": format!("p{at}"), "name": format!("N {at}"), "groups": group(at)}));
            return says(200, &json!({"people": page.collect::<Vec<_>>()}));
        }
        let mut notes = kept.lock().expect("notes");
        let own = notes.entry(person.clone()).or_default();
        if method == "GET" {
            return says(200, &json!({"notes": own}));
        }
        let made = json!({"id": format!("n{person}-{}", own.len()), "body": asked.body["body"], "at": jiff::Timestamp::now().to_string()});
        own.push(made.clone());
        drop(notes);
        thread::sleep(pause);
        says(201, &json!({"note": made}))
    });
    (peer, notes)
}

fn in_folder() -> Test {
    Test::new().shared_cache().file("desk/desk/service.yaml", SERVICE).file("desk/desk/notes.yaml", OPERATIONS)
}

#[test]
fn a_killed_run_is_carried_on_and_nobody_is_written_to_twice() {
    for moment in [1, 30, 90] {
        let (peer, notes) = desk(240, Duration::from_millis(40));
        let test = in_folder();
        let command = |args: &[&str]| {
            let mut command = test.command();
            command.args(["--endpoints", "desk", "--base-url", &peer.url]).args(args).stdin(Stdio::null());
            command
        };
        let count = || notes.lock().expect("notes").values().map(Vec::len).sum::<usize>();
        let mut child =
            command(&["--yes", JOT]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
        let until = Instant::now() + Duration::from_mins(2);
        while count() < moment && child.try_wait().expect("a child").is_none() {
            assert!(Instant::now() < until, "nothing comes");
            thread::sleep(Duration::from_millis(3));
        }
        child.kill().expect("killed");
        child.wait().expect("an end");
        thread::sleep(Duration::from_millis(100));
        assert!(count() < 120, "it ended before it was killed");
        let listed = peer.lines().iter().filter(|line| line.starts_with("GET /people?")).count();
        let output = command(&["resume", "--output", "json"]).output().expect("it runs");
        let report: Value = serde_json::from_slice(&output.stdout).expect("a report");
        assert_eq!((&report["done"], &report["rows"], &report["phrase"]), (&json!(120), &json!(120), &json!(JOT)));
        let notes = notes.lock().expect("notes");
        for at in 0..240_usize {
            let made = notes.get(&format!("p{at}")).map_or(0, Vec::len);
            assert_eq!(made, usize::from(at.is_multiple_of(2)), "p{at} got {made}");
        }
        let again = peer.lines().iter().filter(|line| line.starts_with("GET /people?")).count();
        assert_eq!(again, listed, "who is meant was settled when it began");
    }
}

#[test]
fn what_fails_is_told_by_name_and_can_be_written_into_a_file() {
    let peer = Scripted::new(|asked, _| {
        if asked.line.starts_with("GET") {
            let person = |id: u32| json!({"id": format!("p{id}"), "name": format!("N {id}"), "groups": ["red"]});
            return says(200, &json!({"people": [person(1), person(2), person(3)]}));
        }
        if asked.line.contains("p2") {
            return says(422, &json!({"message": "p2 has left"}));
        }
        says(201, &json!({"note": {"id": "n"}}))
    });
    let test = in_folder();
    let run = |args: &[&str]| {
        let mut command = test.command();
        command.args(["--endpoints", "desk", "--base-url", &peer.url]).args(args).stdin(Stdio::null());
        let output = command.output().expect("it runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    let (code, out, err) = run(&["--yes", JOT]);
    assert_eq!(code, Some(1), "{err}");
    assert!(out.contains("2 of 3 persons done · 1 failed · run 1"), "{out}");
    assert!(err.contains("N 2: ") && err.contains("p2 has left"), "{err}");
    let (_, _, err) = run(&["resume", "1", "--failed", "left.jsonl"]);
    assert!(err.contains("left.jsonl"), "{err}");
    let left = std::fs::read_to_string(test.path().join("left.jsonl")).expect("a file");
    assert!(left.contains("\"id\":\"p2\"") && left.lines().count() == 1, "{left}");
    let (_, history, _) = run(&["history", "1"]);
    assert!(history.contains("jot sugar for person N 1"), "{history}");
}

/// A service of so many contacts tagged lead, which leaves those out of a batch whose number ends with a nine when told to.
fn crm(contacts: usize, forgets: bool) -> Scripted {
    Scripted::new(move |asked, _| {
        if asked.line.contains("/contacts/search") {
            let from =
                asked.body["searchAfter"][0].as_u64().map_or(0, |last| usize::try_from(last).expect("small") + 1);
            let one = |at: usize| json!({"id": format!("c{at:019}"), "contactName": format!("N {at}"), "tags": ["lead"], "searchAfter": [at]});
            let page: Vec<Value> = (from..contacts.min(from + 100)).map(one).collect();
            return says(200, &json!({"contacts": page, "total": contacts}));
        }
        if asked.line.contains("/tags") && asked.line.starts_with("GET") {
            return says(200, &json!({"tags": [{"id": "t", "name": "vip"}]}));
        }
        let ids = asked.body["contacts"].as_array().cloned().unwrap_or_default();
        let done: Vec<Value> =
            ids.into_iter().filter(|id| !forgets || !id.as_str().is_some_and(|id| id.ends_with('9'))).collect();
        says(201, &json!({"success": true, "ids": done}))
    })
}

fn at_crm(peer: &Scripted, args: &[&str]) -> Test {
    let test = Test::new().shared_cache().clock().env("HIGHLEVEL_TOKEN", "t");
    test.env("HIGHLEVEL_LOCATION_ID", "loc000000000000000acme")
        .args(["--base-url", &peer.url])
        .args(args.iter().copied())
}

#[test]
fn what_takes_many_at_once_is_sent_in_batches() {
    let peer = crm(230, false);
    let ran = report(&at_crm(&peer, &["--yes", "--output", "json", TAG]).run());
    assert_eq!((&ran["done"], &ran["rows"]), (&json!(230), &json!(230)), "{ran:#}");
    let asked = peer.asked();
    let sent: Vec<_> =
        asked.iter().filter(|asked| asked.line.starts_with("POST /contacts/bulk/tags/update/add")).collect();
    let mut sizes: Vec<usize> =
        sent.iter().filter_map(|asked| Some(asked.body["contacts"].as_array()?.len())).collect();
    sizes.sort_unstable();
    assert_eq!(sizes, [30, 100, 100]);
    assert!(sent.iter().all(|asked| asked.body["tags"] == json!(["vip"])));
    let mut ids: Vec<&str> = sent
        .iter()
        .flat_map(|asked| asked.body["contacts"].as_array().expect("ids"))
        .filter_map(Value::as_str)
        .collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 230);
    // One alone is no batch.
    let peer = crm(1, false);
    at_crm(&peer, &["--yes", TAG]).run();
    assert!(
        peer.lines().iter().any(|line| line.starts_with("POST /contacts/c0000000000000000000/tags")),
        "{:?}",
        peer.lines()
    );
}

#[test]
fn those_that_a_batch_leaves_out_are_named() {
    let peer = crm(12, true);
    let ran = at_crm(&peer, &["--yes", TAG]).status(1).run();
    assert!(ran.stderr.contains("1 of 12 were left out: N 9"), "{}", ran.stderr);
}

#[test]
fn a_bot_that_may_not_do_many_at_once_does_them_one_by_one() {
    let profile = "default: bot\nprofiles:\n  bot:\n    policy: {allow: [{risks: read}, contacts.add-tags]}\n    \
                   services: {highlevel: {token: {env: TOKEN}, locations: {Acme: {id: loc000000000000000acme}}}}\n";
    let peer = crm(3, false);
    let test = Test::new().shared_cache().clock().file("config/sayso/profiles.yaml", profile).env("TOKEN", "t");
    test.args(["--base-url", &peer.url, "--yes", TAG]).run();
    let lines = peer.lines();
    assert!(!lines.iter().any(|line| line.contains("/bulk/")), "{lines:?}");
    assert_eq!(lines.iter().filter(|line| line.starts_with("POST /contacts/c")).count(), 3, "{lines:?}");
}
