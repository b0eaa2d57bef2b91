use std::path::PathBuf;

use serde_json::json;

use crate::app::ExitCode;
use crate::catalog::drift::{Accounts, Difference, Drift, drift};
use crate::catalog::openapi::{Spec, SpecFiles, read_spec};
use crate::catalog::{Catalog, Service};
use crate::diagnostic::{Sources, closest, lines};
use crate::front::cli::{Options, Output};
use crate::front::failed::Failed;
use crate::front::paths::Paths;
use crate::front::print::{complain, out};
use crate::front::setup;
use crate::present::{DIM, painted};

/// Tells what differs between a service and the `OpenAPI` files of its API; fails when anything does.
pub(super) fn diff(options: &Options, paths: &Paths, specs: &[PathBuf]) -> Result<ExitCode, Failed> {
    let files = SpecFiles::read(specs).map_err(Failed::usage)?;
    let loaded = setup::load(options, paths)?;
    let texts: Sources = files.files.iter().cloned().collect();
    let spec = read_spec(&files).map_err(|found| Failed::catalog(&found, &texts))?;
    let service = service(&loaded.catalog, options.service.as_deref(), &spec)?;
    let accounts = Accounts::of(&loaded.forest, &service.name);
    let drift = drift(&loaded.catalog, service, &accounts, &spec);
    if options.verbose > 0 {
        complain(&lines(&spec.warnings));
    }
    out(&match options.output.unwrap_or(Output::Table) {
        Output::Json => serde_json::to_string_pretty(&as_json(&service.name, &drift)).map_err(Failed::machine)? + "\n",
        Output::Jsonl => drift.differences.iter().map(|d| entry(d).to_string() + "\n").collect(),
        _ => told(&drift),
    });
    let same = drift.differences.is_empty() && drift.idle.is_empty();
    Ok(if same { ExitCode::Done } else { ExitCode::Catalog })
}

/// The service that is named, else the one that the files are of: the one whose address they name, else the only one.
fn service<'a>(catalog: &'a Catalog, named: Option<&str>, spec: &Spec) -> Result<&'a Service, Failed> {
    let services = catalog.services();
    let names = || services.iter().map(|service| service.name.as_str());
    if let Some(name) = named {
        let near = closest(name, names(), 1);
        let advice = near.first().map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        return catalog
            .service(name)
            .ok_or_else(|| Failed::not_found(format!("no service is called `{name}`{advice}")));
    }
    let at =
        |service: &&Service| spec.servers.iter().any(|server| server.url.trim_end_matches('/') == service.base_url);
    let found = services.iter().find(at).or(if let [only] = services { Some(only) } else { None });
    found.ok_or_else(|| {
        let names = names().collect::<Vec<_>>().join(", ");
        Failed::usage(format!("say with --service which one these files are of: {names}"))
    })
}

fn as_json(service: &str, drift: &Drift) -> serde_json::Value {
    json!({
        "service": service,
        "compared": drift.compared,
        "differences": drift.differences.iter().map(entry).collect::<Vec<_>>(),
        "idle": drift.idle,
    })
}

fn entry(difference: &Difference) -> serde_json::Value {
    json!({
        "operation": difference.operation, "request": difference.request, "difference": difference.key(),
        "aspect": difference.aspect, "at": difference.at, "catalog": difference.catalog, "spec": difference.spec,
        "source": difference.source,
    })
}

/// Operation by operation, then how much there was.
fn told(drift: &Drift) -> String {
    let mut text = String::new();
    let mut last = None;
    for difference in &drift.differences {
        if last != Some(&difference.request) {
            let name = difference.operation.as_deref().unwrap_or("not in the catalog");
            let place = difference.source.as_deref().map_or_else(String::new, |source| painted(DIM, source));
            text.push_str(format!("{} · {name} {place}", difference.request).trim_end());
            text.push('\n');
            last = Some(&difference.request);
        }
        text.push_str(&format!("  {difference}\n"));
    }
    for idle in &drift.idle {
        text.push_str(&format!("{idle}: accounted for under `differs`, and no difference any more\n"));
    }
    let found = match drift.differences.len() {
        0 => "no difference".to_owned(),
        1 => "1 difference".to_owned(),
        many => format!("{many} differences"),
    };
    text + &format!("{} operations compared, {found}\n", drift.compared)
}
