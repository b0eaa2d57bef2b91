//! How many requests a second the pipe carries, beside a loop that does nothing but send them.

mod support;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::process::Stdio;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::Test;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::task::JoinSet;

/// Requests under way at one time: as many as the pipe has.
const AT_ONCE: usize = 128;
const REQUESTS: usize = 20_000;
const MANY_REQUESTS: usize = 100_000;
const CONTACT: &str = "ocQHyuzHvysMo5N5VsXc";

/// What nobody limits: the catalog that ships, but for its rate limit.
const UNLIMITED: &str = "service: highlevel\nrate_limit: none\n";

/// Held by a test: each wants the machine for itself.
static ALONE: Mutex<()> = Mutex::new(());

/// A way to say the same thing to the pipe, and what of it arrives.
struct Kind {
    told: &'static str,
    line: fn(usize) -> Value,
    request: (&'static str, &'static str, Option<&'static str>),
}

const KINDS: [Kind; 4] = [
    Kind {
        told: "calls that read",
        line: |n| json!({"id": n, "operation": "contacts.get", "params": {"contactId": CONTACT}}),
        request: ("GET", "/contacts/ocQHyuzHvysMo5N5VsXc", None),
    },
    Kind {
        told: "phrases that read",
        line: |n| json!({"id": n, "say": format!("show contact {CONTACT}")}),
        request: ("GET", "/contacts/ocQHyuzHvysMo5N5VsXc", None),
    },
    Kind {
        told: "calls that write",
        line: |n| json!({"id": n, "operation": "contacts.add-tags", "params": {"contactId": CONTACT, "tags": ["vip"]}}),
        request: ("POST", "/contacts/ocQHyuzHvysMo5N5VsXc/tags", Some("{\"tags\":[\"vip\"]}")),
    },
    Kind {
        told: "phrases that write",
        line: |n| json!({"id": n, "session": format!("s{}", n % 500), "say": format!("add tag vip to contact {CONTACT}"), "confirm": true}),
        request: ("POST", "/contacts/ocQHyuzHvysMo5N5VsXc/tags", Some("{\"tags\":[\"vip\"]}")),
    },
];

/// A server that keeps connections open and answers at once. It allows more than anybody can send.
async fn serve(listener: tokio::net::TcpListener) {
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(answer_all(stream));
    }
}

async fn answer_all(mut stream: tokio::net::TcpStream) {
    let body =
        json!({"contact": {"id": CONTACT, "firstName": "Jane", "lastName": "Doe", "tags": ["vip"]}, "tags": ["vip"]});
    let body = body.to_string();
    let head = "Content-Type: application/json\r\nX-RateLimit-Max: 1000000";
    let answer = format!("HTTP/1.1 200 OK\r\n{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    let (mut held, mut chunk) = (Vec::new(), [0; 4096]);
    loop {
        while let Some(end) = held.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&held[..end]).to_ascii_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
            let whole = end + 4 + length.unwrap_or(0);
            if held.len() < whole {
                break;
            }
            held.drain(..whole);
            if stream.write_all(answer.as_bytes()).await.is_err() {
                return;
            }
        }
        match stream.read(&mut chunk).await {
            Ok(0) | Err(_) => return,
            Ok(read) => held.extend_from_slice(&chunk[..read]),
        }
    }
}

/// What it took: on the clock, and of the processors, with what answers and what feeds the pipe. The second is not disturbed
/// by whatever else the machine does.
struct Took {
    time: Duration,
    processors: Duration,
}

impl Took {
    /// This as a share of that, in both respects.
    fn shares(&self, of: &Self) -> (f64, f64) {
        let share = |one: Duration, other: Duration| one.as_secs_f64() / other.as_secs_f64();
        (share(self.time, of.time), share(self.processors, of.processors))
    }
}

/// The processor time that a process has taken so far.
fn processors(process: u32) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let after = stat.rsplit(')').next().unwrap_or_default();
    let ticks: u64 = after.split(' ').skip(12).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

/// What a bare client takes for so many of them.
async fn bare(url: &str, kind: &Kind, requests: usize) -> Took {
    let client = reqwest::Client::builder().no_proxy().build().expect("a client");
    let (method, path, body) = kind.request;
    let (started, before) = (Instant::now(), processors(std::process::id()));
    let mut loops = JoinSet::new();
    for at in 0..AT_ONCE {
        let (client, url) = (client.clone(), format!("{url}{path}"));
        loops.spawn(async move {
            for _ in (at..requests).step_by(AT_ONCE) {
                let method = method.parse().expect("a method");
                let request =
                    client.request(method, &url).header("authorization", "Bearer t").header("version", "2021-07-28");
                let request = match body {
                    Some(body) => request.header("content-type", "application/json").body(body),
                    None => request,
                };
                let answer = request.send().await.expect("an answer");
                assert!(answer.status().is_success());
                answer.bytes().await.expect("a body");
            }
        });
    }
    loops.join_all().await;
    Took { time: started.elapsed(), processors: processors(std::process::id()).saturating_sub(before) }
}

