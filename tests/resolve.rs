//! Names become ids: looked up, chosen between by asking, never guessed.

mod scripted;
mod support;

use scripted::{Asked, Says, Scripted, says};
use serde_json::{Value, json};
use support::{Ran, Test};

const SHOP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/shop");

fn member(id: &str, name: &str, email: &str, phone: &str) -> Value {
    json!({"id": id, "name": name, "email": email, "phone": phone})
}

fn members() -> Vec<Value> {
    vec![
        member("m_1", "Jane Doe", "jane@acme.com", "+15551234567"),
        member("m_2", "Jane Porter", "porter@acme.com", "+15550000002"),
        member("m_3", "Bob Lee", "bob@acme.com", "+15550000003"),
        member("m_4", "Bob Lee", "bob@other.com", "+15550000004"),
    ]
}

/// The shop's usual answers. Its search is crude: it answers whoever has one of the words.
fn shop(asked: &Asked) -> Says {
    let (path, query) = asked.line.split_once('?').unwrap_or((&asked.line, ""));
    match path {
        "GET /branches/br_1" => says(200, &json!({"branch": {"id": "br_1", "name": "Main Street", "ownerId": "u_9"}})),
        "GET /branches" => {
            says(200, &json!({"branches": [{"id": "br_1", "name": "Main Street"}, {"id": "br_2", "name": "Harbour"}]}))
        }
        "GET /members" => {
            let pairs = url::form_urlencoded::parse(query.as_bytes());
            let wanted = pairs.filter(|(n, _)| n == "q").map(|(_, v)| v.to_lowercase()).next().unwrap_or_default();
            let fits = |m: &Value| wanted.split(' ').any(|w| m.to_string().to_lowercase().contains(w));
            let found: Vec<Value> = members().into_iter().filter(fits).collect();
            says(200, &json!({"members": found, "total": 4}))
        }
        "GET /badges" => says(200, &json!({"badges": [{"name": "vip"}, {"name": "VIP client"}, {"name": "Lead"}]})),
        "GET /shelves" => says(
            200,
            &json!({"shelves": [
                {"id": "s_1", "name": "Sales", "slots": [{"id": "p_1", "name": "Proposal"}, {"id": "p_2", "name": "New"}]},
                {"id": "s_2", "name": "Partners", "slots": [{"id": "p_3", "name": "Proposal"}]},
            ]}),
        ),
        "GET /orders" => says(200, &json!({"orders": [{"id": "o_1", "number": "Q-2231"}]})),
        line if line.starts_with("GET /orders/") => says(200, &json!({"order": {"id": "o_1", "number": "Q-2231"}})),
        line if line.starts_with("POST /orders") => says(201, &json!({"order": {"id": "o_2", "number": "Q-1"}})),
        line if line.starts_with("POST /members/ ") || line == "POST /members/" => {
            says(201, &json!({"member": {"id": "m_9", "name": asked.body["name"]}}))
        }
        _ => says(200, &json!({"ok": true})),
    }
}

fn peer() -> Scripted {
    Scripted::new(|asked, _| shop(asked))
}

fn pipe(peer: &Scripted, lines: &[Value]) -> Vec<Value> {
    let mut answers = run(peer, lines).json_lines();
    answers.sort_by_key(|a| a["id"].as_u64());
    answers
}

fn run(peer: &Scripted, lines: &[Value]) -> Ran {
    let input = lines.iter().map(|line| format!("{line}\n")).collect::<Vec<_>>().concat();
    let test = Test::new().args(["--endpoints", SHOP, "--base-url", &peer.url, "pipe"]).clock();
    test.env("SHOP_TOKEN", "tok-secret-1").env("SHOP_BRANCH", "br_1").stdin(input).run()
}

fn badge(member: &str, badges: &Value) -> Value {
    json!({"id": 1, "session": "s", "operation": "members.add-badges",
           "params": {"memberId": {"find": member}, "badges": badges}})
}

fn sent_to(peer: &Scripted, start: &str) -> Vec<String> {
    peer.lines().into_iter().filter(|line| line.starts_with(start)).collect()
}

#[test]
fn one_record_that_fits_is_taken() {
    for name in ["Jane Doe", "jane  DOE", "jane@acme.com", "(555) 123-4567", "Doe"] {
        let peer = peer();
        let answer = pipe(&peer, &[badge(name, &json!(["vip"]))]).remove(0);
        assert_eq!(answer["status"], "done", "{name}: {answer}");
        assert_eq!(sent_to(&peer, "POST"), ["POST /members/m_1/badges"], "{name}");
        assert_eq!(answer["account"], "Main Street", "{answer}");
        let touched = json!({"resource": "member", "id": "m_1", "label": "Jane Doe"});
        assert!(answer["touched"].as_array().is_some_and(|t| t.contains(&touched)), "{answer}");
    }
}

