//! What bots speak: JSON lines in and out.

mod support;

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::server::Server;
use support::{Sandbox, Test};

fn by_id(answers: &[Value], id: impl Into<Value>) -> Value {
    let id = id.into();
    let mut found = answers.iter().filter(|answer| answer["id"] == id);
    let answer = found.next().unwrap_or_else(|| panic!("no answer to {id} in {answers:?}")).clone();
    assert!(found.next().is_none(), "one answer to {id}");
    answer
}

fn lines(values: &[Value]) -> String {
    values.iter().map(|value| value.to_string() + "\n").collect()
}

#[test]
fn a_broken_or_hostile_line_is_refused_and_the_pipe_goes_on() {
    let mut input = b"not json\n[1]\n{\"id\": 3, \"sya\": \"x\"}\n{\"id\": 4, \"say\": \"\xff\"}\n\n".to_vec();
    input.extend(lines(&[json!({"id": 5, "say": "x".repeat(70_000)})]).into_bytes());
    input.extend(lines(&[json!({"id": 6, "say": "y".repeat(1_100_000)})]).into_bytes());
    input.extend(vec![b'['; 500_000]);
    input.extend(b"\n{\"id\": {\"a\": [8]}, \"say\": \"frobnicate the gizmo\"}");
    let answers = Test::new().clock().arg("pipe").stdin(input).stderr("").run().json_lines();
    assert_eq!(answers.len(), 8, "{answers:?}");
    assert!(answers.iter().all(|answer| answer["status"] == "refused"), "{answers:?}");
    assert!(answers.iter().all(|answer| answer["error"]["message"].as_str().is_some_and(|m| !m.is_empty())));
    assert_eq!(by_id(&answers, 3)["error"]["hint"], "did you mean `say`?");
    assert!(by_id(&answers, 5)["error"]["message"].as_str().is_some_and(|m| m.contains("65536")));
    assert_eq!(by_id(&answers, json!({"a": [8]}))["error"]["kind"], "not_understood");
    assert_eq!(answers.iter().filter(|answer| answer["id"].is_null()).count(), 5);
}

#[test]
fn standard_input_that_is_no_terminal_is_a_pipe() {
    let answers = Test::new().clock().stdin("{\"id\": 1, \"answer\": 1}\n").stderr("").run().json_lines();
    assert_eq!(answers[0]["id"], 1);
    assert_eq!(answers[0]["status"], "refused");
}

#[test]
fn nothing_in_is_nothing_out() {
    Test::new().arg("pipe").stdin("").stdout("").stderr("").run();
}

#[test]
fn an_operation_takes_its_values_as_they_are_and_looks_names_up_when_told() {
    let id = "ocQHyuzHvysMo5N5VsXc";
    let input = lines(&[
        json!({"id": "a", "operation": "POST /contacts/{contactId}/tags", "params": {"contactId": id, "tags": ["vip"]}}),
        json!({"id": "b", "operation": "contacts.get", "params": {"contactId": {"find": "Jane Doe"}}}),
        json!({"id": "c", "operation": "contacts.gett"}),
        json!({"id": "d", "operation": "contacts.get", "params": {"contactId": "../users"}}),
        json!({"id": "e", "operation": "contacts.get", "params": {"contactId": id, "colour": "red"}}),
    ]);
    let answers = Test::new().sandbox().arg("pipe").stdin(input).stderr("").run().json_lines();
    let added = by_id(&answers, "a");
    assert_eq!(added["status"], "done");
    assert_eq!(added["operation"], "contacts.add-tags");
    assert_eq!(added["request"]["method"], "POST");
    assert!(added["request"]["url"].as_str().is_some_and(|url| url.ends_with(&format!("/contacts/{id}/tags"))));
    assert_eq!(added["response"]["status"], 201);
    assert!(added["took_ms"].is_u64());
    assert_eq!(by_id(&answers, "b")["response"]["body"]["contact"]["id"], id);
    assert_eq!(by_id(&answers, "c")["error"]["hint"], "did you mean `contacts.get`?");
    assert_eq!(by_id(&answers, "d")["status"], "refused");
    assert_eq!(by_id(&answers, "e")["status"], "refused");
}

