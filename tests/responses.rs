//! Answers that are made to do harm: too long, too deep, endless, packed, slow, or leading elsewhere.

mod scripted;
mod support;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use scripted::{Scripted, says};
use serde_json::{Value, json};
use support::Test;

const SERVICE: &str = "service: den\nbase_url: https://den.invalid\nresources: {}\n";
const OPERATIONS: &str = "
operations:
  dens.get: {request: 'GET /dens/{{ denId }}', params: {denId: id}}
  dens.list: {title: List dens, request: GET /dens, returns: {at: dens, many: true}}
  dens.make: {request: POST /dens, params: {name: text}}
";

fn test(url: &str, args: &[&str]) -> Test {
    let test = Test::new().shared_cache().file("den/den/service.yaml", SERVICE).file("den/den/all.yaml", OPERATIONS);
    test.args(["--endpoints", "den", "--base-url", url]).args(args.iter().copied())
}

fn call(url: &str, args: &[&str], operation: &str, params: &Value) -> Value {
    let line = json!({"id": 1, "operation": operation, "params": params});
    test(url, args).arg("pipe").stdin(format!("{line}\n")).run().json()
}

fn get(url: &str, args: &[&str]) -> Value {
    call(url, args, "dens.get", &json!({"denId": "d1"}))
}

/// A peer that does what it likes with each connection after it has read the request's head.
fn peer(serve: impl Fn(TcpStream) + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let serve = std::sync::Arc::new(serve);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let serve = std::sync::Arc::clone(&serve);
            thread::spawn(move || {
                let mut reader = BufReader::new(stream.try_clone().expect("a second handle"));
                let mut line = String::new();
                while reader.read_line(&mut line).is_ok_and(|n| n > 2) {
                    line.clear();
                }
                serve(stream);
            });
        }
    });
    url
}

#[test]
fn an_answer_without_end_is_read_up_to_a_bound() {
    let url = peer(|mut stream| {
        drop(stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n[\""));
        while stream.write_all(&[b'x'; 16_384]).is_ok() {}
    });
    let answer = get(&url, &["--max-response", "1"]);
    assert_eq!(answer["status"], "failed", "{answer}");
    assert_eq!(answer["error"]["message"], "the answer is longer than 1 MiB");
}

