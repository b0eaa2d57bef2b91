//! Much at once, and much of it nonsense: every good line is answered, and memory does not grow with what comes in.

mod scripted;
mod support;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, ChildStdout, Stdio};
use std::thread;

use scripted::{Scripted, says};
use serde_json::{Value, json};
use support::Test;

const SERVICE: &str = "
service: den
base_url: https://den.invalid
rate_limit: none
resources: {fox: {nouns: [fox]}}
";
const OPERATIONS: &str = "
operations:
  foxes.get: {request: 'GET /foxes/{{ foxId }}', params: {foxId: fox}}
  foxes.name: {request: 'POST /foxes/{{ foxId }}/names', params: {foxId: fox, name: {type: text, required: true}}}
";

fn test(url: &str, args: &[&str]) -> Test {
    let test = Test::new().shared_cache().file("den/den/service.yaml", SERVICE).file("den/den/all.yaml", OPERATIONS);
    test.args(["--endpoints", "den", "--base-url", url]).args(args.iter().copied())
}

fn get(id: usize) -> String {
    json!({"id": id, "operation": "foxes.get", "params": {"foxId": format!("f{id}")}}).to_string()
}

/// Lines that no bot should send, each of another kind; none of them has an `id` of a good line.
fn nonsense(n: usize) -> Vec<u8> {
    let kinds: [&[u8]; 20] = [
        b"{",
        b"not json at all",
        b"[1, 2",
        b"null",
        b"\"say\"",
        b"{\"id\": \"x\"}",
        b"{\"id\": \"x\", \"say\": 7}",
        b"{\"id\": \"x\", \"say\": \"\xff\xfe\"}",
        b"\x00\x01\x02\x1b[31m",
        b"{\"id\": \"x\", \"say\": \"list foxes\", \"say\": \"delete everything\"}",
        b"{\"id\": \"x\", \"sya\": \"list foxes\"}",
        b"{\"id\": \"x\", \"operation\": \"foxes.get\", \"params\": [1]}",
        b"{\"id\": \"x\", \"operation\": \"../../etc/passwd\", \"params\": {}}",
        b"{\"id\": \"x\", \"operation\": \"foxes.get\", \"params\": {\"foxId\": {\"a\": {\"b\": 1}}}}",
        b"{\"id\": \"x\", \"operation\": \"foxes.get\", \"params\": {\"foxId\": \"../names\"}}",
        b"{\"id\": \"x\", \"operation\": \"foxes.get\", \"params\": {\"foxId\": \"a\\r\\nX-Evil: 1\"}}",
        b"{\"id\": 1e999, \"say\": \"list foxes\"}",
        b"{\"id\": \"x\", \"say\": \"{{ 7 * 7 }} \\ud800\"}",
        b"{\"id\": \"x\", \"answer\": {\"yes\": true}}",
        b"{\"id\": \"x\", \"say\": \"list foxes\", \"session\": [\"u\"], \"dry_run\": \"maybe\"}",
    ];
    match n % 23 {
        20 => [b'['].repeat(3_000),
        21 => format!("{{\"id\": \"x\", \"say\": \"{}\"}}", "fox ".repeat(20_000)).into_bytes(),
        22 => format!("{{\"id\": \"x\", \"{}\": 1}}", "k".repeat(2_000)).into_bytes(),
        kind => kinds[kind].to_vec(),
    }
}

