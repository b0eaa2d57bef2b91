//! Whether the parameters of a request are those its operation takes, in the words of the service's validator.

use serde_json::{Map, Value};

use super::wire_type::{self, Source};
use crate::catalog::{BodyKind, Literal, Operation, Parameter, Place};

/// What a request gives: path variables, query and body.
pub(super) struct Given<'a> {
    pub(super) path: &'a Map<String, Value>,
    pub(super) query: &'a Map<String, Value>,
    pub(super) body: &'a Value,
    /// Whether the values of the body are texts (a form) rather than JSON.
    pub(super) form: bool,
    /// Whether fields of any name are taken.
    pub(super) open: bool,
}

/// The variant of the operation that fits best, by its position, and every problem it has with what is given.
pub(super) fn problems(operations: &[&Operation], given: &Given<'_>) -> (usize, Vec<String>) {
    let found = operations.iter().map(|operation| of_one(operation, given)).enumerate();
    found.min_by_key(|(_, problems)| problems.len()).unwrap_or_default()
}

fn of_one(operation: &Operation, given: &Given<'_>) -> Vec<String> {
    let at =
        |place: Place| operation.params.iter().filter(move |p| p.place == place && p.is_sent()).collect::<Vec<_>>();
    let fixed = |place: Place| fixed_names(operation, place);
    let mut found = Vec::new();
    object(given.path, &at(Place::Path), &fixed(Place::Path), "", Source::Text, false, &mut found);
    object(given.query, &at(Place::Query), &fixed(Place::Query), "", Source::Text, false, &mut found);
    let source = if given.form { Source::Text } else { Source::Json };
    let body = at(Place::Body);
    match (operation.body, given.body) {
        (BodyKind::JsonWhole, value) => whole(value, &body, source, given.open, &mut found),
        (_, Value::Object(fields)) => {
            object(fields, &body, &fixed(Place::Body), "", source, given.open, &mut found);
        }
        (_, Value::Null) => object(&Map::new(), &body, &[], "", source, given.open, &mut found),
        _ => found.push("body must be an object".to_owned()),
    }
    for (name, value) in &operation.fixed {
        let sent = given.body.get(name).or_else(|| given.query.get(name)).or_else(|| given.path.get(name));
        if sent.is_some_and(|sent| !wire_type::is_literal(sent, value)) {
            found.push(format!("{name} must be one of the following values: {}", wire_type::literal_text(value)));
        }
    }
    found
}

/// Checks a body that is one value: the parameter without dots, whose own fields are the dotted ones.
fn whole(value: &Value, params: &[&Parameter], source: Source, open: bool, found: &mut Vec<String>) {
    let Some(root) = params.iter().find(|p| !p.name.contains('.')) else { return };
    wire_type::check(root, value, &root.name, source, found);
    let lead = format!("{}.", root.name);
    let inner: Vec<Parameter> = params
        .iter()
        .filter_map(|p| Some(Parameter { name: p.name.strip_prefix(&lead)?.to_owned(), ..(*p).clone() }))
        .collect();
    let inner: Vec<&Parameter> = inner.iter().collect();
    let items = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    for item in items.iter().filter_map(Value::as_object).filter(|_| root.fields.is_empty() && !inner.is_empty()) {
        object(item, &inner, &[], "", source, open, found);
    }
}

/// Checks the fields of an object against parameters. Names with dots are fields of nested objects.
pub(super) fn object(
    fields: &Map<String, Value>,
    params: &[&Parameter],
    also: &[&str],
    prefix: &str,
    source: Source,
    open: bool,
    found: &mut Vec<String>,
) {
    let shown = |name: &str| format!("{prefix}{name}");
    for (name, value) in fields {
        let nested: Vec<(&str, &Parameter)> =
            params.iter().filter_map(|p| Some((p.name.strip_prefix(name.as_str())?.strip_prefix('.')?, *p))).collect();
        if let Some(param) = params.iter().find(|p| p.name == *name) {
            wire_type::check(param, value, &shown(name), source, found);
        }
        if !nested.is_empty()
            && let Some(inner) = value.as_object()
        {
            let inner_params: Vec<Parameter> =
                nested.iter().map(|(rest, p)| Parameter { name: (*rest).to_owned(), ..(*p).clone() }).collect();
            object(
                inner,
                &inner_params.iter().collect::<Vec<_>>(),
                &[],
                &format!("{prefix}{name}."),
                source,
                open,
                found,
            );
        } else if nested.is_empty() && !open && !also.contains(&name.as_str()) && params.iter().all(|p| p.name != *name)
        {
            found.push(format!("{prefix}property {name} should not exist"));
        }
    }
    for param in params.iter().filter(|p| p.required) {
        if param.name.contains('.') {
            let head = param.name.split('.').next().unwrap_or_default();
            let optional_parent = params.iter().any(|p| p.name == head && !p.required);
            if fields.contains_key(head) || optional_parent {
                continue;
            }
        }
        if fields.get(&param.name).is_none_or(Value::is_null) && !also.contains(&param.name.as_str()) {
            wire_type::missing(param, &shown(&param.name), found);
        }
    }
}

