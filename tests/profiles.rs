//! Profiles: whose token goes with which request, what is explained before anything is sent, and how profiles are written.

mod scripted;
mod support;

use scripted::{Asked, Scripted, says};
use serde_json::{Value, json};
use support::Test;

const FILE: &str = "config/sayso/profiles.yaml";
const DENTAL: &str = "loc0000000000000dental";
const GLOBEX: &str = "loc0000000000000globex";
const CONTACT: &str = "c00000000000000000001";

const ACME: &str = "
default: acme
profiles:
  acme:
    title: Acme Agency
    services:
      highlevel:
        token: {env: ACME_AGENCY, kind: agency}
        context: {companyId: co0000000000000000001}
        location: Acme Dental
        locations:
          Acme Dental: {id: loc0000000000000dental, token: {env: ACME_DENTAL}}
          Globex Clinics:
            id: loc0000000000000globex
            also: [globex]
            token: {env: ACME_GLOBEX, scopes: [contacts.readonly]}
  lonely:
    services:
      highlevel:
        token: {env: ACME_AGENCY, kind: agency}
";

/// A peer that answers everything, and a run with the profiles and every token in the environment.
fn peer() -> Scripted {
    Scripted::new(|asked, _| match asked.line.as_str() {
        line if line.starts_with("GET /contacts/") => {
            says(200, &json!({"contact": {"id": CONTACT, "contactName": "jane"}}))
        }
        _ => says(200, &json!({"contacts": [], "snapshots": [], "total": 0})),
    })
}

fn test(peer: &Scripted, args: &[&str]) -> Test {
    let test = Test::new().args(["--base-url", &peer.url]).args(args.iter().copied()).clock().file(FILE, ACME);
    test.env("ACME_AGENCY", "tok-agency-1").env("ACME_DENTAL", "tok-dental-2").env("ACME_GLOBEX", "tok-globex-3")
}

fn line(operation: &str, params: &Value) -> Value {
    json!({"id": 1, "operation": operation, "params": params})
}

fn call(peer: &Scripted, args: &[&str], line: &Value) -> Value {
    test(peer, &[args, &["pipe"]].concat()).stdin(format!("{line}\n")).run().json()
}

fn get() -> Value {
    line("contacts.get", &json!({"contactId": CONTACT}))
}

fn bearer(asked: &Asked) -> &str {
    asked.header("authorization").and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default()
}

/// The tokens that came along, in order.
fn tokens(peer: &Scripted) -> Vec<String> {
    peer.asked().iter().map(|asked| bearer(asked).to_owned()).collect()
}

#[test]
fn each_location_goes_by_its_name_and_has_its_own_token() {
    let peer = peer();
    assert_eq!(call(&peer, &[], &get())["status"], "done");
    assert_eq!(call(&peer, &["--location", "Globex Clinics"], &get())["status"], "done");
    assert_eq!(call(&peer, &["--location", "globex"], &get())["status"], "done");
    assert_eq!(call(&peer, &["--location", DENTAL], &get())["status"], "done");
    assert_eq!(tokens(&peer), ["tok-dental-2", "tok-globex-3", "tok-globex-3", "tok-dental-2"]);
    let search = line("contacts.search", &json!({"query": "x"}));
    assert_eq!(call(&peer, &["--location", "GLOBEX  clinics"], &search)["status"], "done");
    let last = peer.asked().pop().expect("a request");
    assert_eq!((last.body["locationId"].as_str(), bearer(&last)), (Some(GLOBEX), "tok-globex-3"));
}

#[test]
fn the_kind_of_token_follows_the_operation() {
    let peer = peer();
    assert_eq!(call(&peer, &[], &line("snapshots.list", &json!({})))["status"], "done");
    assert_eq!(call(&peer, &[], &get())["status"], "done");
    assert_eq!(tokens(&peer), ["tok-agency-1", "tok-dental-2"]);
    assert!(peer.lines()[0].contains("companyId=co0000000000000000001"), "{:?}", peer.lines());
}

#[test]
fn a_location_that_the_values_name_decides_the_token() {
    let peer = peer();
    let search = line("contacts.search", &json!({"query": "x", "locationId": GLOBEX}));
    assert_eq!(call(&peer, &[], &search)["status"], "done");
    assert_eq!(tokens(&peer), ["tok-globex-3"]);
}

#[test]
fn a_token_of_the_wrong_kind_is_explained_and_nothing_is_sent() {
    let peer = peer();
    let answer = call(&peer, &["--profile", "lonely", "--location", DENTAL], &get());
    assert_eq!((answer["status"].as_str(), answer["error"]["kind"].as_str()), (Some("refused"), Some("credentials")));
    let message = answer["error"]["message"].as_str().unwrap_or_default();
    assert_eq!(
        message,
        "`contacts.get` takes a token of the sub-account, and profile `lonely` has only one of the agency"
    );
    let hint = answer["error"]["hint"].as_str().unwrap_or_default();
    assert!(hint.contains(&format!("sayso setup --profile lonely --location {DENTAL}")), "{hint}");
    assert!(peer.lines().is_empty());
}

