use serde_json::{Map, Value as Json};

use super::{Failure, FailureKind};
use crate::catalog::{Catalog, Method, OpId};
use crate::diagnostic::did_you_mean;
use crate::intent::{Argument, Step, Value};

/// The step that a bot's call asks for.
///
/// `service` keeps a request line to one service, where two have it.
pub(super) fn step(
    catalog: &Catalog,
    service: Option<&str>,
    name: &str,
    params: Map<String, Json>,
) -> Result<Step, Failure> {
    let operation = operation(catalog, service, name)?;
    let arguments = params.into_iter().map(|(name, json)| Argument { name, value: value(json) }).collect();
    Ok(Step { operation, arguments, missing: Vec::new(), confirm: None })
}

/// An operation by its catalog name or by "METHOD /path".
fn operation(catalog: &Catalog, service: Option<&str>, name: &str) -> Result<OpId, Failure> {
    let name = name.trim();
    let line = Method::of_line(name);
    let by_request = || {
        let (method, path) = line?;
        service.map_or_else(|| catalog.by_request(method, path), |name| catalog.by_request_of(name, method, path))
    };
    catalog.by_name(name).or_else(by_request).ok_or_else(|| {
        let replacing = line.map_or_else(Vec::new, |(method, path)| catalog.replacing(method, path));
        if !replacing.is_empty() {
            return replaced(catalog, name, &replacing);
        }
        let names: Vec<&str> = catalog.ids().map(|id| catalog.name(id)).collect();
        let hint = did_you_mean(name, names).unwrap_or_else(|| "`sayso catalog list` shows what there is.".to_owned());
        Failure::new(FailureKind::NotUnderstood, format!("there is no operation `{name}`")).hint(hint)
    })
}

/// Parameters may differ, so the operation that does the job is named rather than taken.
fn replaced(catalog: &Catalog, line: &str, by: &[OpId]) -> Failure {
    let named = |id: &OpId| {
        let operation = catalog.operation(*id);
        format!("`{}` ({})", operation.name, operation.request_line())
    };
    let names: Vec<String> = by.iter().map(named).collect();
    let message = format!("`{line}` is not in the official API");
    Failure::new(FailureKind::Replaced, message).hint(format!("Use {}.", names.join(" or ")))
}

/// JSON as it is, except that `{"find": "Jane Doe"}` asks for a look-up, wherever it stands.
fn value(json: Json) -> Value {
    match json {
        Json::Object(fields) => match (fields.len(), fields.get("find").and_then(Json::as_str)) {
            (1, Some(name)) => Value::Find(name.to_owned()),
            _ if fields.values().any(asks) => {
                Value::Map(fields.into_iter().map(|(name, inner)| (name, value(inner))).collect())
            }
            _ => Value::Given(Json::Object(fields)),
        },
        Json::Array(items) if items.iter().any(asks) => Value::List(items.into_iter().map(value).collect()),
        other => Value::Given(other),
    }
}

fn asks(json: &Json) -> bool {
    match json {
        Json::Object(fields) => {
            (fields.len() == 1 && fields.get("find").is_some_and(Json::is_string)) || fields.values().any(asks)
        }
        Json::Array(items) => items.iter().any(asks),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn find_is_seen_at_any_depth() {
        assert_eq!(value(json!({"find": "Jane"})), Value::Find("Jane".into()));
        assert_eq!(value(json!(["a"])), Value::Given(json!(["a"])));
        let list = value(json!([{"find": "Jane"}, "x1"]));
        assert_eq!(list, Value::List(vec![Value::Find("Jane".into()), Value::Given(json!("x1"))]));
        let deep = value(json!({"a": {"b": {"find": "Jane"}}, "c": 1}));
        let Value::Map(fields) = deep else { panic!("an object with a look-up in it") };
        assert_eq!(fields[1], ("c".into(), Value::Given(json!(1))));
    }

    #[test]
    fn an_object_that_only_looks_like_a_search_is_left_alone() {
        let json = json!({"find": "x", "limit": 1});
        assert_eq!(value(json.clone()), Value::Given(json));
    }
}
