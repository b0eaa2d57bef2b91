//! What a request looks like before it is sent: every kind of value, every place, every check. Nothing is sent here.

mod support;

use serde_json::{Value, json};
use support::Test;

const SHOP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/shop");

/// Asks for operations as a bot does, on a dry run without a credential; the answers in the same order.
fn ask_all(asked: &[(&str, Value)]) -> Vec<Value> {
    let line = |(id, (operation, params)): (usize, &(&str, Value))| {
        format!("{}\n", json!({"id": id, "operation": operation, "params": params, "dry_run": true}))
    };
    let input: String = asked.iter().enumerate().map(line).collect();
    let test = Test::new().args(["--endpoints", SHOP, "--base-url", "https://shop.invalid", "pipe"]).clock();
    let test = test.env("SHOP_BRANCH", "br_1");
    let mut answers = test.stdin(input).run().json_lines();
    answers.sort_by_key(|answer| answer["id"].as_u64());
    assert_eq!(answers.len(), asked.len());
    answers
}

fn ask(operation: &str, params: &Value) -> Value {
    ask_all(&[(operation, params.clone())]).remove(0)
}

fn request(operation: &str, params: &Value) -> Value {
    let answer = ask(operation, params);
    assert_eq!(answer["status"], "dry_run", "{answer}");
    answer["request"].clone()
}

fn body(operation: &str, params: &Value) -> Value {
    request(operation, params)["body"].clone()
}

fn refused(operation: &str, params: &Value) -> String {
    let answer = ask(operation, params);
    assert_eq!(answer["status"], "refused", "{answer}");
    assert_eq!(answer["error"]["kind"], "invalid", "{answer}");
    format!("{} {}", answer["error"]["message"], answer["error"]["hint"])
}

#[test]
fn a_request_has_its_path_headers_and_body() {
    let request = request("members.create", &json!({"name": "Jane Doe", "address": {"street": "1 Main", "city": "X"}}));
    assert_eq!(request["method"], "POST");
    assert_eq!(request["url"], "https://shop.invalid/members/");
    let body =
        json!({"name": "Jane Doe", "active": true, "address": {"street": "1 Main", "city": "X"}, "branchId": "br_1"});
    assert_eq!(request["body"], body);
    let headers = request["headers"].as_array().expect("headers");
    for wanted in [json!(["X-Version", "3"]), json!(["X-Branch", "br_1"]), json!(["Content-Type", "application/json"])]
    {
        assert!(headers.contains(&wanted), "{wanted} in {headers:?}");
    }
    let curl = request["curl"].as_str().expect("a curl line");
    assert!(curl.contains("-H \"Authorization: Bearer $SHOP_TOKEN\""), "{curl}");
}

#[test]
fn dotted_names_and_nested_objects_are_the_same() {
    let dotted = body("members.create", &json!({"name": "J", "address.street": "1 Main", "address.city": "X"}));
    let nested = body("members.create", &json!({"name": "J", "address": {"street": "1 Main", "city": "X"}}));
    assert_eq!(dotted, nested);
}

#[test]
fn an_operation_goes_by_its_request_line_too() {
    let request = request("DELETE /members/{id}", &json!({"memberId": "m_1"}));
    assert_eq!(request["url"], "https://shop.invalid/members/m_1");
}

#[test]
fn everything_wrong_is_told_at_once() {
    let told = refused(
        "members.create",
        &json!({"nmae": "x", "email": "jane", "age": 200, "active": "maybe", "level": "gould", "code": "abc",
                "zone": "Mars/Olympus", "website": "nowhere", "badges": "vip", "credit": true}),
    );
    for wanted in [
        "`name` is required",
        "`nmae` is not a parameter of members.create",
        "did you mean `name`?",
        "`email` must be an e-mail address",
        "`age` must be from 0 to 150",
        "`active` must be true or false",
        "`level` must be one of `gold`, `silver`, `in_waiting`",
        "did you mean `gold`?",
        "`code` must be a value that fits",
        "`zone` must be a time zone",
        "`website` must be a web address",
        "`badges` must be a list, not text",
        "`credit` must be text, not true or false",
    ] {
        assert!(told.contains(wanted), "{wanted} in {told}");
    }
}

#[test]
fn faults_inside_lists_and_objects_are_placed() {
    let told = refused("members.create", &json!({"name": "x", "cars": [{"plate": "A1"}, {"yeer": 1999}]}));
    for wanted in ["`cars.1.yeer` is not a field of it", "did you mean `year`?", "`cars.1.plate` is required"] {
        assert!(told.contains(wanted), "{wanted} in {told}");
    }
    let cars = json!([{"plate": "A1", "year": 1999}]);
    assert_eq!(body("members.create", &json!({"name": "x", "cars": cars}))["cars"], cars);
}