#[test]
fn several_that_fit_are_asked_about_and_a_number_chooses() {
    let peer = peer();
    let choose = json!({"id": 2, "session": "s", "answer": 2});
    let answers = pipe(&peer, &[badge("Bob Lee", &json!(["vip"])), choose]);
    assert_eq!(answers[0]["status"], "needs_choice", "{answers:?}");
    let choices = json!([
        {"label": "Bob Lee · bob@acme.com · +15550000003", "id": "m_3"},
        {"label": "Bob Lee · bob@other.com · +15550000004", "id": "m_4"},
    ]);
    assert_eq!(answers[0]["choices"], choices);
    assert_eq!(answers[1]["status"], "done", "{answers:?}");
    assert_eq!(sent_to(&peer, "POST"), ["POST /members/m_4/badges"]);
}

#[test]
fn a_choice_may_be_made_in_words_or_by_id() {
    for reply in [json!("bob@other.com"), json!("the second one"), json!("m_4")] {
        let peer = peer();
        let choose = json!({"id": 2, "session": "s", "answer": reply});
        let answers = pipe(&peer, &[badge("Bob Lee", &json!(["vip"])), choose]);
        assert_eq!(answers[1]["status"], "done", "{reply}: {answers:?}");
        assert_eq!(sent_to(&peer, "POST"), ["POST /members/m_4/badges"], "{reply}");
    }
}

#[test]
fn a_reply_that_chooses_nothing_leaves_the_question_open() {
    let peer = peer();
    let lines = [
        badge("Bob Lee", &json!(["vip"])),
        json!({"id": 2, "session": "s", "answer": 7}),
        json!({"id": 3, "session": "s", "answer": "m_3"}),
        json!({"id": 4, "session": "s", "answer": 1}),
    ];
    let answers = pipe(&peer, &lines);
    assert_eq!(answers[1]["error"]["kind"], "no_such_choice");
    assert_eq!(answers[2]["status"], "done");
    assert_eq!(answers[3]["error"]["kind"], "no_such_choice", "no question is open any more");
    assert_eq!(sent_to(&peer, "POST").len(), 1);
}

#[test]
fn nothing_that_fits_is_refused_with_what_is_near() {
    let peer = peer();
    let answer = pipe(&peer, &[badge("Jane Do", &json!(["vip"]))]).remove(0);
    assert_eq!(answer["status"], "refused", "{answer}");
    assert_eq!(answer["error"]["kind"], "not_found");
    assert_eq!(answer["error"]["message"], "there is no member «Jane Do» in Main Street");
    assert!(answer["error"]["hint"].as_str().is_some_and(|h| h.contains("Jane Doe")), "{answer}");
    assert!(sent_to(&peer, "POST").is_empty());
}

#[test]
fn what_looks_like_an_id_is_not_looked_up() {
    let peer = peer();
    let line = json!({"id": 1, "operation": "members.get", "params": {"memberId": "m_77"}});
    assert_eq!(pipe(&peer, &[line]).remove(0)["status"], "done");
    assert_eq!(peer.lines(), ["GET /members/m_77"]);
}

#[test]
fn a_code_is_looked_up_first_and_tried_as_an_id_then() {
    let peer = peer();
    let get = |code: &str| {
        let test =
            Test::new().args(["--endpoints", SHOP, "--base-url", &peer.url]).arg(format!("get order {code}")).clock();
        test.env("SHOP_TOKEN", "t").env("SHOP_BRANCH", "br_1").run()
    };
    get("Q-2231");
    get("ZZ-7");
    assert_eq!(sent_to(&peer, "GET /orders/"), ["GET /orders/o_1", "GET /orders/ZZ-7"]);
}

#[test]
fn a_child_is_found_under_its_parent_and_brings_it_along() {
    let order = |slot: Value, shelf: Option<Value>| {
        let mut params = json!({"slotId": slot});
        if let Some(shelf) = shelf {
            params["shelfId"] = shelf;
        }
        json!({"id": 1, "session": "s", "operation": "orders.place", "params": params})
    };
    let find = |name: &str| json!({"find": name});
    let body = |line: Value| {
        let peer = peer();
        let answer = pipe(&peer, &[line]).remove(0);
        let sent = peer.asked().into_iter().find(|a| a.line == "POST /orders").map(|a| a.body);
        (answer["status"].as_str().unwrap_or_default().to_owned(), sent)
    };
    let sales = Some(json!({"shelfId": "s_1", "slotId": "p_1"}));
    assert_eq!(body(order(find("Proposal of shelf Sales"), None)), ("done".into(), sales.clone()));
    assert_eq!(body(order(find("Proposal"), Some(find("Sales")))), ("done".into(), sales));
    let new = Some(json!({"shelfId": "s_1", "slotId": "p_2"}));
    assert_eq!(body(order(find("New"), None)), ("done".into(), new));
    assert_eq!(body(order(find("Proposal"), None)), ("needs_choice".into(), None));
    assert_eq!(body(order(find("New"), Some(find("Partners")))), ("refused".into(), None));
}

