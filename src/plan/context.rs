use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Zoned;

use crate::catalog::Service;

/// What a plan takes from outside the phrase.
#[derive(Debug, Clone, PartialEq)]
pub struct Context {
    /// The moment, in the user's zone.
    pub now: Zoned,
    /// What is the same for many requests, and copied only for one that is told otherwise.
    known: Arc<Known>,
}

/// What is known of services.
#[derive(Debug, Clone, Default, PartialEq)]
struct Known {
    /// Values such as an account's id, by service, then by name.
    values: BTreeMap<String, BTreeMap<String, String>>,
    /// Addresses that take the place of a service's own.
    bases: BTreeMap<String, String>,
    /// What people call the account, by service.
    labels: BTreeMap<String, String>,
}

impl Context {
    /// A context that knows the time and nothing else.
    #[must_use]
    pub fn new(now: Zoned) -> Self {
        Self { now, known: Arc::default() }
    }

    /// What this one knows, at another moment.
    #[must_use]
    pub fn at(&self, now: Zoned) -> Self {
        Self { now, known: Arc::clone(&self.known) }
    }

    /// Sets a value of a service.
    pub fn set(&mut self, service: &str, name: &str, value: impl Into<String>) {
        self.told().values.entry(service.into()).or_default().insert(name.into(), value.into());
    }

    /// A value of a service.
    pub fn get(&self, service: &str, name: &str) -> Option<&str> {
        self.known.values.get(service)?.get(name).map(String::as_str)
    }

    /// All values of a service as one JSON object, for templates.
    #[must_use]
    pub fn object(&self, service: &str) -> serde_json::Value {
        let own = self.known.values.get(service).into_iter().flatten();
        serde_json::Value::Object(own.map(|(name, value)| (name.clone(), value.clone().into())).collect())
    }

    /// Sends a service's requests to another address.
    pub fn set_base(&mut self, service: &str, url: impl Into<String>) {
        self.told().bases.insert(service.into(), url.into());
    }

    /// Where a service's requests go: scheme, host and base path without a trailing slash.
    #[must_use]
    pub fn base<'a>(&'a self, service: &'a Service) -> &'a str {
        self.known.bases.get(&service.name).unwrap_or(&service.base_url).trim_end_matches('/')
    }

    /// Says what people call the account of a service.
    pub fn set_label(&mut self, service: &str, label: &str) {
        self.told().labels.insert(service.into(), label.into());
    }

    /// What people call the account of a service, when that was said.
    pub fn label(&self, service: &Service) -> Option<&str> {
        self.known.labels.get(&service.name).map(String::as_str)
    }

    /// The account a service's requests run in: its first context value.
    #[must_use]
    pub fn account(&self, service: &Service) -> Option<&str> {
        self.get(&service.name, &service.context.first()?.name)
    }

    fn told(&mut self) -> &mut Known {
        Arc::make_mut(&mut self.known)
    }
}
