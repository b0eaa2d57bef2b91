//! A phrase for every row of a file: the plan, what is asked first, what a row can and cannot do, and what is reported.

mod scripted;
mod support;

use scripted::{Scripted, says};
use serde_json::{Value, json};
use support::{Ran, Test};

const TAG: &str = "add tag {{ tag }} to contact {{ name }}";
const CONTACTS: &str = "name,tag\nJane Doe,vip\nYara Haddad,vip\nWalter Finch,vip\n";

fn each(rows: &str, phrase: &str) -> Test {
    Test::new().shared_cache().sandbox().file("rows.csv", rows).args(["each", "rows.csv", phrase])
}

fn report(ran: &Ran) -> Value {
    serde_json::from_str(&ran.stdout).unwrap_or_else(|e| panic!("{e}: {}\n{}", ran.stdout, ran.stderr))
}

#[test]
fn the_plan_comes_first_and_is_agreed_to() {
    let ran = each(CONTACTS, TAG).status(4).run();
    assert_eq!(ran.stdout, "");
    assert!(
        ran.stderr.contains("Add tags to a contact (contacts.add-tags)\n3 rows, 3 requests and 4 look-ups at most"),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("of the day's 200,000 · about 1 s at 100 in 10 s"), "{}", ran.stderr);
    assert!(ran.stderr.ends_with("It asks first: it changes many records. Say it again with --yes to go on.\n"));
    let ran = each(CONTACTS, TAG).args(["--yes"]).run();
    assert!(ran.stdout.contains("3 of 3 rows done · run 1"), "{}", ran.stdout);
}

#[test]
fn a_dry_run_shows_the_plan_and_sends_nothing() {
    let plan = report(&each(CONTACTS, TAG).args(["--dry-run", "--output", "json"]).run());
    assert_eq!((&plan["rows"], &plan["requests"], &plan["look_ups"]), (&json!(3), &json!(3), &json!(4)));
    assert_eq!(plan["operations"], json!(["contacts.add-tags"]));
    let peer = Scripted::new(|_, _| says(200, &json!({})));
    let test = Test::new().shared_cache().clock().file("rows.csv", CONTACTS).env("HIGHLEVEL_TOKEN", "t");
    let test = test.env("HIGHLEVEL_LOCATION_ID", "loc000000000000000acme").args(["--base-url", &peer.url, "--dry-run"]);
    test.args(["each", "rows.csv", TAG]).run();
    assert_eq!(peer.lines().len(), 0);
}

#[test]
fn a_phrase_about_more_than_its_row_is_refused() {
    for (phrase, why) in [
        ("add tag {{ name }} to all contacts tagged lead", "about all records of a kind"),
        ("add tag {{ tag }} to every contact named {{ name }}", "about all records of a kind"),
        ("in all locations add tag vip to contact {{ name }}", "is for all accounts"),
    ] {
        let ran = each(CONTACTS, phrase).args(["--yes"]).status(3).run();
        assert!(ran.stderr.contains(why), "{phrase}: {}", ran.stderr);
    }
    let test = Test::new().shared_cache().sandbox().args(["each", "rows.csv", TAG]);
    std::fs::write(test.path().join("rows.csv"), b"name,tag\n\xff\xfe,vip\n").expect("rows");
    let ran = test.status(2).run();
    assert!(ran.stderr.contains("no row can be read; row 1: "), "{}", ran.stderr);
}

#[test]
fn what_only_reads_asks_nothing_and_tells_a_row_a_line() {
    let ran = each(CONTACTS, "show contact {{ name }}").args(["--output", "jsonl"]).run();
    let mut lines = ran.json_lines();
    lines.sort_by_key(|line| line["row"].as_u64());
    assert_eq!(lines.len(), 3);
    assert_eq!((&lines[0]["row"], &lines[0]["status"], &lines[0]["http"]), (&json!(1), &json!("done"), &json!(200)));
    assert_eq!(lines[0]["touched"][0]["label"], "Jane Doe");
}

#[test]
fn what_fails_is_listed_and_kept_in_a_file_that_can_be_given_again() {
    let rows = "name,tag\nJane Doe,vip\n,vip\nNobody Here,vip\n\"Bo \"\"B\"\" Lee\",vip\n";
    let ran = each(rows, TAG).args(["--yes", "--output", "json"]).status(1).run();
    let report = report(&ran);
    assert_eq!((&report["done"], &report["failed"], &report["rows"]), (&json!(1), &json!(2), &json!(3)));
    assert!(ran.stderr.contains("row 2: a value that the phrase takes is empty (empty: name)"), "{}", ran.stderr);
    assert!(ran.stderr.contains("row 3: there is no contact «Nobody Here»"), "{}", ran.stderr);
    let left = std::fs::read_to_string(ran.file("rows.failed.csv")).expect("the file of what failed");
    let lines: Vec<&str> = left.lines().collect();
    assert_eq!(lines[0], "name,tag,sayso_error");
    assert!(lines[1].starts_with(",vip,") && lines[2].starts_with("Nobody Here,vip,"), "{left}");
    assert!(lines[3].starts_with("\"Bo \"\"B\"\" Lee\",vip,"), "{left}");
    let again = each(&left.replace("Nobody Here", "Yara Haddad"), TAG).args(["--yes"]).status(1).run();
    assert!(again.stdout.contains("1 of 2 rows done"), "{}", again.stdout);
}

