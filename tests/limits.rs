//! Keeping to what an API allows, against a server that counts every window and forgives nothing.

mod scripted;
mod support;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use scripted::{Says, Scripted, says};
use serde_json::{Value, json};
use support::{Ran, Test};

const OPERATIONS: &str = "
operations:
  things.get: {request: 'GET /things/{{ thingId }}', params: {thingId: id}}
  plans.get: {request: 'GET /plans/{{ planId }}', rate_limit: plans, params: {planId: id}}
";

fn service(limit: &str) -> String {
    format!(
        "service: shed\nbase_url: https://shed.invalid\nresources: {{}}\nrate_limit: {limit}\n\
         rate_limits: {{plans: {{max: 4, per: 500ms, bucket: service}}}}\n"
    )
}

const HEADERS: &str =
    "headers: {max: X-Max, remaining: X-Left, interval: X-Ms, daily_remaining: X-Day, daily_reset: X-Reset}";

fn run(peer: &Scripted, limit: &str, lines: &[Value]) -> Ran {
    test(peer, limit, lines).run()
}

fn test(peer: &Scripted, limit: &str, lines: &[Value]) -> Test {
    let input: String = lines.iter().map(|line| line.to_string() + "\n").collect();
    let test = Test::new().shared_cache().file("shed/shed/service.yaml", &service(limit));
    let test = test.file("shed/shed/all.yaml", OPERATIONS);
    test.args(["--endpoints", "shed", "--base-url", &peer.url, "pipe"]).stdin(input)
}

fn get(id: usize) -> Value {
    json!({"id": id, "operation": "things.get", "params": {"thingId": format!("t{id}")}})
}

fn gets(count: usize) -> Vec<Value> {
    (0..count).map(get).collect()
}

/// Counts the requests of the last so many milliseconds and turns away what is too many.
struct Strict {
    max: usize,
    per: Duration,
    seen: Mutex<VecDeque<Instant>>,
}

impl Strict {
    fn new(max: usize, per_ms: u64) -> Self {
        Self { max, per: Duration::from_millis(per_ms), seen: Mutex::default() }
    }

    /// How many more may come, unless this one is too many.
    fn allows(&self) -> Option<usize> {
        let mut seen = self.seen.lock().expect("the window");
        let now = Instant::now();
        while seen.front().is_some_and(|first| now.duration_since(*first) >= self.per) {
            seen.pop_front();
        }
        if seen.len() >= self.max {
            return None;
        }
        seen.push_back(now);
        Some(self.max - seen.len())
    }

    fn answer(&self) -> Says {
        match self.allows() {
            Some(_) => says(200, &json!({"ok": true})),
            None => says(429, &json!({"message": "too many"})),
        }
    }
}

/// When each request came, and how many were turned away.
#[derive(Default)]
struct Log {
    times: Vec<Instant>,
    refused: usize,
}

fn strict(max: usize, per_ms: u64) -> (Scripted, Arc<Mutex<Log>>) {
    let log: Arc<Mutex<Log>> = Arc::default();
    let kept = Arc::clone(&log);
    let strict = Strict::new(max, per_ms);
    let peer = Scripted::new(move |_, _| {
        let answer = strict.answer();
        let mut log = kept.lock().expect("the log");
        log.times.push(Instant::now());
        log.refused += usize::from(answer.status() == 429);
        answer
    });
    (peer, log)
}

/// The time that the server permits them in, over the time they took.
fn share(log: &Log, max: usize, per_ms: u64) -> f64 {
    let took = log.times.iter().max().expect("a last").duration_since(*log.times.iter().min().expect("a first"));
    let windows = u32::try_from((log.times.len() - 1) / max).expect("few windows");
    (Duration::from_millis(per_ms) * windows).as_secs_f64() / took.as_secs_f64()
}

