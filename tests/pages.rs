//! Lists that come in pages: every way an API turns them, what is asked for on each page, and how they are printed.

mod scripted;
mod support;

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use scripted::{Asked, Says, Scripted, says};
use serde_json::{Value, json};
use support::{Ran, Test};

const TOKEN: &str = "pit-pages";

/// The catalog that ships, against a peer.
fn ask(peer: &Scripted, args: &[&str], phrase: &str) -> Ran {
    let test = Test::new().env("HIGHLEVEL_TOKEN", TOKEN).env("HIGHLEVEL_LOCATION_ID", "loc1").clock();
    test.args(["--base-url", &peer.url]).args(args.iter().copied()).arg(phrase).run()
}

fn query(asked: &Asked, name: &str) -> Option<String> {
    let query = asked.line.split_once('?')?.1;
    url::form_urlencoded::parse(query.as_bytes()).find(|(n, _)| n == name).map(|(_, v)| v.into_owned())
}

fn number(asked: &Asked, name: &str) -> Option<usize> {
    query(asked, name)?.parse().ok()
}

fn page(from: usize, to: usize, record: impl Fn(usize) -> Value) -> Vec<Value> {
    (from..to).map(record).collect()
}

/// Asks for all of a list of 5 on a peer that hands out 2 a page, and checks that each came once.
fn all_of(phrase: &str, answer: impl Fn(&Asked, usize) -> Says + Send + Sync + 'static) -> Vec<Asked> {
    let peer = Scripted::new(move |asked, _| answer(asked, 0));
    let ran = ask(&peer, &["--all", "--output", "jsonl", "--fields", "id"], phrase);
    let ids: Vec<Value> = ran.json_lines().iter().map(|line| line["id"].clone()).collect();
    assert_eq!(ids, (0..205).map(|n| json!(format!("r{n}"))).collect::<Vec<_>>(), "{phrase}: {:?}", peer.lines());
    peer.asked()
}

const ALL: usize = 205;

fn id(n: usize) -> String {
    format!("r{n}")
}

fn after_id(text: Option<String>) -> usize {
    text.and_then(|id| id.strip_prefix('r')?.parse::<usize>().ok()).map_or(0, |n| n + 1)
}

#[test]
fn a_cursor_pair_from_the_record() {
    let asked = all_of("list contacts the old way", |asked, _| {
        let from = after_id(query(asked, "startAfterId"));
        let to = (from + 100).min(ALL);
        let contacts = page(from, to, |n| json!({"id": id(n), "startAfter": [1_000 + n, id(n)]}));
        says(200, &json!({"contacts": contacts, "count": ALL}))
    });
    assert_eq!(asked.len(), 3);
    assert_eq!(query(&asked[1], "startAfter").as_deref(), Some("1099"));
    assert!(asked.iter().all(|a| query(a, "locationId").as_deref() == Some("loc1")));
}

#[test]
fn search_after_of_the_last_record() {
    let asked = all_of("list contacts", |asked, _| {
        let from = after_id(asked.body["searchAfter"][1].as_str().map(str::to_owned));
        let contacts = page(from, (from + 100).min(ALL), |n| json!({"id": id(n), "searchAfter": [1_000 + n, id(n)]}));
        says(200, &json!({"contacts": contacts, "total": ALL}))
    });
    assert_eq!(asked.len(), 3);
    assert_eq!(asked[0].body, json!({"locationId": "loc1", "pageLimit": 100}));
    assert_eq!(asked[2].body, json!({"locationId": "loc1", "pageLimit": 100, "searchAfter": [1_199, "r199"]}));
}

#[test]
fn offset_and_limit_as_texts() {
    let asked = all_of("list invoices", |asked, _| {
        let from = number(asked, "offset").unwrap_or(0);
        let to = (from + number(asked, "limit").expect("a limit")).min(ALL);
        says(200, &json!({"invoices": page(from, to, |n| json!({"id": id(n)}))}))
    });
    assert!(asked.iter().all(|a| query(a, "altId").as_deref() == Some("loc1") && query(a, "altType").is_some()));
    assert_eq!(asked.len(), 3);
}

