use std::collections::BTreeMap;

use url::Url;

use super::{Failure, FailureKind, Secret};
use crate::catalog::{Auth, Service};
use crate::request::CredentialPlace;

/// The credentials of the services, each bound to the one origin it may be sent to.
#[derive(Debug, Clone, Default)]
pub struct Credentials {
    held: BTreeMap<String, Held>,
}

#[derive(Debug, Clone)]
struct Held {
    origin: String,
    /// Name or user first, for HTTP basic; the token alone otherwise.
    user: Option<Secret>,
    token: Secret,
}

impl Credentials {
    /// Takes a service's credential from the first of its variables that is set. `base` is where its requests go.
    pub fn add<'e>(&mut self, service: &Service, base: &str, variable: impl Fn(&str) -> Option<&'e str>) {
        let first = |names: &[String]| names.iter().find_map(|name| variable(name)).map(Secret::new);
        let (user, token) = match &service.auth {
            Auth::None => return,
            Auth::Bearer(names) | Auth::Header(_, names) | Auth::Query(_, names) => (None, first(names)),
            Auth::Basic(user, password) => {
                let user = first(user);
                let password = first(password).or_else(|| user.as_ref().map(|_| Secret::new("")));
                (user, password)
            }
        };
        if let (Some(token), Some(origin)) = (token, origin(base)) {
            self.held.insert(service.name.clone(), Held { origin, user, token });
        }
    }

    /// Whether there is a credential for a service.
    pub fn has(&self, service: &str) -> bool {
        self.held.contains_key(service)
    }

    /// A text with every credential taken out.
    pub fn redact(&self, text: &str) -> String {
        self.held.values().fold(text.to_owned(), |text, held| {
            let text = held.token.redact(&text);
            held.user.iter().fold(text, |text, user| user.redact(&text))
        })
    }

    /// The credential for a request: (user, token); nothing when the request takes none.
    pub(super) fn of(
        &self,
        service: &Service,
        place: &CredentialPlace,
        url: &Url,
    ) -> Result<Option<(Option<&Secret>, &Secret)>, Failure> {
        if *place == CredentialPlace::None {
            return Ok(None);
        }
        let Some(held) = self.held.get(&service.name) else { return Err(absent(service, place)) };
        if origin(url.as_str()).as_ref() != Some(&held.origin) {
            let message = format!("the credential of {} must not be sent to {}", service.title, url.authority());
            return Err(Failure::new(FailureKind::Credentials, message));
        }
        Ok(Some((held.user.as_ref(), &held.token)))
    }
}

fn absent(service: &Service, place: &CredentialPlace) -> Failure {
    let variables = match place {
        CredentialPlace::None => "",
        CredentialPlace::Bearer(v) | CredentialPlace::Header(_, v) | CredentialPlace::Query(_, v) => {
            v.first().map_or("", String::as_str)
        }
        CredentialPlace::Basic(user, _) => user.first().map_or("", String::as_str),
    };
    Failure::new(FailureKind::Credentials, format!("there is no credential for {}", service.title))
        .hint(format!("Set {variables}, or try the same with --sandbox."))
}

/// Scheme, host and port.
pub(super) fn origin(url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    url.has_host().then(|| url.origin().ascii_serialization())
}
