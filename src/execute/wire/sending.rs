use std::sync::Arc;

use crate::catalog::{Operation, RateLimit, Service};
use crate::execute::Need;
use crate::execute::limit::Limit;
use crate::plan::Context;
use crate::profile::origin;
use crate::request::ValidRequest;
use crate::store::Store;

/// A request on its way out, with what decides when it may leave.
#[derive(Debug, Clone, Copy)]
pub(in crate::execute) struct Sending<'a> {
    /// The request.
    pub request: &'a ValidRequest,
    /// What it does.
    pub operation: &'a Operation,
    /// Whose.
    pub service: &'a Service,
    /// The account.
    pub context: &'a Context,
    /// Where the account of what was sent is kept.
    pub store: &'a Arc<Store>,
    /// Who asked for it.
    pub speaker: u64,
}

impl<'a> Sending<'a> {
    /// What it asks of its token.
    pub(super) fn need(&self) -> Need<'a> {
        Need::of(self.request.draft(), self.service)
    }

    /// The limits it falls under. `credential` tells the credential it carries from others; it is asked only where there
    /// are limits.
    pub(super) fn limits(&self, credential: impl FnOnce() -> String) -> Vec<Limit<'a>> {
        let service = self.service;
        let usual = service.rate_limit.iter().map(|rule| ("", rule));
        let named = self.operation.rate_limits.iter().filter_map(|name| {
            let found = service.rate_limits.iter().find(|(own, _)| own == name);
            found.map(|(name, rule)| (name.as_str(), rule))
        });
        let mut rules = usual.chain(named).peekable();
        if rules.peek().is_none() {
            return Vec::new();
        }
        let credential = credential();
        rules.map(|(name, rule)| Limit { name: self.account(name, rule, &credential), rule }).collect()
    }

    /// The name of the account that is kept of a limit: service, address, limit, and what shares it.
    fn account(&self, name: &str, rule: &RateLimit, credential: &str) -> String {
        let base = self.context.base(self.service);
        let place = origin(base).unwrap_or_else(|| base.to_owned());
        let shared = match rule.bucket.as_str() {
            "service" => String::new(),
            "credential" => credential.to_owned(),
            value => format!("{credential} {}", self.shared(value).unwrap_or_default()),
        };
        format!("limit {} {place} {name} {shared}", self.service.name)
    }

    /// A context value as it is for this request, which may name another account than the one that is worked in.
    fn shared(&self, value: &str) -> Option<&str> {
        let is_account = self.service.context.first().is_some_and(|first| first.name == value);
        let own = self.request.draft().account.as_deref().filter(|_| is_account);
        own.or_else(|| self.context.get(&self.service.name, value))
    }
}