#[test]
fn a_scope_that_the_token_was_not_given_is_named_before_anything_is_sent() {
    let peer = peer();
    let line = line("contacts.add-tags", &json!({"contactId": CONTACT, "tags": ["vip"]}));
    let answer = call(&peer, &["--location", "globex"], &line);
    assert_eq!((answer["status"].as_str(), answer["error"]["kind"].as_str()), (Some("refused"), Some("credentials")));
    let message = answer["error"]["message"].as_str().unwrap_or_default();
    assert!(message.starts_with("`contacts.add-tags` needs the scope contacts.write"), "{message}");
    let hint = answer["error"]["hint"].as_str().unwrap_or_default();
    assert!(hint.contains("Settings → Private Integrations") && hint.contains("profiles.yaml:16"), "{hint}");
    assert!(peer.lines().is_empty());
    assert_eq!(call(&peer, &["--location", "globex"], &get())["status"], "done", "a scope that was given is enough");
}

#[test]
fn use_works_in_another_account_for_the_rest_of_a_session() {
    let peer = peer();
    let lines = [
        json!({"id": 1, "session": "s", "say": "use Globex"}),
        json!({"id": 2, "session": "s", "operation": "contacts.get", "params": {"contactId": CONTACT}}),
        json!({"id": 3, "session": "s", "say": "Use location Acme Dental."}),
        json!({"id": 4, "session": "s", "operation": "contacts.get", "params": {"contactId": CONTACT}}),
        json!({"id": 5, "session": "s", "operation": "contacts.get", "params": {"contactId": CONTACT}, "location": GLOBEX}),
    ];
    let input = lines.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n") + "\n";
    let answers = test(&peer, &["pipe"]).stdin(input).run().json_lines();
    assert_eq!(answers[0], json!({"id": 1, "status": "done", "note": format!("Working in Globex Clinics ({GLOBEX})")}));
    assert_eq!(answers[2]["note"], format!("Working in Acme Dental ({DENTAL})"));
    assert_eq!(tokens(&peer), ["tok-globex-3", "tok-dental-2", "tok-globex-3"]);
}

#[test]
fn the_profile_is_the_one_that_is_named_else_the_default_else_none() {
    let peer = peer();
    let run = |args: &[&str], variable: &str| {
        let test =
            test(&peer, &[args, &["pipe"]].concat()).env("SAYSO_PROFILE", variable).env("HIGHLEVEL_TOKEN", "tok-env-4");
        test.stdin(format!("{}\n", get())).run().json()
    };
    assert_eq!(run(&[], "lonely")["status"], "refused");
    assert_eq!(run(&["--profile", "acme"], "lonely")["status"], "done");
    assert_eq!(run(&["--profile", "none"], "")["status"], "done");
    assert_eq!(tokens(&peer), ["tok-dental-2", "tok-env-4"]);
    let ran = test(&peer, &["--profile", "acne", "show contact x"]).status(2).run();
    assert!(ran.stderr.contains("no profile is called `acne`\n  did you mean `acme`?"), "{}", ran.stderr);
}

#[test]
fn profiles_are_listed_without_their_tokens() {
    let peer = peer();
    let ran = test(&peer, &["profiles"]).run();
    assert!(
        ran.stdout.starts_with("acme (default): Acme Agency\n  highlevel at https://services.leadconnectorhq.com\n"),
        "{}",
        ran.stdout
    );
    assert!(ran.stdout.contains("token in the variable ACME_AGENCY, agency\n"), "{}", ran.stdout);
    assert!(
        ran.stdout.contains(&format!("Acme Dental ({DENTAL}, the usual one): token in the variable ACME_DENTAL")),
        "{}",
        ran.stdout
    );
    assert!(!ran.stdout.contains("tok-"), "{}", ran.stdout);
    let listed = test(&peer, &["--output", "json", "profiles"]).run().json();
    assert_eq!(listed[0]["services"][0]["locations"][1]["token"]["scopes"], json!(["contacts.readonly"]));
}

#[test]
fn a_token_goes_to_its_own_host_and_no_other() {
    let test = Test::new().args(["--base-url", "https://elsewhere.invalid", "pipe"]).clock().file(FILE, ACME);
    let answer = test.env("ACME_DENTAL", "tok-dental-2").stdin(format!("{}\n", get())).run().json();
    let message = answer["error"]["message"].as_str().unwrap_or_default();
    assert!(
        message.contains(
            "were given for https://services.leadconnectorhq.com, and are not sent to https://elsewhere.invalid"
        ),
        "{answer}"
    );
}

