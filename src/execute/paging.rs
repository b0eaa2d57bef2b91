use serde_json::{Number, Value as Json};

use crate::catalog::{Kind, Operation, PageAdvance, PageStyle, Parameter};
use crate::intent::Value;
use crate::plan::{Bound, Origin, PlannedStep, dotted, plain_text};

/// Walks a list by the catalog's description of its pages. Pure: it only says what the next step is.
pub(super) struct Pager<'a> {
    operation: &'a Operation,
    style: &'a PageStyle,
    /// Records a full page holds, when that is known.
    size: Option<usize>,
    passed: usize,
    page: u32,
    first: Option<Json>,
    cursor: Vec<Json>,
}

impl<'a> Pager<'a> {
    /// A pager, and the step that asks for the first page. `wanted` bounds the page when fewer records will do.
    pub fn new(
        operation: &'a Operation,
        style: &'a PageStyle,
        step: &PlannedStep,
        wanted: Option<usize>,
    ) -> (Self, PlannedStep) {
        let mut step = step.clone();
        let said = style.size.as_ref().and_then(|(name, _)| said_number(&step, name));
        let size = said.or_else(|| {
            let most = style.size.as_ref().map(|(_, most)| usize::try_from(*most).unwrap_or(usize::MAX))?;
            Some(wanted.map_or(most, |w| w.clamp(1, most)))
        });
        let first_page = match &style.advance {
            PageAdvance::Page(name, first) => {
                said_number(&step, name).map_or(*first, |n| u32::try_from(n).unwrap_or(*first))
            }
            _ => 0,
        };
        let passed = match &style.advance {
            PageAdvance::Offset(name) => said_number(&step, name).unwrap_or(0),
            _ => 0,
        };
        let pager = Self { operation, style, size, passed, page: first_page, first: None, cursor: Vec::new() };
        if let (Some((name, _)), None, Some(size)) = (&style.size, said, size) {
            pager.set(&mut step, name, Json::from(size));
        }
        (pager, step)
    }

    /// The step that asks for the page after the one with that body; nothing when that was the last one.
    pub fn next(&mut self, step: &PlannedStep, body: &Json, records: &[Json]) -> Option<PlannedStep> {
        if records.is_empty() || self.size.is_some_and(|size| records.len() < size) {
            return None;
        }
        // An API that does not know the parameter answers with the first page for ever.
        if self.first.is_some() && self.first.as_ref() == records.first() {
            return None;
        }
        self.first = records.first().cloned();
        self.passed += records.len();
        let mut next = step.clone();
        match &self.style.advance {
            PageAdvance::Single => return None,
            PageAdvance::Page(name, _) => {
                self.page += 1;
                self.set(&mut next, name, Json::from(self.page));
            }
            PageAdvance::Offset(name) => self.set(&mut next, name, Json::from(self.passed)),
            PageAdvance::Cursor(places) => {
                let values: Option<Vec<Json>> = places.iter().map(|(_, place)| cursor(place, body, records)).collect();
                let values = values.filter(|values| *values != self.cursor)?;
                for ((name, _), value) in places.iter().zip(&values) {
                    self.set(&mut next, name, value.clone());
                }
                self.cursor = values;
            }
        }
        Some(next)
    }

    fn set(&self, step: &mut PlannedStep, name: &str, json: Json) {
        let Some(parameter) = self.operation.param(name) else { return };
        let value = Value::Given(fitted(json, parameter, self.style.as_text));
        match step.arguments.iter_mut().find(|b| b.name == name) {
            Some(bound) => bound.value = value,
            None => step.arguments.push(Bound { name: name.to_owned(), value, origin: Origin::Catalog }),
        }
    }
}

/// What a person or a bot said, or the operation's own default when it is bound to one.
fn said_number(step: &PlannedStep, name: &str) -> Option<usize> {
    let bound = step.arguments.iter().find(|b| b.name == name && b.origin == Origin::Said)?;
    plain_text(&bound.value.to_json())?.parse().ok()
}

fn cursor(place: &str, body: &Json, records: &[Json]) -> Option<Json> {
    let value = match place.strip_prefix("$last.") {
        Some(inner) => dotted(records.last()?, inner),
        None => dotted(body, place),
    };
    value.filter(|v| !v.is_null() && v.as_str() != Some("")).cloned()
}

