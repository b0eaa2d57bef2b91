use std::path::PathBuf;

use super::inner::settings;
use super::{EngineOptions, tokens};
use crate::catalog::{Auth, Catalog, ContextValue, Service, TokenKind};
use crate::execute::{ClientKeys, Credentials, Gate, Key, KeySource, Logins, Secret, ServiceKeys};
use crate::profile::{Profile, ServiceAccess, TokenPlace, is_loopback, origin};
use crate::store::{Grant, GrantKey, Tokens, Usage};

/// Who works with the engine, and what for.
#[derive(Debug, Clone, Default)]
pub struct Access {
    /// The profile; absent: variables of the environment, and no policy.
    pub profile: Option<Profile>,
    /// Folder that the paths of token files are relative to.
    pub folder: PathBuf,
    /// File of the tokens of logins.
    pub tokens: Option<PathBuf>,
    /// File in which requests are counted.
    pub usage: Option<PathBuf>,
    /// Services as the user's own catalog has them, when a folder of somebody else's was laid over it.
    pub trusted: Option<Vec<Service>>,
    /// The one token of a sandbox: it stands for every other.
    pub sandbox: Option<String>,
}

impl Access {
    /// What the profile has for a service; nothing in the sandbox, which has accounts of its own.
    pub(super) fn service(&self, name: &str) -> Option<&ServiceAccess> {
        self.profile.as_ref()?.service(name).filter(|_| self.sandbox.is_none())
    }

    /// Whether a variable may be read for a service whose requests go to that address: a variable that a service of the
    /// user's own catalog names is for that service's host alone, and a context value also for the host of one that takes
    /// its requests.
    pub(super) fn may_read(&self, variable: &str, address: &str, chosen: bool) -> bool {
        let Some(trusted) = self.trusted.as_ref().filter(|_| !chosen) else { return true };
        let mut owners = trusted.iter().filter(|service| names(service, variable)).peekable();
        if owners.peek().is_none() {
            return is_loopback(address);
        }
        let here = |service: &Service| origin(&service.base_url) == origin(address);
        owners.any(here) || trusted.iter().filter(|own| here(own)).any(|own| takes_along(own, variable, trusted))
    }

    fn trusted_service(&self, name: &str) -> Option<&Service> {
        self.trusted.as_ref()?.iter().find(|service| service.name == name)
    }

    /// Whether somebody else's folder changes how a service logs in.
    pub(super) fn changes_login(&self, service: &Service) -> bool {
        self.trusted.is_some()
            && self.trusted_service(&service.name).and_then(|s| s.oauth.as_ref()) != service.oauth.as_ref()
    }
}

/// The tokens that requests may carry.
pub(super) fn credentials(catalog: &Catalog, options: &EngineOptions) -> Credentials {
    let mut credentials = Credentials::new(logins(catalog, options));
    for service in catalog.services() {
        let access = options.access.profile.as_ref().and_then(|profile| profile.service(&service.name));
        let keys = match access {
            Some(access) => of_profile(service, access, options),
            None => of_environment(service, options),
        };
        credentials.add(&service.name, keys);
    }
    credentials
}

/// What every request has to pass.
pub(super) fn gate(options: &EngineOptions) -> Gate {
    let Some(profile) = &options.access.profile else { return Gate::default() };
    let file = options.access.usage.as_deref().filter(|_| profile.policy.day_cap.is_some());
    let usage = file.and_then(|file| Usage::open(file).inspect_err(|error| tracing::warn!("{error}")).ok());
    Gate::new(&profile.name, profile.policy.clone(), usage)
}

/// The logins of the profile in use.
pub(super) fn logins(catalog: &Catalog, options: &EngineOptions) -> Option<Logins> {
    let (profile, file) = (options.access.profile.as_ref()?, options.access.tokens.as_ref()?);
    let mut logins = Logins::new(&profile.name, Tokens::at(file), settings(options));
    for service in catalog.services() {
        let client = profile.service(&service.name).and_then(|access| access.login.as_ref());
        let client = client.map(|client| {
            let secret = client.secret.as_ref().map(|place| tokens::read(place, options));
            let (secret, broken) = match secret.transpose() {
                Ok(secret) => (secret, None),
                Err((why, _)) => (None, Some(why)),
            };
            ClientKeys { id: client.id.clone(), secret, broken }
        });
        logins.add(&service.name, client, base(service, options), options.access.changes_login(service));
    }
    Some(logins)
}

