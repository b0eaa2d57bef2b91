use std::cell::RefCell;

use minijinja::value::ValueKind;
use minijinja::{Error, ErrorKind, Output, State, UndefinedBehavior};
use serde_json::Value;

use crate::catalog::Filler;

thread_local! {
    static STRICT: RefCell<Filler> = filler(plainly, UndefinedBehavior::Strict);
    static LENIENT: RefCell<Filler> =
        filler(|out, value| value.is_none() || plainly(out, value), UndefinedBehavior::Chainable);
}

/// Fills a template for people over a JSON object. What is not there is left out, white space is made single.
///
/// # Errors
/// When the template is wrong; says how.
pub fn fill_text(template: &str, over: &Value) -> Result<String, String> {
    fill_text_from(template, |name| over.get(name).cloned())
}

/// The same over values that are looked up by their names; only those that the template names are.
///
/// # Errors
/// When the template is wrong; says how.
pub fn fill_text_from(template: &str, over: impl Fn(&str) -> Option<Value>) -> Result<String, String> {
    let filled = LENIENT.with_borrow_mut(|filler| filler.fill(template, |name| said(over(name)?)));
    filled.map(|text| if is_tidy(&text) { text } else { text.split_whitespace().collect::<Vec<_>>().join(" ") })
}

/// Whether all white space is single already: false only costs time.
fn is_tidy(text: &str) -> bool {
    let bytes = text.as_bytes();
    let plain = bytes.iter().all(|byte| byte.is_ascii_graphic() || *byte == b' ');
    plain && !text.starts_with(' ') && !text.ends_with(' ') && bytes.windows(2).all(|pair| pair != b"  ")
}

/// Nulls and empty texts are as good as absent to a person; `default` in a template treats them so.
fn said(value: Value) -> Option<Value> {
    match value {
        Value::Null => None,
        Value::String(text) if text.is_empty() => None,
        Value::Object(fields) => {
            let kept = fields.into_iter().filter_map(|(name, inner)| Some((name, said(inner)?)));
            Some(Value::Object(kept.collect()))
        }
        other => Some(other),
    }
}

/// Fills a template whose every name must be there.
pub(super) fn fill_strict(template: &str, over: &Value) -> Result<String, String> {
    STRICT.with_borrow_mut(|filler| filler.fill(template, |name| over.get(name).cloned()))
}

fn filler(scribe: fn(&mut String, Option<&Value>) -> bool, undefined: UndefinedBehavior) -> RefCell<Filler> {
    RefCell::new(Filler::new(scribe, |environment| {
        environment.set_undefined_behavior(undefined);
        environment.set_formatter(plain);
    }))
}

/// What [`plain`] writes of values that need no engine.
fn plainly(out: &mut String, value: Option<&Value>) -> bool {
    match value {
        Some(Value::Null) => {}
        Some(Value::String(text)) => out.push_str(text),
        Some(Value::Bool(yes)) => out.push_str(if *yes { "true" } else { "false" }),
        Some(Value::Number(number)) if !number.is_f64() => out.push_str(&number.to_string()),
        _ => return false,
    }
    true
}

/// Writes a value as people do: nothing for null, `true` rather than `True`.
fn plain(out: &mut Output, state: &mut State, value: &minijinja::Value) -> Result<(), Error> {
    let refused = value.is_undefined() && state.env().undefined_behavior() == UndefinedBehavior::Strict;
    if refused {
        return Err(Error::from(ErrorKind::UndefinedError));
    }
    if value.is_undefined() || value.is_none() {
        return Ok(());
    }
    let written = match value.as_str() {
        Some(text) => out.write_str(text),
        None if value.kind() == ValueKind::Bool => out.write_str(if value.is_true() { "true" } else { "false" }),
        None => write!(out, "{value}"),
    };
    written.map_err(|_| Error::from(ErrorKind::WriteFailure))
}

/// The value at a dotted place: keys of objects, positions of lists; an empty place is the value itself.
#[must_use]
pub fn dotted<'v>(value: &'v Value, place: &str) -> Option<&'v Value> {
    if place.is_empty() {
        return Some(value);
    }
    place.split('.').try_fold(value, |value, key| match value {
        Value::Object(fields) => fields.get(key),
        Value::Array(items) => key.parse::<usize>().ok().and_then(|at| items.get(at)),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn absent_parts_of_a_label_leave_no_gap() {
        let record = json!({"firstName": "Jane", "email": null});
        assert_eq!(fill_text("{{ firstName }} {{ lastName }}", &record).as_deref(), Ok("Jane"));
        assert_eq!(fill_text("{{ email | default(firstName) }}", &record).as_deref(), Ok("Jane"));
    }

    #[test]
    fn white_space_is_made_single_wherever_it_stands() {
        for (name, told) in
            [(" a", "a"), ("a ", "a"), ("a  b", "a b"), ("a\tb", "a b"), ("a\u{a0}\u{a0}b", "a b"), (" ", "")]
        {
            assert_eq!(fill_text("{{ name }}", &json!({"name": name})).as_deref(), Ok(told));
        }
    }

    #[test]
    fn a_strict_template_refuses_what_is_absent() {
        assert!(fill_strict("{{ account }}", &json!({})).is_err());
    }

    #[test]
    fn values_are_written_as_people_do() {
        let over = json!({"yes": true, "count": 7, "share": 7.5, "nothing": null, "list": ["a"]});
        for (template, strict, lenient) in [
            ("{{ yes }} {{ count }} {{ share }}", "true 7 7.5", "true 7 7.5"),
            ("{{ yes }}{{ nothing }}x", "truex", "truex"),
            ("{{ list }} {{ count }}", "['a'] 7", "['a'] 7"),
        ] {
            assert_eq!(fill_strict(template, &over).as_deref(), Ok(strict));
            assert_eq!(fill_text(template, &over).as_deref(), Ok(lenient));
        }
        assert_eq!(fill_text("{{ count }} {{ other }}", &over).as_deref(), Ok("7"));
    }

    #[test]
    fn dotted_places_go_through_lists() {
        let body = json!({"a": [{"b": 1}]});
        assert_eq!(dotted(&body, "a.0.b"), Some(&json!(1)));
        assert_eq!(dotted(&body, ""), Some(&body));
        assert_eq!(dotted(&body, "a.x"), None);
    }
}