#[test]
fn no_window_holds_too_many_and_no_time_is_lost() {
    let (peer, log) = strict(20, 500);
    let answers = run(&peer, "{max: 20, per: 500ms}", &gets(90)).json_lines();
    assert!(answers.len() == 90 && answers.iter().all(|a| a["status"] == "done"), "{answers:?}");
    let log = log.lock().expect("the log");
    assert_eq!((log.times.len(), log.refused), (90, 0));
    assert!(share(&log, 20, 500) > 0.75, "{}", share(&log, 20, 500));
}

#[test]
fn two_processes_together_keep_to_one_limit() {
    let (peer, log) = strict(20, 500);
    let home = tempfile::tempdir().expect("a folder");
    let data = home.path().display().to_string();
    std::thread::scope(|scope| {
        let one = || test(&peer, "{max: 20, per: 500ms}", &gets(50)).env("XDG_DATA_HOME", &data).run().json_lines();
        let threads = [scope.spawn(one), scope.spawn(one)];
        for thread in threads {
            let answers = thread.join().expect("a run");
            assert!(answers.len() == 50 && answers.iter().all(|a| a["status"] == "done"), "{answers:?}");
        }
    });
    let log = log.lock().expect("the log");
    assert_eq!((log.times.len(), log.refused), (100, 0));
}

#[test]
fn a_later_process_knows_what_an_earlier_one_sent() {
    let (peer, log) = strict(5, 2_000);
    let home = tempfile::tempdir().expect("a folder");
    let data = home.path().display().to_string();
    for _ in 0..2 {
        test(&peer, "{max: 5, per: 2s}", &gets(5)).env("XDG_DATA_HOME", &data).run();
    }
    let log = log.lock().expect("the log");
    assert_eq!((log.times.len(), log.refused), (10, 0));
    assert!(log.times[5] - log.times[0] >= Duration::from_secs(2));
}

#[test]
fn headers_correct_what_the_catalog_says() {
    let strict = Strict::new(5, 400);
    let refused = Arc::new(Mutex::new(0));
    let count = Arc::clone(&refused);
    let peer = Scripted::new(move |_, _| {
        let left = strict.allows();
        *count.lock().expect("count") += usize::from(left.is_none());
        let answer = says(if left.is_some() { 200 } else { 429 }, &json!({}));
        let left = left.unwrap_or(0).to_string();
        answer.header("X-Max", "5").header("X-Ms", "400").header("X-Left", &left)
    });
    let limit = format!("{{max: 2, per: 10s, {HEADERS}}}");
    let started = Instant::now();
    let answers = run(&peer, &limit, &gets(20)).json_lines();
    assert!(answers.len() == 20 && answers.iter().all(|a| a["status"] == "done"), "{answers:?}");
    assert_eq!(*refused.lock().expect("count"), 0);
    assert!(started.elapsed() < Duration::from_secs(30), "the catalog's own limit would take a hundred seconds");
}

#[test]
fn at_the_end_of_the_day_nothing_leaves_and_it_is_told_when_it_goes_on() {
    let peer = Scripted::new(|_, before| {
        let left = 2_usize.saturating_sub(before).to_string();
        says(200, &json!({})).header("X-Day", &left).header("X-Reset", "7200000")
    });
    let lines: Vec<Value> = (0..6)
        .map(|n| {
            let mut line = get(n);
            line["session"] = json!("s");
            line
        })
        .collect();
    let ran = test(&peer, &format!("{{max: 100, per: 10s, {HEADERS}}}"), &lines).args(["--timezone", "UTC"]).run();
    let answers = ran.json_lines();
    assert!(answers[..3].iter().all(|a| a["status"] == "done"), "{answers:?}");
    for answer in &answers[3..] {
        assert_eq!(answer["error"]["kind"], "rate_limit", "{answer}");
        assert!(
            answer["error"]["hint"]
                .as_str()
                .is_some_and(|h| h.starts_with("It goes on at ") && h.ends_with(" in 2 h 0 min.")),
            "{answer}"
        );
        let at: jiff::Timestamp = answer["error"]["goes_on_at"].as_str().expect("a moment").parse().expect("a moment");
        let wait = at.duration_since(jiff::Timestamp::now()).as_secs();
        assert!((7_000..=7_200).contains(&wait), "{wait}");
    }
    assert_eq!(peer.lines().len(), 3);
}