fn base<'a>(service: &'a Service, options: &'a EngineOptions) -> &'a str {
    options.base_url.as_deref().unwrap_or(&service.base_url)
}

fn of_environment(service: &Service, options: &EngineOptions) -> ServiceKeys {
    let base = base(service, options);
    let mut keys = ServiceKeys { origin: origin(base).unwrap_or_default(), ..ServiceKeys::default() };
    let (user, token) = match &service.auth {
        Auth::None => return keys,
        Auth::Bearer(names) | Auth::Header(_, names) | Auth::Query(_, names) => (&[][..], names.as_slice()),
        Auth::Basic(user, password) => (user.as_slice(), password.as_slice()),
    };
    keys.variable = user.first().or(token.first()).cloned();
    let mut withheld = None;
    let mut first = |names: &[String]| {
        let found = names.iter().find_map(|name| Some((name, options.environment.get(name)?)));
        let (name, value) = found?;
        if options.access.may_read(name, base, options.base_url.is_some()) {
            return Some(Secret::new(value));
        }
        withheld = Some(kept_back(name, service, base, &options.access));
        None
    };
    let user = first(user);
    let token = first(token).or_else(|| user.as_ref().map(|_| Secret::new("")));
    keys.withheld = withheld;
    if let Some(token) = token {
        let listed = "the environment".to_owned();
        keys.keys.push(Key {
            kind: TokenKind::Any,
            account: None,
            scopes: None,
            listed,
            source: KeySource::Held(user, token),
        });
    }
    keys
}

/// Why the value of a variable is not sent.
fn kept_back(variable: &str, service: &Service, base: &str, access: &Access) -> (String, String) {
    let owner = access.trusted.iter().flatten().find(|owner| names(owner, variable));
    let place = origin(base).unwrap_or_else(|| base.to_owned());
    match owner {
        Some(owner) => (
            format!(
                "{variable} was given for {}, and a folder of --endpoints wants it sent to {place}",
                origin(&owner.base_url).unwrap_or_else(|| owner.base_url.clone())
            ),
            "It is not sent. Leave that folder out, or mend its `base_url` and `auth`.".to_owned(),
        ),
        None => (
            format!("a folder of --endpoints wants {variable} sent to {place}, and nothing of yours says that it may"),
            format!(
                "If it may, say so in a profile: `sayso setup --service {} --host {place} --token-env {variable}`.",
                service.name
            ),
        ),
    }
}

fn names(service: &Service, variable: &str) -> bool {
    let along = service.extends.as_ref().map_or(&[][..], |extension| &extension.context);
    is_secret(service, variable) || is_context(&service.context, variable) || is_context(along, variable)
}

fn is_secret(service: &Service, variable: &str) -> bool {
    match &service.auth {
        Auth::None => false,
        Auth::Bearer(names) | Auth::Header(_, names) | Auth::Query(_, names) => names.iter().any(|n| n == variable),
        Auth::Basic(user, password) => user.iter().chain(password).any(|n| n == variable),
    }
}

fn is_context(values: &[ContextValue], variable: &str) -> bool {
    values.iter().any(|value| value.env.iter().any(|n| n == variable))
}

/// Whether a service is one that another's requests go through, and the variable holds a context value of that other. A
/// credential never goes along.
fn takes_along(own: &Service, variable: &str, trusted: &[Service]) -> bool {
    let Some(extension) = &own.extends else { return false };
    let extended = trusted.iter().find(|service| service.name == extension.service);
    let secret = trusted.iter().any(|service| is_secret(service, variable));
    !secret && extended.is_some_and(|extended| is_context(&extended.context, variable))
}