#[test]
fn records_skipped() {
    let asked = all_of("list businesses", |asked, _| {
        let from = number(asked, "skip").unwrap_or(0);
        says(200, &json!({"businesses": page(from, (from + 100).min(ALL), |n| json!({"id": id(n)}))}))
    });
    assert_eq!(asked.len(), 3);
}

#[test]
fn pages_counted() {
    let asked = all_of("list voice agents", |asked, _| {
        let size = number(asked, "pageSize").expect("a size");
        let from = (number(asked, "page").unwrap_or(1) - 1) * size;
        says(200, &json!({"agents": page(from, (from + size).min(ALL), |n| json!({"id": id(n)})), "total": ALL}))
    });
    assert_eq!(asked.len(), 5);
}

#[test]
fn the_last_message() {
    let asked = all_of("list messages of conversation AbCdEfGhIjKlMnOpQrSt", |asked, _| {
        let from = after_id(query(asked, "lastMessageId"));
        let to = (from + 100).min(ALL);
        let messages = page(from, to, |n| json!({"id": id(n), "body": "x"}));
        let last = messages.last().map(|m| m["id"].clone());
        says(200, &json!({"messages": {"lastMessageId": last, "nextPage": to < ALL, "messages": messages}}))
    });
    assert_eq!(asked.len(), 3);
}

#[test]
fn the_date_of_the_last_conversation() {
    let asked = all_of("list conversations", |asked, _| {
        let from = number(asked, "startAfterDate").map_or(0, |date| date - 1_700_000_000_000 + 1);
        let to = (from + 100).min(ALL);
        let list = page(from, to, |n| json!({"id": id(n), "lastMessageDate": 1_700_000_000_000_usize + n}));
        says(200, &json!({"conversations": list, "total": ALL}))
    });
    assert_eq!(asked.len(), 3);
}

#[test]
fn the_cursor_of_an_export() {
    let asked = all_of("export all messages", |asked, _| {
        let from = query(asked, "cursor").map_or(0, |c| c.trim_start_matches('c').parse().expect("ours"));
        let to = (from + 100).min(ALL);
        let messages = page(from, to, |n| json!({"id": id(n)}));
        says(200, &json!({"messages": messages, "nextCursor": format!("c{to}"), "total": ALL}))
    });
    assert_eq!(asked.len(), 3);
}

#[test]
fn filters_are_kept_and_a_limit_is_a_limit() {
    let peer = Scripted::new(|asked, _| {
        let from = after_id(asked.body["searchAfter"][0].as_str().map(str::to_owned));
        let size = usize::try_from(asked.body["pageLimit"].as_u64().unwrap_or(20)).expect("small");
        let contacts = page(from, (from + size).min(ALL), |n| json!({"id": id(n), "searchAfter": [id(n)]}));
        says(200, &json!({"contacts": contacts, "total": ALL}))
    });
    let ran = ask(&peer, &["--limit", "150", "--output", "jsonl", "--fields", "id"], "search contacts for vip");
    assert_eq!(ran.json_lines().len(), 150);
    let asked = peer.asked();
    assert_eq!(asked.len(), 2);
    assert!(asked.iter().all(|a| a.body["query"] == "vip"), "{asked:?}");
    let ran = ask(&peer, &["--limit", "3", "--output", "json", "--fields", "id"], "list contacts");
    assert_eq!(ran.json().as_array().map(Vec::len), Some(3));
    assert_eq!(peer.asked()[2].body["pageLimit"], 3);
}

#[test]
fn a_list_is_printed_the_same_in_pages_and_at_once() {
    let peer = || {
        Scripted::new(|asked, _| {
            let from = after_id(asked.body["searchAfter"][0].as_str().map(str::to_owned));
            let contacts = page(
                from,
                (from + 100).min(ALL),
                |n| json!({"id": id(n), "contactName": format!("N {n}"), "searchAfter": [id(n)]}),
            );
            says(200, &json!({"contacts": contacts, "total": ALL}))
        })
    };
    let json = ask(&peer(), &["--all", "--output", "json", "--fields", "id,contactName"], "list contacts").json();
    assert_eq!(json.as_array().map(Vec::len), Some(ALL));
    let csv = ask(&peer(), &["--all", "--output", "csv", "--fields", "id,contactName"], "list contacts").stdout;
    assert_eq!((csv.lines().count(), csv.lines().last()), (ALL + 1, Some("r204,N 204")));
    let table = ask(&peer(), &["--all", "--fields", "id,contactName"], "list contacts").stdout;
    assert!(table.starts_with("✓ 205 contacts") && table.lines().count() == ALL + 2, "{table}");
}

