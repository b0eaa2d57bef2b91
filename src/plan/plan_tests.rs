use jiff::Zoned;
use serde_json::json;

use super::{Context, LookupMode, Origin, PlannedStep, plan};
use crate::catalog::{Catalog, Layer, load};
use crate::intent::{Argument, Step, Value};

const SERVICE: &str = "
service: shop
base_url: https://shop.invalid
context: {branch: {env: [BRANCH]}}
resources:
  member: {nouns: [member], id: memberId, id_pattern: '^m_[0-9]+$', find: {operation: m.search, query: q, by: [name]}}
  shelf: {nouns: [shelf], id: shelfId, id_pattern: '^s_[0-9]+$', find: {operation: s.list, by: [name]}}
  slot: {nouns: [slot], id: slotId, parent: shelf, find: {operation: s.list, by: [name], inside: slots}}
  note: {nouns: [note], id: noteId, parent: member, find: {operation: n.list, by: [text], with: {memberId: memberId}}}
  badge: {nouns: [badge], id: badges, by_name: true, creates_on_write: true, find: {operation: b.list, by: [name]}}
";

const OPERATIONS: &str = "
operations:
  m.search: {request: GET /members, params: {q: text}, returns: {resource: member, at: members, many: true}}
  s.list: {request: GET /shelves, returns: {resource: shelf, at: shelves, many: true}}
  b.list: {request: GET /badges, params: {badge: badge}, returns: {resource: badge, at: badges, many: true}}
  n.list:
    request: GET /members/{{ memberId }}/notes
    params: {memberId: member}
    returns: {resource: note, at: notes, many: true}
  m.create:
    request: POST /members
    params:
      fullName: {splits: [first, last]}
      first: text
      last: text
      cards: {type: [object], each: {text: code}, fields: {code: {}, colour: {}}}
      colour: {fills: cards.colour}
      home.street: text
      home.city: text
      status: {default: new}
      branchId: {required: true, default: '{{ branch }}'}
      level: {required: true}
    fixed: {kind: person}
    returns: {resource: member, at: member}
  m.badge:
    request: POST /members/{{ memberId }}/badges
    params: {memberId: member, badges: [badge]}
  m.unbadge:
    request: DELETE /members/{{ memberId }}/badges
    params: {memberId: member, badges: {type: [badge], in: body}}
  n.edit:
    request: PUT /members/{{ memberId }}/notes/{{ noteId }}
    params: {memberId: member, noteId: note}
  v.book:
    request: POST /visits
    params:
      from: {type: datetime, range_end: until}
      until: {type: datetime}
      ends: {type: datetime, derive: from + 45m}
      pause: {type: duration, unit: pauseUnit}
      pauseUnit: {enum: {hours: [], mins: [minutes]}}
      slotId: slot
      shelfId: {type: shelf, required: true}
";

fn catalog() -> Catalog {
    let file = |name: &str, text: &str| (format!("shop/{name}.yaml"), text.to_owned());
    let layer = Layer::new("test", vec![file("service", SERVICE), file("main", OPERATIONS)]);
    load(&[layer]).unwrap_or_else(|found| panic!("{found:?}")).catalog
}

fn context() -> Context {
    let now: Zoned = "2026-11-20T09:00:00-05:00[America/New_York]".parse().expect("a moment");
    let mut context = Context::new(now);
    context.set("shop", "branch", "br_1");
    context
}

fn step(catalog: &Catalog, operation: &str, arguments: &[(&str, Value)]) -> Step {
    let arguments = arguments.iter().map(|(n, v)| Argument { name: (*n).to_owned(), value: v.clone() }).collect();
    let operation = catalog.by_name(operation).expect("an operation");
    Step { operation, arguments, missing: Vec::new(), confirm: None }
}

fn planned(operation: &str, arguments: &[(&str, Value)]) -> PlannedStep {
    let catalog = catalog();
    plan(&[step(&catalog, operation, arguments)], &catalog, &context()).steps.remove(0)
}

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

#[test]
fn defaults_fixed_values_and_the_account_fill_what_was_not_said() {
    let step = planned("m.create", &[("first", text("Jane"))]);
    let filled: Vec<(&str, serde_json::Value, Origin)> =
        step.arguments.iter().map(|b| (b.name.as_str(), b.value.to_json(), b.origin)).collect();
    assert_eq!(
        filled,
        [
            ("first", json!("Jane"), Origin::Said),
            ("status", json!("new"), Origin::Catalog),
            ("branchId", json!("br_1"), Origin::Context),
            ("kind", json!("person"), Origin::Catalog),
        ]
    );
    assert_eq!(step.missing.iter().map(|m| m.parameter.as_str()).collect::<Vec<_>>(), ["level"]);
}