fn of_profile(service: &Service, access: &ServiceAccess, options: &EngineOptions) -> ServiceKeys {
    let profile = options.access.profile.as_ref().map(|profile| profile.name.clone());
    let mut keys = ServiceKeys { profile, ..ServiceKeys::default() };
    match bound_to(service, access, options) {
        Ok(origin) => keys.origin = origin,
        Err(why) => keys.withheld = Some(why),
    }
    for account in &access.accounts {
        keys.keys.extend(account.token.iter().map(|place| key(place, Some(&account.id), options)));
    }
    keys.keys.extend(access.tokens.iter().map(|place| key(place, None, options)));
    if access.login.is_some() {
        keys.keys.extend(of_login(service, options));
    }
    if let Some(token) = &options.access.sandbox {
        for key in &mut keys.keys {
            key.source = KeySource::Held(None, Secret::new(token));
        }
        if keys.keys.is_empty() {
            return of_environment(service, options);
        }
    }
    keys
}

/// The one origin that the tokens of a profile go to.
fn bound_to(service: &Service, access: &ServiceAccess, options: &EngineOptions) -> Result<String, (String, String)> {
    let (base, all) = (base(service, options), &options.access);
    let wanted = origin(base).unwrap_or_default();
    // A stand-in on this machine that the command line names is the user's word.
    if options.base_url.is_some() && is_loopback(base) {
        return Ok(wanted);
    }
    let own = access.host.clone().or_else(|| match &all.trusted {
        None => origin(&service.base_url),
        Some(_) => all.trusted_service(&service.name).and_then(|s| origin(&s.base_url)),
    });
    match own {
        Some(own) if own == wanted => Ok(own),
        Some(own) => Err((
            format!("the tokens for {} were given for {own}, and are not sent to {wanted}", service.title),
            format!("The profile's entry stands at {}.", access.source),
        )),
        None => Err((
            format!(
                "{} comes from a folder of --endpoints, and the profile does not say where its tokens go",
                service.title
            ),
            format!("If {wanted} is right, write `host: {wanted}` at {}.", access.source),
        )),
    }
}

fn key(place: &TokenPlace, account: Option<&str>, options: &EngineOptions) -> Key {
    let source = match tokens::read(&place.source, options) {
        Ok(token) => KeySource::Held(None, token),
        Err((message, hint)) => KeySource::Broken(message, hint),
    };
    Key {
        kind: place.kind,
        account: account.map(str::to_owned),
        scopes: place.scopes.clone(),
        listed: place.declared.clone(),
        source,
    }
}

/// The tokens that a login gives: its own, and those of accounts that it may be changed for.
fn of_login(service: &Service, options: &EngineOptions) -> Vec<Key> {
    let Some((profile, file)) = options.access.profile.as_ref().zip(options.access.tokens.as_ref()) else {
        return Vec::new();
    };
    let key = GrantKey { profile: &profile.name, service: &service.name, account: "" };
    let grant = Tokens::at(file).grant(key).inspect_err(|error| tracing::warn!("{error}")).ok().flatten();
    let Some(grant) = grant else { return Vec::new() };
    let kind = serde_json::from_value(grant.kind.clone().into()).unwrap_or(TokenKind::Any);
    let scopes: Vec<String> = grant.scopes.split([' ', ',']).filter(|s| !s.is_empty()).map(str::to_owned).collect();
    let own = Key {
        kind,
        account: account_of(&grant, service).filter(|_| kind == TokenKind::SubAccount),
        scopes: (!scopes.is_empty()).then_some(scopes),
        listed: format!("the login (`sayso login --profile {}`)", profile.name),
        source: KeySource::Login,
    };
    let exchanged = Key { kind: TokenKind::SubAccount, account: None, source: KeySource::Exchange, ..own.clone() };
    let exchanges = kind == TokenKind::Agency && service.oauth.as_ref().is_some_and(|oauth| oauth.account.is_some());
    [own].into_iter().chain(exchanges.then_some(exchanged)).collect()
}

fn account_of(grant: &Grant, service: &Service) -> Option<String> {
    let context: serde_json::Value = serde_json::from_str(&grant.context).ok()?;
    Some(context.get(&service.context.first()?.name)?.as_str()?.to_owned())
}
