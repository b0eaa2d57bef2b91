use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use super::resolver::LookUp;
use super::{Bindings, Blocked};
use crate::catalog::{Catalog, Finder, Kind, Operation, Resource, Service};
use crate::execute::{Extent, Failure, FailureKind, api_failure, is_error, missing_context};
use crate::intent::{Argument, Step, Value};
use crate::plan::{Candidate, PlannedStep, candidates, fold, plain_text, plan};
use crate::request::e164;
use crate::store::NameKey;

/// Most records that a look-up without a search goes through.
const MOST: usize = 2_000;

/// What a look-up brought: the records, and the text to choose by when it is not the name itself.
pub(super) struct Brought {
    pub candidates: Arc<[Candidate]>,
    pub by: Option<String>,
    /// Nothing was asked of the API: an earlier answer was believed.
    pub cached: bool,
    /// When it was found, where the name that was looked for is all that decides.
    pub found_ms: Option<i64>,
}

type Looking<'f> = Pin<Box<dyn Future<Output = Result<Brought, Blocked>> + Send + 'f>>;

impl LookUp<'_> {
    /// Records that a name may mean. `depth` counts look-ups that need a look-up of their own.
    pub(super) fn bring<'f>(
        &'f self,
        resource: &'f Resource,
        text: &'f str,
        step: &'f PlannedStep,
        fresh: bool,
        depth: u8,
    ) -> Looking<'f> {
        Box::pin(async move {
            let Some(finder) = &resource.find else { return Ok(nothing()) };
            let (catalog, service) = (self.runner.catalog, self.service());
            let Some(id) = catalog.by_name(&finder.operation) else { return Ok(nothing()) };
            let operation = catalog.operation(id);
            let mut arguments = self.sources(finder, resource, operation, step);
            let alone = arguments.is_empty() && is_alone(resource);
            arguments.extend(finder.query.as_ref().map(|name| searched(name, text, operation, service)));
            let asked = Step { operation: id, arguments, missing: Vec::new(), confirm: None };
            let mut planned = plan(std::slice::from_ref(&asked), catalog, self.runner.context).steps.remove(0);
            if let Some(missing) = planned.missing.first() {
                if let Some(name) = missing.context.as_ref().filter(|name| !name.is_empty()) {
                    return Err(missing_context(service, name).into());
                }
                let message = format!(
                    "to find the {} \u{ab}{text}\u{bb}, `{}` has to be known",
                    resource.name, missing.parameter
                );
                return Err(Failure::new(FailureKind::NotFound, message).hint("Name the record it belongs to.").into());
            }
            let alone = alone && planned.lookups.is_empty();
            let mut by = None;
            if !planned.lookups.is_empty() {
                if depth > 2 {
                    return Ok(nothing());
                }
                self.settle(&mut planned, &Bindings::default(), depth + 1).await?;
                by = finder.query.as_ref().and_then(|name| planned.value(name)).and_then(|v| plain_text(&v.to_json()));
            }
            let query = cache_query(&planned, finder, operation);
            if !fresh && let Some((candidates, at_ms)) = self.remembered(resource, &query) {
                let found_ms = alone.then_some(at_ms);
                return Ok(Brought { candidates, by, cached: true, found_ms });
            }
            let candidates = self.fetch_candidates(resource, finder, &planned).await?;
            self.remember(resource, &query, &candidates);
            Ok(Brought { candidates: candidates.into(), by, cached: false, found_ms: None })
        })
    }

    async fn fetch_candidates(
        &self,
        resource: &Resource,
        finder: &Finder,
        planned: &PlannedStep,
    ) -> Result<Vec<Candidate>, Failure> {
        let service = self.service();
        let extent = if finder.query.is_some() { Extent::Page } else { Extent::Limit(MOST) };
        let fetched = self.runner.fetch(planned, extent).await?;
        if is_error(&fetched.received) {
            let operation = self.runner.catalog.operation(planned.operation);
            let failure = api_failure(&fetched.received, operation, service, Some(&self.account_label));
            let message = format!("looking up the {} failed: {}", super::talk::noun(resource), failure.message);
            return Err(Failure { message, ..failure });
        }
        let parent = resource.parent.as_ref().and_then(|name| service.resource(name));
        Ok(candidates(resource, finder, parent, &fetched.records))
    }

    /// Parameters that the look-up takes from the step it is for.
    fn sources(
        &self,
        finder: &Finder,
        resource: &Resource,
        operation: &Operation,
        step: &PlannedStep,
    ) -> Vec<Argument> {
        let target = self.runner.catalog.operation(step.operation);
        let service = self.service();
        let mut out: Vec<Argument> = Vec::new();
        for (name, source) in &finder.with {
            if let Some(value) = source_value(source, step, target, service) {
                out.push(Argument { name: name.clone(), value });
            }
        }
        let above = resource.parent.as_ref().and_then(|p| service.resource(p));
        if let Some(parent) = above.filter(|p| operation.param(&p.id).is_some_and(|q| q.required))
            && !out.iter().any(|a| a.name == parent.id)
            && let Some(value) = source_value(&parent.name, step, target, service)
        {
            out.push(Argument { name: parent.id.clone(), value });
        }
        out
    }

    /// The record that was chosen by this name a moment ago, where the name is all that decides.
    pub(super) fn chosen_lately(&self, resource: &Resource, name: &str) -> Option<Candidate> {
        if !is_alone(resource) {
            return None;
        }
        let (age, now) = self.age_and_now();
        self.runner.transport.recent_names().chosen(self.key(&resource.name, "").kind(), name, now, age)
    }

    /// Remembers that record.
    pub(super) fn choose(&self, resource: &Resource, name: &str, found_ms: i64, candidate: &Candidate) {
        let kind = self.key(&resource.name, "").kind();
        self.runner.transport.recent_names().choose(kind, name, found_ms, candidate);
    }

    fn age_and_now(&self) -> (i64, i64) {
        let settings = self.runner.transport.settings();
        (i64::try_from(settings.cache_age.as_millis()).unwrap_or(i64::MAX), (settings.clock_ms)())
    }

    fn remembered(&self, resource: &Resource, query: &str) -> Option<(Arc<[Candidate]>, i64)> {
        let (key, (age, now)) = (self.key(&resource.name, query), self.age_and_now());
        let find = || {
            let text = self.runner.store.names(&key, now.saturating_sub(age));
            let text = text.inspect_err(|e| tracing::warn!("{e}")).ok()??;
            serde_json::from_str(&text).ok()
        };
        self.runner.transport.recent_names().get(key.kind(), query, now, age, find)
    }

    fn remember(&self, resource: &Resource, query: &str, candidates: &[Candidate]) {
        let Ok(text) = serde_json::to_string(candidates) else { return };
        let now = (self.runner.transport.settings().clock_ms)();
        let key = self.key(&resource.name, query);
        if let Err(error) = self.runner.store.keep_names(&key, &text, now) {
            tracing::warn!("{error}");
        }
        self.runner.transport.recent_names().changed(key.kind(), query);
    }

    fn key<'k>(&'k self, resource: &'k str, query: &'k str) -> NameKey<'k> {
        NameKey { service: &self.service().name, account: &self.account, resource, query }
    }
}

