use std::io::{self, BufRead, IsTerminal, Write};

use super::leftover::{Leftover, beside};
use super::plan::plan_in_words;
use super::rows::rows;
use super::running::run_rows;
use crate::app::{BulkPlan, ExitCode, RunOptions, UnreadRow};
use crate::front::cli::{EachOptions, Options, Output};
use crate::front::failed::Failed;
use crate::front::print::{complain, out};
use crate::front::run::runtime;
use crate::front::{log, setup};

/// `sayso each FILE PHRASE`: the phrase for every row of the file.
pub(in crate::front) fn each(options: &Options, wanted: &EachOptions) -> Result<ExitCode, Failed> {
    log::start(options.verbose);
    let phrase = crate::front::phrase::joined(&wanted.phrase);
    let found = rows(&wanted.file).map_err(Failed::usage)?;
    let (read, broken) = (found.read.clone(), found.broken);
    if let (true, Some(first)) = (read.is_empty(), broken.first()) {
        return Err(Failed::usage(format!("no row can be read; row {}: {}", first.row, first.why)));
    }
    let ready = setup::ready(options)?;
    let runtime = runtime()?;
    let run = RunOptions { keep_before: wanted.undoable, ..setup::run_options(options) };
    let planned = runtime.block_on(ready.engine.plan_rows(&phrase, found.read, &run));
    let mut plan = planned.map_err(|failure| Failed::of(&failure))?;
    plan.unread.extend(broken);
    plan.unread.sort_by_key(|row| row.row);
    let people = !matches!(options.output, Some(Output::Json | Output::Jsonl));
    if options.dry_run || plan.dry {
        let text =
            if people { plan_in_words(&plan) } else { serde_json::to_string(&plan).map_err(Failed::machine)? + "\n" };
        out(&text);
        return Ok(ExitCode::Done);
    }
    complain(&plan_in_words(&plan));
    if let Some(why) = &plan.asks
        && !options.yes
        && !agreed(why)?
    {
        return Ok(ExitCode::Incomplete);
    }
    let leftover = Leftover::new(&wanted.file, wanted.failed.clone().unwrap_or_else(|| beside(&wanted.file)));
    begin(options, &ready, &runtime, plan, &leftover, &read)
}

fn begin(
    options: &Options,
    ready: &setup::Ready,
    runtime: &tokio::runtime::Runtime,
    plan: BulkPlan,
    leftover: &Leftover,
    read: &[crate::app::SourceRow],
) -> Result<ExitCode, Failed> {
    let unread: Vec<UnreadRow> = plan.unread.clone();
    let run = ready.engine.begin_rows(plan, options.yes).map_err(|failure| Failed::of(&failure))?;
    let report = run_rows(options, &ready.engine, runtime, run, &unread)?;
    let failed: Vec<UnreadRow> =
        report.failed.iter().map(|row| UnreadRow { row: row.row, why: row.outcome.clone() }).collect();
    let all: Vec<UnreadRow> = unread.iter().chain(&failed).cloned().collect();
    leftover.write(&all, |number| read.iter().find(|row| row.number == number).map(|row| row.columns.clone()))?;
    Ok(if unread.is_empty() { super::running::code(&report) } else { ExitCode::Failed })
}

/// Asks at a terminal; elsewhere nobody can be asked.
pub(super) fn agreed(why: &str) -> Result<bool, Failed> {
    if !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
        complain(&format!("It asks first: {why}. Say it again with --yes to go on.\n"));
        return Ok(false);
    }
    complain(&format!("Go on? ({why}) [y/N] "));
    io::stderr().flush().map_err(Failed::machine)?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer).map_err(Failed::machine)?;
    let yes = matches!(answer.trim().to_lowercase().as_str(), "y" | "yes");
    if !yes {
        complain("Nothing was done.\n");
    }
    Ok(yes)
}
