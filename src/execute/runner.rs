use serde_json::Value;

use super::paging::Pager;
use super::records::{records_of, total_of};
use super::wire::Received;
use super::{Extent, Failure, FailureKind, NoResult, Settlement, Transport, api_failure, is_error};
use crate::catalog::{Catalog, Operation, Service};
use crate::plan::{Context, PlannedStep};
use crate::request::{Problem, ValidRequest, validate};
use crate::store::Store;

/// Most records that are fetched by one line.
const MOST_RECORDS: usize = 100_000;

/// Runs planned steps: everything between a plan and the network.
#[derive(Debug, Clone, Copy)]
pub struct Runner<'a> {
    /// What operations there are.
    pub catalog: &'a Catalog,
    /// The way to the network.
    pub transport: &'a Transport,
    /// Names that were looked up, and history.
    pub store: &'a Store,
    /// The account and the time.
    pub context: &'a Context,
}

/// What an operation answered, pages put together.
#[derive(Debug, Clone)]
pub(super) struct Fetched {
    pub request: ValidRequest,
    /// The first answer, or the one that failed.
    pub received: Received,
    pub records: Vec<Value>,
    pub total: Option<u64>,
    pub more: bool,
    /// How it was found out that it was done, when the answer was lost.
    pub settled: Option<Settlement>,
}

impl Runner<'_> {
    /// Sends a step that has no names left in it, and follows its pages as far as is wanted.
    pub(super) async fn fetch(&self, step: &PlannedStep, extent: Extent) -> Result<Fetched, NoResult> {
        let operation = self.catalog.operation(step.operation);
        let service = self.catalog.service_of(operation);
        let style = operation.page.as_ref().and_then(|p| service.pagination.iter().find(|s| s.name == p.style));
        let walks = operation.returns.as_ref().is_some_and(|r| r.many);
        let Some(style) = style.filter(|_| walks) else { return self.fetch_once(step, operation, extent).await };
        let most = match extent {
            Extent::Page => 0,
            Extent::Limit(most) => most.min(MOST_RECORDS),
            Extent::All => MOST_RECORDS,
        };
        let wanted = matches!(extent, Extent::Limit(_)).then_some(most);
        let (mut pager, first) = Pager::new(operation, style, step, wanted);
        let first = if extent == Extent::Page { step.clone() } else { first };
        let mut fetched = self.fetch_once(&first, operation, Extent::Page).await?;
        let mut step = first;
        let mut body = fetched.received.body.clone();
        let mut page = fetched.records.clone();
        while let Some(next) = pager.next(&step, &body, &page) {
            if fetched.records.len() >= most {
                fetched.more = true;
                break;
            }
            let Fetched { received, records, .. } = self.fetch_once(&next, operation, Extent::Page).await?;
            if is_error(&received) {
                return Err(api_failure(&received, operation, service, self.context.account(service)).into());
            }
            fetched.records.extend(records.iter().cloned());
            (step, body, page) = (next, received.body, records);
        }
        if most > 0 && fetched.records.len() > most {
            fetched.records.truncate(most);
            fetched.more = true;
        }
        Ok(fetched)
    }

    async fn fetch_once(&self, step: &PlannedStep, operation: &Operation, extent: Extent) -> Result<Fetched, NoResult> {
        let request = validate(step, self.catalog, self.context).map_err(|p| invalid(&p))?;
        let service = self.catalog.service_of(operation);
        let received = self.transport.send(&request, operation, service).await?;
        let mut records = if is_error(&received) { Vec::new() } else { records_of(operation, &received.body) };
        let mut more = false;
        if let Extent::Limit(most) = extent
            && records.len() > most
        {
            records.truncate(most);
            more = true;
        }
        let total = total_of(&received.body);
        Ok(Fetched { request, received, records, total, more, settled: None })
    }
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
