//! Values and answers that are made to be taken for something else: a path, a header, a template, a command of the
//! terminal. They arrive as what they are, or they do not leave.

mod scripted;
mod support;

use scripted::{Scripted, says};
use serde_json::{Value, json};
use support::Test;

const SERVICE: &str = "
service: den
base_url: https://den.invalid
rate_limit: none
resources:
  fox: {nouns: [fox], find: {operation: foxes.list, by: [name]}, label: '{{ name }}'}
errors:
  - {status: 422, matches: '(?<field>f[a-z]+) is wrong', means: 'the den says {{ said }}', do: 'mend {{ field }}'}
";
const OPERATIONS: &str = "
operations:
  foxes.get: {request: 'GET /foxes/{{ foxId }}', params: {foxId: fox}}
  foxes.list: {request: GET /foxes, returns: {resource: fox, at: foxes, many: true}, params: {name: {in: query, type: text}}}
  foxes.file: {request: 'PUT /files/{{ path }}/raw', params: {path: {type: text, pattern: '(?s).*'}, label: {in: header, type: text}, note: {in: body, type: text}}}
";

/// What stands in for an id or a name and is none.
const EVIL: [&str; 20] = [
    "..",
    ".",
    "../../etc/passwd",
    "a/b",
    "a\\b",
    "a%2fb",
    "%2e%2e%2fb",
    "%",
    "a?x=1",
    "a#b",
    "a;b=c",
    "a b",
    "a\r\nX-Evil: 1",
    "a\nX-Evil: 1",
    "\u{0}",
    "\u{fc}\u{2028}\u{202e}",
    "@evil.invalid",
    "//evil.invalid",
    "{{ 7 * 7 }}",
    "{% for x in range(1000000000) %}x{% endfor %}",
];

fn test(url: &str) -> Test {
    let test = Test::new().shared_cache().file("den/den/service.yaml", SERVICE).file("den/den/all.yaml", OPERATIONS);
    test.args(["--endpoints", "den", "--base-url", url])
}

fn calls(url: &str, lines: &[Value]) -> Vec<Value> {
    let input: String = lines.iter().map(|line| line.to_string() + "\n").collect();
    let mut answers = test(url).arg("pipe").stdin(input).run().json_lines();
    answers.sort_by_key(|answer| answer["id"].as_u64());
    assert_eq!(answers.len(), lines.len(), "{answers:?}");
    answers
}

#[test]
fn what_is_no_id_does_not_leave() {
    let peer = Scripted::new(|_, _| says(200, &json!({})));
    let line = |(n, id): (usize, &&str)| json!({"id": n, "operation": "foxes.get", "params": {"foxId": id}});
    let lines: Vec<Value> = EVIL.iter().enumerate().map(line).collect();
    for answer in calls(&peer.url, &lines) {
        assert_eq!((&answer["status"], &answer["error"]["kind"]), (&json!("refused"), &json!("invalid")), "{answer}");
    }
    assert!(peer.lines().is_empty(), "{:?}", peer.lines());
}

#[test]
fn a_text_in_a_path_is_one_part_of_it() {
    let peer = Scripted::new(|_, _| says(200, &json!({})));
    let line = |(n, path): (usize, &&str)| json!({"id": n, "operation": "foxes.file", "params": {"path": path}});
    let lines: Vec<Value> = EVIL.iter().enumerate().map(line).collect();
    let answers = calls(&peer.url, &lines);
    for asked in peer.asked() {
        let (method, target) = asked.line.split_once(' ').expect("a target");
        let parts: Vec<&str> = target.split('/').collect();
        assert_eq!((method, parts.len(), parts[1], parts[3]), ("PUT", 4, "files", "raw"), "{target}");
        assert!(target.is_ascii() && !target.contains(['?', '#', '\\', '{', '\r']), "{target}");
        let text = percent_encoding::percent_decode_str(parts[2]).decode_utf8().expect("text");
        assert!(EVIL.contains(&text.as_ref()), "{target}: the value itself arrives");
        assert!(asked.header("x-evil").is_none(), "{asked:?}");
    }
    let refused = answers.iter().filter(|answer| answer["status"] == "refused").count();
    assert_eq!(peer.lines().len() + refused, EVIL.len());
    for dots in &answers[..2] {
        assert_eq!(dots["status"], "refused", "a client would walk up: {dots}");
    }
    assert!(refused <= 8, "{answers:?}");
}

