//! Allowed values and default values.

use crate::catalog::inflect::spoken;
use crate::catalog::yaml::{Fields, Node, Report, Value, literal, scalar, suggest, words, wrong};
use crate::catalog::{EnumValue, Kind, Literal, Parameter};

use super::templates::is_template;

/// Reads `enum`: a list of literals, or a map from literal to the words for it. `kind` is the type when one is given.
pub(super) fn enum_values(node: &Node, kind: Option<&Kind>, report: &mut Report) -> Vec<EnumValue> {
    match &node.value {
        Value::List(items) => items.iter().filter_map(|item| from_list(item, kind, report)).collect(),
        Value::Map(entries) => entries
            .iter()
            .map(|(key, node)| {
                let said = if node.value == Value::Null { Vec::new() } else { words(node, &key.text, report) };
                value(typed(scalar_for(&key.text, kind), kind, &key.text), &key.text, said)
            })
            .collect(),
        _ => {
            wrong(node, "`enum`", "a list of values or a map from value to words", report);
            Vec::new()
        }
    }
}

/// A default must be one of the allowed values and of the type that goes on the wire.
pub(super) fn check_default(fields: &Fields, parameter: &Parameter, report: &mut Report) {
    let (Some(default), Some(node)) = (&parameter.default, fields.get("default")) else { return };
    if matches!(default, Literal::Text(text) if is_template(text)) || matches!(default, Literal::List(_)) {
        return;
    }
    let known = |wanted: &Literal| parameter.values.iter().any(|v| shown(&v.value) == shown(wanted));
    if !parameter.values.is_empty() && !parameter.open && !known(default) {
        let names: Vec<String> = parameter.values.iter().map(|v| shown(&v.value)).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        report.error(node.span, format!("the default `{}` is not one of the allowed values", shown(default)), "");
        suggest(&shown(default), &names, "the values are", report);
    }
    let fits = match (&parameter.kind, default) {
        _ if parameter.wire.is_some() || parameter.many => true,
        (Kind::Integer, literal) => matches!(literal, Literal::Integer(_)),
        (Kind::Number | Kind::Money, literal) => matches!(literal, Literal::Integer(_) | Literal::Number(_)),
        (Kind::Boolean, literal) => matches!(literal, Literal::Boolean(_)),
        _ => true,
    };
    if !fits {
        report.error(node.span, format!("the default of {} is not of its type", fields.what()), "");
        report.help("change the default, or give `wire: string` when the API wants a text");
    }
}

/// A literal as a text, for messages and comparison.
pub(super) fn shown(literal: &Literal) -> String {
    match literal {
        Literal::Text(text) => text.clone(),
        Literal::Integer(number) => number.to_string(),
        Literal::Number(number) => number.to_string(),
        Literal::Boolean(yes) => yes.to_string(),
        Literal::Null => "null".to_owned(),
        Literal::List(_) => "a list".to_owned(),
        Literal::Map(_) => "a map".to_owned(),
    }
}

fn from_list(item: &Node, kind: Option<&Kind>, report: &mut Report) -> Option<EnumValue> {
    let Some(text) = item.text() else {
        wrong(item, "each of `enum`", "a plain value", report);
        return None;
    };
    Some(value(typed(literal(item), kind, text), text, Vec::new()))
}

/// Map keys lose their quotes, so they are texts unless the type says otherwise.
fn scalar_for(text: &str, kind: Option<&Kind>) -> Literal {
    match kind {
        Some(Kind::Integer | Kind::Number | Kind::Boolean) => scalar(text),
        _ => Literal::Text(text.to_owned()),
    }
}

/// A value of a type that is written as text stays a text, whatever it looks like.
fn typed(literal: Literal, kind: Option<&Kind>, text: &str) -> Literal {
    match kind {
        None | Some(Kind::Integer | Kind::Number | Kind::Money | Kind::Boolean | Kind::Any | Kind::Duration) => literal,
        Some(_) => Literal::Text(text.to_owned()),
    }
}

fn value(value: Literal, text: &str, mut say: Vec<String>) -> EnumValue {
    let own = spoken(text);
    if !own.is_empty() && !say.contains(&own) {
        say.push(own);
    }
    EnumValue { value, say }
}
