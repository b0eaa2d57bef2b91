//! The command line: what is typed, what comes out, on which stream, with which code.

mod support;

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use serde_json::json;
use support::{Sandbox, Test};

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
    assert_eq!(lines.len(), 6, "{}", ran.stdout);
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
    assert_eq!(lines[4..], ["0 wrong calls refused, 0 not", "2 passed, 4 failed"]);
}

#[test]
fn a_case_of_an_unknown_operation_is_a_mistake_in_the_catalog() {
    let cases = "contacts.explode:\n  - say: [explode the contact]\n";
    let test = Test::new().args(["catalog", "test", "mine"]).file("mine/highlevel/contacts.test.yaml", cases);
    let ran = test.status(6).stdout("").run();
    assert!(ran.stderr.contains("mine/highlevel/contacts.test.yaml:1:1"), "{}", ran.stderr);
    assert!(ran.stderr.contains("no operation is named `contacts.explode`"), "{}", ran.stderr);
}

/// The line of a step that ran, its time left out.
fn without_time(text: &str) -> String {
    text.lines().map(|line| line.rsplit_once(" · ").map_or(line, |(line, _)| line).to_owned() + "\n").collect()
}

#[test]
fn a_write_tells_what_was_done_where_and_how() {
    let ran = Test::new().sandbox().arg("add tag vip to contact Jane Doe").stderr("").run();
    let line = "✓ Added tag vip to Jane Doe · Acme Dental · POST /contacts/ocQHyuzHvysMo5N5VsXc/tags · 201\n";
    assert_eq!(without_time(&ran.stdout), line);
}

#[test]
fn data_comes_in_every_form_and_nothing_else_is_on_standard_output() {
    let list = |form: &str| {
        let test = Test::new().sandbox().args(["--output", form, "--fields", "lastName,email", "--limit", "2"]);
        test.arg("list contacts").stderr("").run().stdout
    };
    let records = json!([
        {"lastName": "Haddad", "email": "yara.haddad@example.com"},
        {"lastName": "Finch", "email": null},
    ]);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&list("json")).expect("JSON"), records);
    let lines: Vec<serde_json::Value> = list("jsonl").lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    assert_eq!(serde_json::Value::Array(lines), records);
    assert_eq!(list("csv"), "lastName,email\nHaddad,yara.haddad@example.com\nFinch,\n");
    assert_eq!(
        list("yaml"),
        "- lastName: Haddad\n  email: yara.haddad@example.com\n- lastName: Finch\n  email: null\n"
    );
    let table = list("table");
    let table: Vec<&str> = table.lines().skip(1).collect();
    let rows = ["lastName  email", "Haddad    yara.haddad@example.com", "Finch"];
    assert_eq!(table[..3], rows);
}

#[test]
fn all_follows_a_list_to_its_end() {
    let ran = Test::new().sandbox().args(["--all", "--output", "jsonl", "list contacts"]).stderr("").run();
    let ids: std::collections::BTreeSet<String> = ran.json_lines().iter().map(|r| r["id"].to_string()).collect();
    assert_eq!(ids.len(), ran.json_lines().len());
    assert!(ids.len() > 30, "{}", ids.len());
}

#[test]
fn exit_codes_tell_what_kind_of_end_it_was() {
    let said = |phrase: &str| Test::new().sandbox().arg(phrase).stdout("");
    assert!(said("frobnicate the gizmo").status(3).run().stderr.starts_with("✗ "));
    let question = said("add tag vip to contact Jane").status(3).run().stderr;
    assert!(question.contains("\n  1. Jane Doe") && question.contains("\n  2. Jane Porter"), "{question}");
    assert!(said("show contact Nobody Anywhere").status(3).run().stderr.contains("Nobody Anywhere"));
    assert!(said("delete contact Jane Doe").status(4).run().stderr.ends_with("Say it again with --yes to go on.\n"));
    assert!(said("delete contact").status(4).run().stderr.ends_with("Say it again with the answer in it.\n"));
    Test::new().sandbox().args(["--read-only", "add tag vip to Jane Doe"]).status(1).stdout("").run();
    let away = Test::new().env("HIGHLEVEL_LOCATION_ID", "Dx2vkLQJtftdhTwK6Yzx").args(["list contacts"]);
    assert!(away.status(5).stdout("").run().stderr.contains("HIGHLEVEL_TOKEN"));
    let broken = Test::new().file("mine/highlevel/contacts.yaml", "operations:\n  contacts.x:\n    requets: GET /x\n");
    let broken = broken.args(["--endpoints", "mine", "list contacts"]).status(6).stdout("").run();
    assert!(broken.stderr.contains("mine/highlevel/contacts.yaml:3:5"), "{}", broken.stderr);
    assert!(broken.stderr.contains("did you mean `request`?"), "{}", broken.stderr);
}

#[test]
fn what_the_service_refuses_is_the_exit_code_one() {
    let sandbox = Sandbox::start(&["--fault", "500:1"]);
    let ran =
        Test::new().against(&sandbox).args(["add tag vip to contact ocQHyuzHvysMo5N5VsXc"]).status(1).stdout("").run();
    assert!(ran.stderr.contains("500"), "{}", ran.stderr);
}

