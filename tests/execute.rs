//! Sending: what is tried again and what is not, what errors mean, where a credential goes and where it does not.

mod scripted;
mod support;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use scripted::{Scripted, says};
use serde_json::{Value, json};
use support::{Ran, Test};

const SHOP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/shop");
const TOKEN: &str = "tok-very-secret-77";

fn test(peer: &Scripted, args: &[&str]) -> Test {
    let test = Test::new()
        .shared_cache()
        .args(["--endpoints", SHOP, "--base-url", &peer.url])
        .args(args.iter().copied())
        .clock();
    test.env("SHOP_TOKEN", TOKEN).env("SHOP_BRANCH", "br_1")
}

fn call(peer: &Scripted, args: &[&str], operation: &str, params: &Value) -> Value {
    let line = json!({"id": 1, "session": "s", "operation": operation, "params": params});
    let ran = test(peer, &[args, &["pipe"]].concat()).stdin(format!("{line}\n")).run();
    keeps_quiet(&ran);
    ran.json()
}

/// The credential is in nothing that is printed or kept.
fn keeps_quiet(ran: &Ran) {
    assert!(!ran.stdout.contains(TOKEN) && !ran.stderr.contains(TOKEN), "{}{}", ran.stdout, ran.stderr);
    let mut folders = vec![ran.file(".")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else {
                let bytes = std::fs::read(entry.path()).expect("a file");
                assert!(!String::from_utf8_lossy(&bytes).contains(TOKEN), "{}", entry.path().display());
            }
        }
    }
}

fn ok() -> Value {
    json!({"ok": true})
}

fn is_label(line: &str) -> bool {
    line.starts_with("GET /branches/")
}

#[test]
fn the_credential_and_the_version_are_sent() {
    let peer = Scripted::new(|_, _| says(200, &json!({"member": {"id": "m_1", "name": "Jane"}})));
    let answer = call(&peer, &[], "members.get", &json!({"memberId": "m_1"}));
    assert_eq!(answer["status"], "done", "{answer}");
    assert_eq!(answer["response"], json!({"status": 200, "body": {"member": {"id": "m_1", "name": "Jane"}}}));
    assert!(answer["took_ms"].is_u64());
    let asked = peer.asked().remove(0);
    assert_eq!(asked.header("authorization"), Some(format!("Bearer {TOKEN}").as_str()));
    assert_eq!((asked.header("x-version"), asked.header("x-branch")), (Some("3"), Some("br_1")));
}

#[test]
fn an_operation_without_a_token_gets_none() {
    let peer = Scripted::new(|_, _| says(200, &ok()));
    let answer = call(&peer, &[], "session.open", &json!({"user": "j", "secret": "s"}));
    assert_eq!(answer["status"], "done", "{answer}");
    let asked: Vec<_> = peer.asked().into_iter().filter(|a| !is_label(&a.line)).collect();
    assert_eq!(asked[0].header("authorization"), None);
    assert_eq!(asked[0].header("content-type"), Some("application/x-www-form-urlencoded"));
}

#[test]
fn reads_are_tried_again_after_passing_faults() {
    let peer = Scripted::new(|_, before| match before {
        0 => says(503, &ok()),
        1 => says(200, &ok()).hangs_up(),
        _ => says(200, &json!({"member": {"id": "m_1", "name": "Jane"}})),
    });
    assert_eq!(call(&peer, &[], "members.get", &json!({"memberId": "m_1"}))["status"], "done");
    assert_eq!(peer.lines().len(), 3);
}

#[test]
fn a_write_is_never_tried_again_blindly() {
    for answer in [says(503, &ok()), says(500, &ok()), says(200, &ok()).hangs_up()] {
        let peer = Scripted::new(move |asked, _| if is_label(&asked.line) { says(404, &ok()) } else { answer.clone() });
        let answer = call(&peer, &["--yes"], "members.add-badges", &json!({"memberId": "m_1", "badges": ["vip"]}));
        assert_eq!(answer["status"], "failed", "{answer}");
        assert_eq!(answer["error"]["kind"], "unknown", "{answer}");
        let writes = peer.lines().into_iter().filter(|l| l.starts_with("POST")).count();
        assert_eq!(writes, 1);
    }
}

#[test]
fn a_429_did_not_act_so_a_write_goes_again_after_the_time_it_asks_for() {
    // The name of the account is looked up beside it, sooner or later.
    let tried = AtomicUsize::new(0);
    let peer = Scripted::new(move |asked, _| match asked.line.starts_with("DELETE") {
        true if tried.fetch_add(1, Ordering::Relaxed) == 0 => says(429, &ok()).header("X-Interval", "900"),
        true => says(200, &ok()),
        false => says(404, &ok()),
    });
    let started = Instant::now();
    let answer = call(&peer, &["--yes"], "members.delete", &json!({"memberId": "m_1"}));
    assert_eq!(answer["status"], "done", "{answer}");
    assert!(started.elapsed() >= Duration::from_millis(900));
    assert_eq!(peer.lines().iter().filter(|l| l.starts_with("DELETE")).count(), 2);
}

