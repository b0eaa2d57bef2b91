use jiff::Zoned;
use serde_json::{Map, Value as Json};

use crate::catalog::{Catalog, OpId};
use crate::intent::{Argument, Step, Value};
use crate::plan::{Context, plan};
use crate::request::{Problem, draft};

/// What is wrong with a bot's call, found offline: nothing is looked up and nothing sent; every context value is its own
/// name.
pub fn refusals(catalog: &Catalog, operation: OpId, params: Map<String, Json>, now: &Zoned) -> Vec<Problem> {
    let mut context = Context::new(now.clone());
    for service in catalog.services() {
        for value in &service.context {
            context.set(&service.name, &value.name, &value.name);
        }
    }
    let arguments = params.into_iter().map(|(name, json)| Argument { name, value: Value::Given(json) }).collect();
    let step = Step { operation, arguments, missing: Vec::new(), confirm: None };
    let planned = plan(&[step], catalog, &context).steps;
    planned.iter().filter_map(|step| draft(step, catalog, &context).err()).flatten().collect()
}
