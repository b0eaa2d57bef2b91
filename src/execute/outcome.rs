use std::time::Duration;

use serde_json::Value as Json;

use super::records::shown;
use super::resolve::LookUp;
use super::runner::Fetched;
use super::telling::{Told, done_line, found_line, question_line};
use super::{
    Bindings, Blocked, Doubt, Extent, Failure, Named, NoResult, ReceivedResponse, Records, Runner, SentRequest, Shown,
    Sink, StepReport, Touched, api_failure, invalid, is_error,
};
use crate::catalog::{Kind, Method, Operation, Parameter, Place, Resource, Service};
use crate::intent::Value;
use crate::plan::{PlannedStep, Slot, SlotKey, id_of, label_of, plain_text};
use crate::request::{Draft, ValidRequest, curl_line_to, validate};
use crate::store::NameKey;

/// What came of running one step.
#[derive(Debug)]
pub struct Outcome {
    /// What is told about it.
    pub report: StepReport,
    /// Why it failed, when it did.
    pub failure: Option<Failure>,
    /// The record that was made or changed, for steps that go on with it.
    pub record: Option<Touched>,
}

impl Runner<'_> {
    /// Turns the names of a step into ids.
    ///
    /// # Errors
    /// When somebody has to choose or agree first, or a name fits nothing.
    pub async fn resolve(
        &self,
        step: &mut PlannedStep,
        bindings: &Bindings,
        account: &str,
    ) -> Result<Vec<Named>, Blocked> {
        let service = self.service(step);
        let look_up =
            LookUp { runner: *self, service, account: self.account_key(service), account_label: account.to_owned() };
        let mut named = self.given(step, bindings);
        named.extend(look_up.settle(step, bindings, 0).await?);
        Ok(named)
    }

    /// Runs a step that has no names left in it, by the request that was made of it, where there is one already. The
    /// records of a list go to the sink as they come, when there is one.
    ///
    /// # Errors
    /// When nothing came back; what did come back, errors included, is in the outcome.
    pub async fn run(
        &self,
        step: &PlannedStep,
        request: Option<&ValidRequest>,
        named: &[Named],
        account: Option<String>,
        extent: Extent,
        sink: Option<&Sink>,
    ) -> Result<Box<Outcome>, Failure> {
        let operation = self.catalog.operation(step.operation);
        let service = self.catalog.service_of(operation);
        let started = tokio::time::Instant::now();
        let fetched = self.carry(step, request, extent, sink).await;
        let took = started.elapsed();
        if !operation.reads() {
            // It is settled in the journal before anybody goes on.
            self.written(operation, service, named, |account, resource| {
                self.forget_recent(service, account, resource);
                self.store.forget_with_next(&service.name, account, resource);
            });
        } else if fetched.as_ref().is_ok_and(|f| f.received.status == 404) {
            // A record that is gone may still be in the names that were looked up.
            self.written(operation, service, &[], |account, resource| {
                self.forget_recent(service, account, resource);
                if let Err(error) = self.store.forget_names(&service.name, account, resource) {
                    tracing::warn!("{error}");
                }
            });
        }
        let (mut fetched, unknown) = match fetched {
            Ok(fetched) => (fetched, None),
            Err(NoResult::Doubt(doubt)) => self.doubtful(step, *doubt)?,
            Err(NoResult::Failed(failure)) => return Err(failure),
        };
        let refused = fetched.settled.is_none() && is_error(&fetched.received);
        let refusal = || refused.then(|| api_failure(&fetched.received, operation, service, account.as_deref()));
        let failure = unknown.or_else(refusal);
        let result = if refused { None } else { self.result(operation, &mut fetched) };
        let record = failure.is_none().then(|| record_of(operation, service, result.as_ref()?)).flatten();
        if let Some(record) = record.as_ref().filter(|r| r.made) {
            self.transport.made().note(&record.id);
        }
        let report = self.report(step, named, account, fetched, result, record.as_ref(), took);
        Ok(Box::new(Outcome { report, failure, record }))
    }

    fn forget_recent(&self, service: &Service, account: &str, resource: &str) {
        let key = NameKey { service: &service.name, account, resource, query: "" };
        self.transport.recent_names().written(key.kind(), (self.transport.settings().clock_ms)());
    }

    /// The record in what a look-up showed of a step whose answer was lost. It is that step's from now on.
    #[must_use]
    pub fn recognise(&self, step: &PlannedStep, record: &Json) -> Option<Touched> {
        let operation = self.catalog.operation(step.operation);
        let touched = touched_by(operation, self.catalog.service_of(operation), record, None)?;
        if touched.made {
            self.transport.note_made(&touched.id);
        }
        Some(touched)
    }

    /// What is told of a step of which nobody knows whether it was done.
    fn doubtful(&self, step: &PlannedStep, doubt: Doubt) -> Result<(Fetched, Option<Failure>), Failure> {
        let request = validate(step, self.catalog, self.context).map_err(|p| invalid(&p))?;
        let received = doubt.received.unwrap_or_default();
        let (records, settled) = (Records::default(), None);
        Ok((Fetched { request, received, records, count: 0, total: None, more: false, settled }, doubt.lost))
    }

    /// What a step would send.
    pub fn rehearse(
        &self,
        step: &PlannedStep,
        named: &[Named],
        account: Option<String>,
        draft: Option<&Draft>,
    ) -> StepReport {
        let operation = self.catalog.operation(step.operation);
        let told = self.told(step, named, None, &Json::Null);
        StepReport {
            operation: operation.name.clone(),
            title: operation.title.clone(),
            risk: operation.risk,
            request: draft.map(sent),
            response: None,
            settled: None,
            account,
            touched: touched(named, None),
            result: None,
            done: question_line(&told, None),
            took_ms: 0,
        }
    }

    /// The step in the words of a question: "Delete contact Jane Doe in Acme Dental".
    #[must_use]
    pub fn in_words(&self, step: &PlannedStep, named: &[Named], account: Option<&str>) -> String {
        question_line(&self.told(step, named, None, &Json::Null), account)
    }

    /// The records to show.
    fn result(&self, operation: &Operation, fetched: &mut Fetched) -> Option<Shown> {
        let records = std::mem::take(&mut fetched.records);
        let found = shown(operation, self.catalog.service_of(operation), records)?;
        let count = found.count.max(fetched.count);
        let more = fetched.more || fetched.total.is_some_and(|total| total > count as u64);
        Some(Shown { total: fetched.total, count, more, ..found })
    }

    #[expect(clippy::too_many_arguments, reason = "what a report consists of")]
    fn report(
        &self,
        step: &PlannedStep,
        named: &[Named],
        account: Option<String>,
        fetched: Fetched,
        result: Option<Shown>,
        record: Option<&Touched>,
        took: Duration,
    ) -> StepReport {
        let operation = self.catalog.operation(step.operation);
        let Fetched { request, received, settled, .. } = fetched;
        let told = self.told(step, named, record, &received.body);
        let own = operation.done.is_some() || !operation.reads();
        let done = if own { done_line(&told) } else { found_line(&told, result.as_ref()) };
        StepReport {
            operation: operation.name.clone(),
            title: operation.title.clone(),
            risk: operation.risk,
            request: Some(sent(request.draft())),
            response: (received.status > 0)
                .then_some(ReceivedResponse { status: received.status, body: received.body }),
            settled,
            account,
            touched: touched(named, record),
            result,
            done,
            took_ms: u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
        }
    }

    fn told<'t>(
        &'t self,
        step: &'t PlannedStep,
        named: &'t [Named],
        record: Option<&'t Touched>,
        body: &'t Json,
    ) -> Told<'t> {
        let operation = self.catalog.operation(step.operation);
        Told {
            catalog: self.catalog,
            operation,
            service: self.catalog.service_of(operation),
            step,
            named,
            record,
            body,
        }
    }

    pub(super) fn service(&self, step: &PlannedStep) -> &Service {
        self.catalog.service_of(self.catalog.operation(step.operation))
    }

    /// Address and account, so that neither the sandbox nor another account answers for this one.
    pub(super) fn account_key(&self, service: &Service) -> String {
        [self.context.base(service), " ", self.context.account(service).unwrap_or_default()].concat()
    }

    /// Records that were given by id, with what they were called before.
    #[must_use]
    pub fn given(&self, step: &PlannedStep, bindings: &Bindings) -> Vec<Named> {
        let operation = self.catalog.operation(step.operation);
        let mut out = Vec::new();
        for bound in &step.arguments {
            let Some(Kind::Entity(resource)) = operation.param(&bound.name).map(|p| &p.kind) else { continue };
            for (slot, id) in texts(&bound.value, &Slot::of(&bound.name)) {
                let label = bindings.label(resource, &id).unwrap_or(&id).to_owned();
                let touched = Touched { resource: resource.clone(), id, label, made: false };
                out.push(Named::given(slot, touched));
            }
        }
        out
    }

    /// The kinds of records whose names may be out of date now, with the account that they are in. To put a tag on that is
    /// there already makes none.
    fn written(&self, operation: &Operation, service: &Service, named: &[Named], forget: impl Fn(&str, &str)) {
        let returned = operation.returns.as_ref().and_then(|r| r.resource.as_ref());
        let holds = |p: &Parameter, kind: &Resource| matches!(&p.kind, Kind::Entity(name) if *name == kind.name);
        let only_used = |kind: &Resource| {
            let mut of_kind = named.iter().filter(|n| n.touched.resource == kind.name).peekable();
            let in_path = operation.params.iter().any(|p| p.place == Place::Path && holds(p, kind));
            kind.creates_on_write && !in_path && of_kind.peek().is_some() && of_kind.all(|n| n.found)
        };
        let kinds =
            operation.params.iter().filter_map(|p| if let Kind::Entity(kind) = &p.kind { Some(kind) } else { None });
        let mut about: Vec<&String> = returned.into_iter().chain(&operation.objects).chain(kinds).collect();
        about.sort_unstable();
        about.dedup();
        let about = about.into_iter().filter_map(|name| service.resource(name));
        let written = about.filter(|kind| returned == Some(&kind.name) || !only_used(kind));
        let account = self.account_key(service);
        written.for_each(|resource| forget(&account, &resource.name));
    }
}