#[test]
fn a_failure_half_way_is_told_and_what_came_before_is_there() {
    let peer = Scripted::new(|_, before| match before {
        0 => says(200, &json!({"contacts": page(0, 100, |n| json!({"id": id(n), "searchAfter": [id(n)]}))})),
        _ => says(422, &json!({"message": "no"})),
    });
    let test = Test::new().env("HIGHLEVEL_TOKEN", TOKEN).env("HIGHLEVEL_LOCATION_ID", "loc1").clock();
    let test = test.args(["--base-url", &peer.url, "--all", "--output", "jsonl", "list contacts"]);
    let ran = test.status(1).run();
    assert_eq!(ran.json_lines().len(), 100);
    assert!(ran.stderr.contains("422"), "{}", ran.stderr);
}

const SHED: &str = "
service: shed
base_url: https://shed.invalid
resources: {thing: {nouns: [thing]}}
pagination: {skip: {size: {limit: 100}, offset: skip}}
";
const THINGS: &str = "
operations:
  things.list: {request: GET /things, params: {limit: integer, skip: integer}, page: skip, returns: {resource: thing, at: things, many: true}}
";

/// How much memory the program needs at its fullest while it lists so many records, in KiB.
fn peak(records: usize, form: &str) -> usize {
    let peer = Scripted::new(move |asked, _| {
        let from = number(asked, "skip").unwrap_or(0);
        let thing = |n: usize| json!({"id": id(n), "name": format!("Thing number {n}"), "tags": ["a", "b"], "note": "x".repeat(200)});
        says(200, &json!({"things": page(from, (from + 100).min(records), thing), "total": records}))
    });
    let test = Test::new().shared_cache().file("shed/shed/service.yaml", SHED).file("shed/shed/all.yaml", THINGS);
    let test = test.args(["--endpoints", "shed", "--base-url", &peer.url, "--all", "--output", form, "list things"]);
    let mut child = test.command().stdout(Stdio::piped()).spawn().expect("the program starts");
    let status = format!("/proc/{}/status", child.id());
    let (mut lines, mut most) = (0, 0);
    for line in BufReader::new(child.stdout.take().expect("its output")).lines() {
        drop(line.expect("text"));
        lines += 1;
        if lines % 500 == 0 || lines + 200 > records {
            let text = std::fs::read_to_string(&status).unwrap_or_default();
            let peak = text.lines().find_map(|l| l.strip_prefix("VmHWM:")).and_then(|l| l.trim().split(' ').next());
            most = most.max(peak.and_then(|p| p.parse().ok()).unwrap_or(0));
        }
    }
    assert!(child.wait().expect("its end").success());
    assert!(lines >= records, "{lines} lines");
    most
}

/// The most that the program may take in a debug build, in KiB: 22 MiB of it are the catalog that is kept for a folder of
/// one's own, which is read into memory; the one that ships stays in the program.
const MOST: usize = 96 * 1024;

#[test]
#[cfg(target_os = "linux")]
fn memory_does_not_grow_with_the_list() {
    for form in ["jsonl", "table"] {
        let (few, many) = (peak(2_000, form), peak(12_000, form));
        println!("{form}: {few} KiB for 2000 records, {many} KiB for 12000");
        assert!(many < few + 8 * 1024, "{form}: {few} KiB, then {many} KiB");
        assert!(many < MOST, "{form}: {many} KiB");
    }
}

/// The figure: `cargo test --release --test pages -- --ignored --nocapture`.
#[test]
#[ignore = "takes a minute"]
fn two_hundred_thousand_records_fit_into_64_mib() {
    // A folder of one's own is compiled at its first run, which takes more than any list does; from then on it is kept.
    println!("compiling the folder: {} KiB", peak(1, "jsonl"));
    for form in ["jsonl", "csv", "json", "yaml", "table"] {
        let most = peak(200_000, form);
        println!("{form}: {most} KiB");
        assert!(most < 64 * 1024, "{form}: {most} KiB");
    }
}
