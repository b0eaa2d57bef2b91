use serde_json::{Map, Value as Json};

use super::inverse::{Inverse, inverse, subject};
use crate::app::inner::Inner;
use crate::execute::Runner;
use crate::plan::{PlannedStep, dotted};

/// Longest record that is kept, in bytes of JSON.
const LONGEST: usize = 64 * 1024;

impl Inner {
    /// The record that a write is about, as it is before, when the write could be taken back with it.
    pub(in crate::app) async fn before(&self, runner: &Runner<'_>, step: &PlannedStep) -> Option<Json> {
        let operation = self.catalog.operation(step.operation);
        let (parameter, resource) = subject(operation)?;
        match inverse(&self.catalog, operation, None)? {
            Inverse::Former | Inverse::Other(_) => {}
            Inverse::Delete(_) => return None,
        }
        let id = step.value(&parameter.name)?.clone();
        let values: Vec<_> = step.arguments.iter().map(|bound| (bound.name.clone(), bound.value.clone())).collect();
        // What is only good for taking it back is no reason not to do it.
        let record = self.record_now(runner, operation, resource, &id, &values).await.unwrap_or_else(|failure| {
            tracing::debug!(?failure, "the record was not read before it is changed");
            None
        });
        let mut record = record.filter(|record| record.to_string().len() <= LONGEST)?;
        for bound in &step.arguments {
            empty_where_absent(&mut record, &bound.name);
        }
        Some(record)
    }
}

/// A record that is shown whole has nothing where it shows nothing.
fn empty_where_absent(record: &mut Json, name: &str) {
    if dotted(record, name).is_some() {
        return;
    }
    let mut at = record;
    let mut parts = name.split('.').peekable();
    while let (Some(part), Json::Object(fields)) = (parts.next(), at) {
        let empty = if parts.peek().is_some() { Json::Object(Map::new()) } else { Json::Null };
        at = fields.entry(part).or_insert(empty);
    }
}
