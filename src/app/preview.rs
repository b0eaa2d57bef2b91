use jiff::Zoned;
use serde_json::Value;

use crate::catalog::Catalog;
use crate::intent::Intent;
use crate::plan::{Context, plan};
use crate::request::{Draft, draft};

/// The requests of a reading as `.test.yaml` files compare them: nothing is looked up, so names stand where ids will be,
/// and every context value is its own name. `path` is that of the catalog, `filled_path` the one that would be sent.
///
/// # Errors
/// What is wrong with the values of the first step that cannot be composed.
pub fn preview(catalog: &Catalog, intent: &Intent, now: &Zoned) -> Result<Vec<Value>, String> {
    let mut context = Context::new(now.clone());
    for service in intent.steps.iter().map(|step| catalog.service_of(catalog.operation(step.operation))) {
        for value in &service.context {
            context.set(&service.name, &value.name, &value.name);
        }
    }
    let steps = plan(&intent.steps, catalog, &context).steps;
    steps.iter().map(|step| draft(step, catalog, &context).map(|d| shown(&d)).map_err(|p| told(&p))).collect()
}

/// The draft with the path that would be sent beside the one of the catalog.
fn shown(draft: &Draft) -> Value {
    let mut json = draft.to_json();
    json["filled_path"] = draft.path.clone().into();
    json
}

fn told(problems: &[crate::request::Problem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}
