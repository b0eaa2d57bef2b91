use std::path::PathBuf;

use super::keys::{FILE, LOCATION, LOGIN, PROFILE, SECRET, SERVICE, TOKEN};
use super::load_policy::policy;
use super::{
    AccountAccess, LoginClient, Policy, Profile, Profiles, ServiceAccess, TokenPlace, TokenSource, is_loopback,
};
use crate::catalog::{Catalog, Fields, Key, Node, NodeValue, Report, TOKENS, TokenKind, parse, suggest, wrong};
use crate::diagnostic::{Diagnostic, Severity, did_you_mean};

/// Reads `profiles.yaml`, which messages call `file`.
///
/// # Errors
/// Everything that is wrong with it, at once, in the order of the file.
pub fn read_profiles(file: &str, text: &str, catalog: &Catalog) -> Result<Profiles, Vec<Diagnostic>> {
    let mut report = Report::new(vec![file.to_owned()]);
    let root = parse(0, text, &mut report).unwrap_or_else(Node::empty);
    let profiles = if report.has_errors() { Profiles::default() } else { whole(&root, catalog, &mut report) };
    let found = report.finish();
    if found.iter().any(|d| d.severity == Severity::Error) { Err(found) } else { Ok(profiles) }
}

fn whole(root: &Node, catalog: &Catalog, report: &mut Report) -> Profiles {
    let fields = Fields::new(root, &FILE, "the file", report);
    let all: Vec<Profile> =
        named(&fields, "profiles", report).iter().map(|(key, node)| profile(key, node, catalog, report)).collect();
    let default = fields.text("default", report);
    if let (Some(name), Some(node)) = (&default, fields.get("default"))
        && !all.iter().any(|profile| profile.name == *name)
    {
        report.error(node.span, format!("no profile is called `{name}`"), "");
        let names: Vec<&str> = all.iter().map(|profile| profile.name.as_str()).collect();
        suggest(name, &names, "the profiles are", report);
    }
    fields.finish(report);
    Profiles { default, all }
}

/// The entries of a map under a key.
fn named<'a>(fields: &Fields<'a>, key: &'static str, report: &mut Report) -> &'a [(Key, Node)] {
    let Some(node) = fields.get(key) else { return &[] };
    if !matches!(node.value, NodeValue::Map(_)) {
        wrong(node, &format!("`{key}` of {}", fields.what()), "a map", report);
    }
    node.entries()
}

fn profile(key: &Key, node: &Node, catalog: &Catalog, report: &mut Report) -> Profile {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    if key.text.is_empty() || !key.text.chars().all(plain) || key.text == super::profiles::NONE {
        report.error(key.span, format!("`{}` cannot be the name of a profile", key.text), "");
        report.help("names are letters, digits, `-`, `_` and `.`, and not `none`");
    }
    let fields = Fields::new(node, &PROFILE, format!("profile `{}`", key.text), report);
    let services: Vec<ServiceAccess> =
        named(&fields, "services", report).iter().map(|(key, node)| service(key, node, catalog, report)).collect();
    let profile = Profile {
        name: key.text.clone(),
        title: fields.text("title", report),
        policy: fields.get("policy").map_or_else(Policy::default, |node| policy(node, &services, catalog, report)),
        services,
        source: report.source(key.span),
    };
    fields.finish(report);
    profile
}

fn service(key: &Key, node: &Node, catalog: &Catalog, report: &mut Report) -> ServiceAccess {
    let known = catalog.service(&key.text);
    if known.is_none() {
        // A service may be missing because its folder was not named this time; a slip of the pen is told.
        let names = catalog.services().iter().map(|service| service.name.as_str());
        if let Some(help) = did_you_mean(&key.text, names) {
            report.error(key.span, format!("no service is called `{}`", key.text), "");
            report.help(help);
        }
    }
    let fields = Fields::new(node, &SERVICE, format!("service `{}`", key.text), report);
    let accounts: Vec<AccountAccess> =
        named(&fields, "locations", report).iter().map(|(key, node)| account(key, node, report)).collect();
    check_twins(&fields, &accounts, report);
    let account = fields.text("location", report);
    if let (Some(said), Some(node)) = (&account, fields.get("location"))
        && !accounts.iter().any(|account| account.is(said))
    {
        report.error(node.span, format!("no location is called `{said}`"), "");
        let names: Vec<&str> = accounts.iter().map(|account| account.name.as_str()).collect();
        suggest(said, &names, "the locations are", report);
    }
    let context = named(&fields, "context", report);
    for (key, _) in context {
        let names: Vec<&str> = known.iter().flat_map(|s| &s.context).map(|value| value.name.as_str()).collect();
        if known.is_some() && !names.contains(&key.text.as_str()) {
            report.error(key.span, format!("`{}` is not a context value of the service", key.text), "");
            suggest(&key.text, &names, "the context values are", report);
        }
    }
    let access = ServiceAccess {
        service: key.text.clone(),
        host: host(&fields, report),
        tokens: tokens(&fields, report),
        account,
        context: context
            .iter()
            .filter_map(|(k, node)| Some((k.text.clone(), text_of(node, &k.text, report)?)))
            .collect(),
        country: fields.text("country", report),
        login: fields.get("login").map(|node| login(node, report)),
        accounts,
        source: report.source(key.span),
    };
    fields.finish(report);
    access
}

fn text_of(node: &Node, key: &str, report: &mut Report) -> Option<String> {
    if node.text().is_none() {
        wrong(node, &format!("`{key}`"), "a text", report);
    }
    node.text().map(str::to_owned)
}