#[test]
fn sessions_remember_what_was_spoken_of_and_what_was_asked() {
    let input = lines(&[
        json!({"id": 1, "session": "a", "say": "add tag vip to jane"}),
        json!({"id": 2, "session": "b", "say": "show contact Bob Lee"}),
        json!({"id": 3, "session": "a", "answer": 2}),
        json!({"id": 4, "session": "b", "say": "add tag vip to him"}),
        json!({"id": 5, "session": "a", "say": "delete her"}),
        json!({"id": 6, "session": "b", "answer": true}),
        json!({"id": 7, "session": "a", "answer": false}),
    ]);
    let answers = Test::new().sandbox().arg("pipe").stdin(input).stderr("").run().json_lines();
    let question = by_id(&answers, 1);
    assert_eq!(question["status"], "needs_choice");
    let labels: Vec<&str> =
        question["choices"].as_array().into_iter().flatten().filter_map(|c| c["label"].as_str()).collect();
    assert!(labels.len() == 2 && labels.iter().all(|label| label.contains("Jane")), "{labels:?}");
    let chosen = question["choices"][1]["id"].as_str().expect("an id").to_owned();
    let url = |id: i64| by_id(&answers, id)["request"]["url"].as_str().unwrap_or_default().to_owned();
    assert!(url(3).contains(&chosen), "{}", url(3));
    assert!(url(4).contains("s81Y3odyg9y28VML6nWv"), "{}", url(4));
    assert_eq!(by_id(&answers, 5)["status"], "needs_confirmation");
    assert_eq!(by_id(&answers, 6)["error"]["kind"], "no_such_choice");
    assert_eq!(by_id(&answers, 7)["status"], "refused");
}

#[test]
fn an_answer_that_is_none_of_the_choices_leaves_the_question_open() {
    let mut input = vec![json!({"id": "first", "session": "a", "say": "add tag vip to jane"})];
    let wrong = [json!(-1), json!(0), json!(3), json!(1.5), json!("nobody"), json!({"id": "x"}), json!(true)];
    input.extend(wrong.iter().map(|answer| json!({"id": answer, "session": "a", "answer": answer})));
    input.push(json!({"id": "last", "session": "a", "answer": "porter"}));
    let answers = Test::new().sandbox().arg("pipe").stdin(lines(&input)).stderr("").run().json_lines();
    for answer in wrong {
        assert_eq!(by_id(&answers, answer.clone())["error"]["kind"], "no_such_choice", "{answer}");
    }
    assert_eq!(by_id(&answers, "last")["status"], "done");
}

#[test]
fn a_line_of_thousands_of_words_holds_nobody_up() {
    let begun = Instant::now();
    let input = lines(&[
        json!({"id": 1, "say": "x ".repeat(4_000)}),
        json!({"id": 2, "say": "add tag vip to Jane and ".repeat(100)}),
    ]);
    let answers = Test::new().clock().arg("pipe").stdin(input).stderr("").run().json_lines();
    assert_eq!(answers.len(), 2);
    let took = begun.elapsed();
    assert!(took < Duration::from_secs(10), "{took:?}");
}

#[test]
fn a_line_may_ask_for_a_dry_run_confirm_and_name_the_account() {
    let input = lines(&[
        json!({"id": 1, "say": "delete contact Jane Doe", "dry_run": true}),
        json!({"id": 2, "say": "delete contact Jane Porter", "confirm": true}),
        json!({"id": 3, "say": "list tags", "location": "uySxxaXJLpwoBFdUAxcN"}),
        json!({"id": 4, "say": "delete contact Bob Lee"}),
    ]);
    let answers = Test::new().sandbox().arg("pipe").stdin(input).stderr("").run().json_lines();
    assert_eq!(by_id(&answers, 1)["status"], "dry_run");
    assert!(by_id(&answers, 1)["response"].is_null());
    assert_eq!(by_id(&answers, 2)["response"]["status"], 200);
    assert!(by_id(&answers, 3)["request"]["url"].as_str().is_some_and(|url| url.contains("uySxxaXJLpwoBFdUAxcN")));
    assert_eq!(by_id(&answers, 4)["status"], "needs_confirmation");
}

#[test]
fn a_word_that_nobody_knows_is_asked_about_whatever_was_agreed_to_before() {
    let say = "take the tag vip off contact Jane Doe, thx bunches";
    let input = lines(&[
        json!({"id": 1, "session": "a", "say": say, "confirm": true}),
        json!({"id": 2, "session": "a", "answer": "yes"}),
        json!({"id": 3, "session": "b", "say": say}),
        json!({"id": 4, "session": "b", "answer": "no"}),
    ]);
    let answers = Test::new().sandbox().args(["--yes", "pipe"]).stdin(input).stderr("").run().json_lines();
    let asked = by_id(&answers, 1);
    assert_eq!(asked["status"], "needs_confirmation", "{asked}");
    assert!(asked["question"].as_str().is_some_and(|question| question.contains("«bunches»")), "{asked}");
    let done = by_id(&answers, 2);
    assert_eq!((&done["status"], &done["operation"]), (&json!("done"), &json!("contacts.remove-tags")), "{done}");
    assert_eq!(by_id(&answers, 4)["error"]["kind"], "cancelled", "{answers:?}");
}

#[test]
fn many_lines_are_in_flight_and_the_end_of_input_waits_for_them() {
    let sandbox = Sandbox::start(&["--fault", "slow:1"]);
    let line = |n: i32| json!({"id": n, "operation": "contacts.get", "params": {"contactId": "ocQHyuzHvysMo5N5VsXc"}});
    let begun = Instant::now();
    let input = lines(&(0..64).map(line).collect::<Vec<_>>());
    let answers = Test::new().against(&sandbox).arg("pipe").stdin(input).run().json_lines();
    assert_eq!(answers.len(), 64);
    assert!(answers.iter().all(|answer| answer["status"] == "done"), "{answers:?}");
    let took = begun.elapsed();
    assert!(took > Duration::from_secs(1), "each request takes a second, {took:?}");
    assert!(took < Duration::from_secs(16), "64 requests of a second each took {took:?}");
}

