use std::io::IsTerminal;
use std::process::{Command, Stdio};

use jiff::Timestamp;

use crate::app::{Engine, ExitCode, LoginState};
use crate::catalog::{Auth, Service};
use crate::front::cli::{LoginOptions, Options};
use crate::front::failed::Failed;
use crate::front::print::out;
use crate::front::run::runtime;
use crate::front::{log, setup};

/// `sayso login`: a person lets the program in, and its tokens are kept.
pub(in crate::front) fn login(options: &Options, wanted: &LoginOptions) -> Result<ExitCode, Failed> {
    log::start(options.verbose);
    let ready = setup::ready(options)?;
    let service = chosen(&ready.engine, options)?;
    let mut random = [0; 64];
    getrandom::fill(&mut random).map_err(Failed::machine)?;
    let opened = |address: &str| {
        out(&format!("Open this page and let sayso in:\n  {address}\n"));
        if !wanted.no_browser && std::io::stdout().is_terminal() {
            open(address);
        }
    };
    let state = runtime()?.block_on(ready.engine.log_in(service, &random, opened));
    match state {
        Ok(state) => out(&format!("Logged in to {}: {}\n", service.title, told(&state))),
        Err(failure) => {
            let hint = if failure.hint.is_empty() { String::new() } else { format!("\n  {}", failure.hint) };
            let text = ready.engine.redact(&format!("{}{hint}", failure.message));
            return Err(Failed { code: ExitCode::Credentials, ..Failed::machine(text) });
        }
    }
    Ok(ExitCode::Done)
}

/// A login in a line.
pub(super) fn told(state: &LoginState) -> String {
    if !state.refused.is_empty() {
        return format!("over ({}); log in again", state.refused);
    }
    let until = Timestamp::from_millisecond(state.expires_ms).map_or_else(|_| "later".into(), |t| t.to_string());
    let until = until.split('.').next().unwrap_or_default().trim_end_matches('Z').to_owned();
    format!("a token of kind {}, renewed by itself (the next time about {until}Z)", state.kind)
}

fn chosen<'e>(engine: &'e Engine, options: &Options) -> Result<&'e Service, Failed> {
    let catalog = engine.catalog();
    if let Some(name) = &options.service {
        return catalog.service(name).ok_or_else(|| Failed::usage(format!("no service is called `{name}`")));
    }
    let able: Vec<&Service> = catalog.services().iter().filter(|s| s.oauth.is_some() && s.auth != Auth::None).collect();
    match able.as_slice() {
        [only] => Ok(only),
        [] => Err(Failed::usage("no service of the catalog has a login")),
        several => {
            let names: Vec<&str> = several.iter().map(|s| s.name.as_str()).collect();
            Err(Failed::usage(format!("to which service? Name one with --service: {}", names.join(", "))))
        }
    }
}

/// Shows the page, where there is something that can. The address is printed too, so nothing is lost when there is not.
fn open(address: &str) {
    let program = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let mut command = Command::new(program);
    let quiet = command.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    drop(quiet.spawn());
}
