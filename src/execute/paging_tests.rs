//! A walk brings every record of a well-behaved list once, and comes to an end whatever a server answers.

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::paging::{Pager, Turned};
use super::records::total_of;
use crate::catalog::{Catalog, Layer, load};
use crate::intent::Value;
use crate::plan::{Context, PlannedStep, dotted, plain_text, plan};

const SERVICE: &str = "
service: s
base_url: https://s.invalid
pagination:
  skip: {size: {limit: 2}, offset: skip, as_text: true}
  page: {size: {limit: 2}, page: {page: 1}}
  cursor: {size: {limit: 2}, cursor: {after: $last.mark, key: meta.key}}
  either: {size: {limit: 2}, cursor: {after: meta.none | $last.mark}, more: meta.more, not_with: [sort]}
  bare: {cursor: {after: meta.after}}
  few: {size: {limit: 50}, offset: skip}
";
const OPERATIONS: &str = "
operations:
  skip: {request: GET /a, params: {limit: text, skip: text}, page: skip, returns: {at: a, many: true}}
  page: {request: GET /b, params: {limit: integer, page: integer}, page: page, returns: {at: a, many: true}}
  cursor:
    request: GET /c
    params: {limit: integer, after: integer, key: text}
    page: cursor
    returns: {at: a, many: true}
  either: {request: GET /d, params: {after: text, sort: text, q: text}, page: either, returns: {at: a, many: true}}
  bare: {request: GET /e, params: {after: text}, page: bare, returns: {at: a, many: true}}
  few: {request: GET /f, params: {limit: {type: integer, min: 10}}, page: few, returns: {at: a, many: true}}
";

fn catalog() -> Catalog {
    let files = vec![("s/service.yaml".into(), SERVICE.into()), ("s/main.yaml".into(), OPERATIONS.into())];
    load(&[Layer::new("test", files)]).unwrap_or_else(|found| panic!("{found:?}")).catalog
}

/// Walks a list; the server gets what is asked for and answers with a body. What was asked for, and the records.
fn walk(
    catalog: &Catalog,
    name: &str,
    said: &[(&str, Value)],
    wanted: Option<usize>,
    mut server: impl FnMut(&Json) -> Json,
) -> (Vec<Json>, Vec<Json>) {
    let id = catalog.by_name(name).expect("an operation");
    let now = "2026-11-20T09:00:00Z[UTC]".parse().expect("a moment");
    let arguments = said.iter().map(|(n, v)| crate::intent::Argument { name: (*n).into(), value: v.clone() }).collect();
    let step = crate::intent::Step { operation: id, arguments, missing: Vec::new(), confirm: None };
    let step = plan(&[step], catalog, &Context::new(now)).steps.remove(0);
    let operation = catalog.operation(id);
    let style = &catalog.service_of(operation).pagination;
    let style = style.iter().find(|s| s.name == name).expect("a style");
    let (mut pager, mut step) = Pager::new(operation, style, &step, wanted);
    let (mut asked, mut records) = (Vec::new(), Vec::new());
    loop {
        asked.push(asked_for(&step));
        assert!(asked.len() <= 2_000, "it comes to an end");
        let body = server(&asked[asked.len() - 1]);
        let page = body["a"].as_array().cloned().unwrap_or_default();
        let Turned { records: new, next, .. } = pager.turn(&step, &body, page, total_of(&body));
        records.extend(new);
        match next {
            Some(next) => step = next,
            None => return (asked, records),
        }
    }
}

fn asked_for(step: &PlannedStep) -> Json {
    Json::Object(step.arguments.iter().map(|b| (b.name.clone(), b.value.to_json())).collect())
}

fn page(marks: &[i64]) -> Json {
    json!({"a": marks.iter().map(|m| json!({"mark": m})).collect::<Vec<_>>(), "meta": {"key": format!("k{}", marks.len())}})
}

fn asked(name: &str, said: &[(&str, Value)], pages: &[Json]) -> Vec<Json> {
    let mut pages = pages.iter();
    walk(&catalog(), name, said, None, |_| pages.next().cloned().unwrap_or(Json::Null)).0
}

#[test]
fn offsets_count_records_and_take_the_parameters_type() {
    let at = |skip: &str| json!({"limit": "2", "skip": skip});
    let asked = asked("skip", &[], &[page(&[1, 2]), page(&[3, 4]), page(&[5])]);
    assert_eq!(asked, [json!({"limit": "2"}), at("2"), at("4")]);
}

#[test]
fn pages_count_from_what_was_said() {
    let asked = asked("page", &[("page", Value::Number(3.into()))], &[page(&[1, 2]), page(&[])]);
    assert_eq!(asked, [json!({"page": 3, "limit": 2}), json!({"page": 4, "limit": 2})]);
}

#[test]
fn a_cursor_may_stand_in_the_last_record_and_elsewhere() {
    let asked = asked("cursor", &[], &[page(&[1, 2]), page(&[3])]);
    assert_eq!(asked, [json!({"limit": 2}), json!({"limit": 2, "after": 2, "key": "k2"})]);
}

