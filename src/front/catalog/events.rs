use serde_json::{Value, json};

use crate::app::ExitCode;
use crate::catalog::{Event, Lifecycle, events as found};
use crate::front::cli::{Options, Output};
use crate::front::failed::Failed;
use crate::front::paths::Paths;
use crate::front::print::out;
use crate::front::setup;
use crate::present::{DIM, painted};

/// Lists the webhook events, all or those that fit the words.
pub(super) fn events(options: &Options, paths: &Paths, words: &[String]) -> Result<ExitCode, Failed> {
    let catalog = setup::catalog(options, paths)?;
    let events = found(&catalog, words);
    if events.is_empty() {
        return Err(Failed::not_found(format!("no event fits `{}`", words.join(" "))));
    }
    out(&match options.output.unwrap_or(Output::Table) {
        Output::Json => {
            let all: Vec<Value> = events.iter().map(|event| facts(event)).collect();
            serde_json::to_string_pretty(&all).map_err(Failed::machine)? + "\n"
        }
        Output::Jsonl => events.iter().map(|event| facts(event).to_string() + "\n").collect(),
        _ => columns(&events),
    });
    Ok(ExitCode::Done)
}

fn facts(event: &Event) -> Value {
    json!({
        "event": event.name, "type": event.kind.as_ref().unwrap_or(&event.name), "tells": event.tells,
        "service": event.service, "group": event.group, "resource": event.resource, "status": event.lifecycle,
    })
}

fn columns(events: &[&Event]) -> String {
    let widest = |text: fn(&Event) -> &str| events.iter().map(|e| text(e).chars().count()).max().unwrap_or(0);
    let (names, groups) = (widest(|event| &event.name), widest(|event| &event.group));
    let line = |event: &&Event| {
        let note = if event.lifecycle == Lifecycle::Undocumented { "  (not in the official list)" } else { "" };
        format!("{:names$}  {:groups$}  {}{}\n", event.name, event.group, event.tells, painted(DIM, note))
    };
    events.iter().map(line).collect()
}
