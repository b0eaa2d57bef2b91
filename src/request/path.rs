use std::cell::RefCell;

use minijinja::value::ValueKind;
use minijinja::{AutoEscape, Error, ErrorKind, Output, State, UndefinedBehavior, Value};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value as Json};

use crate::catalog::Filler;

/// What stays as it is in a path segment: RFC 3986 "unreserved".
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

thread_local! {
    static PATHS: RefCell<Filler> = RefCell::new(filler());
}

/// Fills a path template. Each value becomes part of one segment, whatever is in it.
///
/// # Errors
/// When a value is absent, no scalar, empty or all dots; says which template would not fill.
pub(super) fn fill_path(template: &str, values: &Map<String, Json>) -> Result<String, String> {
    PATHS.with_borrow_mut(|filler| filler.fill(template, |name| values.get(name).cloned()))
}

fn filler() -> Filler {
    Filler::new(one, |environment| {
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|_| AutoEscape::Custom("segment".into()));
        environment.set_formatter(segment);
    })
}

/// What [`segment`] writes of values that need no engine.
fn one(out: &mut String, value: Option<&Json>) -> bool {
    match value {
        Some(Json::String(text)) if text.bytes().any(|byte| byte != b'.') => {
            out.extend(utf8_percent_encode(text, SEGMENT));
        }
        Some(Json::Bool(yes)) => out.push_str(if *yes { "true" } else { "false" }),
        Some(Json::Number(number)) if number.is_u64() => out.push_str(&number.to_string()),
        _ => return false,
    }
    true
}

fn segment(out: &mut Output, _: &mut State, value: &Value) -> Result<(), Error> {
    let refuse = |why: &'static str| Err(Error::new(ErrorKind::InvalidOperation, why));
    let text = match value.kind() {
        ValueKind::String => value.as_str().unwrap_or_default().to_owned(),
        ValueKind::Number => value.to_string(),
        ValueKind::Bool => if value.is_true() { "true" } else { "false" }.to_owned(),
        ValueKind::Undefined => return Err(Error::from(ErrorKind::UndefinedError)),
        _ => return refuse("only a single value can stand in a path"),
    };
    if text.chars().all(|c| c == '.') {
        return refuse("an empty value or dots alone cannot stand in a path");
    }
    write!(out, "{}", utf8_percent_encode(&text, SEGMENT)).map_err(|_| Error::from(ErrorKind::WriteFailure))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn filled(template: &str, value: impl Into<Json>) -> Result<String, String> {
        fill_path(template, &[("id".to_owned(), value.into())].into_iter().collect())
    }

    #[test]
    fn a_value_stays_in_its_segment() {
        let path = filled("/v1/{{ id }}/x/", "a b/../c?x=1#\u{e9}%");
        assert_eq!(path.as_deref(), Ok("/v1/a%20b%2F..%2Fc%3Fx%3D1%23%C3%A9%25/x/"));
        assert!(filled("/v1/{{ id | safe }}", "p/q").is_err(), "no filter takes the escape away");
        assert_eq!(filled("/v1/{{ id }}", true).as_deref(), Ok("/v1/true"));
        assert_eq!(filled("/v1/{{ id }}", 42).as_deref(), Ok("/v1/42"));
    }

    #[test]
    fn what_would_climb_or_vanish_is_refused() {
        for value in [json!(""), json!("."), json!(".."), json!(null), json!([1]), json!({})] {
            assert!(filled("/v1/{{ id }}", value.clone()).is_err(), "{value}");
        }
        assert!(fill_path("/v1/{{ other }}", &Map::new()).is_err());
    }

    proptest! {
        #[test]
        fn no_value_breaks_out_of_its_segment(value in any::<String>()) {
            let Ok(path) = filled("/a/{{ id }}/b", value.as_str()) else {
                prop_assert!(value.chars().all(|c| c == '.'));
                return Ok(());
            };
            let url = url::Url::parse(&format!("https://x.test{path}")).expect("a path makes an address");
            let segments: Vec<&str> = url.path_segments().expect("segments").collect();
            prop_assert_eq!(segments.len(), 3);
            prop_assert_eq!((segments[0], segments[2]), ("a", "b"));
            let back = percent_encoding::percent_decode_str(segments[1]).decode_utf8().expect("utf-8");
            prop_assert_eq!(back.as_ref(), value.as_str());
            prop_assert!(url.query().is_none() && url.fragment().is_none() && url.host_str() == Some("x.test"));
        }
    }
}
