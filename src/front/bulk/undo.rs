use std::io::{self, IsTerminal};

use super::each::agreed;
use crate::app::{AnswerStatus, ExitCode, UndoPlan};
use crate::front::cli::{Options, UndoOptions};
use crate::front::failed::Failed;
use crate::front::print::{complain, out, print};
use crate::front::run::runtime;
use crate::front::{log, setup};
use crate::present::{BAD, clean, counted, painted, render};

/// Writes that are named one by one.
const MOST: usize = 20;

/// `sayso undo [RUN]`: takes back what was written.
pub(in crate::front) fn undo(options: &Options, wanted: &UndoOptions) -> Result<ExitCode, Failed> {
    log::start(options.verbose);
    let ready = setup::ready(options)?;
    let (runtime, run) = (runtime()?, setup::run_options(options));
    let plan = runtime.block_on(ready.engine.plan_undo(wanted.run, &run)).map_err(|failure| Failed::of(&failure))?;
    let (all, possible) = (plan.writes.len(), plan.possible());
    complain(&in_words(&plan));
    if possible == 0 {
        return Ok(ExitCode::Failed);
    }
    let mut confirmed = options.yes;
    if !options.dry_run && !options.yes && (possible > 1 || io::stdin().is_terminal()) {
        if !agreed(&format!("{} will be taken back", counted(possible as u64, "write", "writes")))? {
            return Ok(ExitCode::Incomplete);
        }
        confirmed = true;
    }
    let answers = runtime.block_on(ready.engine.undo(plan, &run, confirmed)).map_err(|failure| Failed::of(&failure))?;
    let look = setup::look(options);
    for answer in &answers {
        print(&render(answer, &look));
    }
    let Some(last) = answers.last() else { return Ok(ExitCode::Failed) };
    match last.status {
        AnswerStatus::NeedsConfirmation => complain("Say it again with --yes to go on.\n"),
        AnswerStatus::Done | AnswerStatus::DryRun if possible < all => return Ok(ExitCode::Failed),
        _ => {}
    }
    if answers.len() < possible && last.status != AnswerStatus::NeedsConfirmation {
        out(&format!("{} left as they are\n", counted((possible - answers.len()) as u64, "write", "writes")));
    }
    Ok(ExitCode::of(last))
}

fn in_words(plan: &UndoPlan) -> String {
    let mut text = format!("Run {}: {}\n", plan.run, clean(&plan.said));
    for (done, why) in plan.writes.iter().take(MOST) {
        let why = why
            .as_ref()
            .map_or_else(String::new, |why| painted(BAD, &format!(": cannot be taken back, {}", clean(why))));
        text.push_str(&format!("  {}{why}\n", clean(done)));
    }
    if plan.writes.len() > MOST {
        text.push_str(&format!("  … and {} more\n", plan.writes.len() - MOST));
    }
    text
}
