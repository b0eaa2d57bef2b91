use std::io::{self, BufRead, IsTerminal, Write};

use super::each::agreed;
use super::plan::plan_in_words;
use super::running::{code, run_rows};
use crate::app::{BulkPlan, ExitCode};
use crate::front::cli::{Options, Output};
use crate::front::failed::Failed;
use crate::front::print::{complain, out};
use crate::front::setup::Ready;
use crate::present::{clean, counted};

/// A phrase for each of many records: the plan, somebody's word, then the run.
pub(in crate::front) fn selected(
    options: &Options,
    ready: &Ready,
    runtime: &tokio::runtime::Runtime,
    plan: BulkPlan,
) -> Result<ExitCode, Failed> {
    let people = !matches!(options.output, Some(Output::Json | Output::Jsonl));
    let dry = options.dry_run || plan.dry;
    if dry && !people {
        out(&(serde_json::to_string(&plan).map_err(Failed::machine)? + "\n"));
        return Ok(ExitCode::Done);
    }
    let text = plan_in_words(&plan);
    if dry {
        out(&text);
        return Ok(ExitCode::Done);
    }
    complain(&text);
    if plan.rows == 0 {
        out("Nothing is to be done.\n");
        return Ok(ExitCode::Done);
    }
    let why = plan.asks.as_deref().unwrap_or_default();
    let goes_on = if plan.whole { counted_out(&plan, why)? } else { options.yes || agreed(why)? };
    if !goes_on {
        return Ok(ExitCode::Incomplete);
    }
    let run = ready.engine.begin_rows(plan, true).map_err(|failure| Failed::of(&failure))?;
    let report = run_rows(options, &ready.engine, runtime, run, &[])?;
    if report.tally.failed > 0 {
        complain(&format!("`sayso resume {run} --failed FILE` writes those that failed into a file.\n"));
    }
    Ok(code(&report))
}

/// Whether somebody at the terminal types how many records are destroyed. `--yes` does not stand for that.
fn counted_out(plan: &BulkPlan, why: &str) -> Result<bool, Failed> {
    let (one, many) = plan.nouns();
    let all = counted(plan.rows, one, many);
    if !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
        complain(&format!(
            "That is all there are ({all}), and {why}: --yes is not enough. Say which ones, or do it at a terminal.\n"
        ));
        return Ok(false);
    }
    complain(&format!("That is all there are, and {}. Type their number, {}, to go on: ", clean(why), plan.rows));
    io::stderr().flush().map_err(Failed::machine)?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer).map_err(Failed::machine)?;
    let right = answer.trim() == plan.rows.to_string();
    if !right {
        complain("Nothing was done.\n");
    }
    Ok(right)
}
