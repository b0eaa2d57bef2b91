use std::sync::Arc;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::json;
use tokio::runtime::Runtime;

use super::plan::rows_in_words;
use crate::app::{BulkReport, BulkWatch, Engine, ExitCode, UnreadRow};
use crate::catalog::Risk;
use crate::front::cli::{Options, Output};
use crate::front::failed::Failed;
use crate::front::print::{complain, out};
use crate::present::{BAD, GOOD, clean, counted, painted};

/// Carries a run on to its end, with a bar where somebody watches, and prints what came of it. The first Ctrl-C lets what
/// is under way end; the journal has the rest.
pub(super) fn run_rows(
    options: &Options,
    engine: &Engine,
    runtime: &Runtime,
    run: i64,
    unread: &[UnreadRow],
) -> Result<BulkReport, Failed> {
    let tally = engine.tally(run).map_err(|failure| Failed::of(&failure))?;
    let bar = bar(tally.all(), tally.done + tally.failed);
    let lines = options.output == Some(Output::Jsonl);
    let told = bar.clone();
    let watch = Arc::new(BulkWatch::new(move |row, answer, tally| {
        told.set_position(tally.done + tally.failed + tally.unknown);
        if tally.failed + tally.unknown > 0 {
            told.set_message(format!("{} failed, {} unknown", tally.failed, tally.unknown));
        }
        if lines {
            let request = answer.steps.last().and_then(|step| step.response.as_ref());
            let status = request.map(|response| response.status);
            let touched: Vec<_> = answer.steps.iter().flat_map(|step| &step.touched).collect();
            let mut line = json!({
                "row": row.row, "status": row.standing, "outcome": row.outcome, "http": status, "touched": touched,
            });
            let shown =
                answer.steps.iter().filter(|step| step.risk == Risk::Read).filter_map(|step| step.result.as_ref());
            let records: Vec<_> = shown.flat_map(|shown| shown.records.iter()).collect();
            if !records.is_empty() {
                line["records"] = json!(records);
            }
            told.suspend(|| out(&format!("{line}\n")));
        }
    }));
    let stopping = Arc::clone(&watch);
    let carried = runtime.block_on(async {
        let signal = tokio::spawn(async move {
            if tokio::signal::ctrl_c().await.is_ok() {
                complain("Stopping: what is under way ends first.\n");
                stopping.stop();
            }
        });
        let carried = engine.carry_rows(run, watch).await;
        signal.abort();
        carried
    });
    bar.finish_and_clear();
    let report = carried.map_err(|failure| Failed::of(&failure))?;
    match options.output {
        Some(Output::Json) => {
            let mut json = report.to_json();
            if !unread.is_empty() {
                json["unread"] = json!(unread);
            }
            out(&format!("{json:#}\n"));
        }
        Some(Output::Jsonl) => {}
        _ => out(&in_words(&report, unread.len())),
    }
    complain(&left(&report));
    Ok(report)
}

/// The code for a report: done only when every row is.
pub(super) fn code(report: &BulkReport) -> ExitCode {
    if report.tally.done == report.tally.all() { ExitCode::Done } else { ExitCode::Failed }
}

fn bar(rows: u64, done: u64) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(rows), ProgressDrawTarget::stderr());
    let form = "{wide_bar} {pos} of {len} · {per_sec} · {eta} left {msg}";
    bar.set_style(ProgressStyle::with_template(form).unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.set_position(done);
    bar.reset_eta();
    bar
}

fn in_words(report: &BulkReport, unread: usize) -> String {
    let tally = &report.tally;
    let (mark, style) = if tally.done == tally.all() && unread == 0 { ("✓", GOOD) } else { ("✗", BAD) };
    let mut parts = vec![format!("{} of {} done", tally.done, counted(tally.all(), &report.one, &report.many))];
    let others = [
        (tally.failed, "failed"),
        (tally.unknown, "unknown"),
        (tally.waiting, "not sent"),
        (unread as u64, "not read"),
    ];
    parts.extend(others.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")));
    format!("{} {} · run {}\n", painted(style, mark), parts.join(" · "), report.run)
}

/// What is left to look after.
fn left(report: &BulkReport) -> String {
    let rows = |rows: &[crate::store::RowEntry]| -> Vec<UnreadRow> {
        rows.iter().map(|row| UnreadRow { row: row.row, why: report.why(row) }).collect()
    };
    let nouns = (report.one.as_str(), report.many.as_str());
    let mut text = rows_in_words(&rows(&report.failed), "failed", nouns);
    text.push_str(&rows_in_words(&rows(&report.unknown), "may or may not have been done", nouns));
    if let Some(stopped) = &report.stopped {
        text.push_str(&format!("{}\n", clean(&stopped.message)));
        if !stopped.hint.is_empty() {
            text.push_str(&format!("  {}\n", clean(&stopped.hint)));
        }
    }
    if report.tally.waiting + report.tally.unknown > 0 {
        text.push_str(&format!("`sayso resume {}` carries it on.\n", report.run));
    }
    text
}
