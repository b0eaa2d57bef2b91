//! What a request does when the behaviour data does not say: read from its method, its path and what it returns.

use serde_json::{Map, Value, json};

use super::behaviour::{Act, Script, Step};
use super::pairs::Pairs;
use crate::catalog::{Catalog, Method, Operation, PageAdvance, Service};

/// Derives the script of an operation. `prefix` keeps the collections of one service apart from another's.
pub(super) fn script(catalog: &Catalog, operation: &Operation, service: &Service, prefix: &str) -> Script {
    let shape = Shape::of(catalog, operation, prefix);
    let mut step = Step { collection: shape.collection.clone(), ..Step::default() };
    step.act = act(operation, &shape);
    let mut answer = Value::Null;
    match step.act {
        Act::List => {
            step.conditions = shape.conditions("= path.");
            add_filters(&mut step, operation, service);
            answer = list_answer(operation, service, &shape);
        }
        Act::Create => {
            step.set = shape.conditions("= path.");
            step.twins = true;
            answer = single_answer(operation);
        }
        Act::Get | Act::Update | Act::Delete => {
            step.id = shape.variables.last().map(|name| format!("path.{name}"));
            if shape.is_item {
                step.conditions = shape.conditions("= path.");
            }
            let done = operation.method == Method::Delete && operation.returns.is_none();
            answer = if done { json!({"success": true}) } else { single_answer(operation) };
        }
        _ => answer = answer.take(),
    }
    if step.act == Act::Let && operation.method != Method::Get {
        answer = json!({"success": true});
    }
    Script { steps: vec![step], answer, ..Script::default() }
}

/// Collection that the records of an operation's path live in.
pub(super) fn collection_of(catalog: &Catalog, operation: &Operation, prefix: &str) -> String {
    Shape::of(catalog, operation, prefix).collection
}

struct Shape {
    collection: String,
    /// Path variables in order.
    variables: Vec<String>,
    /// Whether the path ends with a variable.
    is_item: bool,
    /// Whether the last fixed segment is a collection, rather than an action or a view of a record.
    ends_in_collection: bool,
}

impl Shape {
    fn of(catalog: &Catalog, operation: &Operation, prefix: &str) -> Self {
        let segments: Vec<&str> = operation.path.split('/').filter(|s| !s.is_empty()).collect();
        let variables: Vec<String> = segments.iter().filter_map(|s| variable(s)).map(str::to_owned).collect();
        let is_item = segments.last().is_some_and(|s| variable(s).is_some());
        let fixed: Vec<(usize, &str)> =
            segments.iter().enumerate().filter(|(_, s)| variable(s).is_none()).map(|(i, s)| (i, *s)).collect();
        let holds = |index: usize| has_items(catalog, operation, &segments[..=index]);
        let last = fixed.last().copied().unwrap_or((0, "records"));
        let ends_in_collection = !is_item && (holds(last.0) || is_listed(operation));
        let own = fixed.iter().rev().find(|(index, _)| holds(*index)).copied();
        let name = if is_item || holds(last.0) { last.1 } else { own.unwrap_or(last).1 };
        let name = if ends_in_collection && own.is_none() { last.1 } else { name };
        Self { collection: format!("{prefix}{name}"), variables, is_item, ends_in_collection }
    }

    /// The parents named in the path, as fields of the record.
    fn conditions(&self, lead: &str) -> Pairs<Value> {
        let parents = if self.is_item { &self.variables[..self.variables.len() - 1] } else { &self.variables[..] };
        Pairs(parents.iter().map(|name| (name.clone(), Value::String(format!("{lead}{name}")))).collect())
    }
}

fn act(operation: &Operation, shape: &Shape) -> Act {
    let creates = operation.verbs.first().is_some_and(|verb| verb == "create");
    let has_record = !shape.variables.is_empty();
    match operation.method {
        Method::Get if shape.is_item => Act::Get,
        Method::Get if !is_listed(operation) && operation.returns.is_some() && has_record => Act::Get,
        Method::Get => Act::List,
        Method::Delete if has_record => Act::Delete,
        Method::Put | Method::Patch if has_record => Act::Update,
        Method::Post if shape.is_item => Act::Update,
        Method::Post if is_listed(operation) && !creates => Act::List,
        Method::Post if shape.ends_in_collection || creates || !has_record => Act::Create,
        Method::Post => Act::Update,
        _ => Act::Let,
    }
}

fn is_listed(operation: &Operation) -> bool {
    operation.returns.as_ref().is_some_and(|returns| returns.many)
}

