use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use url::{Position, Url};

use super::{Key, KeySource, Logins, Need, Secret, ServiceKeys};
use crate::catalog::{Operation, Service, TokenKind};
use crate::execute::limit::Pace;
use crate::execute::{Failure, FailureKind};
use crate::request::CredentialPlace;

/// The credentials of the services, each bound to the one origin it may be sent to.
#[derive(Debug, Default)]
pub struct Credentials {
    services: BTreeMap<String, ServiceKeys>,
    logins: Option<Logins>,
    /// What must never be shown, beside the tokens: secrets of programs, tokens that were renewed meanwhile.
    hidden: Mutex<Arc<Vec<Secret>>>,
}

impl Credentials {
    /// Nothing but what is added.
    pub fn new(logins: Option<Logins>) -> Self {
        let hidden = logins.as_ref().map_or_else(Vec::new, Logins::secrets);
        Self { services: BTreeMap::new(), logins, hidden: Mutex::new(Arc::new(hidden)) }
    }

    /// Adds the tokens for a service.
    pub fn add(&mut self, service: &str, keys: ServiceKeys) {
        let held = keys.keys.iter().filter_map(|key| match &key.source {
            KeySource::Held(user, token) => Some(user.iter().chain([token]).cloned()),
            _ => None,
        });
        let held: Vec<Secret> = held.flatten().collect();
        self.hide(held);
        self.services.insert(service.to_owned(), keys);
    }

    /// Whether there is a credential for a service, or something that keeps it back.
    pub fn has(&self, service: &str) -> bool {
        self.services.get(service).is_some_and(|keys| !keys.keys.is_empty())
    }

    /// What tells the credential of a request from others, for accounts that are kept of it; the credential cannot be
    /// found out from it. A login is one, however often its token is renewed.
    pub(in crate::execute) fn identity(&self, need: &Need<'_>) -> String {
        match self.pick(need).map(|key| &key.source) {
            Ok(KeySource::Held(_, token)) => token.mark(),
            Ok(KeySource::Login | KeySource::Exchange) => {
                format!("login {}", self.logins.as_ref().map_or("", |logins| &logins.profile))
            }
            Ok(KeySource::Broken(..)) | Err(_) => String::new(),
        }
    }

    /// A text with every credential taken out.
    pub fn redact(&self, text: &str) -> String {
        let mut text = text.to_owned();
        self.redactor()(&mut text);
        text
    }

    /// Whether a text that is JSON may hold a credential: false only where it surely does not.
    pub fn may_be_in_json(&self, json: &str) -> bool {
        let hidden = Arc::clone(&self.hidden.lock().unwrap_or_else(PoisonError::into_inner));
        hidden.iter().any(|secret| secret.may_be_in_json(json))
    }

    /// What takes every credential that is known by now out of texts.
    pub fn redactor(&self) -> impl Fn(&mut String) + use<> {
        let hidden = Arc::clone(&self.hidden.lock().unwrap_or_else(PoisonError::into_inner));
        move |text| hidden.iter().for_each(|secret| secret.take_out(text))
    }

    /// Whether a token fits what an operation asks, in that account; nothing is fetched for it.
    ///
    /// # Errors
    /// Why none does.
    pub fn check(&self, operation: &Operation, service: &Service, account: Option<&str>) -> Result<(), Failure> {
        let open = operation.token == TokenKind::None || service.auth == crate::catalog::Auth::None;
        if open { Ok(()) } else { self.pick(&Need::of_operation(operation, service, account)).map(drop) }
    }

    /// The credential for a request: (user, token); nothing when the request takes none. A token that has to be fetched
    /// for it leaves at that pace.
    pub(in crate::execute) async fn of(
        &self,
        need: &Need<'_>,
        place: &CredentialPlace,
        url: &Url,
        pace: Pace<'_>,
    ) -> Result<Option<(Option<Secret>, Secret)>, Failure> {
        if *place == CredentialPlace::None {
            return Ok(None);
        }
        let key = self.pick(need)?;
        let bound = self.services.get(&need.service.name).map(|keys| &keys.origin);
        if !bound.is_some_and(|bound| is_at(url, bound)) {
            let message = format!("the credential of {} must not be sent to {}", need.service.title, url.authority());
            return Err(Failure::new(FailureKind::Credentials, message));
        }
        let (user, token) = match &key.source {
            KeySource::Held(user, token) => (user.clone(), token.clone()),
            KeySource::Broken(message, hint) => {
                return Err(Failure::new(FailureKind::Credentials, message.clone()).hint(hint.clone()));
            }
            KeySource::Login => (None, self.logged_in(need, None, pace).await?),
            KeySource::Exchange => (None, self.logged_in(need, need.account, pace).await?),
        };
        Ok(Some((user, token)))
    }

    /// Makes the login behind a request give a fresh token; whether there is one now.
    pub(in crate::execute) async fn renew(&self, need: &Need<'_>, used: &Secret, pace: Pace<'_>) -> bool {
        let account = match self.pick(need).map(|key| &key.source) {
            Ok(KeySource::Login) => None,
            Ok(KeySource::Exchange) => need.account,
            _ => return false,
        };
        let Some(logins) = &self.logins else { return false };
        match logins.renewed(need.service, account, used, pace).await {
            Ok(token) => {
                let fresh = token != *used;
                self.hide([token]);
                fresh
            }
            Err(failure) => {
                tracing::warn!(failure.message, "the token cannot be renewed");
                false
            }
        }
    }

    async fn logged_in(&self, need: &Need<'_>, account: Option<&str>, pace: Pace<'_>) -> Result<Secret, Failure> {
        let Some(logins) = &self.logins else {
            return Err(Failure::new(FailureKind::Credentials, "there is nowhere to keep the tokens of a login"));
        };
        let token = logins.token(need.service, account, pace).await?;
        self.hide([token.clone()]);
        Ok(token)
    }

    fn pick(&self, need: &Need<'_>) -> Result<&Key, Failure> {
        match self.services.get(&need.service.name) {
            Some(keys) => keys.pick(need),
            None => Err(ServiceKeys::default().pick(need).err().unwrap_or_else(|| {
                Failure::new(FailureKind::Credentials, format!("there is no credential for {}", need.service.title))
            })),
        }
    }

    fn hide(&self, secrets: impl IntoIterator<Item = Secret>) {
        let mut hidden = self.hidden.lock().unwrap_or_else(PoisonError::into_inner);
        for secret in secrets {
            if !hidden.contains(&secret) {
                Arc::make_mut(&mut hidden).push(secret);
            }
        }
    }
}

/// Whether an address is at that origin. Where it is written alike nothing has to be taken apart.
fn is_at(url: &Url, origin: &str) -> bool {
    url[..Position::BeforePath] == *origin || url.origin().ascii_serialization() == *origin
}