#[test]
fn a_length_that_is_a_lie_takes_no_memory() {
    let url = peer(|mut stream| {
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999\r\n\r\n{";
        drop(stream.write_all(head.as_bytes()));
        thread::sleep(Duration::from_secs(30));
    });
    let answer = get(&url, &["--timeout", "1"]);
    assert_eq!(answer["error"]["kind"], "timeout", "{answer}");
}

#[test]
fn what_is_packed_is_bounded_unpacked() {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..64 {
        packer.write_all(&vec![b' '; 1024 * 1024]).expect("packed");
    }
    let bomb = packer.finish().expect("packed");
    assert!(bomb.len() < 100_000);
    let peer = Scripted::new(move |_, _| says(200, &json!(null)).header("Content-Encoding", "gzip").bytes(&bomb));
    let answer = get(&peer.url, &["--max-response", "4"]);
    assert_eq!(answer["error"]["message"], "the answer is longer than 4 MiB", "{answer}");
}

#[test]
fn many_small_values_are_bounded_too() {
    let body = format!("[{}0]", "0,".repeat(300_000));
    let peer = Scripted::new(move |_, _| says(200, &json!(null)).bytes(body.as_bytes()));
    let answer = get(&peer.url, &["--max-response", "1"]);
    assert_eq!(answer["error"]["message"], "the answer holds too many values", "{answer}");
}

#[test]
fn depth_and_bytes_that_are_no_text_do_no_harm() {
    for body in ["[".repeat(500_000).into_bytes(), b"{\"a\": \"\xff\xfe\xf0\x28\"}".to_vec(), vec![0; 1000]] {
        let peer = Scripted::new(move |_, _| says(200, &json!(null)).bytes(&body));
        assert_eq!(get(&peer.url, &[])["status"], "done");
    }
}

#[test]
fn a_list_that_does_not_come_is_no_empty_list() {
    for body in ["[".repeat(500_000).into_bytes(), b"<html>Sign in</html>".to_vec()] {
        let peer = Scripted::new(move |_, _| says(200, &json!(null)).bytes(&body));
        let answer = call(&peer.url, &[], "dens.list", &json!({}));
        assert_eq!((&answer["status"], &answer["error"]["kind"]), (&json!("failed"), &json!("network")), "{answer}");
        assert!(answer["error"]["message"].as_str().is_some_and(|text| text.len() < 200), "{answer}");
    }
}

#[test]
fn an_answer_that_drips_is_not_waited_for() {
    for head_only in [true, false] {
        let url = peer(move |mut stream| {
            if !head_only {
                drop(stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"));
            }
            while stream.write_all(b"H").is_ok() {
                thread::sleep(Duration::from_millis(100));
            }
        });
        let started = Instant::now();
        let answer = call(&url, &["--timeout", "1"], "dens.make", &json!({"name": "x"}));
        assert_eq!(answer["error"]["kind"], "unknown", "{answer}");
        assert!(started.elapsed() < Duration::from_mins(1), "{:?}", started.elapsed());
    }
}

#[test]
fn no_redirect_is_followed_and_no_token_goes_elsewhere() {
    let thief = Scripted::new(|_, _| says(200, &json!({})));
    let home = Scripted::new(|_, _| says(200, &json!({})));
    let goals =
        [format!("{}/x", thief.url), "http://example.com/x".to_owned(), "/dens/again".to_owned(), "//".to_owned()];
    for goal in goals {
        for status in [301, 302, 303, 307, 308] {
            let to = goal.clone();
            let peer = Scripted::new(move |_, _| says(status, &json!(null)).header("Location", &to));
            let answer = get(&peer.url, &[]);
            assert_eq!(answer["status"], "failed", "{answer}");
            assert!(
                answer["error"]["hint"].as_str().is_some_and(|h| h.contains("Redirects are not followed")),
                "{answer}"
            );
            assert_eq!(peer.lines().len(), 1);
        }
    }
    assert!(thief.lines().is_empty() && home.lines().is_empty());
}

#[test]
fn headers_without_end_and_nonsense_are_refused() {
    let endless = peer(|mut stream| {
        drop(stream.write_all(b"HTTP/1.1 200 OK\r\n"));
        while stream.write_all(format!("X-{}: y\r\n", "a".repeat(1000)).as_bytes()).is_ok() {}
    });
    let nonsense = peer(|mut stream| drop(stream.write_all(b"\x00\x01\x02 not HTTP at all\r\n\r\n")));
    let nothing = peer(|mut stream| drop(stream.read(&mut [0])));
    for url in [endless, nonsense] {
        let answer = call(&url, &["--timeout", "5"], "dens.make", &json!({"name": "x"}));
        assert_eq!(answer["error"]["kind"], "unknown", "{answer}");
    }
    let answer = get(&nothing, &["--timeout", "1"]);
    assert_eq!(answer["status"], "failed", "{answer}");
}

#[test]
fn what_records_hold_steers_no_terminal_and_begins_no_formula() {
    let evil = json!({"dens": [{"id": "d1", "name": "\u{1b}]0;owned\u{7}=cmd()", "sum": "=HYPERLINK(\"http://x\")", "\u{1b}[31m": 1}]});
    let peer = Scripted::new(move |_, _| says(200, &evil));
    for form in ["table", "json", "jsonl", "csv", "yaml"] {
        let ran = test(&peer.url, &["--output", form, "list dens"]).run();
        assert!(!ran.stdout.contains('\u{1b}') && !ran.stdout.contains('\u{7}'), "{form}: {:?}", ran.stdout);
    }
    let ran = test(&peer.url, &["--output", "csv", "list dens"]).run();
    assert!(ran.stdout.contains("\"'=HYPERLINK"), "{}", ran.stdout);
}