fn nothing() -> Brought {
    Brought { candidates: [].into(), by: None, cached: false, found_ms: None }
}

/// Whether what a name of that kind means depends on no other record.
fn is_alone(resource: &Resource) -> bool {
    resource.parent.is_none() && resource.find.as_ref().is_some_and(|finder| finder.with.is_empty())
}

/// The searched text, or a record to search by ("the appointment of Jane Doe") that has to be looked up itself.
fn searched(name: &str, text: &str, operation: &Operation, service: &Service) -> Argument {
    let entity = operation.param(name).is_some_and(|p| matches!(p.kind, Kind::Entity(_)));
    let phone = || e164(text, &service.country).filter(|_| !text.contains(char::is_alphabetic));
    let value =
        if entity { Value::Find(text.to_owned()) } else { Value::Text(phone().unwrap_or_else(|| text.to_owned())) };
    Argument { name: name.to_owned(), value }
}

/// The value of a parameter of the step, named by the parameter or by the kind of record it holds.
fn source_value(source: &str, step: &PlannedStep, target: &Operation, service: &Service) -> Option<Value> {
    let own = step.value(source);
    let by_kind = || {
        let fits = |kind: &Kind| match kind {
            Kind::Entity(name) => name == source || service.resource(name).is_some_and(|r| r.id == source),
            _ => false,
        };
        let parameter = target.params.iter().find(|p| !p.many && fits(&p.kind) && step.value(&p.name).is_some())?;
        step.value(&parameter.name)
    };
    let value = own.or_else(by_kind)?;
    (!matches!(value, Value::Find(_))).then(|| value.clone())
}

/// Everything that decides what the look-up answers.
fn cache_query(planned: &PlannedStep, finder: &Finder, operation: &Operation) -> String {
    let named = |name: &str| finder.query.as_deref() == Some(name) || finder.with.iter().any(|(n, _)| n == name);
    let parts = operation.params.iter().filter(|p| named(&p.name)).filter_map(|p| {
        let text = planned.value(&p.name).map(|v| v.to_json().to_string())?;
        Some(format!("{}={}", p.name, fold(&text)))
    });
    parts.collect::<Vec<_>>().join("&")
}

/// The catalog's words that may stand around a name, for [`crate::plan::choose`].
pub(super) fn glue(catalog: &Catalog) -> [&[String]; 2] {
    ["determiner", "preposition"].map(|set| catalog.lexicon().set(set))
}
