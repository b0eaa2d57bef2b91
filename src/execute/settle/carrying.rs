use super::Settled;
use crate::catalog::{Method, Risk};
use crate::execute::runner::Fetched;
use crate::execute::{Doubt, Extent, Failure, FailureKind, NoResult, Runner, Settlement, Sink, api_failure};
use crate::plan::PlannedStep;
use crate::request::{ValidRequest, validate};

/// How often a look-up that shows nothing is made again: what was just written may take a moment to show.
const LOOKS: u32 = 2;

impl Runner<'_> {
    /// Sends a step; when nobody knows whether it was done, finds that out, and sends it again only after the look-up
    /// showed that it was not.
    pub(in crate::execute) async fn carry(
        &self,
        step: &PlannedStep,
        request: Option<&ValidRequest>,
        extent: Extent,
        sink: Option<&Sink>,
    ) -> Result<Fetched, NoResult> {
        let operation = self.catalog.operation(step.operation);
        let since = (self.transport.settings().clock_ms)();
        let mut rounds = 0;
        loop {
            let doubt = match self.walk(step, request, extent, sink).await {
                Err(NoResult::Doubt(doubt)) => doubt,
                Ok(fetched) => return Ok(gone_before(fetched, operation.method)),
                failed => return failed,
            };
            let settled = self.settle_patiently(step, since).await;
            tracing::debug!(operation = operation.name, ?doubt, ?settled, "an answer was lost");
            // What reaches a person or moves money is not sent on the word of a look-up that may lag behind.
            let harmless = matches!(operation.risk, Risk::Write | Risk::Bulk);
            match settled {
                Settled::Made(record) => return Ok(self.made(step, *doubt, record)?),
                Settled::Absent if harmless && !doubt.slow && rounds < self.transport.settings().retries => rounds += 1,
                settled => return Err(self.unknown(step, *doubt, &settled)),
            }
        }
    }

    /// As [`Runner::settle`], and again a little later when nothing shows yet.
    pub async fn settle_patiently(&self, step: &PlannedStep, since: i64) -> Settled {
        let mut pause = self.transport.settings().backoff * 2;
        let mut settled = Settled::Absent;
        for _ in 0..LOOKS {
            tokio::time::sleep(pause).await;
            settled = self.settle(step, since).await;
            if settled != Settled::Absent {
                break;
            }
            pause *= 2;
        }
        settled
    }

    fn made(&self, step: &PlannedStep, doubt: Doubt, record: serde_json::Value) -> Result<Fetched, Failure> {
        let operation = self.catalog.operation(step.operation);
        let request = validate(step, self.catalog, self.context).map_err(|p| crate::execute::invalid(&p))?;
        let by = operation.settle.as_ref().map_or_else(String::new, |settle| settle.operation.clone());
        Ok(Fetched {
            request,
            received: doubt.received.unwrap_or_default(),
            records: vec![record.clone()].into(),
            count: 1,
            total: None,
            more: false,
            settled: Some(Settlement { by, found: record }),
        })
    }

    /// The failure that tells of a doubt that is left.
    fn unknown(&self, step: &PlannedStep, doubt: Doubt, settled: &Settled) -> NoResult {
        let operation = self.catalog.operation(step.operation);
        let service = self.catalog.service_of(operation);
        let cause = match (&doubt.received, &doubt.lost) {
            (Some(received), _) => {
                let account = self.context.account(service);
                api_failure(received, operation, service, account).message
            }
            (None, Some(lost)) => lost.message.clone(),
            (None, None) => format!("{} did not answer", service.title),
        };
        let look_up = self.look_up_call(step);
        let hint = match (&look_up, settled) {
            (Some(call), Settled::Absent) => {
                format!("`{}` does not show it so far; look again before you repeat it.", call.operation)
            }
            (Some(call), Settled::Unclear(why)) => {
                format!("Look with `{}` before you repeat it ({why}).", call.operation)
            }
            _ if operation.idempotent => "It may be repeated: doing it twice changes nothing more.".to_owned(),
            _ => "Look whether it is there before you repeat it.".to_owned(),
        };
        let message = format!("{cause}; whether it was done is not known");
        let failure = Failure { look_up, ..Failure::new(FailureKind::Unknown, message).hint(hint) };
        NoResult::Doubt(Box::new(Doubt { lost: Some(failure), ..doubt }))
    }
}

/// What an earlier try may have deleted, and a later one no longer finds, is deleted.
fn gone_before(fetched: Fetched, method: Method) -> Fetched {
    let received = &fetched.received;
    let gone = method == Method::Delete && received.repeated && matches!(received.status, 404 | 410);
    if !gone {
        return fetched;
    }
    let by = fetched.request.draft().operation.clone();
    Fetched { settled: Some(Settlement { by, found: serde_json::Value::Null }), ..fetched }
}
