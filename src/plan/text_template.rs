use std::cell::RefCell;

use minijinja::value::ValueKind;
use minijinja::{Error, ErrorKind, Output, State, UndefinedBehavior};
use serde_json::Value;

use crate::catalog::Filler;

thread_local! {
    static STRICT: RefCell<Filler> = filler(UndefinedBehavior::Strict);
    static LENIENT: RefCell<Filler> = filler(UndefinedBehavior::Chainable);
}

/// Fills a template for people over a JSON object. What is not there is left out, white space is made single.
///
/// # Errors
/// When the template is wrong; says how.
pub fn fill_text(template: &str, over: &Value) -> Result<String, String> {
    let filled = LENIENT.with_borrow_mut(|filler| filler.fill(template, |name| said(over.get(name)?)));
    filled.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Nulls and empty texts are as good as absent to a person; `default` in a template treats them so.
fn said(value: &Value) -> Option<Value> {
    match value {
        Value::Null => None,
        Value::String(text) if text.is_empty() => None,
        Value::Object(fields) => {
            let kept = fields.iter().filter_map(|(name, inner)| Some((name.clone(), said(inner)?)));
            Some(Value::Object(kept.collect()))
        }
        other => Some(other.clone()),
    }
}

/// Fills a template whose every name must be there.
pub(super) fn fill_strict(template: &str, over: &Value) -> Result<String, String> {
    STRICT.with_borrow_mut(|filler| filler.fill(template, |name| over.get(name).cloned()))
}

fn filler(undefined: UndefinedBehavior) -> RefCell<Filler> {
    RefCell::new(Filler::new(|environment| {
        environment.set_undefined_behavior(undefined);
        environment.set_formatter(plain);
    }))
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
    let text = match bool::try_from(value.clone()) {
        Ok(yes) if value.kind() == ValueKind::Bool => yes.to_string(),
        _ => value.to_string(),
    };
    out.write_str(&text).map_err(|_| Error::from(ErrorKind::WriteFailure))
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
    fn a_strict_template_refuses_what_is_absent() {
        assert!(fill_strict("{{ account }}", &json!({})).is_err());
    }

    #[test]
    fn dotted_places_go_through_lists() {
        let body = json!({"a": [{"b": 1}]});
        assert_eq!(dotted(&body, "a.0.b"), Some(&json!(1)));
        assert_eq!(dotted(&body, ""), Some(&body));
        assert_eq!(dotted(&body, "a.x"), None);
    }
}
