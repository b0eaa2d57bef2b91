use super::arrange::arrange;
use super::entities::entities;
use super::fill::{fill, missing_of};
use super::made::refer_back;
use super::{Context, Plan, PlannedStep};
use crate::catalog::Catalog;
use crate::intent::Step;

/// Plans the steps of a line. It never fails: what is wrong with a value is the validator's to say, what is missing is
/// listed in the steps.
#[must_use]
pub fn plan(steps: &[Step], catalog: &Catalog, context: &Context) -> Plan {
    let mut planned: Vec<PlannedStep> = Vec::with_capacity(steps.len());
    for step in steps {
        let mut next = plan_one(step, catalog, context);
        refer_back(&mut next, &planned, catalog);
        planned.push(next);
    }
    Plan { steps: planned }
}

fn plan_one(step: &Step, catalog: &Catalog, context: &Context) -> PlannedStep {
    let operation = catalog.operation(step.operation);
    let service = catalog.service_of(operation);
    let mut filled = fill(arrange(&step.arguments, operation), operation, service, context);
    // A reading may ask for more than the API does: a message without words.
    for name in &step.missing {
        let known =
            filled.missing.iter().any(|m| m.parameter == *name) || filled.arguments.iter().any(|b| b.name == *name);
        filled.missing.extend(operation.param(name).filter(|_| !known).map(|p| missing_of(p, None)));
    }
    let lookups = entities(&mut filled.arguments, operation, catalog);
    PlannedStep {
        operation: step.operation,
        arguments: filled.arguments,
        lookups,
        made: Vec::new(),
        missing: filled.missing,
        confirm: step.confirm.clone(),
    }
}
