use std::path::PathBuf;
use std::time::Duration;

use jiff::Zoned;
use jiff::tz::TimeZone;

use super::{Access, Environment};
use crate::catalog::{ContextValue, Service};

/// What an [`super::Engine`] is built from; the front door fills it in from the command line and the profile.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line of its own")]
pub struct EngineOptions {
    /// Variables of the process: credentials and context values come from here.
    pub environment: Environment,
    /// Context values that win over the environment (`--location`, a profile, the sandbox): (name, value).
    pub context: Vec<(String, String)>,
    /// The account by id or by name: the first context value of each service (`--location`).
    pub account: Option<String>,
    /// Phrases and request lines keep to this service (`--service`).
    pub service: Option<String>,
    /// Who works with it: the profile, its policy, and where tokens are kept.
    pub access: Access,
    /// Takes the place of every service's own address: the sandbox, a mock.
    pub base_url: Option<String>,
    /// The user's time zone; absent: the system's.
    pub timezone: Option<TimeZone>,
    /// A pinned clock (`--now`); absent: the system's.
    pub now: Option<Zoned>,
    /// Refuses everything that is not a read.
    pub read_only: bool,
    /// Sends no main request at all.
    pub dry_run: bool,
    /// Keeps how each word was read and each candidate scored (`--explain`); it costs time.
    pub explain: bool,
    /// Agrees to every confirmation (`--yes`).
    pub assume_yes: bool,
    /// Lets operations outside the official documents run.
    pub allow_undocumented: bool,
    /// File of the name cache and the history; absent: kept in memory.
    pub store: Option<PathBuf>,
    /// How long a looked-up name is believed.
    pub cache_age: Duration,
    /// Longest wait for a connection.
    pub connect_timeout: Duration,
    /// Longest wait for one answer.
    pub timeout: Duration,
    /// How often a request is tried again after a passing fault, where that is safe.
    pub retries: u32,
    /// Longest answer that is read, in bytes.
    pub most_bytes: usize,
}

impl EngineOptions {
    /// A context value of a service: from the command line or the sandbox, else from the profile, else, when the profile
    /// has nothing for the service, from the environment.
    pub(super) fn context_value(&self, service: &Service, value: &ContextValue) -> Option<String> {
        if let Some((_, own)) = self.context.iter().find(|(name, _)| *name == value.name) {
            return Some(own.clone());
        }
        if let Some(access) = self.access.service(&service.name) {
            let told = access.context.iter().find(|(name, _)| *name == value.name).map(|(_, told)| told);
            let is_account = service.context.first().is_some_and(|first| first.name == value.name);
            let usual = access.usual().filter(|_| is_account).map(|account| &account.id);
            return told.or(usual).cloned();
        }
        let address = self.base_url.as_deref().unwrap_or(&service.base_url);
        let may = |name: &&String| self.access.may_read(name, address, self.base_url.is_some());
        value.env.iter().filter(may).find_map(|name| self.environment.get(name)).map(str::to_owned)
    }
}

impl Default for EngineOptions {
    fn default() -> Self {
        Self {
            environment: Environment::default(),
            context: Vec::new(),
            account: None,
            service: None,
            access: Access::default(),
            base_url: None,
            timezone: None,
            now: None,
            read_only: false,
            dry_run: false,
            explain: false,
            assume_yes: false,
            allow_undocumented: false,
            store: None,
            cache_age: Duration::from_mins(10),
            connect_timeout: Duration::from_secs(10),
            timeout: Duration::from_secs(30),
            retries: 5,
            most_bytes: 32 * 1024 * 1024,
        }
    }
}
