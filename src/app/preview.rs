use jiff::Zoned;
use serde_json::Value;

use crate::catalog::Catalog;
use crate::intent::Intent;
use crate::plan::{Context, plan};
use crate::request::draft;

/// The requests of a reading as `.test.yaml` files compare them: nothing is looked up, so names stand where ids will be,
/// and every context value is its own name.
///
/// # Errors
/// What is wrong with the values of the first step that cannot be composed.
pub fn preview(catalog: &Catalog, intent: &Intent, now: &Zoned) -> Result<Vec<Value>, String> {
    let mut context = Context::new(now.clone());
    for service in catalog.services() {
        for value in &service.context {
            context.set(&service.name, &value.name, &value.name);
        }
    }
    let steps = plan(&intent.steps, catalog, &context).steps;
    steps.iter().map(|step| draft(step, catalog, &context).map(|d| d.to_json()).map_err(|p| told(&p))).collect()
}

fn told(problems: &[crate::request::Problem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}
