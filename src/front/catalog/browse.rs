use serde_json::json;

use crate::app::ExitCode;
use crate::catalog::{Catalog, Method, Operation, list as found, show as described};
use crate::diagnostic::closest;
use crate::front::cli::{Options, Output};
use crate::front::failed::Failed;
use crate::front::paths::Paths;
use crate::front::print::out;
use crate::front::setup;
use crate::present::{DIM, painted};

/// Lists operations, all or those that fit the words.
pub(super) fn list(options: &Options, paths: &Paths, words: &[String]) -> Result<ExitCode, Failed> {
    let catalog = setup::catalog(options, paths)?;
    let operations = found(&catalog, words);
    if operations.is_empty() {
        return Err(Failed::not_found(format!("no operation fits `{}`", words.join(" "))));
    }
    out(&match options.output.unwrap_or(Output::Table) {
        Output::Json => {
            let all: Vec<_> = operations.iter().map(|operation| facts(operation)).collect();
            serde_json::to_string_pretty(&all).map_err(Failed::machine)? + "\n"
        }
        Output::Jsonl => operations.iter().map(|operation| facts(operation).to_string() + "\n").collect(),
        _ => columns(&operations),
    });
    Ok(ExitCode::Done)
}

/// Shows everything about an operation, given by its name or as "METHOD /path".
pub(super) fn show(options: &Options, paths: &Paths, wanted: &str) -> Result<ExitCode, Failed> {
    let mut catalog = setup::catalog(options, paths)?;
    if let Some(service) = &options.service {
        catalog.go_through(service);
    }
    let operation = find(&catalog, options.service.as_deref(), wanted).ok_or_else(|| unknown(&catalog, wanted))?;
    out(&described(&catalog, operation));
    Ok(ExitCode::Done)
}

fn find<'a>(catalog: &'a Catalog, service: Option<&str>, wanted: &str) -> Option<&'a Operation> {
    let by_request = || {
        let (method, path) = Method::of_line(wanted)?;
        service.map_or_else(|| catalog.by_request(method, path), |name| catalog.by_request_of(name, method, path))
    };
    catalog.by_name(wanted.trim()).or_else(by_request).map(|id| catalog.operation(id))
}

fn unknown(catalog: &Catalog, wanted: &str) -> Failed {
    let replacing = Method::of_line(wanted).map_or_else(Vec::new, |(method, path)| catalog.replacing(method, path));
    if !replacing.is_empty() {
        let names: Vec<&str> = replacing.iter().map(|id| catalog.name(*id)).collect();
        let message = format!("`{wanted}` is not in the official API; `{}` does its job", names.join("` or `"));
        return Failed::not_found(message);
    }
    let names: Vec<&str> = catalog.ids().map(|id| catalog.name(id)).collect();
    let near = closest(wanted, names.iter().copied(), 3);
    let near = if near.is_empty() {
        found(catalog, &[wanted.to_owned()]).iter().take(3).map(|o| o.name.as_str()).collect()
    } else {
        near
    };
    let advice = match near.as_slice() {
        [] => "`sayso catalog list` shows all".to_owned(),
        near => format!("did you mean `{}`?", near.join("`, `")),
    };
    Failed::not_found(format!("no operation is `{wanted}`; {advice}"))
}

fn facts(operation: &Operation) -> serde_json::Value {
    json!({
        "operation": operation.name, "title": operation.title, "method": operation.method.as_str(),
        "path": operation.path, "risk": operation.risk, "scopes": operation.scopes, "status": operation.lifecycle,
    })
}

fn columns(operations: &[&Operation]) -> String {
    let widest = |text: fn(&Operation) -> String| operations.iter().map(|o| text(o).chars().count()).max().unwrap_or(0);
    let names = widest(|operation| operation.name.clone());
    let titles = widest(|operation| operation.title.clone());
    let line = |operation: &&Operation| {
        let request = painted(DIM, &operation.request_line());
        format!("{:names$}  {:titles$}  {request}\n", operation.name, operation.title)
    };
    operations.iter().map(line).collect()
}
