use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use crate::app::{Engine, ExitCode};
use crate::front::cli::{HistoryOptions, Options, Output};
use crate::front::failed::Failed;
use crate::front::print::out;
use crate::front::{clock, log, setup};
use crate::present::{BAD, DIM, GOOD, STRONG, clean, painted};
use crate::store::{Standing, WriteEntry};

/// Writes shown when no number is given.
const USUAL: u32 = 20;

/// `sayso history [RUN]`: what was written, the latest first.
pub(in crate::front) fn history(options: &Options, wanted: &HistoryOptions) -> Result<ExitCode, Failed> {
    log::start(options.verbose);
    let ready = setup::ready(options)?;
    let most = if options.all { u32::MAX } else { limit(options) };
    let found = entries(&ready.engine, wanted.run, most)?;
    let zone = options.timezone.as_deref().map(clock::zone).transpose().map_err(Failed::usage)?;
    let zone = zone.unwrap_or_else(clock::system);
    match options.output {
        Some(Output::Json) => {
            let all: Vec<Value> = found.iter().map(|write| seen(write, &zone)).collect();
            out(&format!("{:#}\n", Value::Array(all)));
        }
        Some(Output::Jsonl) => found.iter().for_each(|write| out(&format!("{}\n", seen(write, &zone)))),
        _ if found.is_empty() => out("Nothing was written yet.\n"),
        _ => found.iter().for_each(|write| out(&line(write, &zone))),
    }
    Ok(ExitCode::Done)
}

fn limit(options: &Options) -> u32 {
    options.limit.map_or(USUAL, |limit| u32::try_from(limit.get()).unwrap_or(u32::MAX))
}

fn entries(engine: &Engine, run: Option<i64>, most: u32) -> Result<Vec<WriteEntry>, Failed> {
    engine.history(run, most).map_err(Failed::machine)
}

fn when(write: &WriteEntry, zone: &TimeZone) -> jiff::Zoned {
    Timestamp::from_millisecond(write.at_ms).unwrap_or_default().to_zoned(zone.clone())
}

fn seen(write: &WriteEntry, zone: &TimeZone) -> Value {
    let parsed = |text: &str| serde_json::from_str::<Value>(text).unwrap_or_default();
    json!({
        "run": write.run, "row": Some(write.row).filter(|row| *row > 0), "step": write.step,
        "at": when(write, zone).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
        "said": write.said, "operation": write.operation, "account": write.account,
        "request": parsed(&write.request), "status": write.standing, "http": write.status,
        "record": write.record.as_deref().map(parsed), "outcome": write.outcome,
        "undoes": write.undoes, "undone_by": write.undone_by,
    })
}

/// "12  2026-11-20 09:00  ✓ Added tag vip to Jane Doe · add tag vip to jane"
fn line(write: &WriteEntry, zone: &TimeZone) -> String {
    let mark = match write.standing {
        Standing::Done => painted(GOOD, "✓"),
        Standing::Failed => painted(BAD, "✗"),
        Standing::Waiting | Standing::Sent | Standing::Unknown => painted(BAD, "?"),
    };
    let outcome = match write.standing {
        Standing::Waiting | Standing::Sent => "was sent, and what came of it is not known",
        _ => &write.outcome,
    };
    let row = if write.row > 0 { format!(" row {}", write.row) } else { String::new() };
    let undone = write.undone_by.map_or_else(String::new, |run| format!(" · taken back by run {run}"));
    let at = when(write, zone).strftime("%Y-%m-%d %H:%M").to_string();
    let said = painted(DIM, &format!("· {}", clean(&write.said)));
    let run = painted(STRONG, &format!("{}{row}", write.run));
    format!("{run}  {at}  {mark} {}{undone} {said}\n", clean(outcome))
}