#[test]
fn the_catalogs_day_is_kept_without_headers() {
    let peer = Scripted::new(|_, _| says(200, &json!({})));
    let answers = run(&peer, "{max: 100, per: 10s, daily: 4}", &gets(6)).json_lines();
    let count = |status: &str| answers.iter().filter(|a| a["status"] == status).count();
    assert_eq!((count("done"), count("failed"), peer.lines().len()), (4, 2, 4), "{answers:?}");
}

#[test]
fn an_operation_may_fall_under_a_limit_of_its_own() {
    let (peer, log) = strict(4, 500);
    let lines: Vec<Value> =
        (0..12).map(|n| json!({"id": n, "operation": "plans.get", "params": {"planId": format!("p{n}")}})).collect();
    let answers = run(&peer, "{max: 1000, per: 10s}", &lines).json_lines();
    assert!(answers.iter().all(|a| a["status"] == "done"), "{answers:?}");
    assert_eq!(log.lock().expect("the log").refused, 0);
}

#[test]
fn one_refusal_stops_all_until_the_time_it_names() {
    let times: Arc<Mutex<Vec<Instant>>> = Arc::default();
    let seen = Arc::clone(&times);
    let peer = Scripted::new(move |_, before| {
        seen.lock().expect("times").push(Instant::now());
        if before == 0 { says(429, &json!({})).header("X-Ms", "900") } else { says(200, &json!({})) }
    });
    let lines: Vec<Value> = (0..4)
        .map(|n| {
            let mut line = get(n);
            line["session"] = json!("s");
            line
        })
        .collect();
    let answers = run(&peer, &format!("{{max: 100, per: 10s, {HEADERS}}}"), &lines).json_lines();
    assert!(answers.iter().all(|a| a["status"] == "done"), "{answers:?}");
    let times = times.lock().expect("times");
    assert_eq!(times.len(), 5);
    assert!(times[1] - times[0] >= Duration::from_millis(890), "{:?}", times[1] - times[0]);
}

#[test]
fn whoever_asks_for_little_does_not_wait_for_who_asks_for_much() {
    let (peer, _) = strict(5, 500);
    let mut lines = gets(40);
    let mut other = get(100);
    other["session"] = json!("other");
    lines.push(other);
    let answers = run(&peer, "{max: 5, per: 500ms}", &lines).json_lines();
    let place = answers.iter().position(|a| a["id"] == 100).expect("an answer");
    assert!(place <= 12, "answered as number {place} of {}", answers.len());
}

/// The figure: `cargo test --release --test limits -- --ignored --nocapture`.
#[test]
#[ignore = "takes several minutes"]
fn two_thousand_requests_at_a_hundred_in_ten_seconds() {
    for processes in [1, 2] {
        let (peer, log) = strict(100, 10_000);
        let home = tempfile::tempdir().expect("a folder");
        let data = home.path().display().to_string();
        std::thread::scope(|scope| {
            let one = || {
                let lines = gets(2_000 / processes);
                test(&peer, "{max: 100, per: 10s}", &lines).env("XDG_DATA_HOME", &data).run().json_lines().len()
            };
            let threads: Vec<_> = (0..processes).map(|_| scope.spawn(one)).collect();
            let answered: usize = threads.into_iter().map(|thread| thread.join().expect("a run")).sum();
            assert_eq!(answered, 2_000);
        });
        let log = log.lock().expect("the log");
        let share = share(&log, 100, 10_000);
        println!(
            "{processes} processes: {} requests, {} refused, {share:.4} of what is permitted",
            log.times.len(),
            log.refused
        );
        assert_eq!((log.times.len(), log.refused), (2_000, 0));
        assert!(share >= 0.97, "{share}");
    }
}
