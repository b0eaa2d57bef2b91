use serde_json::{Map, Value as Json};

use super::accounts::Accounts;
use super::header::is_header_text;
use super::nest::put_nested;
use super::path::fill_path;
use super::query::query_pairs;
use super::wire::Wire;
use super::{Body, CredentialPlace, Draft, Part, Problem, ValidRequest};
use crate::catalog::{BodyKind, Catalog, Method, Operation, Parameter, Place, Service};
use crate::diagnostic::did_you_mean;
use crate::plan::{Context, Origin, PlannedStep, fill_text, plain_text};

/// Checks every value of a step and makes its request.
///
/// # Errors
/// Everything that is wrong, at once: parameters missing or unknown, values of the wrong type or form, names that were
/// not looked up.
pub fn validate(step: &PlannedStep, catalog: &Catalog, context: &Context) -> Result<ValidRequest, Vec<Problem>> {
    compose(step, catalog, context, false).map(ValidRequest::new)
}

/// The same for a step whose names still wait for their look-ups: they stand where the ids will be.
///
/// # Errors
/// As for [`validate`], but for the names.
pub fn draft(step: &PlannedStep, catalog: &Catalog, context: &Context) -> Result<Draft, Vec<Problem>> {
    compose(step, catalog, context, true)
}

fn compose(step: &PlannedStep, catalog: &Catalog, context: &Context, open: bool) -> Result<Draft, Vec<Problem>> {
    let operation = catalog.operation(step.operation);
    let service = catalog.service_of(operation);
    let mut wire = Wire { operation, service, zone: context.now.time_zone(), open, problems: Vec::new() };
    for missing in &step.missing {
        let message = format!("`{}` is required", missing.parameter);
        wire.problems.push(Problem::new(&missing.parameter, message));
    }
    let mut parts = Parts::default();
    let mut accounts = Accounts::new(operation, service);
    for bound in &step.arguments {
        match operation.param(&bound.name) {
            Some(parameter) => {
                if let Some(json) = wire.value(&bound.name, parameter, &bound.value) {
                    if operation.body == BodyKind::Multipart && bound.origin != Origin::Said && names_file(&json) {
                        let message = format!("`{}` is a file, which is sent only when somebody names it", bound.name);
                        wire.problems.push(Problem::new(&bound.name, message));
                    }
                    accounts.note(&bound.name, &json);
                    parts.put(parameter, operation, json, &mut wire.problems);
                }
            }
            None => wire.problems.push(unknown(&bound.name, operation)),
        }
    }
    let mut problems = wire.problems;
    let path = if problems.is_empty() {
        fill_path(&operation.template, &parts.path).unwrap_or_else(|why| {
            problems.push(Problem::new("path", format!("the path cannot be filled: {why}")));
            String::new()
        })
    } else {
        String::new()
    };
    let body = parts.body(operation, &mut problems);
    let headers = headers(operation, service, context, &mut parts.headers, body.as_ref());
    if !problems.is_empty() {
        return Err(problems);
    }
    let accounts = accounts.ids;
    let account = match accounts.as_slice() {
        [only] => Some(only.clone()),
        _ => context.account(service).map(str::to_owned),
    };
    Ok(Draft {
        operation: operation.name.clone(),
        group: operation.group.clone(),
        service: operation.service.clone(),
        through: Some(&service.name).filter(|name| **name != operation.service).cloned(),
        token: operation.token,
        scopes: operation.scopes.clone(),
        account,
        accounts,
        method: operation.method,
        base: format!("{}{}", context.base(service), service.path),
        path,
        shape: operation.path.clone(),
        query: parts.query,
        headers,
        body,
        risk: operation.risk,
        credential: CredentialPlace::of(&service.auth, operation.token),
    })
}

fn names_file(json: &Json) -> bool {
    json.as_str().is_some_and(|text| text.starts_with('@'))
}