fn fixed_names(operation: &Operation, place: Place) -> Vec<&str> {
    let declared = |name: &str| operation.param(name).map(|p| p.place);
    let usual = if operation.body == BodyKind::None { Place::Query } else { Place::Body };
    let here = |name: &&(String, Literal)| declared(&name.0).unwrap_or(usual) == place;
    operation.fixed.iter().filter(here).map(|(name, _)| name.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{operation, param};
    use super::*;
    use crate::catalog::{DateFormat, EnumValue, Kind};
    use serde_json::json;

    fn create() -> Operation {
        let mut create = operation("POST /things/{id}");
        let mut of = |name, kind, required| create.params.push(param(name, Place::Body, kind, required));
        of("name", Kind::Text, true);
        of("count", Kind::Integer, false);
        of("email", Kind::Email, false);
        of("on", Kind::Boolean, false);
        of("when", Kind::DateTime, false);
        of("owner.name", Kind::Text, true);
        of("owner.age", Kind::Number, false);
        of("state", Kind::Text, false);
        let state = create.params.last_mut().unwrap();
        state.values = ["open", "shut"].map(|v| EnumValue { value: Literal::Text(v.into()), say: Vec::new() }).into();
        let mut tags = param("tags", Place::Body, Kind::Text, false);
        tags.many = true;
        create.params.push(tags);
        let mut page = param("page", Place::Query, Kind::Integer, false);
        page.bounds = (Some(1.0), Some(50.0));
        let mut since = param("since", Place::Query, Kind::DateTime, false);
        since.format = DateFormat::EpochMsText;
        create.params.extend([page, since]);
        create
    }

    fn told(query: &Value, body: &Value) -> Vec<String> {
        let path = json!({"id": "1"});
        let given = Given {
            path: path.as_object().unwrap(),
            query: query.as_object().unwrap(),
            body,
            form: false,
            open: false,
        };
        problems(&[&create()], &given).1
    }

    #[test]
    fn a_good_request_has_no_problems() {
        let body = json!({
            "name": "a", "count": 2, "on": false, "tags": ["x"], "state": "open", "owner": {"name": "b", "age": 1.5},
            "when": "2026-11-24T10:00:00-05:00", "email": null,
        });
        assert_eq!(told(&json!({"page": "2", "since": "1795183200000"}), &body), Vec::<String>::new());
    }

    #[test]
    fn problems_are_worded_as_the_validator_words_them() {
        let good = json!({"name": "a", "owner": {"name": "b"}});
        for (field, value, expected) in [
            ("extra", json!(1), "property extra should not exist"),
            ("name", json!(5), "name must be a string"),
            ("count", json!("2"), "count must be an integer number"),
            ("on", json!("yes"), "on must be a boolean value"),
            ("email", json!("nobody"), "email must be an email"),
            ("tags", json!("x"), "tags must be an array"),
            ("tags", json!(["x", 1]), "each value in tags must be a string"),
            ("state", json!("ajar"), "state must be one of the following values: open, shut"),
            ("when", json!("tomorrow"), "when must be a valid ISO 8601 date string"),
            ("owner", json!({"name": "b", "size": 1}), "owner.property size should not exist"),
            ("owner", json!({}), "owner.name should not be empty"),
        ] {
            let mut body = good.clone();
            body[field] = value;
            assert_eq!(told(&json!({}), &body).first().map(String::as_str), Some(expected), "{body}");
        }
        assert_eq!(told(&json!({"page": "x"}), &good), ["page must be an integer number"]);
        assert_eq!(told(&json!({"page": "51"}), &good), ["page must not be greater than 50"]);
        assert_eq!(told(&json!({"since": "2026-11-24"}), &good), ["since must be milliseconds since 1970"]);
        assert_eq!(told(&json!({"Page": "1"}), &good), ["property Page should not exist"]);
        assert_eq!(told(&json!({}), &Value::Null).len(), 4);
    }

    #[test]
    fn the_variant_that_fits_counts() {
        let mut note = operation("POST /things/{id}");
        note.fixed = vec![("kind".into(), Literal::Text("note".into()))];
        note.params.push(param("text", Place::Body, Kind::Text, true));
        let path = json!({"id": "1"});
        let check = |body: &Value| {
            let empty = Map::new();
            let given = Given { path: path.as_object().unwrap(), query: &empty, body, form: false, open: false };
            problems(&[&create(), &note], &given)
        };
        assert_eq!(check(&json!({"kind": "note", "text": "x"})), (1, Vec::new()));
        let problem = "kind must be one of the following values: note".to_owned();
        assert_eq!(check(&json!({"kind": "memo", "text": "x"})), (1, vec![problem]));
    }
}
