use std::borrow::Cow;

use serde::Serialize;
use serde_json::Value as Json;

use super::inner::Inner;
use super::job::Job;
use super::{Failure, FailureKind, Touched};
use crate::catalog::{Method, Operation, Risk};
use crate::execute::{Named, Outcome, Runner, Settled, Sink, invalid};
use crate::plan::PlannedStep;
use crate::request::{Body, ValidRequest, validate};
use crate::store::{Standing, StoreError, WriteEnd, WriteEntry};

/// Longest body that is kept, in bytes of JSON.
const LONGEST_BODY: usize = 64 * 1024;

/// A step that is about to be carried out.
pub(super) struct Doing<'a> {
    /// Its position.
    pub at: usize,
    pub step: &'a PlannedStep,
    pub named: &'a [Named],
    /// Its request, where it was made already.
    pub request: Option<&'a ValidRequest>,
    pub account: Option<String>,
}

/// What is known of a step that was sent before.
enum Known {
    /// It was done, and this is what it made or changed.
    Done(Option<Touched>, String),
    /// It was not done, or may be done twice.
    Again,
    /// Nobody knows.
    Unknown(Failure),
}

impl Inner {
    /// Carries a step out. A write is recorded before it is sent and settled after; one that was recorded by a process
    /// that ended is settled first, and sent only when it was not done. Reads leave nothing behind.
    pub(super) async fn journalled(
        &self,
        job: &Job,
        run: &mut Option<i64>,
        runner: &Runner<'_>,
        doing: &Doing<'_>,
        sink: Option<&Sink>,
    ) -> Result<Box<Outcome>, Failure> {
        let operation = self.catalog.operation(doing.step.operation);
        if operation.reads() {
            let account = doing.account.clone();
            return runner.run(doing.step, doing.request, doing.named, account, job.run.extent, sink).await;
        }
        let recorded = job.place.recorded(doing.at);
        if let Some(write) = recorded {
            match self.known(runner, doing, operation, write).await {
                Known::Again => {}
                Known::Done(record, outcome) => {
                    self.end(job, *run, doing.at, Standing::Done, write.status, record.as_ref(), &outcome).await;
                    return Ok(done_before(runner, doing, record, outcome));
                }
                Known::Unknown(failure) => {
                    self.end(job, *run, doing.at, Standing::Unknown, write.status, None, &failure.message).await;
                    return Err(failure);
                }
            }
        }
        let looked = if job.run.keep_before { self.before(runner, doing.step).await } else { None };
        let before = looked.or_else(|| job.place.before.clone());
        let request = match doing.request {
            Some(request) => request.clone(),
            None => validate(doing.step, &self.catalog, runner.context).map_err(|problems| invalid(&problems))?,
        };
        self.begin(job, run, runner, doing, &request, before.as_ref()).await?;
        let account = doing.account.clone();
        let mut done = runner.run(doing.step, Some(&request), doing.named, account, job.run.extent, sink).await;
        if let Ok(outcome) = &mut done
            && recorded.is_some()
        {
            gone_before(outcome, operation.method);
        }
        self.settled(job, *run, doing.at, &done).await;
        done
    }

    /// Finds out whether a step that was sent before was done.
    async fn known(&self, runner: &Runner<'_>, doing: &Doing<'_>, operation: &Operation, write: &WriteEntry) -> Known {
        if write.standing == Standing::Done {
            let record = write.record.as_deref().and_then(|record| serde_json::from_str(record).ok());
            return Known::Done(record, write.outcome.clone());
        }
        let told = |why: &str| {
            let message = format!("it was sent, and whether it was done is not known: {why}");
            Failure::new(FailureKind::Unknown, message).hint("Look whether it is there before you repeat it.")
        };
        let harmless = matches!(operation.risk, Risk::Write | Risk::Bulk);
        match runner.settle_patiently(doing.step, write.at_ms).await {
            Settled::Made(record) => {
                let outcome = runner.in_words(doing.step, doing.named, None);
                Known::Done(runner.recognise(doing.step, &record), outcome)
            }
            _ if operation.idempotent => Known::Again,
            Settled::Absent if harmless => Known::Again,
            // What reaches a person or moves money is not sent on the word of a look-up that may lag behind.
            Settled::Absent => Known::Unknown(told("the look-up does not show it so far")),
            Settled::Unclear(why) => Known::Unknown(told(&why)),
        }
    }

    /// Records a write.
    async fn begin(
        &self,
        job: &Job,
        run: &mut Option<i64>,
        runner: &Runner<'_>,
        doing: &Doing<'_>,
        request: &ValidRequest,
        before: Option<&Json>,
    ) -> Result<(), Failure> {
        let recorded = self.try_begin(job, run, runner, doing, request, before).await;
        let Err(error) = recorded else { return Ok(()) };
        if job.place.run.is_none() {
            // One command can be looked after; who gave it is waiting for it.
            tracing::warn!("{error}; the journal will not show this");
            return Ok(());
        }
        Err(Failure::new(FailureKind::Internal, format!("the journal cannot be written, so nothing was sent: {error}")))
    }