#[cfg(unix)]
#[test]
fn setup_writes_a_profile_from_standard_input_and_adds_to_it() {
    use std::os::unix::fs::PermissionsExt;
    let first = Test::new().args(["setup", "--profile", "mine", "--location", DENTAL, "--name", "Acme Dental"]);
    let ran = first.args(["--scopes", "contacts.readonly,contacts.write"]).stdin("tok-fresh-1\n").run();
    assert!(!ran.stdout.contains("tok-fresh") && !ran.stderr.contains("tok-fresh"));
    let text = std::fs::read_to_string(ran.file(FILE)).expect("the profile");
    assert!(!text.contains("tok-fresh"), "{text}");
    let kept = ran.file(&format!("config/sayso/tokens/mine.highlevel.{DENTAL}"));
    assert_eq!(std::fs::read_to_string(&kept).expect("the token"), "tok-fresh-1\n");
    for file in [kept, ran.file(FILE)] {
        let mode = std::fs::metadata(&file).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{}", file.display());
    }
    let more =
        Test::new().file(FILE, &text).args(["setup", "--profile", "mine", "--kind", "agency", "--token-env", "AGENCY"]);
    let text = std::fs::read_to_string(more.run().file(FILE)).expect("the profile");
    let peer = peer();
    let all = Test::new().args(["--base-url", &peer.url, "pipe"]).clock().file(FILE, &text);
    let all = all
        .file(&format!("config/sayso/tokens/mine.highlevel.{DENTAL}"), "tok-fresh-1\n")
        .env("AGENCY", "tok-agency-9");
    let path = all.path().join(format!("config/sayso/tokens/mine.highlevel.{DENTAL}"));
    let close = |mode: u32| std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).expect("it is ours");
    close(0o600);
    let two = format!(
        "{}\n{}\n",
        get(),
        json!({"id": 2, "operation": "snapshots.list", "params": {"companyId": "co0000000000000000001"}})
    );
    let answers = all.stdin(two).run().json_lines();
    assert!(answers.iter().all(|answer| answer["status"] == "done"), "{answers:?}\n{text}");
    let mut sent = tokens(&peer);
    sent.sort();
    assert_eq!(sent, ["tok-agency-9", "tok-fresh-1"]);
}

#[cfg(unix)]
#[test]
fn a_token_file_that_others_can_read_is_not_used() {
    use std::os::unix::fs::PermissionsExt;
    let profile = |more: &str| {
        format!("default: a\nprofiles:\n  a:\n    services:\n      highlevel:\n        token: {{file: tok{more}}}\n")
    };
    let peer = peer();
    let run = |more: &str| {
        let test = Test::new().args(["--base-url", &peer.url, "pipe"]).clock().file(FILE, &profile(more));
        let test = test.file("config/sayso/tok", "tok-file-5\n").stdin(format!("{}\n", get()));
        let path = test.path().join("config/sayso/tok");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).expect("it is ours");
        test.run().json()
    };
    let answer = run("");
    assert!(answer["error"]["hint"].as_str().is_some_and(|h| h.contains("chmod 600")), "{answer}");
    assert!(peer.lines().is_empty());
    assert_eq!(run(", shared: true")["status"], "done");
    assert_eq!(tokens(&peer), ["tok-file-5"]);
}

#[test]
fn mistakes_are_located_and_a_pasted_token_is_not_repeated() {
    let wrong = "
profiles:
  a:
    servces: {}
    policy:
      deny: [contacts.delet]
    services:
      highlevel:
        token: pit-pasted-0123456789
        locations:
          Acme: {name: x}
";
    let ran = Test::new().file(FILE, wrong).arg("profiles").status(2).run();
    for part in [
        "unknown key `servces`",
        "did you mean `services`?",
        "no operation is called `contacts.delet`",
        "did you mean `contacts.delete`?",
        "`token` says where the token is kept, not what it is",
        "has no `id`",
        "profiles.yaml:4:5",
        "profiles.yaml:9:16",
    ] {
        assert!(ran.stderr.contains(part), "{part}: {}", ran.stderr);
    }
    assert!(!ran.stderr.contains("pit-pasted"), "{}", ran.stderr);
}

#[test]
fn a_missing_variable_is_told_when_it_is_needed() {
    let peer = peer();
    let test =
        Test::new().args(["--base-url", &peer.url, "pipe"]).clock().file(FILE, ACME).env("ACME_AGENCY", "tok-agency-1");
    let answer = test.stdin(format!("{}\n", get())).run().json();
    assert_eq!(answer["error"]["message"], "the variable ACME_DENTAL is not set", "{answer}");
    assert!(peer.lines().is_empty());
}

#[test]
fn the_country_of_a_profile_reads_its_phone_numbers() {
    let text = ACME.replace("        location: Acme Dental\n", "        location: Acme Dental\n        country: GB\n");
    let peer = peer();
    let test = test(&peer, &["--dry-run", "--output", "json", "create contact Otto with phone 020 7946 0018"])
        .file(FILE, &text);
    assert!(test.run().stdout.contains("+442079460018"));
}