/// A scalar in the JSON type that the parameter takes.
fn fitted(json: Json, parameter: &Parameter, as_text: bool) -> Json {
    let number = matches!(parameter.kind, Kind::Integer | Kind::Number | Kind::Money | Kind::Duration);
    match (&json, plain_text(&json)) {
        (Json::Number(_), Some(text)) if !number && (as_text || parameter.kind != Kind::Any) => Json::String(text),
        (Json::String(_), Some(text)) if number => text.parse::<Number>().map_or(json, Json::Number),
        _ => json,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::catalog::{Catalog, Layer, load};
    use crate::plan::{Context, plan};

    const SERVICE: &str = "
service: s
base_url: https://s.invalid
pagination:
  skip: {size: {limit: 2}, offset: skip, as_text: true}
  page: {size: {limit: 2}, page: {page: 1}}
  cursor: {size: {limit: 2}, cursor: {after: $last.mark, key: meta.key}}
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
";

    fn catalog() -> Catalog {
        let files = vec![("s/service.yaml".into(), SERVICE.into()), ("s/main.yaml".into(), OPERATIONS.into())];
        load(&[Layer::new("test", files)]).unwrap_or_else(|found| panic!("{found:?}")).catalog
    }

    /// What is asked for, page after page, when the pages answered are these.
    fn walk(operation: &str, said: &[(&str, Value)], pages: &[Json]) -> Vec<Json> {
        let catalog = catalog();
        let id = catalog.by_name(operation).expect("an operation");
        let now = "2026-11-20T09:00:00Z[UTC]".parse().expect("a moment");
        let arguments =
            said.iter().map(|(n, v)| crate::intent::Argument { name: (*n).into(), value: v.clone() }).collect();
        let step = crate::intent::Step { operation: id, arguments, missing: Vec::new(), confirm: None };
        let step = plan(&[step], &catalog, &Context::new(now)).steps.remove(0);
        let operation = catalog.operation(id);
        let style = &catalog.service_of(operation).pagination;
        let style = style.iter().find(|s| s.name == operation.name).expect("a style");
        let (mut pager, mut step) = Pager::new(operation, style, &step, None);
        let mut asked = vec![asked_for(&step)];
        for body in pages {
            let records = body["a"].as_array().cloned().unwrap_or_default();
            let Some(next) = pager.next(&step, body, &records) else { break };
            asked.push(asked_for(&next));
            step = next;
        }
        asked
    }

    fn asked_for(step: &PlannedStep) -> Json {
        Json::Object(step.arguments.iter().map(|b| (b.name.clone(), b.value.to_json())).collect())
    }

    fn page(marks: &[i64]) -> Json {
        json!({"a": marks.iter().map(|m| json!({"mark": m})).collect::<Vec<_>>(), "meta": {"key": format!("k{}", marks.len())}})
    }

    #[test]
    fn offsets_count_records_and_take_the_parameters_type() {
        let asked = walk("skip", &[], &[page(&[1, 2]), page(&[3, 4]), page(&[5])]);
        let at = |skip: &str| json!({"limit": "2", "skip": skip});
        assert_eq!(asked, [json!({"limit": "2"}), at("2"), at("4")]);
    }

    #[test]
    fn pages_count_from_what_was_said() {
        let asked = walk("page", &[("page", Value::Number(3.into()))], &[page(&[1, 2]), page(&[])]);
        assert_eq!(asked, [json!({"page": 3, "limit": 2}), json!({"page": 4, "limit": 2})]);
    }

    #[test]
    fn a_cursor_may_stand_in_the_last_record_and_elsewhere() {
        let asked = walk("cursor", &[], &[page(&[1, 2]), page(&[3])]);
        assert_eq!(asked, [json!({"limit": 2}), json!({"limit": 2, "after": 2, "key": "k2"})]);
    }

    #[test]
    fn the_same_page_again_and_the_same_cursor_again_end_the_walk() {
        assert_eq!(walk("page", &[], &[page(&[1, 2]), page(&[1, 2]), page(&[1, 2])]).len(), 2);
        let stuck = |mark: i64| json!({"a": [{"id": mark, "mark": 7}, {"id": mark, "mark": 7}], "meta": {"key": "k"}});
        assert_eq!(walk("cursor", &[], &[stuck(1), stuck(2), stuck(3)]).len(), 2);
    }

    #[test]
    fn a_size_that_was_said_is_kept() {
        let asked = walk("page", &[("limit", Value::Number(1.into()))], &[page(&[1]), page(&[2])]);
        assert_eq!(asked[1], json!({"limit": 1, "page": 2}));
        assert_eq!(asked.len(), 3);
    }
}