#[test]
fn a_name_that_would_be_created_is_asked_about() {
    let say = |text: &str| json!({"id": 1, "session": "s", "say": text});
    let peer = peer();
    let yes = json!({"id": 2, "session": "s", "answer": true});
    let answers = pipe(&peer, &[say("add badge vipp to Jane Doe"), yes]);
    assert_eq!(answers[0]["status"], "needs_confirmation", "{answers:?}");
    assert_eq!(answers[0]["question"], "There is no badge «vipp» in Main Street. Create it? (near: vip)");
    assert_eq!(answers[1]["status"], "done", "{answers:?}");
    assert_eq!(peer.asked().last().map(|a| a.body.clone()), Some(json!({"badges": ["vipp"]})));
}

#[test]
fn a_known_name_takes_the_accounts_spelling_and_a_part_is_not_enough() {
    let say = |text: &str| json!({"id": 1, "session": "s", "say": text});
    let peer = peer();
    let answer = pipe(&peer, &[say("add badge LEAD to Jane Doe")]).remove(0);
    assert_eq!(answer["status"], "done", "{answer}");
    assert_eq!(peer.asked().last().map(|a| a.body.clone()), Some(json!({"badges": ["Lead"]})));
    let answer = pipe(&peer, &[say("add badge client to Jane Doe")]).remove(0);
    assert_eq!(answer["status"], "needs_confirmation", "{answer}");
    let answer = pipe(&peer, &[say("remove badge vipp from Jane Doe")]).remove(0);
    assert_eq!(answer["error"]["kind"], "not_found", "taking off makes nothing new: {answer}");
}

#[test]
fn names_are_believed_for_a_while_and_forgotten_on_a_write() {
    let peer = peer();
    let lines = [
        badge("Jane Doe", &json!(["vip"])),
        json!({"id": 2, "session": "s", "operation": "members.get", "params": {"memberId": {"find": "Jane Doe"}}}),
        json!({"id": 3, "session": "s", "operation": "members.get", "params": {"memberId": {"find": "Jane Doe"}}}),
    ];
    let answers = pipe(&peer, &lines);
    assert!(answers.iter().all(|a| a["status"] == "done"), "{answers:?}");
    assert_eq!(sent_to(&peer, "GET /members?").len(), 2, "once before and once after the write");
}

#[test]
fn what_an_earlier_step_makes_is_what_a_later_one_means() {
    let peer = peer();
    let line = json!({"id": 1, "say": "create member Zed Zulu and add badge vip to Zed Zulu"});
    let answer = pipe(&peer, &[line]).remove(0);
    assert_eq!(answer["status"], "done", "{answer}");
    assert_eq!(sent_to(&peer, "POST"), ["POST /members/", "POST /members/m_9/badges"]);
    assert_eq!(answer["steps"].as_array().map(Vec::len), Some(2));
}

#[test]
fn the_account_goes_by_name_too() {
    let peer = peer();
    let create =
        |location: &str| json!({"id": 1, "operation": "members.create", "params": {"name": "x"}, "location": location});
    let answer = pipe(&peer, &[create("Harbour")]).remove(0);
    assert_eq!(answer["status"], "done", "{answer}");
    assert_eq!(
        peer.asked().iter().find(|a| a.line == "POST /members/").map(|a| a.body["branchId"].clone()),
        Some(json!("br_2"))
    );
    let answer = pipe(&peer, &[create("No Such Place")]).remove(0);
    assert_eq!(answer["error"]["kind"], "not_found", "{answer}");
}

#[test]
fn a_context_value_may_be_told_by_the_api() {
    let peer = peer();
    let line = json!({"id": 1, "operation": "events.scan", "params": {}});
    let answer = pipe(&peer, &[line]).remove(0);
    assert_eq!(answer["status"], "done", "{answer}");
    assert_eq!(peer.lines(), ["GET /branches/br_1", "GET /events/scan?ownerId=u_9"]);
}

#[test]
fn a_missing_record_is_asked_for_and_another_command_is_not_its_name() {
    let peer = peer();
    let say = |id: u32, text: &str| json!({"id": id, "session": "s", "say": text});
    let ask = "add a badge to Jane Doe";
    let answers = pipe(&peer, &[say(1, ask), say(2, "vip"), say(3, ask), say(4, "list shelves")]);
    assert_eq!(answers[0]["status"], "needs_value", "{answers:?}");
    assert_eq!(answers[1]["status"], "done", "{answers:?}");
    assert_eq!(answers[1]["request"]["method"], "POST");
    assert_eq!(answers[3]["operation"], "shelves.list", "{answers:?}");
    assert_eq!(sent_to(&peer, "POST"), ["POST /members/m_1/badges"]);
}

#[test]
fn her_and_it_are_who_was_spoken_of_last() {
    let peer = peer();
    let say = |id: u32, text: &str| json!({"id": id, "session": "s", "say": text});
    let answers = pipe(&peer, &[say(1, "add badge vip to Jane Doe"), say(2, "add badge Lead to her")]);
    assert_eq!(answers[1]["status"], "done", "{answers:?}");
    assert_eq!(answers[1]["done"], "Added badge Lead to Jane Doe");
    assert_eq!(sent_to(&peer, "POST"), ["POST /members/m_1/badges", "POST /members/m_1/badges"]);
}