#[test]
fn yes_agrees_in_advance() {
    let ran = Test::new().sandbox().args(["--yes", "delete contact Jane Doe"]).stderr("").run();
    assert!(ran.stdout.starts_with("✓ Deleted contact Jane Doe · Acme Dental · DELETE /contacts/"), "{}", ran.stdout);
}

#[test]
fn a_dry_run_prints_the_exact_request_without_the_token() {
    let token = "pit-11111111-2222-3333-4444-555555555555";
    let test = Test::new().clock().env("HIGHLEVEL_TOKEN", token).env("HIGHLEVEL_LOCATION_ID", "Dx2vkLQJtftdhTwK6Yzx");
    let ran = test.args(["--dry-run", "create contact Ann Lee with email ann@lee.org"]).stderr("").run();
    let wanted = "\
POST https://services.leadconnectorhq.com/contacts/
Accept: application/json
Version: 2021-07-28
Content-Type: application/json
";
    assert!(ran.stdout.starts_with(wanted), "{}", ran.stdout);
    assert!(ran.stdout.contains("\"email\": \"ann@lee.org\""), "{}", ran.stdout);
    assert!(ran.stdout.contains("curl ") && ran.stdout.contains("$HIGHLEVEL_TOKEN"), "{}", ran.stdout);
    assert!(!ran.stdout.contains(token));
}

#[test]
fn explanations_and_curl_lines_are_on_standard_error() {
    let test = Test::new().sandbox().args(["--explain", "--curl", "--output", "json", "show contact Jane Doe"]);
    let ran = test.run();
    assert_eq!(ran.json()["lastName"], "Doe");
    assert!(ran.stderr.contains("contacts.get") && ran.stderr.contains("curl "), "{}", ran.stderr);
}

#[test]
fn help_answers_without_a_conversation() {
    let ran = Test::new().args(["help", "contacts"]).stderr("").run();
    assert!(ran.stdout.contains("Delete a contact  (asks first)\n  delete contact NAME\n"), "{}", ran.stdout);
    assert!(ran.stdout.contains("Add tags to a contact\n"), "{}", ran.stdout);
}

#[test]
fn the_catalog_can_be_searched_and_shown() {
    let ran = Test::new().args(["catalog", "list", "add", "tags", "contact"]).stderr("").run();
    assert!(ran.stdout.starts_with("contacts.add-tags  "), "{}", ran.stdout);
    let ran = Test::new().args(["catalog", "list", "--output", "json"]).run();
    assert!(ran.json().as_array().is_some_and(|all| all.len() > 100));
    for name in ["contacts.add-tags", "post /contacts/{id}/tags"] {
        let shown = Test::new().args(["catalog", "show", name]).stderr("").run().stdout;
        assert!(
            shown.starts_with("contacts.add-tags · Add tags to a contact\nPOST /contacts/{contactId}/tags\n"),
            "{shown}"
        );
        assert!(shown.contains("curl -X POST"), "{shown}");
    }
    let missing = Test::new().args(["catalog", "show", "contacts.ad-tags"]).status(3).stdout("");
    missing.stderr("✗ no operation is `contacts.ad-tags`; did you mean `contacts.add-tags`?\n").run();
    Test::new().args(["catalog", "list", "zzzzz"]).status(3).stdout("").run();
}

#[test]
fn a_new_operation_is_written_checked_and_understood() {
    let test = Test::new().args(["--endpoints", "mine", "catalog", "new", "contacts.freeze"]);
    let ran = test.args(["--request", "POST /contacts/{contactId}/freeze"]).stderr("").run();
    assert!(ran.stdout.starts_with("contacts.freeze is now in mine/highlevel/contacts.yaml\n"), "{}", ran.stdout);
    let written = std::fs::read_to_string(ran.file("mine/highlevel/contacts.yaml")).expect("the file");
    let mine = || Test::new().file("mine/highlevel/contacts.yaml", &written).args(["--endpoints", "mine"]);
    let checked = mine().args(["catalog", "check"]).stderr("").run();
    assert!(checked.stdout.ends_with("no mistakes\n"), "{}", checked.stdout);
    let reading = mine().clock().args(["route", "freeze contact Jane Doe"]).run().json_lines().remove(0);
    assert_eq!(reading["steps"][0]["operation"], "contacts.freeze", "{reading}");
    assert_eq!(reading["steps"][0]["params"], json!({"contactId": "Jane Doe"}));
}

#[test]
fn a_name_cannot_be_looked_up_in_an_account_nobody_named() {
    let ran = Test::new().clock().arg("add tag vip to contact Jane Doe").status(4).stdout("").run();
    assert!(ran.stderr.contains("Set HIGHLEVEL_LOCATION_ID."), "{}", ran.stderr);
}

#[test]
fn a_list_of_no_records_is_usage() {
    Test::new().sandbox().args(["--limit", "0", "list contacts"]).status(2).stdout("").run();
}

#[test]
fn completions_and_a_log_outlive_their_readers() {
    let gone = |args: &[&str], log: bool| {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let test = Test::new();
        let mut command = test.command();
        command.args(args).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        if log {
            command.stderr(writer)
        } else {
            command.stdout(writer)
        };
        command.status().expect("it runs").code()
    };
    assert_eq!(gone(&["completions", "bash"], false), Some(0));
    assert_eq!(gone(&["--sandbox", "-vv", "list users"], true), Some(0));
}
