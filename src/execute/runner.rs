use std::sync::Arc;

use serde_json::Value;

use super::records::{records_of, total_of};
use super::wire::{Received, Sending};
use super::{Extent, Failure, FailureKind, NoResult, Records, Settlement, Transport, is_error};
use crate::catalog::{Catalog, Operation, Service};
use crate::plan::{Context, PlannedStep};
use crate::request::{Problem, ValidRequest, validate};
use crate::store::Store;

/// Runs planned steps: everything between a plan and the network.
#[derive(Debug, Clone, Copy)]
pub struct Runner<'a> {
    /// What operations there are.
    pub catalog: &'a Catalog,
    /// The way to the network.
    pub transport: &'a Transport,
    /// Names that were looked up, and history.
    pub store: &'a Arc<Store>,
    /// The account and the time.
    pub context: &'a Context,
    /// Who asks: everybody has a turn where requests have to wait.
    pub speaker: u64,
}

/// What an operation answered, pages put together.
#[derive(Debug, Clone)]
pub(super) struct Fetched {
    pub request: ValidRequest,
    /// The first answer, or the one that failed.
    pub received: Received,
    /// Records; of a list that was handed on, the first ones.
    pub records: Records,
    /// How many records there were, those handed on included.
    pub count: usize,
    pub total: Option<u64>,
    pub more: bool,
    /// How it was found out that it was done, when the answer was lost.
    pub settled: Option<Settlement>,
}

impl Runner<'_> {
    /// A request on its way out.
    pub(super) fn sending<'s>(&'s self, request: &'s ValidRequest, operation: &'s Operation) -> Sending<'s> {
        let service = self.catalog.service_of(operation);
        Sending { request, operation, service, context: self.context, store: self.store, speaker: self.speaker }
    }

    pub(super) async fn fetch_once(
        &self,
        step: &PlannedStep,
        request: Option<&ValidRequest>,
        operation: &Operation,
        extent: Extent,
    ) -> Result<Fetched, NoResult> {
        let request = match request {
            Some(request) => request.clone(),
            None => validate(step, self.catalog, self.context).map_err(|p| invalid(&p))?,
        };
        let received = self.transport.send(&self.sending(&request, operation)).await?;
        let failed = is_error(&received);
        if let (false, true, Value::String(text)) = (failed, lists(operation), &*received.body) {
            return Err(no_list(self.catalog.service_of(operation), text).into());
        }
        let mut records = if failed { Records::default() } else { records_of(operation, &received.body) };
        let mut more = false;
        if let Extent::Limit(most) = extent
            && records.len() > most
        {
            records.truncate(most);
            more = true;
        }
        let total = total_of(&received.body);
        let count = records.len();
        Ok(Fetched { request, received, records, count, total, more, settled: None })
    }
}

fn lists(operation: &Operation) -> bool {
    operation.reads() && operation.returns.as_ref().is_some_and(|returns| returns.many)
}

/// A list that does not come is not an empty one.
fn no_list(service: &Service, text: &str) -> Failure {
    let begins: String = text.trim().chars().take(40).collect();
    let message = format!("the answer is no list of {}; it begins \u{ab}{begins}\u{bb}", service.title);
    let hint = "Something on the way may have answered in its place: a proxy, or a page to log in.";
    Failure::new(FailureKind::Network, message).hint(hint)
}

/// Everything that is wrong with a request, as one failure.
#[must_use]
pub fn invalid(problems: &[Problem]) -> Failure {
    let lines: Vec<String> = problems.iter().map(|p| p.message.clone()).collect();
    let hints: Vec<String> = problems.iter().filter_map(|p| p.hint.clone()).collect();
    Failure::new(FailureKind::Invalid, lines.join("; ")).hint(hints.join("; "))
}

/// Why a value from outside the phrase is missing, and how to give it.
#[must_use]
pub fn missing_context(service: &Service, name: &str) -> Failure {
    let declared = service.context.iter().find(|c| c.name == name);
    let title = declared.and_then(|c| c.title.clone()).unwrap_or_else(|| format!("`{name}`"));
    let variable = declared.and_then(|c| c.env.first()).map(|v| format!("Set {v}."));
    Failure::new(FailureKind::MissingContext, format!("{} needs {title}", service.title))
        .hint(variable.unwrap_or_default())
}
