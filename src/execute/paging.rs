use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashSet, FxHasher};
use serde::Serialize;
use serde_json::{Number, Value as Json};

use crate::catalog::{Kind, Operation, PageAdvance, PageStyle, Parameter};
use crate::intent::Value;
use crate::plan::{Bound, Origin, PlannedStep, dotted, plain_text};

/// Most pages of one list. No list of an API is longer; a server that never comes to an end must not keep us for ever.
const MOST_PAGES: usize = 100_000;

/// Walks a list by the catalog's description of its pages. Pure: it only says what the next step is.
pub(super) struct Pager<'a> {
    operation: &'a Operation,
    style: &'a PageStyle,
    /// Records a full page holds, when that is known.
    size: Option<usize>,
    /// Whether the pages of this list can be followed at all.
    follows: bool,
    passed: usize,
    page: u32,
    turned: usize,
    most_pages: usize,
    /// Marks of the pages and of the places to go on from that were seen: none of them comes twice in a list.
    seen: FxHashSet<u64>,
    /// Marks of the records of the page before.
    before: FxHashSet<u64>,
}

/// What a page brought.
pub(super) struct Turned {
    /// Records that the page before did not have.
    pub records: Vec<Json>,
    /// The step that asks for the next page; nothing when there is none.
    pub next: Option<PlannedStep>,
    /// Whether the list goes on though it is not followed.
    pub cut: bool,
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
            let (name, most) = style.size.as_ref()?;
            let most = usize::try_from(*most).unwrap_or(usize::MAX);
            let least = operation.param(name).map_or(1, least).min(most);
            Some(wanted.map_or(most, |w| w.clamp(least, most)))
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
        let pager = Self {
            operation,
            style,
            size,
            follows: style.not_with.iter().all(|name| step.value(name).is_none()),
            passed,
            page: first_page,
            turned: 0,
            most_pages: MOST_PAGES,
            seen: FxHashSet::default(),
            before: FxHashSet::default(),
        };
        if let (Some((name, _)), None, Some(size)) = (&style.size, said, size) {
            pager.set(&mut step, name, Json::from(size));
        }
        (pager, step)
    }

    /// Takes the page that a step brought.
    pub fn turn(&mut self, step: &PlannedStep, body: &Json, page: Vec<Json>, total: Option<u64>) -> Turned {
        let came = page.len();
        let marks: Vec<u64> = page.iter().map(mark).collect();
        // An API that does not know the parameter answers with the first page for ever.
        if came > 0 && !self.seen.insert(mark(&marks)) {
            return Turned { records: Vec::new(), next: None, cut: false };
        }
        self.passed += came;
        self.turned += 1;
        let goes_on = self.goes_on(body, came, total);
        let next = if goes_on { self.next(step, body, page.last()) } else { None };
        // Some lists begin a page with the record that the page before ended with.
        let is_new =
            |(record, mark): (Json, &u64)| (!record.is_object() || !self.before.contains(mark)).then_some(record);
        let records = page.into_iter().zip(&marks).filter_map(is_new).collect();
        self.before = marks.into_iter().collect();
        let cut = goes_on && (!self.follows || self.turned >= self.most_pages);
        Turned { records, next: next.filter(|_| !cut), cut }
    }

    /// Whether there is another page after one that brought so many records.
    fn goes_on(&self, body: &Json, came: usize, total: Option<u64>) -> bool {
        if came == 0 || self.style.advance == PageAdvance::Single {
            return false;
        }
        let told = self.style.more.as_ref().and_then(|place| dotted(body, place));
        if let Some(more) = told.and_then(Json::as_bool) {
            return more;
        }
        let full = self.size.is_none_or(|size| came >= size);
        full || total.is_some_and(|total| (self.passed as u64) < total)
    }

    fn next(&mut self, step: &PlannedStep, body: &Json, last: Option<&Json>) -> Option<PlannedStep> {
        let mut next = step.clone();
        match &self.style.advance {
            PageAdvance::Single => return None,
            PageAdvance::Page(name, _) => {
                self.page += 1;
                self.set(&mut next, name, Json::from(self.page));
            }
            PageAdvance::Offset(name) => self.set(&mut next, name, Json::from(self.passed)),
            PageAdvance::Cursor(places) => {
                let values: Vec<Json> =
                    places.iter().map(|(_, place)| cursor(place, body, last)).collect::<Option<_>>()?;
                if !self.seen.insert(mark(&values)) {
                    return None;
                }
                for ((name, _), value) in places.iter().zip(values) {
                    self.set(&mut next, name, value);
                }
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

/// What tells a value from others, in few bytes.
fn mark<T: Serialize>(value: &T) -> u64 {
    let mut hasher = FxHasher::default();
    serde_json::to_vec(value).unwrap_or_default().hash(&mut hasher);
    hasher.finish()
}

/// The smallest page that may be asked for.
fn least(parameter: &Parameter) -> usize {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "casts of floats saturate")]
    parameter.bounds.0.map_or(1, |least| least.ceil() as usize)
}

/// What a person or a bot said, or the operation's own default when it is bound to one.
fn said_number(step: &PlannedStep, name: &str) -> Option<usize> {
    let bound = step.arguments.iter().find(|b| b.name == name && b.origin == Origin::Said)?;
    plain_text(&bound.value.to_json())?.parse().ok()
}

/// The value at the first of the places that has one: `$last.place` is one of the last record.
fn cursor(places: &str, body: &Json, last: Option<&Json>) -> Option<Json> {
    let at = |place: &str| match place.strip_prefix("$last.") {
        Some(inner) => dotted(last?, inner),
        None => dotted(body, place),
    };
    let found = places.split('|').filter_map(|place| at(place.trim()));
    found.filter(|v| !v.is_null() && v.as_str() != Some("")).map(Json::clone).next()
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