    async fn try_begin(
        &self,
        job: &Job,
        run: &mut Option<i64>,
        runner: &Runner<'_>,
        doing: &Doing<'_>,
        request: &ValidRequest,
        before: Option<&Json>,
    ) -> Result<(), StoreError> {
        let now_ms = (self.transport.settings().clock_ms)();
        let said = self.transport.credentials().redact(&job.text);
        let operation = self.catalog.operation(doing.step.operation);
        let service = self.catalog.service_of(operation);
        let arguments: Vec<_> = doing.step.arguments.iter().map(|bound| (&bound.name, &bound.value)).collect();
        let write = WriteEntry {
            run: run.unwrap_or_default(),
            row: job.place.row,
            step: doing.at,
            at_ms: now_ms,
            operation: operation.name.clone(),
            said,
            account: runner.context.account(service).unwrap_or_default().to_owned(),
            request: self.kept(&KeptRequest::of(request)),
            arguments: self.kept(&arguments),
            before: before.map(|before| self.kept(before)),
            standing: Standing::Sent,
            status: None,
            record: None,
            outcome: String::new(),
            undoes: job.place.undoes,
            undone_by: None,
        };
        match run {
            Some(_) if job.place.run.is_some() => self.store().begin_write(write).await,
            Some(_) => self.store().go_on_single(write).await,
            None => {
                let base = self.options.base_url.clone().unwrap_or_default();
                *run = Some(self.store().begin_single(base, write).await?);
                Ok(())
            }
        }
    }

    /// A value as JSON with every credential taken out of it.
    pub(super) fn kept(&self, value: &impl Serialize) -> String {
        // A value is always JSON.
        let text = serde_json::to_string(value).unwrap_or_default();
        let credentials = self.transport.credentials();
        if !credentials.may_be_in_json(&text) {
            return text;
        }
        let mut json = serde_json::to_value(value).unwrap_or_default();
        redact(&mut json, &credentials.redactor());
        json.to_string()
    }

    async fn settled(&self, job: &Job, run: Option<i64>, at: usize, done: &Result<Box<Outcome>, Failure>) {
        let standing = |failure: &Failure| match failure.kind {
            FailureKind::Unknown => Standing::Unknown,
            _ => Standing::Failed,
        };
        match done {
            Err(failure) => self.end(job, run, at, standing(failure), None, None, &failure.message).await,
            Ok(outcome) => {
                let status = outcome.report.response.as_ref().map(|response| response.status);
                let record = outcome.record.as_ref();
                match &outcome.failure {
                    None => self.end(job, run, at, Standing::Done, status, record, &outcome.report.done).await,
                    Some(failure) => self.end(job, run, at, standing(failure), status, None, &failure.message).await,
                }
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the columns of one row")]
    async fn end(
        &self,
        job: &Job,
        run: Option<i64>,
        at: usize,
        standing: Standing,
        status: Option<u16>,
        record: Option<&Touched>,
        outcome: &str,
    ) {
        let Some(run) = run else { return };
        let outcome = self.transport.credentials().redact(outcome);
        let record = record.map(|record| self.kept(record));
        let end = WriteEnd { standing, status, record, outcome };
        let kept = if job.place.run.is_some() {
            self.store().end_write(run, job.place.row, at, end).await
        } else {
            self.store().end_single(run, at, (self.transport.settings().clock_ms)(), end).await
        };
        // It stays recorded as sent, and is settled by a look-up when it is carried on.
        if let Err(error) = kept {
            tracing::warn!("{error}");
        }
    }
}

/// The request as it is kept.
#[derive(Serialize)]
struct KeptRequest<'a> {
    method: &'a str,
    url: String,
    /// A long one is left out.
    body: Option<Cow<'a, Json>>,
}

impl<'a> KeptRequest<'a> {
    fn of(request: &'a ValidRequest) -> Self {
        let draft = request.draft();
        let body = draft.body.as_ref().map(Body::as_json);
        Self { method: draft.method.as_str(), url: draft.url(), body: body.filter(|body| is_short(body)) }
    }
}

/// Whether a body is kept, by the length of its JSON.
fn is_short(body: &Json) -> bool {
    longest(body) <= LONGEST_BODY || body.to_string().len() <= LONGEST_BODY
}

/// Bytes of JSON that a value takes at most.
fn longest(json: &Json) -> usize {
    // A character may be written as six.
    let text = |text: &str| 6 * text.len() + 4;
    match json {
        Json::String(string) => text(string),
        Json::Array(items) => items.iter().fold(2, |sum, item| sum + longest(item) + 1),
        Json::Object(fields) => fields.iter().fold(2, |sum, (name, inner)| sum + text(name) + longest(inner)),
        Json::Null | Json::Bool(_) | Json::Number(_) => 32,
    }
}

/// The outcome of a step that was done by a process that ended.
fn done_before(runner: &Runner<'_>, doing: &Doing<'_>, record: Option<Touched>, outcome: String) -> Box<Outcome> {
    let mut report = runner.rehearse(doing.step, doing.named, doing.account.clone(), None);
    report.done = outcome;
    report.touched.extend(record.clone());
    Box::new(Outcome { report, failure: None, record })
}

/// What the lost try may have deleted, and the next one does not find, is deleted.
fn gone_before(outcome: &mut Outcome, method: Method) {
    let status = outcome.report.response.as_ref().map(|response| response.status);
    if method == Method::Delete && matches!(status, Some(404 | 410)) {
        outcome.failure = None;
    }
}

fn redact(json: &mut Json, by: &impl Fn(&mut String)) {
    match json {
        Json::String(text) => by(text),
        Json::Array(items) => items.iter_mut().for_each(|item| redact(item, by)),
        Json::Object(fields) => fields.iter_mut().for_each(|(_, inner)| redact(inner, by)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn no_value_is_longer_than_was_thought() {
        for json in [
            json!(null),
            json!(-1.234_567_890_123_456_7e-300),
            json!(i64::MIN),
            json!([[], [{}], ""]),
            json!({"\u{1}": "\u{1}\"\\", "": [true, {"a": {"b": "\u{7f}\u{e9}"}}]}),
        ] {
            assert!(json.to_string().len() <= longest(&json), "{json}");
        }
        let (fits, exceeds) = ("x".repeat(LONGEST_BODY - 2), "x".repeat(LONGEST_BODY - 1));
        assert!(is_short(&json!(fits)) && !is_short(&json!(exceeds)));
    }
}
