use serde_json::{Map, Value as Json};

use super::Problem;
use crate::catalog::{Alternative, Parameter};

/// What keeps an object from having one of the shapes that its parameter may take; `at` is its place in words.
pub(super) fn misshapen(at: &str, parameter: &Parameter, fields: &Map<String, Json>) -> Option<Problem> {
    let given: Vec<&str> = fields.keys().map(String::as_str).collect();
    let meant = Alternative::meant(&parameter.alternatives, &given)?;
    let beside = given.iter().find(|name| meant.has(name)).map(|name| format!("`{at}.{name}`"));
    let beside = beside.unwrap_or_else(|| format!("`{at}`"));
    let problem = |name: &str, what: &str| {
        let place = format!("{at}.{name}");
        Problem::new(&place, format!("`{place}` {what} {beside}"))
    };
    let strange = meant.strange(&given).next().map(|name| problem(name, "does not go with"));
    strange.or_else(|| meant.lacking(&given).next().map(|name| problem(name, "is required beside")))
}
