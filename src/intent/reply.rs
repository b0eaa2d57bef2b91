use jiff::Zoned;

use super::values::{dated, keyed};
use super::{Argument, Value};
use crate::catalog::{Kind, Operation, Parameter};
use crate::language::{self, find_dates};

/// What a reply to the question for a parameter means: usually that parameter's value, for a range its end too.
#[must_use]
pub fn reply(op: &Operation, parameter: &Parameter, text: &str, now: &Zoned) -> Vec<Argument> {
    let text = text.trim();
    let date = matches!(parameter.kind, Kind::Date | Kind::DateTime | Kind::Duration);
    if let Some(utterance) = language::read(text).ok().filter(|_| date) {
        let found = find_dates(&utterance, now);
        let last = utterance.items.len().saturating_sub(1);
        if let Some(whole) = found.iter().find(|d| d.first == 0 && d.last == last) {
            let mut out = Vec::new();
            dated((op, false), parameter, whole, &mut out);
            return out;
        }
    }
    let value = match &parameter.kind {
        Kind::Text | Kind::FreeText if !parameter.many => Value::Text(unquoted(text).to_owned()),
        _ => keyed(parameter, unquoted(text)),
    };
    vec![Argument { name: parameter.name.clone(), value }]
}

fn unquoted(text: &str) -> &str {
    let inside = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inside.filter(|inside| !inside.contains('"')).unwrap_or(text)
}