#[test]
fn lines_of_one_session_are_answered_in_order() {
    let line =
        |n: usize| json!({"id": n, "session": format!("s{}", n % 3), "say": format!("create contact Person{n} Test")});
    let input = lines(&(0..30).map(line).collect::<Vec<_>>());
    let answers = Test::new().sandbox().arg("pipe").stdin(input).stderr("").run().json_lines();
    assert_eq!(answers.len(), 30);
    for session in 0..3 {
        let ids: Vec<u64> = answers.iter().filter_map(|a| a["id"].as_u64()).filter(|id| id % 3 == session).collect();
        assert!(ids.is_sorted(), "session {session}: {ids:?}");
    }
}

/// A pipe that a test talks with line by line.
struct Bot {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    _test: Test,
}

impl Bot {
    fn start(test: Test) -> Self {
        let mut child = test.command().stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the pipe starts");
        let input = child.stdin.take().expect("its input");
        let output = BufReader::new(child.stdout.take().expect("its output"));
        Self { child, input, output, _test: test }
    }

    fn ask(&mut self, line: &Value) -> Value {
        writeln!(self.input, "{line}").expect("the pipe listens");
        let mut answer = String::new();
        self.output.read_line(&mut answer).expect("an answer");
        serde_json::from_str(&answer).expect("JSON")
    }
}

#[test]
fn each_answer_leaves_at_once() {
    let mut bot = Bot::start(Test::new().sandbox().arg("pipe"));
    assert_eq!(bot.ask(&json!({"id": 1, "session": "x", "say": "show contact Jane Doe"}))["status"], "done");
    assert_eq!(bot.ask(&json!({"id": 2, "session": "x", "say": "delete her"}))["status"], "needs_confirmation");
    assert_eq!(bot.ask(&json!({"id": 3, "session": "x", "answer": true}))["status"], "done");
    drop(bot.input);
    assert!(bot.child.wait().expect("ends").success());
}

#[test]
fn a_bot_that_goes_away_ends_the_pipe_without_a_complaint() {
    let mut bot = Bot::start(Test::new().clock().arg("pipe"));
    drop(bot.output);
    for n in 0..20 {
        // The pipe may be gone already.
        drop(writeln!(bot.input, "{}", json!({"id": n, "say": "frobnicate the gizmo"})));
    }
    assert!(bot.child.wait().expect("ends while its input is open").success());
}

#[test]
fn what_is_to_be_changed_is_asked_and_the_reply_read_with_the_line() {
    let input = lines(&[
        json!({"id": 1, "session": "s", "say": "update contact Jane Doe"}),
        json!({"id": 2, "session": "s", "answer": "phone +15551239999"}),
        json!({"id": 3, "session": "s", "say": "update contact Jane Doe"}),
        json!({"id": 4, "session": "s", "answer": "delete contact Bob Lee"}),
    ]);
    let answers = Test::new().sandbox().arg("pipe").stdin(input).stderr("").run().json_lines();
    assert_eq!(by_id(&answers, 1)["status"], "needs_value", "{answers:?}");
    let changed = by_id(&answers, 2);
    assert_eq!((&changed["status"], &changed["operation"]), (&json!("done"), &json!("contacts.update")), "{changed}");
    assert_eq!(by_id(&answers, 3)["status"], "needs_value", "{answers:?}");
    assert_eq!(by_id(&answers, 4)["status"], "refused", "{answers:?}");
}

#[test]
fn lines_that_begin_together_ask_what_the_account_is_called_once() {
    let server = Server::new(|line| {
        if line.starts_with("GET /locations/") {
            thread::sleep(Duration::from_millis(200));
        }
        json!({"location": {"id": "loc1", "name": "Acme Dental"}, "tags": ["vip"]})
    });
    let call = |n| json!({"id": n, "operation": "contacts.add-tags", "params": {"contactId": format!("ocQHyuzHvysMo5N5Vs{n}"), "tags": ["vip"]}});
    let calls: Vec<Value> = (10..30).map(call).collect();
    let test = Test::new().clock().args(["--base-url", &server.address, "pipe"]);
    let test = test.env("HIGHLEVEL_TOKEN", "t").env("HIGHLEVEL_LOCATION_ID", "loc000000000000000acme");
    let answers = test.stdin(lines(&calls)).stderr("").run().json_lines();
    assert!(answers.iter().all(|answer| answer["account"] == "Acme Dental"), "{answers:?}");
    let asked = server.lines().iter().filter(|line| line.starts_with("GET /locations/")).count();
    assert_eq!((answers.len(), asked), (20, 1));
}