#[test]
fn the_json_type_on_the_wire_is_the_apis() {
    assert_eq!(body("members.create", &json!({"name": "x", "credit": 12.5}))["credit"], "12.5");
    assert_eq!(body("members.create", &json!({"name": "x", "credit": "12.50"}))["credit"], "12.50");
    let any = json!({"a": [1, null]});
    assert_eq!(body("members.create", &json!({"name": "x", "anything": any}))["anything"], any);
}

#[test]
fn times_take_the_form_of_each_field() {
    let at = "2026-11-24T17:00:00-05:00";
    let day = "2026-11-24";
    let sent = body(
        "events.times",
        &json!({"iso": at, "utc": at, "day": day, "only": day, "ms": day, "msEnd": day, "msText": at, "s": at, "us": day}),
    );
    let wanted = json!({
        "iso": "2026-11-24T17:00:00-05:00", "utc": at, "day": "2026-11-24", "only": "2026-11-24",
        "ms": 1_795_496_400_000_i64, "msEnd": 1_795_582_799_999_i64, "msText": "1795557600000", "s": 1_795_557_600,
        "us": "11-24-2026", "end": "2026-11-24T17:30:00-05:00",
    });
    assert_eq!(sent, wanted);
    assert!(refused("events.times", &json!({"iso": "soon"})).contains("`iso` must be a date"));
}

#[test]
fn values_stay_in_their_places() {
    let url = |operation: &str, params: &Value| request(operation, params)["url"].as_str().expect("a url").to_owned();
    let env = "&ownerId=o";
    let asked = json!({"ids": ["a&b=c", "d#e"], "names": ["x", "y"], "flag": true, "ownerId": "o"});
    let query = "?ids=a%26b%3Dc&ids=d%23e&names=x%2Cy&flag=true";
    assert_eq!(url("events.scan", &asked), format!("https://shop.invalid/events/scan{query}{env}"));
    let hostile = ["../members", "a/b", "m_1?x=1", "m_1#", "", "..", "m 1", "m_1\r\nX: y", "\u{202e}"];
    let asked: Vec<(&str, Value)> = hostile.iter().map(|id| ("members.get", json!({"memberId": id}))).collect();
    for (id, answer) in hostile.iter().zip(ask_all(&asked)) {
        assert_eq!(answer["status"], "refused", "{id:?}");
        assert!(answer["error"]["message"].as_str().is_some_and(|m| m.contains("memberId")), "{id:?} {answer}");
    }
    let told = refused("events.scan", &json!({"ownerId": "o", "X-Trace": "a\r\nAuthorization: b"}));
    assert!(told.contains("`X-Trace` must be one line"), "{told}");
}

#[test]
fn bodies_that_are_no_object_and_forms() {
    assert_eq!(body("bulk.replace", &json!({"body": [1, 2]})), json!([1, 2]));
    let form = request("session.open", &json!({"user": "j", "secret": "a&b"}));
    assert_eq!(form["body"], json!({"user": "j", "secret": "a&b"}));
    let curl = form["curl"].as_str().expect("a curl line");
    assert!(curl.contains("--data-urlencode 'secret=a&b'") && !curl.contains("Authorization"), "{curl}");
}

#[test]
fn names_stand_where_nothing_can_be_looked_up() {
    let request = request("members.add-badges", &json!({"memberId": {"find": "Jane Doe"}, "badges": ["vip"]}));
    assert_eq!(request["url"], "https://shop.invalid/members/Jane%20Doe/badges");
    let told = refused("members.create", &json!({"name": {"find": "Jane"}}));
    assert!(told.contains("`name` is not the id of a record"), "{told}");
}

#[test]
fn what_the_account_should_supply_is_asked_of_the_environment() {
    let line = json!({"id": 1, "operation": "members.create", "params": {"name": "x"}, "dry_run": true});
    let test = Test::new().args(["--endpoints", SHOP, "pipe"]).clock();
    let answer = test.stdin(format!("{line}\n")).run().json();
    assert_eq!(answer["error"]["kind"], "missing_context", "{answer}");
    assert!(answer["error"]["hint"].as_str().expect("a hint").contains("SHOP_BRANCH"), "{answer}");
}

#[test]
fn an_unknown_operation_is_not_guessed_at() {
    let answer = ask("members.creat", &json!({}));
    assert_eq!(answer["status"], "refused");
    assert_eq!(answer["error"]["hint"], "did you mean `members.create`?");
    let answer = ask("GET /nowhere", &json!({}));
    assert_eq!(answer["error"]["kind"], "not_understood");
    let answer = ask("hidden.peek", &json!({}));
    assert_eq!(answer["error"]["kind"], "undocumented");
}