#[test]
fn an_account_that_nobody_gave_is_missing_by_name() {
    let catalog = catalog();
    let empty = Context::new(context().now);
    let step = plan(&[step(&catalog, "m.create", &[])], &catalog, &empty).steps.remove(0);
    let branch = step.missing.iter().find(|m| m.parameter == "branchId").expect("it is missing");
    assert_eq!(branch.context.as_deref(), Some("branch"));
}

#[test]
fn what_is_said_of_every_object_goes_into_those_that_lack_it() {
    let cards = json!([{"code": "A1"}, {"code": "B2", "colour": "red"}]);
    let step = planned("m.create", &[("colour", text("blue")), ("cards", Value::Given(cards))]);
    let whole = json!([{"code": "A1", "colour": "blue"}, {"code": "B2", "colour": "red"}]);
    assert_eq!(step.value("cards").map(Value::to_json), Some(whole));
    assert_eq!(step.value("colour"), None);
}

#[test]
fn a_whole_name_is_split_and_objects_are_taken_apart() {
    let home = Value::Map(vec![("street".into(), text("1 Main")), ("city".into(), text("X"))]);
    let step = planned("m.create", &[("fullName", text("Jane van Dam")), ("home", home)]);
    assert_eq!(step.value("first"), Some(&text("Jane")));
    assert_eq!(step.value("last"), Some(&text("van Dam")));
    assert_eq!(step.value("home.street"), Some(&text("1 Main")));
    assert_eq!((step.value("fullName"), step.value("home")), (None, None));
}

#[test]
fn times_follow_from_each_other() {
    let at: Zoned = "2026-11-24T17:00:00-05:00[America/New_York]".parse().expect("a moment");
    let later: Zoned = "2026-11-24T17:45:00-05:00[America/New_York]".parse().expect("a moment");
    let step = planned("v.book", &[("from", Value::DateTime(at)), ("pause", Value::Number(15.into()))]);
    assert_eq!(step.value("ends"), Some(&Value::DateTime(later)));
    assert_eq!(step.value("until"), None);
    assert_eq!(step.value("pauseUnit").map(Value::to_json), Some(json!("mins")));
    let day = Value::Date("2026-11-24".parse().expect("a day"));
    assert_eq!(planned("v.book", &[("from", day.clone())]).value("until"), Some(&day));
}

#[test]
fn names_wait_and_ids_do_not() {
    let step = planned("m.badge", &[("memberId", text("m_7")), ("badges", Value::List(vec![text("vip")]))]);
    assert_eq!(step.value("memberId"), Some(&text("m_7")));
    assert_eq!(
        step.lookups.iter().map(|l| (l.text.as_str(), l.mode)).collect::<Vec<_>>(),
        [("vip", LookupMode::NameOrNew)]
    );
    let mode = |name: &str| planned("m.badge", &[("memberId", text(name))]).lookups.remove(0).mode;
    assert_eq!((mode("Jane Doe"), mode("Q-77")), (LookupMode::Id, LookupMode::IdOrCode));
    let step = planned("m.unbadge", &[("memberId", text("m_7")), ("badges", Value::List(vec![text("vip")]))]);
    assert_eq!(step.lookups[0].mode, LookupMode::Name, "taking off makes nothing new");
    assert!(planned("b.list", &[("badge", text("vip"))]).lookups.is_empty(), "reading makes nothing new");
}

#[test]
fn what_a_look_up_needs_is_looked_up_first() {
    let step = planned("n.edit", &[("noteId", text("call back")), ("memberId", text("Jane Doe"))]);
    assert_eq!(step.lookups.iter().map(|l| l.resource.as_str()).collect::<Vec<_>>(), ["member", "note"]);
    let step = planned("v.book", &[("slotId", text("Top")), ("shelfId", text("Left"))]);
    assert_eq!(step.lookups.iter().map(|l| l.resource.as_str()).collect::<Vec<_>>(), ["shelf", "slot"]);
}

#[test]
fn a_later_step_may_mean_what_an_earlier_one_makes() {
    let catalog = catalog();
    let made = step(&catalog, "m.create", &[("first", text("Zed")), ("last", text("Zulu"))]);
    let badge = |name: &str| step(&catalog, "m.badge", &[("memberId", text(name))]);
    let steps = plan(&[made, badge("zed zulu"), badge("Jane Doe")], &catalog, &context()).steps;
    assert!(steps[1].lookups.is_empty());
    assert_eq!(steps[1].made.iter().map(|m| m.step).collect::<Vec<_>>(), [0]);
    assert_eq!((steps[2].lookups.len(), steps[2].made.len()), (1, 0));
}