/// What the pipe takes for so many of them, from the first line in to the last answer out, and the kilobytes it holds at
/// most.
fn piped(test: Test, url: &str, kind: &Kind, requests: usize) -> (Took, usize) {
    let test = test.args(["--base-url", url, "pipe"]);
    let test = test.env("HIGHLEVEL_TOKEN", "t").env("HIGHLEVEL_LOCATION_ID", "loc000000000000000acme");
    let mut child = test.command().stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program starts");
    let mut pipe = child.stdin.take().expect("its input");
    let mut answers = BufReader::new(child.stdout.take().expect("its output"));
    let lines: String = (1..=requests).map(|n| (kind.line)(n).to_string() + "\n").collect();
    writeln!(pipe, "{}", (kind.line)(0)).expect("it reads");
    let mut first = String::new();
    answers.read_line(&mut first).expect("it answers");
    let both = || processors(child.id()) + processors(std::process::id());
    let (started, before) = (Instant::now(), both());
    let writer = thread::spawn(move || {
        pipe.write_all(lines.as_bytes()).expect("it reads");
        pipe
    });
    let (mut text, mut count, mut chunk) = (Vec::new(), 0, vec![0; 64 * 1024]);
    while count < requests {
        let read = answers.read(&mut chunk).expect("it answers");
        assert!(read > 0, "it ended");
        count += chunk[..read].split(|byte| *byte == b'\n').count() - 1;
        text.extend_from_slice(&chunk[..read]);
    }
    let took = Took { time: started.elapsed(), processors: both().saturating_sub(before) };
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
    drop(writer.join().expect("all is written"));
    assert!(child.wait().expect("its end").success());
    for line in String::from_utf8(text).expect("text").lines() {
        let answer: Value = serde_json::from_str(line).expect("JSON");
        assert_eq!(answer["status"], "done", "{answer}");
    }
    (took, peak.unwrap_or(0))
}

/// The server, with where it is.
fn server() -> (tokio::runtime::Runtime, String) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    listener.set_nonblocking(true).expect("it is ours");
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.spawn(async move { serve(tokio::net::TcpListener::from_std(listener).expect("it is open")).await });
    (runtime, url)
}

/// The figure: `cargo test --release --test throughput -- --ignored --nocapture`.
#[test]
#[ignore = "takes a minute, and the whole machine"]
fn the_pipe_carries_seven_tenths_of_what_a_bare_client_does() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let (runtime, url) = server();
    let mut short = Vec::new();
    for kind in &KINDS {
        let mut shares = Vec::new();
        for _ in 0..3 {
            let bare = runtime.block_on(bare(&url, kind, REQUESTS));
            let test = Test::new().shared_cache().file("free/highlevel/service.yaml", UNLIMITED);
            let (piped, peak) = piped(test.args(["--endpoints", "free"]), &url, kind, REQUESTS);
            let a_second = |took: &Took| f64::from(u32::try_from(REQUESTS).expect("few")) / took.time.as_secs_f64();
            let (share, of_processors) = bare.shares(&piped);
            println!(
                "{}: {:.0} a second, a bare client {:.0}: {:.0} %, of the processors {:.0} %, {peak} KiB",
                kind.told,
                a_second(&piped),
                a_second(&bare),
                share * 100.0,
                of_processors * 100.0
            );
            shares.push(share);
        }
        shares.sort_by(f64::total_cmp);
        if shares[1] < 0.7 {
            short.push((kind.told, shares[1]));
        }
    }
    assert!(short.is_empty(), "{short:?}");
}

/// With the catalog that ships, which is read where it lies in the program. A catalog that is laid over it is held in memory.
#[test]
#[ignore = "takes a minute"]
fn a_hundred_thousand_lines_take_less_than_64_mib() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let (_runtime, url) = server();
    for kind in &KINDS {
        let (took, peak) = piped(Test::new(), &url, kind, MANY_REQUESTS);
        println!("{}: {MANY_REQUESTS} in {:.1} s, {peak} KiB", kind.told, took.time.as_secs_f64());
        assert!(peak < 64 * 1024, "{}: {peak} KiB", kind.told);
    }
}