#[test]
fn errors_are_told_by_their_cause_and_remedy() {
    let peer = Scripted::new(|_, _| says(401, &json!({"message": format!("no scope for {TOKEN}")})));
    let ran = test(&peer, &["show member m_1"]).status(5).run();
    keeps_quiet(&ran);
    assert!(
        ran.stderr.contains("The token lacks a scope (Shop answered 401: no scope for [redacted])"),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("Add the scope."), "{}", ran.stderr);
    let peer = Scripted::new(|_, _| says(418, &json!(null)));
    let answer = call(&peer, &[], "members.get", &json!({"memberId": "m_1"}));
    assert_eq!(answer["error"]["kind"], "api", "{answer}");
    assert_eq!(answer["error"]["hint"], "Ask for tea.");
    assert_eq!(answer["response"]["status"], 418);
}

#[test]
fn a_redirect_is_not_followed() {
    let thief = Scripted::new(|_, _| says(200, &ok()));
    let target = format!("{}/stolen", thief.url);
    let peer = Scripted::new(move |_, _| says(302, &json!(null)).header("Location", &target));
    let answer = call(&peer, &[], "members.get", &json!({"memberId": "m_1"}));
    assert_eq!(answer["status"], "failed", "{answer}");
    assert!(thief.lines().is_empty());
}

#[test]
fn any_bytes_may_come_back() {
    let peer = Scripted::new(|_, _| says(200, &ok()).bytes(b"\xff\xfe not json"));
    let answer = call(&peer, &[], "members.get", &json!({"memberId": "m_1"}));
    assert_eq!(answer["status"], "done", "{answer}");
    assert_eq!(answer["response"]["body"], "\u{fffd}\u{fffd} not json");
    let peer = Scripted::new(|_, _| says(200, &ok()).bytes(b""));
    let answer = call(&peer, &[], "members.get", &json!({"memberId": "m_1"}));
    assert_eq!(answer["response"]["body"], Value::Null, "{answer}");
}

#[test]
fn without_a_credential_nothing_is_sent() {
    let peer = Scripted::new(|_, _| says(200, &ok()));
    let ran = Test::new().args(["--endpoints", SHOP, "--base-url", &peer.url, "show member m_1"]).status(5).run();
    assert!(ran.stderr.contains("SHOP_TOKEN"), "{}", ran.stderr);
    assert!(peer.lines().is_empty());
}

#[test]
fn plain_http_is_for_this_machine_only() {
    let ran = Test::new().args(["--endpoints", SHOP, "--base-url", "http://shop.example", "show member m_1"]).status(2);
    assert!(ran.run().stderr.contains("https"));
}

#[test]
fn nobody_at_home_is_told_and_not_waited_for() {
    let mut peer = Scripted::new(|_, _| says(200, &ok()));
    let gone = { std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("its address") };
    peer.url = format!("http://{gone}");
    let answer = call(&peer, &[], "members.get", &json!({"memberId": "m_1"}));
    assert_eq!(answer["error"]["kind"], "network", "{answer}");
}

#[test]
fn what_cannot_be_taken_back_asks_first() {
    let branch = || json!({"branch": {"id": "br_1", "name": "Main Street"}});
    let peer = Scripted::new(move |asked, _| says(200, &if is_label(&asked.line) { branch() } else { ok() }));
    let answer = call(&peer, &[], "members.delete", &json!({"memberId": "m_1"}));
    assert_eq!(answer["status"], "needs_confirmation", "{answer}");
    assert_eq!(answer["question"], "Delete member m_1 in Main Street? (it cannot be taken back)");
    assert!(!peer.lines().iter().any(|l| l.starts_with("DELETE")));
    let phrase = "delete member m_1";
    test(&peer, &[phrase]).status(4).run();
    assert!(!peer.lines().iter().any(|l| l.starts_with("DELETE")));
    let ran = test(&peer, &["--yes", phrase]).run();
    assert!(
        ran.stdout.starts_with("✓ Deleted member m_1 · Main Street · DELETE /members/m_1 · 200 · "),
        "{}",
        ran.stdout
    );
    let refused = call(&peer, &["--read-only", "--yes"], "members.delete", &json!({"memberId": "m_1"}));
    assert_eq!(refused["error"]["kind"], "read_only", "{refused}");
    let bulk = call(&peer, &[], "bulk.replace", &json!({"body": []}));
    assert_eq!(bulk["status"], "needs_confirmation", "{bulk}");
}