#[test]
fn every_good_line_between_a_thousand_bad_ones_is_answered() {
    let peer = Scripted::new(|asked, _| says(200, &json!({"fox": {"path": asked.line}})));
    let mut input = Vec::new();
    for n in 0..1_000 {
        input.extend(nonsense(n));
        input.push(b'\n');
        if n % 5 == 0 {
            input.extend(get(n).into_bytes());
            input.push(b'\n');
        }
    }
    let answers = test(&peer.url, &["pipe"]).stdin(input).stderr("").run().json_lines();
    assert_eq!(answers.len(), 1_200);
    for n in (0..1_000).step_by(5) {
        let mut own = answers.iter().filter(|answer| answer["id"] == n);
        let answer = own.next().unwrap_or_else(|| panic!("no answer to {n}"));
        assert_eq!(answer["status"], "done", "{answer}");
        assert_eq!(answer["response"]["body"]["fox"]["path"], format!("GET /foxes/f{n}"));
        assert!(own.next().is_none(), "one answer to {n}");
    }
    let bad = answers.iter().filter(|answer| !answer["id"].is_number());
    let bad: Vec<&Value> = bad.collect();
    assert_eq!(bad.len(), 1_000);
    for answer in bad {
        assert!(answer["status"] != "done" && answer["status"] != "unknown", "{answer}");
        assert!(answer["error"]["message"].as_str().is_some_and(|m| !m.is_empty() && m.len() < 2_000), "{answer}");
    }
    assert!(peer.lines().iter().all(|line| line.starts_with("GET /foxes/f")), "nothing else was sent");
}

/// A server that keeps connections open and answers at once.
fn quick() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || answer_all(stream));
        }
    });
    url
}

fn answer_all(mut stream: TcpStream) {
    let body = json!({"fox": {"id": "f1", "name": "Reynard", "tags": ["red"]}}).to_string();
    let answer =
        format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    let mut reader = BufReader::new(stream.try_clone().expect("a second handle"));
    let (mut line, mut length) = (String::new(), 0);
    loop {
        line.clear();
        if reader.read_line(&mut line).unwrap_or(0) == 0 {
            return;
        }
        if let Some(told) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = told.trim().parse().unwrap_or(0);
        }
        if line.trim().is_empty() {
            let mut body = vec![0; std::mem::take(&mut length)];
            if reader.read_exact(&mut body).is_err() || stream.write_all(answer.as_bytes()).is_err() {
                return;
            }
        }
    }
}

/// A pipe that stays open, so that what it took can be looked up when it is idle.
struct Pipe {
    child: Child,
    answers: BufReader<ChildStdout>,
}

impl Pipe {
    fn new(test: &Test) -> Self {
        let mut child =
            test.command().stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program starts");
        let answers = BufReader::new(child.stdout.take().expect("its output"));
        Self { child, answers }
    }

    /// Writes all of it while so many answers are read; hands each to `look`.
    fn feed(&mut self, input: impl Fn(&mut dyn Write) + Send, answers: usize, mut look: impl FnMut(&Value)) {
        let mut pipe = self.child.stdin.take().expect("its input");
        let (reader, child) = (&mut self.answers, &mut self.child);
        thread::scope(|scope| {
            let writer = scope.spawn(move || {
                input(&mut pipe);
                pipe.flush().expect("it reads");
                pipe
            });
            let mut line = String::new();
            for _ in 0..answers {
                line.clear();
                assert!(reader.read_line(&mut line).expect("text") > 0, "it ended");
                look(&serde_json::from_str(&line).expect("JSON"));
            }
            child.stdin = Some(writer.join().expect("all is written"));
        });
    }

    /// The most memory it ever held, in KiB.
    fn peak(&self) -> usize {
        let text = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("it runs");
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a peak");
        line.trim().trim_end_matches(" kB").parse().expect("a number")
    }

    fn end(mut self) {
        drop(self.child.stdin.take());
        assert!(self.child.wait().expect("an end").success());
    }
}

/// So many intents, half calls and half phrases, through one pipe; its peak in KiB.
fn intents(count: usize) -> usize {
    let url = quick();
    intents_of(&test(&url, &["pipe"]), count)
}

/// The same at the first start after a folder was written.
fn first_intents(count: usize) -> usize {
    let url = quick();
    let test = test(&url, &["pipe"]);
    let cache = test.path().join("anew").display().to_string();
    intents_of(&test.env("XDG_CACHE_HOME", cache), count)
}

