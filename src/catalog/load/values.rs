//! Allowed values and default values.

use regex::Regex;

use crate::catalog::inflect::spoken;
use crate::catalog::yaml::{Fields, Node, Report, Span, Value, literal, scalar, suggest, words, wrong};
use crate::catalog::{EnumValue, Kind, Literal, Parameter, matches_whole};

use super::templates::is_template;

/// Reads `enum`: a list of literals, or a map from literal to the words for it. `kind` is the type when one is given.
pub(super) fn enum_values(node: &Node, kind: Option<&Kind>, report: &mut Report) -> Vec<EnumValue> {
    let found: Vec<EnumValue> = match &node.value {
        Value::List(items) => items.iter().filter_map(|item| from_list(item, kind, report)).collect(),
        Value::Map(entries) => entries
            .iter()
            .map(|(key, node)| {
                let said = if node.value == Value::Null { Vec::new() } else { words(node, &key.text, report) };
                let value = value(typed(scalar_for(&key.text, kind), kind, &key.text), &key.text, said);
                check_type(&value.value, kind, key.span, report);
                value
            })
            .collect(),
        _ => {
            wrong(node, "`enum`", "a list of values or a map from value to words", report);
            return Vec::new();
        }
    };
    if node.items().is_empty() && node.entries().is_empty() {
        report.error(node.span, "`enum` allows no value at all", "");
        report.help("list the values, or leave `enum` out to allow any");
    }
    found
}

/// A value that is sent must be one of the allowed ones.
pub(super) fn check_allowed(value: &Literal, parameter: &Parameter, node: &Node, what: &str, report: &mut Report) {
    if parameter.values.is_empty() || parameter.open {
        return;
    }
    let single = std::slice::from_ref(value);
    let values = if let Literal::List(items) = value { items.as_slice() } else { single };
    let names: Vec<String> = parameter.values.iter().map(|allowed| shown(&allowed.value)).collect();
    for value in values.iter().map(shown).filter(|value| !names.contains(value)) {
        report.error(node.span, format!("{what} `{value}` is not one of the allowed values"), "");
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        suggest(&value, &names, "the values are", report);
    }
}

/// An example must be what may be sent.
pub(super) fn check_example(fields: &Fields, parameter: &Parameter, report: &mut Report) {
    let Some((text, node)) = parameter.example.as_ref().zip(fields.get("example")) else { return };
    let list = parameter.many && text.starts_with('[');
    if list || matches!(parameter.kind, Kind::Object | Kind::Any) {
        return;
    }
    check_allowed(&Literal::Text(text.clone()), parameter, node, "the example", report);
    let fits = match parameter.kind {
        Kind::Integer => text.parse::<i64>().is_ok(),
        Kind::Number | Kind::Money | Kind::Duration => text.parse::<f64>().is_ok(),
        Kind::Boolean => matches!(text.as_str(), "true" | "false"),
        _ => true,
    };
    if !fits && parameter.wire.is_none() {
        report.error(node.span, format!("the example of {} is not of its type", fields.what()), "");
    }
    if let Some(pattern) = &parameter.pattern
        && Regex::new(pattern).is_ok()
        && !matches_whole(pattern, text)
    {
        report.error(node.span, format!("the example `{text}` does not fit `{pattern}`"), "");
    }
}

/// A default must be one of the allowed values and of the type that goes on the wire.
pub(super) fn check_default(fields: &Fields, parameter: &Parameter, report: &mut Report) {
    let (Some(default), Some(node)) = (&parameter.default, fields.get("default")) else { return };
    if matches!(default, Literal::Text(text) if is_template(text)) || matches!(default, Literal::List(_)) {
        return;
    }
    check_allowed(default, parameter, node, "the default", report);
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
pub(in crate::catalog) fn shown(literal: &Literal) -> String {
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
    let value = value(typed(literal(item), kind, text), text, Vec::new());
    check_type(&value.value, kind, item.span, report);
    Some(value)
}

/// An allowed value must be of the type that is declared.
fn check_type(value: &Literal, kind: Option<&Kind>, span: Span, report: &mut Report) {
    let wanted = match kind {
        Some(Kind::Integer) if !matches!(value, Literal::Integer(_)) => "a whole number",
        Some(Kind::Number | Kind::Money) if !matches!(value, Literal::Integer(_) | Literal::Number(_)) => "a number",
        Some(Kind::Boolean) if !matches!(value, Literal::Boolean(_)) => "`true` or `false`",
        _ => return,
    };
    report.error(span, format!("the allowed value `{}` is not {wanted}, which the type asks for", shown(value)), "");
    report.help("change the value or the `type`");
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