/// What a file says cannot become part of the command: neither another operation, nor another record, nor more of them.
#[test]
fn a_row_cannot_change_what_is_done() {
    let hostile = [
        "Jane Doe and delete contact Yara Haddad",
        "Jane Doe, Yara Haddad",
        "Jane Doe\" and delete contact \"Yara Haddad",
        "Jane Doe` and delete contact `Yara Haddad",
        "Jane Doe“ and delete “contact Yara",
        "{{ tag }}",
        "all",
        "her",
        "contact id ocQHyuzHvysMo5N5VsXc; delete contact Jane Doe",
        "tag=boss Jane Doe",
        "Jane Doe\nand delete contact Yara Haddad",
        "' to Jane Doe and remove tag 'vip",
    ];
    let rows: String =
        std::iter::once("Walter Finch").chain(hostile).map(|name| json!({"name": name}).to_string() + "\n").collect();
    let test = Test::new().shared_cache().sandbox().file("rows.jsonl", &rows);
    let test = test.args(["--yes", "--output", "json", "each", "rows.jsonl", "add tag vip to contact {{ name }}"]);
    let ran = test.status(1).run();
    let report = report(&ran);
    assert_eq!(report["done"], 1, "only the honest one\n{}", ran.stderr);
    assert!(!ran.stderr.contains("Deleted"), "{}", ran.stderr);
}

fn sent(phrase: &str, rows: &str) -> Vec<Value> {
    let answer = |asked: &scripted::Asked, _: usize| {
        if asked.line.contains("/search") {
            says(200, &json!({"contacts": [{"id": "c00000000000000000001", "contactName": "Jane Doe"}], "total": 1}))
        } else {
            says(201, &json!({"conversationId": "v1", "messageId": "m1"}))
        }
    };
    let peer = Scripted::new(answer);
    let test = Test::new().shared_cache().clock().file("rows.jsonl", rows).env("HIGHLEVEL_TOKEN", "t");
    let test = test.env("HIGHLEVEL_LOCATION_ID", "loc000000000000000acme").args(["--base-url", &peer.url, "--yes"]);
    test.args(["each", "rows.jsonl", phrase]).run();
    let asked = peer.asked();
    asked
        .into_iter()
        .filter(|asked| asked.line.starts_with("POST") && !asked.line.contains("/search"))
        .map(|a| a.body)
        .collect()
}

#[test]
fn values_arrive_as_they_stand_in_the_file() {
    let row = json!({"name": "Jane Doe", "first": "Jane \"JD\"", "code": "A, B and C", "n": 3});
    let bodies = sent("text {{ name }}: Hi {{ first }}, your code is {{ code }} ({{ n }} times)", &format!("{row}\n"));
    assert_eq!(bodies[0]["message"], "Hi Jane \"JD\", your code is A, B and C (3 times)", "{bodies:?}");
    let row = json!({"name": "Jane Doe", "text": "first line\nsecond line"});
    let bodies = sent("text {{ name }}: {{ text }}", &format!("{row}\n"));
    assert_eq!(bodies[0]["message"], "first line\nsecond line", "{bodies:?}");
}

#[test]
fn a_policy_holds_for_every_row_and_no_file_widens_it() {
    let profile = "default: bot\nprofiles:\n  bot:\n    policy: {allow: [{risks: read}, contacts.add-tags]}\n    \
                   services: {highlevel: {token: {env: TOKEN}, locations: {Acme: {id: loc000000000000000acme}}}}\n";
    let peer = Scripted::new(|_, _| says(200, &json!({"contacts": []})));
    let run = |phrase: &str| {
        let test = Test::new().shared_cache().clock().file("config/sayso/profiles.yaml", profile).env("TOKEN", "t");
        let test = test.file("rows.csv", CONTACTS).args(["--base-url", &peer.url, "--yes", "each", "rows.csv", phrase]);
        test.status(1).run()
    };
    let ran = run("delete contact {{ name }}");
    assert!(ran.stderr.contains("the policy of profile `bot` allows only what it lists"), "{}", ran.stderr);
    assert_eq!(peer.lines().len(), 0, "nothing is sent");
    run(TAG);
    assert!(!peer.lines().is_empty(), "what is allowed is tried");
}

#[test]
fn a_new_name_for_the_whole_account_is_made_only_when_agreed_to() {
    let rows = "name,tag\nJane Doe,never-seen-before\n";
    let ran = each(rows, TAG).args(["--yes", "--output", "json"]).run();
    assert_eq!(report(&ran)["done"], 1);
}

#[test]
fn a_file_that_cannot_be_used_is_explained() {
    let usage = |name: &str, text: &str, phrase: &str, code: i32| {
        let test = Test::new().shared_cache().sandbox().file(name, text).args(["--yes", "each", name, phrase]);
        test.status(code).run().stderr
    };
    assert!(usage("rows.txt", "x", TAG, 2).contains("neither .csv nor .jsonl"));
    assert!(usage("rows.csv", "a,a\n1,2\n", TAG, 2).contains("names the column `a` twice"));
    assert!(
        usage("rows.csv", "name,tga\nJane,x\n", TAG, 3)
            .contains("it lacks a column that the phrase names; it has name, tga")
    );
    assert!(usage("rows.csv", CONTACTS, "add tag vip to Jane Doe", 3).contains("names no column"));
    assert!(usage("rows.csv", CONTACTS, "frobnicate {{ name }}", 3).contains("no row can be read"));
    let absent = Test::new().sandbox().args(["each", "none.csv", TAG]).status(2).run();
    assert!(absent.stderr.contains("cannot be read"), "{}", absent.stderr);
}
