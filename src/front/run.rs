use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::mem::ManuallyDrop;

use clap::{CommandFactory, Parser};
use tokio::runtime::Runtime;

use super::cli::{Cli, Command, Options};
use super::failed::Failed;
use super::help::help;
use super::listing::Listing;
use super::paths::Paths;
use super::print::{complain, out, print};
use super::repl::{self, Conversation};
use super::{accounts, bulk, catalog, laying, log, phrase, pipe, route, sandbox, setup};
use crate::app::{AnswerStatus, ExitCode, RunOptions, Session};

/// Runs the program with these arguments, the first of which is its own name.
pub fn start(args: impl Iterator<Item = OsString>) -> ExitCode {
    let args: Vec<OsString> = args.collect();
    if laying::is_asked(&args) {
        return ended(laying::lay(io::stdin().lock(), io::stdout().lock()));
    }
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            drop(error.print());
            return if error.use_stderr() { ExitCode::Usage } else { ExitCode::Done };
        }
    };
    ended(carry_out(cli))
}

fn ended(done: Result<ExitCode, Failed>) -> ExitCode {
    done.unwrap_or_else(|failed| {
        complain(&failed.text);
        failed.code
    })
}

fn carry_out(cli: Cli) -> Result<ExitCode, Failed> {
    let options = cli.options;
    match cli.command {
        Some(Command::Route { phrase }) => read(&options, &phrase),
        Some(Command::Completions { shell }) => {
            // Through memory: the generator does not survive a reader that goes away.
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "sayso", &mut script);
            out(&String::from_utf8_lossy(&script));
            Ok(ExitCode::Done)
        }
        Some(Command::Catalog(command)) => catalog::run(&options, &command),
        Some(Command::Profiles) => accounts::profiles(&options),
        Some(Command::Setup(wanted)) => accounts::setup(&options, &wanted),
        Some(Command::Login(wanted)) => accounts::login(&options, &wanted),
        Some(Command::Logout) => accounts::logout(&options),
        Some(Command::Each(wanted)) => bulk::each(&options, &wanted),
        Some(Command::Resume(wanted)) => bulk::resume(&options, &wanted),
        Some(Command::Undo(wanted)) => bulk::undo(&options, &wanted),
        Some(Command::History(wanted)) => bulk::history(&options, &wanted),
        Some(Command::Sandbox(wanted)) => sandbox::serve(&options, wanted),
        None if !cli.phrase.is_empty() => say(&options, &phrase::joined(&cli.phrase)),
        None if io::stdin().is_terminal() => talk(&options),
        Some(Command::Pipe) | None => serve(&options),
    }
}

/// `sayso route`: nothing is started that a reading does not need.
fn read(options: &Options, words: &[String]) -> Result<ExitCode, Failed> {
    let paths = Paths::of_user();
    // Taking the catalog apart again costs a tenth of a one-shot reading, right before the system takes it all back.
    let engine = ManuallyDrop::new(setup::reader(options, setup::catalog(options, &paths)?, &paths)?);
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
    if let Some(text) = asked_help(options, phrase)? {
        out(&text);
        return Ok(ExitCode::Done);
    }
    log::start(options.verbose);
    let ready = setup::ready(options)?;
    let runtime = runtime()?;
    if !ready.engine.is_for_several(phrase) {
        let many = runtime.block_on(ready.engine.plan_selection(phrase, &setup::run_options(options)));
        if let Some(plan) = many.map_err(|failure| Failed::of(&failure))? {
            return bulk::selected(options, &ready, &runtime, plan);
        }
    }
    let listing = Listing::new(setup::look(options));
    let run = RunOptions { sink: Some(listing.sink()), keep_before: true, ..setup::run_options(options) };
    let answer = runtime.block_on(ready.engine.say(&mut Session::new(), phrase, run));
    print(&listing.end(&answer));
    complain(way_on(answer.status));
    Ok(ExitCode::of(&answer))
}

/// How to answer a question where nobody can be asked.
fn way_on(status: AnswerStatus) -> &'static str {
    match status {
        AnswerStatus::NeedsConfirmation => "Say it again with --yes to go on.\n",
        AnswerStatus::NeedsChoice => {
            "Say it again with what tells them apart: a full name, an e-mail address, an id.\n"
        }
        AnswerStatus::NeedsValue => "Say it again with the answer in it.\n",
        _ => "",
    }
}

/// The answer to `help` and `help NOUN`.
fn asked_help(options: &Options, phrase: &str) -> Result<Option<String>, Failed> {
    let mut words = phrase.split_whitespace();
    if words.next() != Some("help") {
        return Ok(None);
    }
    let noun = words.collect::<Vec<_>>().join(" ");
    let paths = Paths::of_user();
    Ok(help(&setup::reader(options, setup::catalog(options, &paths)?, &paths)?, &noun))
}

/// A conversation.
fn talk(options: &Options) -> Result<ExitCode, Failed> {
    log::start(options.verbose);
    let ready = setup::ready(options)?;
    let talk = Conversation::new(
        ready.engine.clone(),
        setup::look(options),
        RunOptions { keep_before: true, ..setup::run_options(options) },
    );
    repl::run(&runtime()?, &ready.engine, talk, ready.paths.history.as_deref()).map_err(Failed::machine)?;
    Ok(ExitCode::Done)
}

/// Bots.
fn serve(options: &Options) -> Result<ExitCode, Failed> {
    log::start(options.verbose);
    let ready = setup::ready(options)?;
    runtime()?.block_on(pipe::run(ready.engine.clone(), io::stdin(), io::stdout()));
    Ok(ExitCode::Done)
}

pub(super) fn runtime() -> Result<Runtime, Failed> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Failed::machine)
}