#[test]
fn a_dry_run_sends_look_ups_only() {
    let found = || json!({"members": [{"id": "m_1", "name": "Jane Doe"}]});
    let peer =
        Scripted::new(move |asked, _| says(200, &if asked.line.starts_with("GET /members?") { found() } else { ok() }));
    let ran = test(&peer, &["--dry-run", "--yes", "delete member Jane Doe"]).run();
    assert!(ran.stdout.contains("DELETE") && ran.stdout.contains("/members/m_1"), "{}", ran.stdout);
    assert!(peer.lines().iter().all(|l| l.starts_with("GET")), "{:?}", peer.lines());
    test(&peer, &["--dry-run", "show member m_1"]).run();
    assert!(!peer.lines().contains(&"GET /members/m_1".to_owned()), "the main step is not sent, even when it reads");
}

#[test]
fn the_first_failure_of_several_steps_ends_it() {
    let peer = Scripted::new(|asked, _| match asked.line.as_str() {
        "GET /badges" => says(200, &json!({"badges": [{"name": "vip"}]})),
        "POST /members/m_2/badges" => says(418, &ok()),
        _ => says(200, &ok()),
    });
    let say = "add badge vip to m_1 and add badge vip to m_2 and add badge vip to m_3";
    let line = json!({"id": 1, "say": say});
    let ran = test(&peer, &["pipe"]).stdin(format!("{line}\n")).run();
    let answer = ran.json();
    assert_eq!(answer["status"], "failed", "{answer}");
    assert_eq!(answer["steps"].as_array().map(Vec::len), Some(2), "{answer}");
    let hint = answer["error"]["hint"].as_str().unwrap_or_default();
    assert!(hint.contains("Done before: Added badge vip to m_1; 1 more not tried."), "{answer}");
    assert!(!peer.lines().contains(&"POST /members/m_3/badges".to_owned()));
}

fn page_of(line: &str, name: &str) -> Option<String> {
    let query = line.split_once('?')?.1;
    url::form_urlencoded::parse(query.as_bytes()).find(|(n, _)| n == name).map(|(_, v)| v.into_owned())
}

fn number(line: &str, name: &str, default: usize) -> usize {
    page_of(line, name).and_then(|v| v.parse().ok()).unwrap_or(default)
}

/// Five records, handed out by offset, by page number or by the mark of the last one.
fn five() -> Scripted {
    Scripted::new(|asked, _| {
        let line = asked.line.as_str();
        let size = number(line, "limit", 2);
        let (key, from) = if line.starts_with("GET /members") {
            ("members", number(line, "skip", 0))
        } else if line.starts_with("GET /orders") {
            ("orders", (number(line, "page", 1) - 1) * size)
        } else {
            ("events", number(line, "after", 0))
        };
        let all = (1..=5).map(|n| json!({"id": format!("x_{n}"), "name": format!("N{n}"), "mark": n.to_string()}));
        says(200, &json!({key: all.skip(from).take(size).collect::<Vec<_>>()}))
    })
}

#[test]
fn lists_are_followed_to_their_end_in_every_style() {
    for (operation, count) in [("members.search", 3), ("orders.list", 3), ("events.list", 3)] {
        let peer = five();
        let phrase = match operation {
            "members.search" => "list members",
            "orders.list" => "list orders",
            _ => "list events",
        };
        let ran = test(&peer, &["--all", "--output", "json", phrase]).run();
        assert_eq!(ran.json().as_array().map(Vec::len), Some(5), "{operation}: {}", ran.stdout);
        assert_eq!(peer.lines().len(), count, "{operation}: {:?}", peer.lines());
        let peer = five();
        let ran = test(&peer, &["--limit", "3", "--output", "json", phrase]).run();
        assert_eq!(ran.json().as_array().map(Vec::len), Some(3), "{operation}: {}", ran.stdout);
        let peer = five();
        let ran = test(&peer, &["--output", "json", phrase]).run();
        assert_eq!((ran.json().as_array().map(Vec::len), peer.lines().len()), (Some(2), 1), "{operation}");
    }
}

#[test]
fn an_api_that_ignores_the_page_does_not_trap() {
    let peer = Scripted::new(|_, _| says(200, &json!({"members": [{"id": "m_1"}, {"id": "m_2"}]})));
    let ran = test(&peer, &["--all", "--output", "json", "list members"]).run();
    assert!(ran.json().as_array().is_some_and(|r| r.len() <= 4), "{}", ran.stdout);
    assert_eq!(peer.lines().len(), 2);
}
