use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jiff::Zoned;
use jiff::tz::TimeZone;
use url::Url;

use super::access::{credentials, gate};
use super::familiar::Familiar;
use super::{EngineOptions, routing};
use crate::catalog::{Auth, Catalog, Service};
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::execute::{Credentials, Runner, Settings, Transport};
use crate::intent::Reader;
use crate::plan::Context;
use crate::profile::is_loopback;
use crate::store::Store;

/// Shortest pause before a request is tried again.
const BACKOFF: Duration = Duration::from_millis(250);

/// What all clones of an engine share.
#[derive(Debug)]
pub(super) struct Inner {
    pub catalog: Catalog,
    pub options: Arc<EngineOptions>,
    pub reader: Arc<Reader>,
    pub transport: Arc<Transport>,
    pub(super) familiar: Familiar,
    store: Arc<OnceLock<Arc<Store>>>,
    /// What is known of all services without asking; of the moment it was found out nothing is kept.
    pub(super) supplied: OnceLock<Context>,
}

impl Inner {
    pub fn new(mut catalog: Catalog, options: EngineOptions) -> Result<Self, Diagnostic> {
        if let Some(base) = &options.base_url {
            check_base(base)?;
        }
        if let Some(service) = &options.service {
            check_service(&catalog, service)?;
        }
        let credentials = credentials(&catalog, &options);
        if let Some(service) = through(&catalog, &options, &credentials) {
            catalog.go_through(&service);
        }
        let transport = Transport::new(settings(&options), credentials, gate(&options));
        Ok(Self {
            catalog,
            options: Arc::new(options),
            reader: Arc::new(Reader::new()),
            transport: Arc::new(transport),
            familiar: Familiar::default(),
            store: Arc::default(),
            supplied: OnceLock::new(),
        })
    }

    /// The same with another version of the catalog: one connection, one rate limit, one store.
    pub fn over(&self, catalog: Catalog) -> Self {
        let (options, reader) = (self.options.clone(), self.reader.clone());
        let (transport, store) = (self.transport.clone(), self.store.clone());
        Self { catalog, options, reader, transport, familiar: Familiar::default(), store, supplied: OnceLock::new() }
    }

    /// The store, opened when it is first needed. Without a usable file names are kept in memory only.
    pub fn store(&self) -> &Arc<Store> {
        self.store.get_or_init(|| {
            let store = Store::open(self.options.store.as_deref()).unwrap_or_else(|error| {
                tracing::warn!("{error}; names and the journal are kept for this run only");
                Store::open(None).expect("a database in memory needs nothing of the machine")
            });
            Arc::new(store)
        })
    }

    pub fn runner<'a>(&'a self, context: &'a Context, speaker: u64) -> Runner<'a> {
        Runner { catalog: &self.catalog, transport: &self.transport, store: self.store(), context, speaker }
    }

    pub fn now(&self) -> Zoned {
        routing::now(&self.options)
    }
}

fn check_base(base: &str) -> Result<(), Diagnostic> {
    let url = Url::parse(base).map_err(|e| Diagnostic::error(format!("`{base}` is no web address: {e}")))?;
    if url.scheme() == "https" || (url.scheme() == "http" && is_loopback(base)) {
        return Ok(());
    }
    Err(Diagnostic::error(format!("`{base}` is not https")).help("Plain http is for this machine only."))
}

fn check_service(catalog: &Catalog, wanted: &str) -> Result<(), Diagnostic> {
    let names: Vec<&str> = catalog.services().iter().map(|service| service.name.as_str()).collect();
    if names.contains(&wanted) {
        return Ok(());
    }
    let near = did_you_mean(wanted, names.iter().copied());
    let advice = near.unwrap_or_else(|| format!("The services are {}.", names.join(", ")));
    Err(Diagnostic::error(format!("the catalog has no service `{wanted}`")).help(advice))
}

/// The service that the requests of another go through: the one that is named, else one that has a credential where the
/// other has none.
fn through(catalog: &Catalog, options: &EngineOptions, credentials: &Credentials) -> Option<String> {
    if options.service.is_some() {
        return options.service.clone();
    }
    let can = |name: &str| catalog.service(name).is_some_and(|s| s.auth == Auth::None) || credentials.has(name);
    let extends = |service: &&Service| service.extends.as_ref().is_some_and(|other| !can(&other.service));
    let only = catalog.services().iter().filter(extends).find(|service| credentials.has(&service.name));
    only.map(|service| service.name.clone())
}

pub(super) fn settings(options: &EngineOptions) -> Settings {
    Settings {
        connect_timeout: options.connect_timeout,
        timeout: options.timeout,
        retries: options.retries,
        backoff: BACKOFF,
        most_bytes: options.most_bytes,
        zone: options.timezone.clone().unwrap_or_else(TimeZone::system),
        cache_age: options.cache_age,
        clock_ms: Arc::new(|| {
            let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
            i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
        }),
        jitter: Arc::new(|| {
            f64::from(u32::try_from(RandomState::new().build_hasher().finish() >> 32).unwrap_or(0))
                / f64::from(u32::MAX)
        }),
        ..Settings::default()
    }
}
