use std::sync::Arc;

use serde_json::Value as Json;

use super::accounts::Accounts;
use super::given::name_of;
use super::header::is_header_text;
use super::parts::Parts;
use super::path::fill_path;
use super::wire::Wire;
use super::{Body, CredentialPlace, Draft, Problem, ValidRequest};
use crate::catalog::{Catalog, Kind, Operation, Parameter, Place, Service};
use crate::diagnostic::did_you_mean;
use crate::plan::{Bound, Context, Origin, PlannedStep, fill_text};

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
                    if parameter.kind == Kind::File && bound.origin != Origin::Said {
                        let message = format!("`{}` is a file, which is sent only when somebody names it", bound.name);
                        wire.problems.push(Problem::new(&bound.name, message));
                    }
                    accounts.note(&bound.name, &json);
                    parts.put(parameter, operation, json, &mut wire.problems);
                }
            }
            None => nameless(bound, operation, service, &mut parts, &mut wire.problems),
        }
    }
    let mut problems = wire.problems;
    let path = if problems.is_empty() {
        fill_path(&operation.template, &parts.path).unwrap_or_else(|why| {
            problems.push(Problem::of_path(&why));
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
        scopes: Arc::clone(&operation.scopes),
        account,
        accounts,
        method: operation.method,
        base: [context.base(service), service.path.as_str()].concat(),
        path,
        shape: operation.path.clone(),
        query: parts.query,
        headers,
        body,
        risk: operation.risk,
        credential: CredentialPlace::of(&service.auth, operation.token),
    })
}

/// A name that is no parameter: an object whose fields are, the version header once more, or a mistake.
fn nameless(bound: &Bound, operation: &Operation, service: &Service, parts: &mut Parts, problems: &mut Vec<Problem>) {
    let (name, value) = (&bound.name, bound.value.to_json());
    let below = |p: &Parameter| p.name.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with('.'));
    if operation.params.iter().any(|p| p.place == Place::Body && below(p)) {
        match value {
            Json::Null => parts.put_in_body(name, operation, value),
            Json::Object(ref fields) if fields.is_empty() => parts.put_in_body(name, operation, value),
            _ => problems.push(Problem::new(name, format!("`{name}` must be an object, not {}", name_of(&value)))),
        }
        return;
    }
    let version = operation.version.as_ref().or(service.version.as_ref());
    let header = service.version_header.as_ref().is_some_and(|header| header.eq_ignore_ascii_case(name));
    match version.filter(|_| header) {
        Some(version) if value.as_str() == Some(version) => {}
        Some(version) => problems.push(Problem::new(name, format!("`{name}` of {} is {version}", operation.name))),
        None => problems.push(unknown(name, operation)),
    }
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
    if !service.headers.is_empty() {
        let values = context.object(&service.name);
        let filled = service.headers.iter().filter_map(|(n, t)| Some((n.clone(), fill_text(t, &values).ok()?)));
        out.extend(filled.filter(|(_, text)| !text.is_empty() && is_header_text(text)));
    }
    match body {
        Some(Body::Json(_)) => out.push(("Content-Type".into(), "application/json".into())),
        Some(Body::Form(_)) => out.push(("Content-Type".into(), "application/x-www-form-urlencoded".into())),
        _ => {}
    }
    out.append(own);
    out
}