/// Whether some operation of the service takes one record of the path given so far.
fn has_items(catalog: &Catalog, operation: &Operation, segments: &[&str]) -> bool {
    catalog.ids().map(|id| catalog.operation(id)).filter(|other| other.service == operation.service).any(|other| {
        let theirs: Vec<&str> = other.path.split('/').filter(|s| !s.is_empty()).collect();
        let same = |(a, b): (&&str, &&str)| a == b || (variable(a).is_some() && variable(b).is_some());
        theirs.len() == segments.len() + 1
            && variable(theirs[segments.len()]).is_some()
            && segments.iter().zip(&theirs).all(same)
    })
}

fn add_filters(step: &mut Step, operation: &Operation, service: &Service) {
    let searched = |name: &str| {
        let by_finder = service
            .resources
            .iter()
            .filter_map(|r| r.find.as_ref())
            .any(|f| f.operation == operation.name && f.query.as_deref() == Some(name));
        by_finder || matches!(name, "q" | "query" | "search" | "keyword")
    };
    let part = if operation.method == Method::Get { "query" } else { "body" };
    for param in operation.params.iter().filter(|p| p.place != crate::catalog::Place::Path) {
        if searched(&param.name) {
            step.search = Some(format!("{part}.{}", param.name));
        } else {
            let template = Value::String(format!("= {part}.{}", param.name));
            step.conditions.0.push((format!("{} ?=", param.name), template));
        }
    }
}

fn list_answer(operation: &Operation, service: &Service, shape: &Shape) -> Value {
    let usual = shape.collection.rsplit('/').next().unwrap_or("records").to_owned();
    let place = operation.returns.as_ref().map_or(usual, |returns| returns.at.clone());
    let mut answer = at(&place, json!("= records"));
    if let Some(fields) = answer.as_object_mut() {
        fields.entry("total").or_insert_with(|| json!("= page.total"));
        if let Some(PageAdvance::Cursor(pairs)) =
            super::paging::style_of(operation, &service.pagination).map(|style| &style.advance)
        {
            for (_, place) in pairs.iter().filter(|(_, place)| !place.starts_with("$last.")) {
                let cursor = json!("= page.cursor");
                if let Value::Object(more) = at(place, cursor) {
                    merge(fields, more);
                }
            }
        }
    }
    answer
}

fn single_answer(operation: &Operation) -> Value {
    at(operation.returns.as_ref().map_or("", |returns| &returns.at), json!("= record"))
}

/// `value` at a dotted place of an otherwise empty object.
fn at(place: &str, value: Value) -> Value {
    place.split('.').rev().filter(|part| !part.is_empty()).fold(value, |inner, part| json!({part: inner}))
}

fn merge(into: &mut Map<String, Value>, more: Map<String, Value>) {
    for (key, value) in more {
        match (into.get_mut(&key), value) {
            (Some(Value::Object(old)), Value::Object(new)) => merge(old, new),
            (Some(_), _) => {}
            (None, value) => drop(into.insert(key, value)),
        }
    }
}

fn variable(segment: &str) -> Option<&str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{catalog, operation};
    use super::*;

    #[test]
    fn methods_and_paths_tell_what_to_do() {
        let lines = [
            "GET /v1/pets",
            "POST /v1/pets",
            "GET /v1/pets/{petId}",
            "PATCH /v1/pets/{petId}",
            "DELETE /v1/pets/{petId}",
            "POST /v1/pets/{petId}/archive",
            "GET /v1/pets/{petId}/visits",
            "POST /v1/pets/{petId}/visits",
            "PUT /v1/pets/{petId}/visits/{visitId}",
        ];
        let catalog = catalog(lines.map(operation));
        let read = |line: &str| {
            let operation = catalog.operation(catalog.by_name(line).unwrap());
            let script = script(&catalog, operation, &catalog.services()[0], "");
            let step = &script.steps[0];
            (step.act, step.collection.clone(), step.id.clone().unwrap_or_default(), script.answer)
        };
        assert_eq!(
            read(lines[0]),
            (Act::List, "pets".into(), String::new(), json!({"pets": "= records", "total": "= page.total"}))
        );
        assert_eq!(read(lines[1]), (Act::Create, "pets".into(), String::new(), json!("= record")));
        assert_eq!(read(lines[2]), (Act::Get, "pets".into(), "path.petId".into(), json!("= record")));
        assert_eq!(read(lines[3]).0, Act::Update);
        assert_eq!(read(lines[4]), (Act::Delete, "pets".into(), "path.petId".into(), json!({"success": true})));
        assert_eq!(read(lines[5]), (Act::Update, "pets".into(), "path.petId".into(), json!("= record")));
        assert_eq!((read(lines[6]).0, read(lines[6]).1), (Act::List, "visits".into()));
        assert_eq!((read(lines[7]).0, read(lines[7]).1), (Act::Create, "visits".into()));
        assert_eq!(read(lines[8]), (Act::Update, "visits".into(), "path.visitId".into(), json!("= record")));
    }
}
