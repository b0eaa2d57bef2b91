use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::token_call::TokenCall;
use super::{ClientKeys, Secret};
use crate::catalog::{OAuth, Service};
use crate::execute::limit::Pace;
use crate::execute::{Failure, FailureKind, Settings};
use crate::store::{Grant, GrantKey, Tokens, Turn};

/// A token that expires sooner than this is renewed before it is used, in milliseconds.
const EARLY_MS: i64 = 60_000;
/// How often it is looked whether another process has ended its turn.
const LOOK: Duration = Duration::from_millis(50);
/// Longest wait for the turn of another process.
const LONGEST_WAIT: Duration = Duration::from_secs(90);

/// The tokens of logins: kept in a file, renewed by one process at a time.
#[derive(Debug)]
pub struct Logins {
    pub(super) profile: String,
    pub(super) tokens: Tokens,
    pub(super) settings: Settings,
    pub(super) call: TokenCall,
    clients: BTreeMap<String, ClientKeys>,
    bases: BTreeMap<String, String>,
    changed: BTreeSet<String>,
    /// One task of this process at a time, before it waits for those of others.
    line: tokio::sync::Mutex<()>,
    known: Mutex<HashMap<(String, String), Known>>,
}

#[derive(Debug, Clone)]
struct Known {
    token: Secret,
    expires_ms: i64,
}

impl Logins {
    /// The logins of a profile, none of which is looked at yet.
    #[must_use]
    pub fn new(profile: &str, tokens: Tokens, settings: Settings) -> Self {
        Self {
            profile: profile.to_owned(),
            tokens,
            settings,
            call: TokenCall::default(),
            clients: BTreeMap::new(),
            bases: BTreeMap::new(),
            changed: BTreeSet::new(),
            line: tokio::sync::Mutex::new(()),
            known: Mutex::new(HashMap::new()),
        }
    }

    /// Adds a service: how the program proves itself, and where requests go. `changed`: a folder of YAML that is not the
    /// user's own changed how it logs in.
    pub fn add(&mut self, service: &str, client: Option<ClientKeys>, base: &str, changed: bool) {
        self.clients.extend(client.map(|client| (service.to_owned(), client)));
        self.bases.insert(service.to_owned(), base.trim_end_matches('/').to_owned());
        if changed {
            self.changed.insert(service.to_owned());
        }
    }

    /// Whether somebody can log in to a service.
    ///
    /// # Errors
    /// Why not.
    pub fn check(&self, service: &Service) -> Result<(), Failure> {
        self.way(service).map(drop)
    }

    /// What must not be shown.
    pub(super) fn secrets(&self) -> Vec<Secret> {
        self.clients.values().filter_map(|client| client.secret.clone()).collect()
    }

    /// A token that is good for a while.
    pub(super) async fn token(
        &self,
        service: &Service,
        account: Option<&str>,
        pace: Pace<'_>,
    ) -> Result<Secret, Failure> {
        if let Some(token) = self.known(service, account) {
            return Ok(token);
        }
        let _next = self.line.lock().await;
        match self.known(service, account) {
            Some(token) => Ok(token),
            None => self.obtained(service, account, None, pace).await,
        }
    }

    /// A token that is another than the one that was not taken.
    pub(super) async fn renewed(
        &self,
        service: &Service,
        account: Option<&str>,
        used: &Secret,
        pace: Pace<'_>,
    ) -> Result<Secret, Failure> {
        let _next = self.line.lock().await;
        match self.known(service, account).filter(|token| token != used) {
            Some(token) => Ok(token),
            None => self.obtained(service, account, Some(used), pace).await,
        }
    }

    fn known(&self, service: &Service, account: Option<&str>) -> Option<Secret> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let found = known.get(&(service.name.clone(), account.unwrap_or_default().to_owned()))?;
        self.is_good(found.expires_ms).then(|| found.token.clone())
    }

    pub(super) fn remember(&self, service: &Service, account: Option<&str>, grant: &Grant) -> Secret {
        let token = Secret::new(&grant.access);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (service.name.clone(), account.unwrap_or_default().to_owned());
        known.insert(key, Known { token: token.clone(), expires_ms: grant.expires_ms });
        token
    }

    pub(super) fn is_good(&self, expires_ms: i64) -> bool {
        expires_ms.saturating_sub(EARLY_MS) > (self.settings.clock_ms)()
    }

    /// The turn of this process.
    pub(super) async fn turn(&self) -> Result<Turn, Failure> {
        let started = tokio::time::Instant::now();
        loop {
            if let Some(turn) = self.tokens.turn().map_err(broken_store)? {
                return Ok(turn);
            }
            if started.elapsed() > LONGEST_WAIT {
                let message = "another process has been renewing the token for too long";
                return Err(Failure::new(FailureKind::Timeout, message).hint("Try again later."));
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    pub(super) fn key<'k>(&'k self, service: &'k Service, account: Option<&'k str>) -> GrantKey<'k> {
        GrantKey { profile: &self.profile, service: &service.name, account: account.unwrap_or_default() }
    }

    pub(super) fn base<'b>(&'b self, service: &'b Service) -> &'b str {
        self.bases.get(&service.name).map_or(service.base_url.as_str(), String::as_str)
    }

    /// How a service logs in, and how the program proves itself there.
    pub(super) fn way<'w>(&'w self, service: &'w Service) -> Result<(&'w OAuth, &'w ClientKeys), Failure> {
        let refused = |message: String| Failure::new(FailureKind::Credentials, message);
        if self.changed.contains(&service.name) {
            let message = format!("a folder of --endpoints changes how {} logs in", service.title);
            return Err(refused(message).hint("Nothing of the login is sent anywhere; leave that folder out."));
        }
        let Some(oauth) = &service.oauth else {
            return Err(refused(format!("{} has no login", service.title)).hint("Its `service.yaml` has no `oauth`."));
        };
        let Some(client) = self.clients.get(&service.name) else {
            let message = format!("profile `{}` has no `login` for {}", self.profile, service.title);
            return Err(
                refused(message).hint("Give it one with `sayso setup --client-id ID`; docs/PROFILES.md says how.")
            );
        };
        match &client.broken {
            Some(why) => Err(refused(format!("the client secret cannot be read: {why}"))),
            None => Ok((oauth, client)),
        }
    }
}

/// A file of tokens that cannot be used.
#[expect(clippy::needless_pass_by_value, reason = "it is what `map_err` hands over")]
pub(super) fn broken_store(error: crate::store::StoreError) -> Failure {
    Failure::new(FailureKind::Credentials, format!("the tokens of the login cannot be used: {error}"))
}
