use serde_json::{Map, Value as Json};

use super::Settled;
use super::alike::{alike, moment};
use crate::catalog::{Operation, Settle};
use crate::execute::records::has_list;
use crate::execute::{Extent, Failure, LookUpCall, NoResult, Runner, api_failure, is_error};
use crate::intent::{Argument, Step};
use crate::plan::{PlannedStep, dotted, id_of, plan};
use crate::request::{Draft, draft};

/// Most records that are gone through.
const MOST: usize = 1_000;
/// How far the clock of an API may be off from what its answers showed, in milliseconds.
const SKEW_MS: i64 = 5_000;

impl Runner<'_> {
    /// Finds out whether a write that began at `since_ms` (milliseconds since 1970) was done, without sending it again.
    pub async fn settle(&self, step: &PlannedStep, since_ms: i64) -> Settled {
        let operation = self.catalog.operation(step.operation);
        let Some(settle) = &operation.settle else { return unclear("no look-up is known for it") };
        let Ok(sent) = draft(step, self.catalog, self.context) else { return unclear("it is not complete") };
        let wanted = wanted(settle, step, &sent);
        if wanted.is_empty() {
            return unclear("nothing in it tells it from others");
        }
        let Some(planned) = self.look_up(settle, operation, step) else { return unclear("nothing can be looked for") };
        let fetched = match self.fetch(&planned, Extent::Limit(MOST)).await {
            Ok(fetched) => fetched,
            Err(NoResult::Failed(failure)) => return Settled::Unclear(failure.message),
            Err(NoResult::Doubt(_)) => return unclear("the look-up failed"),
        };
        let service = self.catalog.service_of(operation);
        if is_error(&fetched.received) {
            let asked = self.catalog.operation(planned.operation);
            let account = self.context.account(service);
            return Settled::Unclear(api_failure(&fetched.received, asked, service, account).message);
        }
        let looked = self.catalog.operation(planned.operation);
        let many = looked.returns.as_ref().is_some_and(|returns| returns.many);
        if many && fetched.records.is_empty() && !has_list(looked, &fetched.received.body) {
            return unclear("the look-up did not answer with a list");
        }
        let fits = |record: &&Json| {
            wanted.iter().all(|(place, value)| dotted(record, place).is_some_and(|found| alike(value, found)))
        };
        let resource = looked.returns.as_ref().and_then(|r| r.resource.as_ref()).and_then(|r| service.resource(r));
        let is_other =
            |record: &Json| resource.and_then(|r| id_of(r, record)).is_some_and(|id| self.transport.made().knows(&id));
        let mut fitting = fetched.records.iter().filter(fits).filter(|r| !is_other(r)).peekable();
        if fitting.peek().is_none() {
            return if fetched.more { unclear("the list is too long to be sure") } else { Settled::Absent };
        }
        let since = since_ms.saturating_add(self.transport.clock_offset_ms()).saturating_sub(SKEW_MS);
        let Some(made) = &settle.made else {
            return fitting.next().map_or(Settled::Absent, |record| Settled::Made(record.clone()));
        };
        let fresh = |record: &&Json| {
            dotted(record, made).and_then(moment).is_some_and(|moment| moment.as_millisecond() >= since)
        };
        match fitting.find(fresh) {
            Some(record) => Settled::Made(record.clone()),
            None => unclear("one like it was there before"),
        }
    }

    /// The look-up as a bot can ask for it.
    pub(super) fn look_up_call(&self, step: &PlannedStep) -> Option<LookUpCall> {
        let operation = self.catalog.operation(step.operation);
        let planned = self.look_up(operation.settle.as_ref()?, operation, step)?;
        let own = planned.arguments.iter().filter(|b| b.origin == crate::plan::Origin::Said);
        let params: Map<String, Json> = own.map(|b| (b.name.clone(), b.value.to_json())).collect();
        Some(LookUpCall { operation: self.catalog.operation(planned.operation).name.clone(), params })
    }

    fn look_up(&self, settle: &Settle, operation: &Operation, step: &PlannedStep) -> Option<PlannedStep> {
        let id = self.catalog.by_name(&settle.operation)?;
        let look_up = self.catalog.operation(id);
        let mut arguments: Vec<Argument> = Vec::new();
        for parameter in &look_up.params {
            let given = settle.with.iter().find(|(name, _)| *name == parameter.name).map(|(_, source)| source);
            let alike = operation.param(&parameter.name).filter(|_| parameter.required && !parameter.supplied);
            let Some(source) = given.or(alike.map(|p| &p.name)) else { continue };
            if let Some(value) = step.value(source) {
                arguments.push(Argument { name: parameter.name.clone(), value: value.clone() });
            }
        }
        let asked = Step { operation: id, arguments, missing: Vec::new(), confirm: None };
        let planned = plan(&[asked], self.catalog, self.context).steps.pop()?;
        (planned.missing.is_empty() && planned.lookups.is_empty()).then_some(planned)
    }
}

/// What must stand where in the record: the values as they were sent.
fn wanted(settle: &Settle, step: &PlannedStep, sent: &Draft) -> Vec<(String, Json)> {
    let body = sent.body_json().unwrap_or_default();
    let value = |name: &str| {
        let query = || sent.query.iter().find(|(n, _)| n == name).map(|(_, v)| Json::from(v.as_str()));
        let plain = || step.value(name).map(crate::intent::Value::to_json);
        dotted(&body, name).cloned().or_else(query).or_else(plain).filter(|v| !v.is_null())
    };
    settle.matches.iter().filter_map(|(place, name)| Some((place.clone(), value(name)?))).collect()
}

fn unclear(why: &str) -> Settled {
    Settled::Unclear(why.to_owned())
}

impl From<NoResult> for Failure {
    /// For look-ups, which only read and so leave no doubt.
    fn from(no_result: NoResult) -> Self {
        match no_result {
            NoResult::Failed(failure) => failure,
            NoResult::Doubt(doubt) => {
                let unknown = || Failure::new(crate::execute::FailureKind::Unknown, "nobody knows whether it was done");
                doubt.lost.unwrap_or_else(unknown)
            }
        }
    }
}
