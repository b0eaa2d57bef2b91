use std::sync::Arc;

use jiff::Timestamp;

use super::cli::{Options, SandboxOptions};
use super::failed::Failed;
use super::paths::Paths;
use super::print::out;
use super::{clock, setup};
use crate::app::{EngineOptions, ExitCode};
use crate::catalog::{Auth, Catalog, Service};
use crate::sandbox::{self, Clock, Faults, Running};

/// Starts the sandbox inside this process, and points the engine at it. It lives as long as what is returned.
pub(super) fn embed(options: &Options, paths: &Paths, engine: &mut EngineOptions) -> Result<Running, Failed> {
    let catalog = Arc::new(setup::catalog(options, paths)?);
    let settings = sandbox::Options::new(time(engine.now.as_ref().map(jiff::Zoned::timestamp)));
    let running = sandbox::start(settings, catalog.clone()).map_err(Failed::machine)?;
    engine.base_url = Some(running.base_url.clone());
    engine.access.sandbox = Some(running.token.clone());
    engine.context.extend(running.context.iter().cloned());
    for name in catalog.services().iter().filter_map(token_variable) {
        engine.environment.set(name, &running.token);
    }
    Ok(running)
}

/// `sayso sandbox`: serves until it is stopped.
pub(super) fn serve(options: &Options, wanted: SandboxOptions) -> Result<ExitCode, Failed> {
    let catalog = Arc::new(setup::catalog(options, &Paths::of_user())?);
    let now = options.now.as_deref().map(|now| clock::moment(now, None)).transpose().map_err(Failed::usage)?;
    let faults = wanted.fault.as_deref().map(Faults::parse).transpose().map_err(Failed::usage)?;
    let settings = sandbox::Options {
        port: wanted.port,
        data: wanted.data,
        seed_file: wanted.seed,
        faults: faults.unwrap_or_default(),
        ..sandbox::Options::new(time(now.map(|now| now.timestamp())))
    };
    let running = sandbox::start(settings, catalog.clone()).map_err(Failed::machine)?;
    out(&introduction(&running, &catalog));
    running.wait().map_err(Failed::machine)?;
    Ok(ExitCode::Done)
}

fn time(now: Option<Timestamp>) -> Clock {
    now.map_or_else(Clock::system, Clock::starting_at)
}

/// Where it is, and the lines of a shell that make a client use it.
fn introduction(running: &Running, catalog: &Catalog) -> String {
    let mut text = format!("Sandbox on {}\n", running.base_url);
    for service in catalog.services() {
        if let Some(name) = token_variable(service) {
            text.push_str(&format!("export {name}={}\n", running.token));
        }
        for value in &service.context {
            let known = running.context.iter().find(|(name, _)| *name == value.name);
            if let (Some((_, known)), Some(variable)) = (known, value.env.first()) {
                text.push_str(&format!("export {variable}={known}\n"));
            }
        }
    }
    text.push_str(&format!("sayso --base-url {} \"…\"\n", running.base_url));
    text
}

/// The variable that is looked at first for a service's credential.
fn token_variable(service: &Service) -> Option<&String> {
    match &service.auth {
        Auth::None => None,
        Auth::Bearer(names) | Auth::Header(_, names) | Auth::Query(_, names) | Auth::Basic(_, names) => names.first(),
    }
}
