use std::ffi::OsString;
use std::io::{self, IsTerminal};

use clap::{CommandFactory, Parser};
use tokio::runtime::Runtime;

use super::cli::{Cli, Command, Options};
use super::failed::Failed;
use super::help::help;
use super::paths::Paths;
use super::print::{complain, out, print};
use super::repl::{self, Conversation};
use super::{catalog, log, phrase, pipe, route, setup};
use crate::app::{Engine, ExitCode, Session};
use crate::present::render;

/// Runs the program with these arguments, the first of which is its own name.
pub fn start(args: impl Iterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            drop(error.print());
            return if error.use_stderr() { ExitCode::Usage } else { ExitCode::Done };
        }
    };
    carry_out(cli).unwrap_or_else(|failed| {
        complain(&failed.text);
        failed.code
    })
}

fn carry_out(cli: Cli) -> Result<ExitCode, Failed> {
    let options = cli.options;
    match cli.command {
        Some(Command::Route { phrase }) => read(&options, &phrase),
        Some(Command::Completions { shell }) => {
            clap_complete::generate(shell, &mut Cli::command(), "sayso", &mut io::stdout());
            Ok(ExitCode::Done)
        }
        Some(Command::Pipe) => serve(&options),
        Some(Command::Catalog(command)) => catalog::run(&options, &command),
        Some(Command::Sandbox(_)) => Err(Failed::usage("being built")),
        None if !cli.phrase.is_empty() => say(&options, &phrase::joined(&cli.phrase)),
        None if io::stdin().is_terminal() => talk(&options),
        None => serve(&options),
    }
}

/// `sayso route`: nothing is started that a reading does not need.
fn read(options: &Options, words: &[String]) -> Result<ExitCode, Failed> {
    let (engine, _) = engine(options)?;
    let out = io::BufWriter::new(io::stdout().lock());
    let done = match words {
        [] => route::lines(&engine, io::stdin().lock(), out),
        words => route::phrases(&engine, &phrase::phrases(words), out),
    };
    match done {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failed::machine(error)),
        _ => Ok(ExitCode::Done),
    }
}

/// One phrase.
fn say(options: &Options, phrase: &str) -> Result<ExitCode, Failed> {
    log::start(options.verbose);
    let (engine, _) = engine(options)?;
    let (first, rest) = phrase.trim().split_once(char::is_whitespace).unwrap_or((phrase.trim(), ""));
    if let Some(text) = Some(rest.trim()).filter(|_| first == "help").and_then(|noun| help(engine.catalog(), noun)) {
        out(&text);
        return Ok(ExitCode::Done);
    }
    let run = setup::run_options(options);
    let answer = runtime()?.block_on(engine.say(&mut Session::new(), phrase, run));
    print(&render(&answer, &setup::look(options)));
    Ok(ExitCode::of(&answer))
}

/// A conversation.
fn talk(options: &Options) -> Result<ExitCode, Failed> {
    log::start(options.verbose);
    let (engine, paths) = engine(options)?;
    let talk = Conversation::new(engine.clone(), setup::look(options), setup::run_options(options));
    repl::run(&runtime()?, &engine, talk, paths.history.as_deref()).map_err(Failed::machine)?;
    Ok(ExitCode::Done)
}

/// Bots.
fn serve(options: &Options) -> Result<ExitCode, Failed> {
    log::start(options.verbose);
    let (engine, _) = engine(options)?;
    runtime()?.block_on(pipe::run(engine, io::stdin(), io::stdout()));
    Ok(ExitCode::Done)
}

fn engine(options: &Options) -> Result<(Engine, Paths), Failed> {
    let paths = Paths::of_user();
    let catalog = setup::catalog(options, &paths)?;
    Ok((setup::engine(options, catalog, &paths)?, paths))
}

fn runtime() -> Result<Runtime, Failed> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Failed::machine)
}
