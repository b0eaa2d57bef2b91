use serde_json::{Value, json};

use super::login::told;
use super::read::{access, all};
use crate::app::{Engine, EngineOptions, ExitCode};
use crate::catalog::Catalog;
use crate::front::cli::{Options, Output};
use crate::front::failed::Failed;
use crate::front::paths::Paths;
use crate::front::print::out;
use crate::front::setup;
use crate::present::clean;
use crate::profile::{NONE, Policy, Profile, ServiceAccess, TokenPlace};

/// `sayso profiles`: what there is, and where each token is kept; never a token.
pub(in crate::front) fn profiles(options: &Options) -> Result<ExitCode, Failed> {
    let paths = Paths::of_user();
    let catalog = setup::catalog(options, &paths)?;
    let found = all(&paths, &catalog)?;
    let shown: Vec<Value> = found
        .all
        .iter()
        .map(|profile| seen(profile, found.default.as_ref() == Some(&profile.name), options, &paths, &catalog))
        .collect::<Result<_, _>>()?;
    match options.output {
        Some(Output::Json) => out(&format!("{:#}\n", Value::Array(shown))),
        Some(Output::Jsonl) => shown.iter().for_each(|profile| out(&format!("{profile}\n"))),
        _ if shown.is_empty() => out("There are no profiles; `sayso setup` writes one.\n"),
        _ => shown.iter().for_each(|profile| out(&lines(profile))),
    }
    Ok(ExitCode::Done)
}

fn seen(profile: &Profile, usual: bool, options: &Options, paths: &Paths, catalog: &Catalog) -> Result<Value, Failed> {
    let one = Options { profile: Some(profile.name.clone()), ..options.clone() };
    let none = Options { profile: Some(NONE.to_owned()), ..options.clone() };
    let settings = EngineOptions { access: access(&one, paths, catalog)?, ..EngineOptions::default() };
    let engine = Engine::new(setup::catalog(&none, paths)?, settings)?;
    let services: Vec<Value> = profile.services.iter().map(|access| of_service(access, &engine)).collect();
    Ok(json!({
        "name": profile.name, "title": profile.title, "default": usual, "declared": profile.source,
        "services": services, "policy": policy(&profile.policy),
    }))
}

fn of_service(access: &ServiceAccess, engine: &Engine) -> Value {
    let usual = access.usual().map(|account| &account.id);
    let accounts: Vec<Value> = access
        .accounts
        .iter()
        .map(|account| {
            let own = account.token.as_ref().map(token);
            json!({"name": account.name, "also": account.also, "id": account.id, "token": own, "default": Some(&account.id) == usual})
        })
        .collect();
    let host = access.host.clone().or_else(|| engine.catalog().service(&access.service).map(|s| s.base_url.clone()));
    let login = access.login.as_ref().map(|client| {
        let state =
            engine.login_state(&access.service).map_or_else(|| "not logged in".to_owned(), |state| told(&state));
        json!({"client_id": client.id, "state": state})
    });
    let tokens: Vec<Value> = access.tokens.iter().map(token).collect();
    json!({"service": access.service, "host": host, "tokens": tokens, "locations": accounts, "login": login})
}

fn token(place: &TokenPlace) -> Value {
    json!({"kept": place.source.told(), "kind": place.kind, "scopes": place.scopes, "declared": place.declared})
}

fn policy(policy: &Policy) -> Value {
    if policy.source.is_empty() {
        return Value::Null;
    }
    json!({
        "allow": (!policy.allow_source.is_empty()).then_some(policy.allow.len()), "deny": policy.deny.len(),
        "session": policy.session_cap, "day": policy.day_cap, "dry_run": policy.dry_run, "declared": policy.source,
    })
}

/// One profile for people.
fn lines(profile: &Value) -> String {
    let text = |value: &Value, key: &str| clean(value[key].as_str().unwrap_or_default());
    let mark = if profile["default"] == true { " (default)" } else { "" };
    let title = Some(text(profile, "title")).filter(|t| !t.is_empty()).map_or_else(String::new, |t| format!(": {t}"));
    let mut out = format!("{}{mark}{title}\n", text(profile, "name"));
    for service in list(&profile["services"]) {
        out.push_str(&format!("  {} at {}\n", text(service, "service"), text(service, "host")));
        for token in list(&service["tokens"]) {
            out.push_str(&format!("    token in {}{}\n", text(token, "kept"), about(token)));
        }
        if !service["login"].is_null() {
            out.push_str(&format!("    login: {}\n", text(&service["login"], "state")));
        }
        for account in list(&service["locations"]) {
            let mark = if account["default"] == true { ", the usual one" } else { "" };
            let own = match &account["token"] {
                Value::Null => String::new(),
                token => format!(": token in {}{}", text(token, "kept"), about(token)),
            };
            out.push_str(&format!("    {} ({}{mark}){own}\n", text(account, "name"), text(account, "id")));
        }
    }
    if let Value::Object(policy) = &profile["policy"] {
        let parts = policy.iter().filter(|(key, _)| *key != "declared").filter_map(|(key, value)| match value {
            Value::Number(number) if *number != 0.into() || key == "allow" => Some(format!("{key} {number}")),
            Value::Bool(true) => Some("dry run".to_owned()),
            _ => None,
        });
        out.push_str(&format!("  policy: {}\n", parts.collect::<Vec<_>>().join(", ")));
    }
    out
}

fn about(token: &Value) -> String {
    let kind = token["kind"].as_str().filter(|kind| *kind != "any");
    let scopes = token["scopes"].as_array().map(|scopes| format!(", {} scopes", scopes.len()));
    format!("{}{}", kind.map_or_else(String::new, |kind| format!(", {kind}")), scopes.unwrap_or_default())
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