fn texts(value: &Value, slot: &Slot) -> Vec<(Slot, String)> {
    match value {
        Value::Text(text) => vec![(slot.clone(), text.clone())],
        Value::Given(Json::Array(items)) => {
            let text = |(at, item): (usize, &Json)| Some((slot.then(SlotKey::Index(at)), plain_text(item)?));
            items.iter().enumerate().filter_map(text).collect()
        }
        Value::Given(json) => plain_text(json).map(|text| (slot.clone(), text)).into_iter().collect(),
        Value::List(items) => {
            items.iter().enumerate().flat_map(|(at, item)| texts(item, &slot.then(SlotKey::Index(at)))).collect()
        }
        _ => Vec::new(),
    }
}

fn sent(draft: &Draft) -> SentRequest {
    let url = draft.url();
    SentRequest {
        method: draft.method.as_str().to_owned(),
        curl: curl_line_to(draft, &url),
        url,
        path: draft.path.clone(),
        headers: draft.headers.clone(),
        body: draft.body_json(),
    }
}

fn touched(named: &[Named], record: Option<&Touched>) -> Vec<Touched> {
    let mut out: Vec<Touched> = Vec::new();
    for one in named.iter().map(|n| &n.touched).chain(record) {
        if !out.iter().any(|t| t.resource == one.resource && t.id == one.id) {
            out.push(one.clone());
        }
    }
    out
}

/// The one record in an answer.
fn record_of(operation: &Operation, service: &Service, result: &Shown) -> Option<Touched> {
    let label = result.resource.as_ref().and(result.labels.first());
    touched_by(operation, service, result.records.first()?, label)
}

/// The record that an operation which gives one made or changed. The `label` is that of the kind which the catalog says
/// comes back, where it was found out already.
fn touched_by(operation: &Operation, service: &Service, record: &Json, label: Option<&String>) -> Option<Touched> {
    let returns = operation.returns.as_ref().filter(|r| !r.many)?;
    let resource = service.resource(returns.resource.as_ref().or_else(|| operation.objects.first())?)?;
    Some(Touched {
        resource: resource.name.clone(),
        id: id_of(resource, record)?,
        label: label.cloned().unwrap_or_else(|| label_of(resource, record)),
        made: operation.method == Method::Post && !operation.reads(),
    })
}