#[test]
fn the_first_place_that_holds_something_is_taken_and_filters_are_kept() {
    let more = |more: bool, marks: &[i64]| {
        let mut body = page(marks);
        body["meta"]["more"] = more.into();
        body
    };
    let said = [("q", Value::Text("x".into()))];
    let asked = asked("either", &said, &[more(true, &[1]), more(false, &[2, 3])]);
    assert_eq!(asked[1], json!({"q": "x", "limit": 2, "after": "1"}), "a short page is not the last when more is told");
    assert_eq!(asked.len(), 2, "and a full one is when no more is told");
}

#[test]
fn a_list_that_cannot_be_followed_is_one_page_and_cut() {
    let asked = asked("either", &[("sort", Value::Text("asc".into()))], &[page(&[1, 2]), page(&[3])]);
    assert_eq!(asked.len(), 1);
}

#[test]
fn the_same_page_again_and_the_same_cursor_again_end_the_walk() {
    let (asked, records) = walk(&catalog(), "page", &[], None, |_| page(&[1, 2]));
    assert_eq!((asked.len(), records.len()), (2, 2));
    let mut n = 0;
    let stuck = |_: &Json| {
        n += 1;
        json!({"a": [{"id": n, "mark": 7}, {"id": -n, "mark": 7}], "meta": {"key": "k"}})
    };
    assert_eq!(walk(&catalog(), "cursor", &[], None, stuck).0.len(), 2);
}

#[test]
fn a_size_that_was_said_is_kept() {
    let asked = asked("page", &[("limit", Value::Number(1.into()))], &[page(&[1]), page(&[2])]);
    assert_eq!(asked[1], json!({"limit": 1, "page": 2}));
    assert_eq!(asked.len(), 3);
}

#[test]
fn a_page_is_no_smaller_than_the_api_allows() {
    let first = |wanted| walk(&catalog(), "few", &[], Some(wanted), |_| json!(null)).0.remove(0);
    assert_eq!((first(3), first(30), first(300)), (json!({"limit": 10}), json!({"limit": 30}), json!({"limit": 50})));
}

/// A server that behaves: it hands out its records in order, by whatever it is asked with.
#[derive(Debug, Clone)]
struct Good {
    records: usize,
    /// Most records of a page, whatever is asked for.
    cap: usize,
    tells_total: bool,
    /// The record that is asked from comes again.
    inclusive: bool,
}

impl Good {
    fn answer(&self, asked: &Json) -> Json {
        let number = |name: &str| dotted(asked, name).and_then(plain_text).and_then(|t| t.parse::<usize>().ok());
        let size = number("limit").unwrap_or(self.cap).min(self.cap);
        let after = number("after").map(|after| if self.inclusive { after } else { after + 1 });
        let from = number("skip").or(after).or(number("page").map(|page| (page - 1) * size)).unwrap_or(0);
        let part: Vec<Json> =
            (from..self.records).take(size).map(|n| json!({"id": format!("r{n}"), "mark": n})).collect();
        let last = from + part.len();
        let mut meta = json!({"key": format!("k{last}"), "more": last < self.records});
        if last < self.records {
            meta["after"] = json!(last.saturating_sub(1));
        }
        let mut body = json!({"a": part, "meta": meta});
        if self.tells_total {
            body["total"] = json!(self.records);
        }
        body
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn every_record_comes_once(
        records in 0..60_usize,
        cap in 2..9_usize,
        tells_total in any::<bool>(),
        inclusive in any::<bool>(),
        name in prop::sample::select(vec!["skip", "page", "cursor", "either", "bare"]),
    ) {
        // Where the size of a page is said, servers that give fewer must tell the total or whether there is more.
        let good = Good { records, cap, tells_total, inclusive: inclusive && name == "cursor" };
        let (_, got) = walk(&catalog(), name, &[], None, |asked| good.answer(asked));
        let ids: Vec<String> = got.iter().filter_map(|r| r["id"].as_str().map(str::to_owned)).collect();
        let all: Vec<String> = (0..records).map(|n| format!("r{n}")).collect();
        prop_assert_eq!(ids, all);
    }

    #[test]
    fn every_walk_comes_to_an_end(
        bodies in prop::collection::vec(bodies(), 1..5),
        order in prop::collection::vec(any::<prop::sample::Index>(), 40),
        name in prop::sample::select(vec!["skip", "page", "cursor", "either", "bare"]),
    ) {
        let mut turn = 0;
        let malicious = |_: &Json| {
            turn += 1;
            order[turn % order.len()].get(&bodies).clone()
        };
        let (asked, _) = walk(&catalog(), name, &[], None, malicious);
        prop_assert!(asked.len() <= bodies.len() + 1, "no page is turned twice: {}", asked.len());
    }
}

/// Whatever a server may say: pages that repeat, cursors that lead back, totals that lie, no lists at all.
fn bodies() -> impl Strategy<Value = Json> {
    let record = (0..4_u8).prop_map(|n| json!({"id": n, "mark": n % 2}));
    let list = prop::collection::vec(record, 0..4);
    (list, any::<u64>(), any::<bool>(), 0..3_u8, any::<bool>()).prop_map(|(list, total, more, key, whole)| {
        if whole {
            json!({"a": list, "total": total, "meta": {"key": key, "more": more, "after": key}})
        } else {
            json!({"a": key, "total": "many", "meta": [more]})
        }
    })
}
