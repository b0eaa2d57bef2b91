use std::collections::HashSet;

use serde_json::{Map, Value as Json};

use super::EachOf;
use super::planning::job_of_row;
use crate::app::job::Job;
use crate::app::selecting::Selection;
use crate::app::{Answer, AnswerStatus, Failure, FailureKind, RunOptions, Touched};
use crate::execute::Bindings;
use crate::intent::{Step, Value};
use crate::plan::{dotted, plain_text};

/// The column of a selection's row that has the record as it was listed; of a batch, a list of them.
pub(in crate::app) const BEFORE: &str = "before";

/// The steps of a selection for one of its records, or for a batch of them: their ids in the mark's place, which nothing
/// is looked up for.
pub(in crate::app) fn in_the_place_of(
    each: &EachOf,
    steps: &[Step],
    columns: &Map<String, Json>,
    run: RunOptions,
) -> Job {
    let records = records(columns);
    let ids: Vec<&str> = records.iter().map(|(id, _)| id.as_str()).collect();
    let mut steps = steps.to_vec();
    for argument in steps.iter_mut().flat_map(|step| &mut step.arguments) {
        put(&mut argument.value, &ids);
    }
    let said = match records.as_slice() {
        [(id, label)] => each.written.replace(Selection::MARK, if label.is_empty() { id } else { label }),
        many => {
            let one = format!("{} {}", each.one, Selection::MARK);
            each.written.replace(&one, &format!("{} {}", many.len(), each.many))
        }
    };
    let touched = |(id, label)| Touched { resource: each.resource.clone(), id, label, made: false };
    Job { bindings: Bindings::new(records.into_iter().map(touched).collect()), ..job_of_row(said, steps, run) }
}

/// Ids and names of the records of a row.
pub(super) fn records(columns: &Map<String, Json>) -> Vec<(String, String)> {
    let all = |one: &str, many: &str| -> Vec<String> {
        let listed = columns.get(many).and_then(Json::as_array).cloned();
        let found = listed.unwrap_or_else(|| columns.get(one).cloned().into_iter().collect());
        found.iter().map(|value| value.as_str().unwrap_or_default().to_owned()).collect()
    };
    all("id", "ids").into_iter().zip(all("name", "names")).collect()
}

/// An answer to a batch in which the API left some records out: that it did, and which.
pub(super) fn complete(each: &EachOf, columns: &Map<String, Json>, answer: Answer) -> Answer {
    let Some(place) = each.done.as_ref().filter(|_| each.batch && answer.status == AnswerStatus::Done) else {
        return answer;
    };
    let body = answer.steps.last().and_then(|step| step.response.as_ref()).map(|response| &response.body);
    let Some(Json::Array(done)) = body.and_then(|body| dotted(body, place)) else { return answer };
    let done: HashSet<String> = done.iter().filter_map(plain_text).collect();
    let records = records(columns);
    let left: Vec<&str> = records
        .iter()
        .filter(|(id, _)| !done.contains(id))
        .map(|(id, name)| if name.is_empty() { id } else { name }.as_str())
        .collect();
    if left.is_empty() {
        return answer;
    }
    let message = format!("{} of {} were left out: {}", left.len(), records.len(), left.join(", "));
    Answer { steps: answer.steps, ..Answer::failed(Failure::new(FailureKind::Api, message)) }
}

fn put(value: &mut Value, ids: &[&str]) {
    let is_mark = |value: &Value| matches!(value, Value::Text(text) if text == Selection::MARK);
    let given = |id: &&str| Value::Given(Json::from(*id));
    if is_mark(value) {
        *value = ids.first().map_or_else(|| Value::List(Vec::new()), given);
    } else if let Value::List(items) = value
        && items.iter().any(is_mark)
    {
        *items = ids.iter().map(given).collect();
    }
}
