use serde_json::{Map, Value};

use super::data::{records, shaped};
use super::{Form, Look, Printed, STRONG, clean, painted, render};
use crate::execute::{Answer, AnswerStatus};

/// What came of a line in several accounts: for people one after another, for programs the records of all, each with
/// its `account`.
pub(super) fn everywhere(answer: &Answer, look: &Look) -> Printed {
    let mut printed = Printed::default();
    if look.form == Form::Table {
        for (account, answer) in &answer.accounts {
            let one = render(answer, look);
            let head = format!("{}\n", painted(STRONG, &format!("── {}", clean(account))));
            // A header goes where what follows it goes.
            let place = if one.out.is_empty() { &mut printed.err } else { &mut printed.out };
            place.push_str(&head);
            printed.out.push_str(&one.out);
            printed.err.push_str(&one.err);
        }
        return printed;
    }
    let mut all = Vec::new();
    for (account, answer) in &answer.accounts {
        let one = render(answer, look);
        if !one.err.is_empty() {
            printed.err.push_str(&format!("{}\n{}", painted(STRONG, &format!("── {}", clean(account))), one.err));
        }
        if matches!(answer.status, AnswerStatus::Done | AnswerStatus::DryRun) {
            all.extend(records(answer, look).into_iter().map(|record| labelled(account, record)));
        }
    }
    printed.out = shaped(all, look);
    printed
}

fn labelled(account: &str, record: Value) -> Value {
    let mut fields = Map::from_iter([("account".to_owned(), Value::from(account))]);
    match record {
        Value::Object(own) => fields.extend(own.into_iter().filter(|(name, _)| name != "account")),
        other => drop(fields.insert("value".to_owned(), other)),
    }
    Value::Object(fields)
}