fn intents_of(test: &Test, count: usize) -> usize {
    let mut pipe = Pipe::new(test);
    let write = move |out: &mut dyn Write| {
        for n in 0..count {
            let line = match n % 2 {
                0 => get(n),
                _ => json!({"id": n, "session": format!("s{}", n % 50), "say": format!("show fox f{n}")}).to_string(),
            };
            writeln!(out, "{line}").expect("it reads");
        }
    };
    let mut seen = vec![false; count];
    pipe.feed(write, count, |answer| {
        assert_eq!(answer["status"], "done", "{answer}");
        let id = usize::try_from(answer["id"].as_u64().expect("an id")).expect("small");
        assert!(!std::mem::replace(&mut seen[id], true), "one answer to {id}");
    });
    let peak = pipe.peak();
    pipe.end();
    assert!(seen.iter().all(|seen| *seen));
    peak
}

/// The most that the program may take in a debug build, in KiB: 22 MiB of it are the catalog that is kept for a folder of
/// one's own, which is read into memory; the one that ships stays in the program.
const MOST: usize = 96 * 1024;

#[test]
#[cfg(target_os = "linux")]
fn memory_does_not_grow_with_the_intents() {
    let (few, many) = (intents(500), intents(5_000));
    println!("{few} KiB for 500 intents, {many} KiB for 5000");
    assert!(many < few + 12 * 1024, "{few} KiB, then {many} KiB");
    assert!(many < MOST, "{many} KiB");
}

#[test]
#[cfg(target_os = "linux")]
fn a_folder_that_is_laid_for_the_first_time_does_not_weigh_on_who_serves() {
    let peak = first_intents(1);
    assert!(peak < MOST, "{peak} KiB");
    let test = test("http://127.0.0.1:9", &["pipe"]).file("taken", "");
    let cache = test.path().join("taken").display().to_string();
    let test = test.env("XDG_CACHE_HOME", cache);
    let mut pipe = Pipe::new(&test);
    let mut answered = false;
    let line = r#"{"id": 1, "operation": "foxes.get", "params": {"foxId": "f1"}, "dry_run": true}"#;
    pipe.feed(|out| writeln!(out, "{line}").expect("it reads"), 1, |answer| answered = answer["status"] == "dry_run");
    let peak = pipe.peak();
    pipe.end();
    assert!(answered && peak < MOST, "{peak} KiB where nothing can be kept");
}

/// The figure: `cargo test --release --test floods -- --ignored --nocapture`.
#[test]
#[ignore = "takes a minute"]
fn a_hundred_thousand_intents_fit_into_64_mib() {
    let started = std::time::Instant::now();
    let peak = first_intents(100_000);
    println!("100000 intents: {peak} KiB, {:.0} a second", 100_000.0 / started.elapsed().as_secs_f64());
    assert!(peak < 64 * 1024, "{peak} KiB");
}

#[test]
#[cfg(target_os = "linux")]
fn a_line_of_ten_megabytes_is_refused_and_not_kept() {
    let url = quick();
    let test = test(&url, &["pipe"]);
    let mut pipe = Pipe::new(&test);
    let mut answers = Vec::new();
    pipe.feed(|out| writeln!(out, "{}", get(0)).expect("it reads"), 1, |answer| answers.push(answer.clone()));
    let before = pipe.peak();
    let write = |out: &mut dyn Write| {
        for kind in [b'x', b'[', b'\0'] {
            out.write_all(&vec![kind; 10 * 1024 * 1024]).expect("it reads");
            out.write_all(b"\n").expect("it reads");
        }
        writeln!(out, "{}", get(1)).expect("it reads");
    };
    pipe.feed(write, 4, |answer| answers.push(answer.clone()));
    let after = pipe.peak();
    pipe.end();
    let done = |id: usize| answers.iter().any(|answer| answer["id"] == id && answer["status"] == "done");
    assert!(done(0) && done(1), "{answers:?}");
    let refused = answers.iter().filter(|answer| {
        answer["error"]["message"].as_str().is_some_and(|message| message == "a line has at most 1048576 bytes")
    });
    assert_eq!(refused.count(), 3, "{answers:?}");
    assert!(after < before + 6 * 1024, "{before} KiB before, {after} KiB after");
}
