use serde_json::{Map, Value as Json};

use super::EachOf;
use super::planning::job_of_row;
use crate::app::job::Job;
use crate::app::selecting::Selection;
use crate::app::{RunOptions, Touched};
use crate::execute::Bindings;
use crate::intent::{Step, Value};

/// The steps of a selection for one of its records: its id in the mark's place, which nothing is looked up for.
pub(in crate::app) fn in_the_place_of(
    each: &EachOf,
    steps: &[Step],
    columns: &Map<String, Json>,
    run: RunOptions,
) -> Job {
    let text = |key: &str| columns.get(key).and_then(Json::as_str).unwrap_or_default().to_owned();
    let (id, label) = (text("id"), text("name"));
    let mut steps = steps.to_vec();
    for argument in steps.iter_mut().flat_map(|step| &mut step.arguments) {
        if matches!(&argument.value, Value::Text(text) if text == Selection::MARK) {
            argument.value = Value::Given(Json::from(id.clone()));
        }
    }
    let said = each.written.replace(Selection::MARK, if label.is_empty() { &id } else { &label });
    let known = Touched { resource: each.resource.clone(), id, label, made: false };
    Job { bindings: Bindings::new(vec![known]), ..job_of_row(said, steps, run) }
}