#[test]
fn no_value_begins_a_header_or_a_template() {
    let peer = Scripted::new(|_, _| says(200, &json!({})));
    let line = |(n, text): (usize, &&str)| {
        let params = json!({"path": "p", "label": text, "note": text});
        json!({"id": n, "operation": "foxes.file", "params": params})
    };
    let lines: Vec<Value> = EVIL.iter().enumerate().map(line).collect();
    let answers = calls(&peer.url, &lines);
    for asked in peer.asked() {
        assert!(asked.header("x-evil").is_none(), "{asked:?}");
        let note = asked.body["note"].as_str().expect("a note");
        assert!(EVIL.contains(&note), "{note:?}: the value itself arrives");
    }
    for (answer, text) in answers.iter().zip(EVIL) {
        assert_eq!(answer["status"] == "refused", text.chars().any(char::is_control), "{text:?}: {answer}");
    }
}

/// What a person sees on a terminal, whatever stands in the records.
#[test]
fn errors_questions_and_labels_steer_no_terminal() {
    let evil = "\u{1b}]0;owned\u{7}Rey\u{9b}2Jnard\u{202e}\r\nfake";
    let harmless = |text: &str| {
        let harm = |c: char| c.is_control() && c != '\n' || "\u{202e}\u{2066}\u{200f}".contains(c);
        assert!(!text.contains(harm), "{text:?}");
    };
    let error = Scripted::new(move |_, _| says(400, &json!({"message": evil, "error": [evil]})));
    let ran = test(&error.url).args(["-v", "show fox f1"]).status(1).run();
    assert!(ran.stderr.contains("Rey"), "{}", ran.stderr);
    harmless(&(ran.stdout + &ran.stderr));
    let two = move |asked: &scripted::Asked, _| {
        let fox = |id: &str| json!({"id": id, "name": evil});
        if asked.line.starts_with("GET /foxes/") {
            says(200, &json!({"fox": fox("f1")}))
        } else {
            says(200, &json!({"foxes": [fox("f1"), fox("f2")]}))
        }
    };
    let peer = Scripted::new(two);
    let shown = test(&peer.url).arg("show fox f1").run();
    harmless(&(shown.stdout + &shown.stderr));
    let asked = test(&peer.url).arg("show fox Rey").status(3).run();
    let told = asked.stdout + &asked.stderr;
    assert!(told.contains("Which fox") && told.contains("2. "), "{told}");
    harmless(&told);
}

#[test]
fn an_answer_is_never_a_template() {
    let peer = Scripted::new(|_, _| says(422, &json!({"message": "fur is wrong {{ 7 * 7 }} {{ field }}"})));
    let answer = &calls(&peer.url, &[json!({"id": 1, "operation": "foxes.get", "params": {"foxId": "f1"}})])[0];
    let told = answer["error"]["message"].as_str().expect("a message");
    assert!(told.starts_with("the den says fur is wrong {{ 7 * 7 }} {{ field }}"), "{answer}");
    assert_eq!(answer["error"]["hint"], "mend fur");
}

/// A text that doubles and doubles fills the memory of the machine in one line of YAML.
#[test]
fn a_template_of_a_stranger_makes_nothing_great() {
    let peer = Scripted::new(|_, _| says(200, &json!({})));
    let run = |bomb: &str, status: i32| {
        let layer = format!("operations: {{foxes.get: {{params: {{foxId: {{default: \"{bomb}\"}}}}}}}}\n");
        let test = test(&peer.url).file("evil/den/all.yaml", &layer).args(["--endpoints", "evil", "pipe"]);
        let line = json!({"id": 1, "operation": "foxes.get", "params": {}}).to_string();
        test.stdin(line).status(status).run()
    };
    for (bomb, why) in [
        ("{{ 'x' * 100000000 }}", "it cannot multiply"),
        ("{% set a = 'x' ~ 'x' %}{{ a }}", "it can say `if` and `else`, not `set`"),
        ("{% for i in [1, 2] %}{% for j in [1, 2] %}z{% endfor %}{% endfor %}", "not `for`"),
    ] {
        let told = run(bomb, 6).stderr;
        assert!(told.contains("is not a template: ") && told.contains(why), "{told}");
    }
    for bomb in ["{{ ('x' ~ 'x') | replace('x', 'yyyy') }}", "{{ ['x', 'y'] | join('a long joint between them') }}"] {
        assert_eq!(run(bomb, 0).json()["status"], "needs_value", "{bomb}");
    }
    assert!(peer.lines().is_empty());
}