fn check_twins(fields: &Fields, accounts: &[AccountAccess], report: &mut Report) {
    let Some(node) = fields.get("locations") else { return };
    for (at, (key, _)) in node.entries().iter().enumerate() {
        let Some(own) = accounts.get(at) else { continue };
        let twin = accounts[..at].iter().find(|other| own.names().any(|name| other.is(name)) || other.id == own.id);
        if let Some(twin) = twin.filter(|_| !own.id.is_empty()) {
            report.error(key.span, format!("`{}` goes by a name or an id of `{}`", own.name, twin.name), "");
        }
    }
}

fn host(fields: &Fields, report: &mut Report) -> Option<String> {
    let text = fields.text("host", report)?;
    let node = fields.get("host")?;
    match url::Url::parse(&text) {
        Ok(url) if url.has_host() && url.path() == "/" && url.query().is_none() && url.username().is_empty() => {
            Some(url.origin().ascii_serialization())
        }
        _ => {
            report.error(node.span, "`host` must be a scheme, a host and perhaps a port", "");
            report.help("write it like `https://api.example.com`");
            None
        }
    }
}

fn account(key: &Key, node: &Node, report: &mut Report) -> AccountAccess {
    let fields = Fields::new(node, &LOCATION, format!("location `{}`", key.text), report);
    if fields.get("id").is_none() {
        fields.missing("id", report);
    }
    let account = AccountAccess {
        name: key.text.clone(),
        also: fields.texts("also", report),
        id: fields.text("id", report).unwrap_or_default(),
        token: fields.get("token").and_then(|node| token(node, TokenKind::SubAccount, report)),
        source: report.source(key.span),
    };
    fields.finish(report);
    account
}

fn tokens(fields: &Fields, report: &mut Report) -> Vec<TokenPlace> {
    let Some(node) = fields.get("token") else { return Vec::new() };
    let single = std::slice::from_ref(node);
    let nodes = if matches!(node.value, NodeValue::List(_)) { node.items() } else { single };
    nodes.iter().filter_map(|node| token(node, TokenKind::Any, report)).collect()
}

fn token(node: &Node, usual: TokenKind, report: &mut Report) -> Option<TokenPlace> {
    if is_pasted(node, "token", report) {
        return None;
    }
    let fields = Fields::new(node, &TOKEN, "`token`", report);
    let source = source(&fields, report);
    let scopes = fields.get("scopes").map(|_| fields.texts("scopes", report));
    let known: Vec<(&str, TokenKind)> = TOKENS.iter().filter(|(_, kind)| *kind != TokenKind::None).copied().collect();
    let place = TokenPlace {
        source: source.unwrap_or_else(|| TokenSource::Env(String::new())),
        kind: fields.choice("kind", &known, report).unwrap_or(usual),
        scopes,
        declared: report.source(node.span),
    };
    fields.finish(report);
    Some(place)
}

/// A token that stands in the file itself. It is not repeated in the message.
fn is_pasted(node: &Node, key: &str, report: &mut Report) -> bool {
    let pasted = node.text().is_some();
    if pasted {
        report.error(node.span, format!("`{key}` says where the {key} is kept, not what it is"), "");
        report.help(format!("put it alone into a file and write `{key}: {{file: PATH}}`, or `{{env: VARIABLE}}`; `sayso setup` does it for you"));
    }
    pasted
}

fn source(fields: &Fields, report: &mut Report) -> Option<TokenSource> {
    let shared = fields.flag("shared", report).unwrap_or(false);
    let (env, file, keyring) =
        (fields.text("env", report), fields.text("file", report), fields.text("keyring", report));
    if let (Some(name), Some(node)) = (&env, fields.get("env"))
        && !is_variable(name)
    {
        report.error(node.span, "`env` must be the name of a variable", "");
        report.help("letters, digits and `_`; the token itself does not belong here");
    }
    match (env, file, keyring) {
        (Some(name), None, None) => Some(TokenSource::Env(name)),
        (None, Some(path), None) => Some(TokenSource::File { path: PathBuf::from(path), shared }),
        (None, None, Some(name)) => Some(TokenSource::Keyring(name)),
        (None, None, None) => {
            fields.missing("env", report);
            report.help("say where it is kept: `env: VARIABLE`, `file: PATH` or `keyring: NAME`");
            None
        }
        _ => {
            let node = fields.get("env").or_else(|| fields.get("file"))?;
            report.error(node.span, format!("{} is kept in more than one place", fields.what()), "");
            report.help("give one of `env`, `file` and `keyring`");
            None
        }
    }
}

fn is_variable(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && name.chars().all(plain)
}

fn login(node: &Node, report: &mut Report) -> LoginClient {
    let fields = Fields::new(node, &LOGIN, "`login`", report);
    if fields.get("client_id").is_none() {
        fields.missing("client_id", report);
    }
    let secret = fields.get("client_secret").filter(|node| !is_pasted(node, "client_secret", report));
    let secret = secret.and_then(|node| {
        let fields = Fields::new(node, &SECRET, "`client_secret`", report);
        let source = source(&fields, report);
        fields.finish(report);
        source
    });
    let client = LoginClient {
        id: fields.text("client_id", report).unwrap_or_default(),
        secret,
        redirect: redirect(&fields, report),
        scopes: fields.texts("scopes", report),
        source: report.source(node.span),
    };
    fields.finish(report);
    client
}

/// The code must not leave this machine.
fn redirect(fields: &Fields, report: &mut Report) -> Option<String> {
    let text = fields.text("redirect", report)?;
    let node = fields.get("redirect")?;
    let local = text.starts_with("http://") && is_loopback(&text);
    if local {
        return Some(text);
    }
    report.error(node.span, "`redirect` must be an http address of this machine", "");
    report.help("write it like `http://localhost:8765/callback`");
    None
}