fn unknown(name: &str, operation: &Operation) -> Problem {
    let known = operation.params.iter().map(|p| p.name.as_str());
    let near = did_you_mean(name, known).or_else(|| {
        let spoken = operation.params.iter().find(|p| p.names.iter().any(|n| n == &name.to_lowercase()));
        spoken.map(|p| format!("did you mean `{}`?", p.name))
    });
    Problem::new(name, format!("`{name}` is not a parameter of {}", operation.name)).hint(near)
}

fn headers(
    operation: &Operation,
    service: &Service,
    context: &Context,
    own: &mut Vec<(String, String)>,
    body: Option<&Body>,
) -> Vec<(String, String)> {
    let mut out = vec![("Accept".to_owned(), "application/json".to_owned())];
    let version = operation.version.as_ref().or(service.version.as_ref());
    if let (Some(name), Some(version)) = (&service.version_header, version) {
        out.push((name.clone(), version.clone()));
    }
    let values = context.object(&service.name);
    let filled = service.headers.iter().filter_map(|(n, t)| Some((n.clone(), fill_text(t, &values).ok()?)));
    out.extend(filled.filter(|(_, text)| !text.is_empty() && is_header_text(text)));
    match body {
        Some(Body::Json(_)) => out.push(("Content-Type".into(), "application/json".into())),
        Some(Body::Form(_)) => out.push(("Content-Type".into(), "application/x-www-form-urlencoded".into())),
        _ => {}
    }
    out.append(own);
    out
}

#[derive(Default)]
struct Parts {
    path: Map<String, Json>,
    query: Vec<(String, String)>,
    headers: Vec<(String, String)>,
    body: Map<String, Json>,
    whole: Option<Json>,
}

impl Parts {
    fn put(&mut self, parameter: &Parameter, operation: &Operation, json: Json, problems: &mut Vec<Problem>) {
        let name = &parameter.name;
        match parameter.place {
            Place::Path => drop(self.path.insert(name.clone(), json)),
            Place::Query => self.query.extend(query_pairs(name, &json)),
            Place::Header => match plain_text(&json).filter(|text| is_header_text(text)) {
                Some(text) => self.headers.push((name.clone(), text)),
                None => problems.push(Problem::new(name, format!("`{name}` must be one line of text"))),
            },
            Place::Body if operation.body == BodyKind::JsonWhole && name == "body" => self.whole = Some(json),
            Place::Body if operation.body == BodyKind::JsonWhole => {
                put_nested(&mut self.body, name.strip_prefix("body.").unwrap_or(name), json);
            }
            Place::Body => put_nested(&mut self.body, name, json),
        }
    }

    fn body(&mut self, operation: &Operation, problems: &mut Vec<Problem>) -> Option<Body> {
        let fields = std::mem::take(&mut self.body);
        match operation.body {
            BodyKind::None => None,
            BodyKind::JsonWhole => self.whole.take().or_else(|| one_element(operation, fields)).map(Body::Json),
            BodyKind::Json => {
                let wanted = !matches!(operation.method, Method::Get | Method::Head | Method::Options);
                (wanted || !fields.is_empty()).then_some(Body::Json(Json::Object(fields)))
            }
            BodyKind::Form => Some(Body::Form(texts(fields, problems))),
            BodyKind::Multipart => Some(Body::Multipart(
                texts(fields, problems)
                    .into_iter()
                    .map(|(name, text)| match text.strip_prefix('@') {
                        Some(path) => Part::File(name, path.to_owned()),
                        None => Part::Text(name, text),
                    })
                    .collect(),
            )),
        }
    }
}

/// A whole body of which only the fields of its one element were given (`body.channel`).
fn one_element(operation: &Operation, fields: Map<String, Json>) -> Option<Json> {
    let many = operation.param("body").is_some_and(|p| p.many);
    let element = (!fields.is_empty()).then_some(Json::Object(fields))?;
    Some(if many { Json::Array(vec![element]) } else { element })
}

fn texts(fields: Map<String, Json>, problems: &mut Vec<Problem>) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for (name, value) in fields {
        if name.chars().any(char::is_control) {
            problems.push(Problem::new(&name, format!("`{}` must be one line", name.escape_debug())));
        }
        out.extend(query_pairs(&name, &value));
    }
    out
}
