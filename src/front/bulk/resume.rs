use super::leftover::Leftover;
use super::running::{code, run_rows};
use crate::app::{ExitCode, UnreadRow};
use crate::front::cli::{Options, ResumeOptions};
use crate::front::failed::Failed;
use crate::front::print::{complain, out};
use crate::front::run::runtime;
use crate::front::{log, setup};
use crate::present::{clean, counted};

/// `sayso resume [RUN]`: carries a bulk run on that was cut off, or that has rows of which nobody knows.
pub(in crate::front) fn resume(options: &Options, wanted: &ResumeOptions) -> Result<ExitCode, Failed> {
    log::start(options.verbose);
    let ready = setup::ready(options)?;
    let unfinished = ready.engine.unfinished().map_err(|failure| Failed::of(&failure))?;
    let Some(run) = wanted.run.or_else(|| unfinished.first().map(|run| run.id)) else {
        out("Nothing is left to carry on.\n");
        return Ok(ExitCode::Done);
    };
    let begun = ready.engine.bulk_report(run).map_err(|failure| Failed::of(&failure))?;
    let tally = begun.tally;
    let unknown = if tally.unknown > 0 { format!(", {} unknown", tally.unknown) } else { String::new() };
    let left = counted(tally.waiting, &begun.one, &begun.many);
    complain(&format!("Run {run}: {} · {left} left{unknown}, {} done\n", clean(&begun.phrase), tally.done));
    if options.dry_run {
        return Ok(ExitCode::Done);
    }
    let report = run_rows(options, &ready.engine, &runtime()?, run, &[])?;
    if let Some(file) = &wanted.failed {
        let rows = report.leftovers();
        let failed: Vec<UnreadRow> =
            (0..).zip(&rows).map(|(row, (why, _))| UnreadRow { row, why: why.clone() }).collect();
        let columns = |row| usize::try_from(row).ok().and_then(|at: usize| Some(rows.get(at)?.1.clone()));
        Leftover::new(file, file.clone()).write(&failed, columns)?;
    }
    Ok(code(&report))
}
