use serde_json::Value as Json;

use super::Selection;
use crate::app::bulk::{BEFORE, SourceRow};
use crate::app::inner::Inner;
use crate::intent::{Argument, Step, Value};
use crate::plan::literal_json;

/// A step that does for many records at once what another does for one.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::app) struct Batched {
    /// The step, [`Selection::MARK`] in the place of the records.
    pub step: Step,
    /// Most records at once.
    pub most: usize,
    /// Dotted place in its answer of the ids of those that were done.
    pub done: Option<String>,
}

impl Inner {
    /// The operation for many records that does what these steps do for one; nothing when there is none, or when they say
    /// more than it takes.
    pub(in crate::app) fn batched(&self, steps: &[Step]) -> Option<Batched> {
        let [one] = steps else { return None };
        let batch = self.catalog.operation(one.operation).batch.as_ref()?;
        let operation = self.catalog.by_name(&batch.operation)?;
        let mark = Value::List(vec![Value::Text(Selection::MARK.to_owned())]);
        let mut arguments = vec![Argument { name: batch.records.clone(), value: mark }];
        for argument in one.arguments.iter().filter(|argument| !holds_mark(&argument.value)) {
            let own = batch.with.iter().find(|(_, from)| *from == argument.name).map(|(name, _)| name);
            let own = own.or(Some(&argument.name).filter(|_| operation == one.operation))?;
            arguments.push(Argument { name: own.clone(), value: argument.value.clone() });
        }
        for (name, literal) in &batch.fixed {
            let value = Value::Given(literal_json(literal, &Json::Null).ok()?);
            arguments.push(Argument { name: name.clone(), value });
        }
        let step = Step { operation, arguments, missing: Vec::new(), confirm: one.confirm.clone() };
        Some(Batched { step, most: batch.most, done: batch.done.clone() })
    }
}

fn holds_mark(value: &Value) -> bool {
    let is_mark = |value: &Value| matches!(value, Value::Text(text) if text == Selection::MARK);
    is_mark(value) || matches!(value, Value::List(items) if items.iter().any(is_mark))
}

/// Rows of so many records each, with their `ids` and `names`.
pub(super) fn in_batches(rows: &[SourceRow], most: usize) -> Vec<SourceRow> {
    let all = |rows: &[SourceRow], key: &str| -> Json {
        rows.iter().map(|row| row.columns.get(key).cloned().unwrap_or_default()).collect()
    };
    let batch = |(number, rows): (u64, &[SourceRow])| {
        let mut columns = vec![("ids".to_owned(), all(rows, "id")), ("names".to_owned(), all(rows, "name"))];
        if rows.iter().any(|row| row.columns.contains_key(BEFORE)) {
            columns.push((BEFORE.to_owned(), all(rows, BEFORE)));
        }
        SourceRow { number, columns: columns.into_iter().collect() }
    };
    (1..).zip(rows.chunks(most.max(1))).map(batch).collect()
}
