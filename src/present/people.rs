use serde_json::Value;

use super::{BAD, DIM, GOOD, Look, Printed, STRONG, cell, clean, clean_lines, painted, pick, table::table};
use crate::catalog::Risk;
use crate::execute::{Answer, AnswerStatus, Failure, SentRequest, Shown, StepReport};

/// Fields of one record that are shown before "and so many more".
const MOST_FIELDS: usize = 24;

/// The data of an answer for a person: what ran and what it found, or what would run.
pub(super) fn steps(answer: &Answer, look: &Look, out: &mut String) {
    if let Some(note) = &answer.note {
        out.push_str(&format!("{} {}\n", painted(GOOD, "✓"), clean(note)));
    }
    for step in &answer.steps {
        match (&step.response, &step.request) {
            (Some(_), _) if step.result.is_some() && step.risk == Risk::Read => found(step, look, out),
            _ if step.settled.is_some() => out.push_str(&done_line(step)),
            (Some(response), _) if response.status < 400 => out.push_str(&done_line(step)),
            (None, Some(request)) if answer.status == AnswerStatus::DryRun => would_send(request, out),
            (None, None) if answer.status == AnswerStatus::DryRun => {
                out.push_str(&format!("then: {}\n", clean(&step.title)));
            }
            _ => {}
        }
    }
}

/// What is asked, refused or went wrong.
pub(super) fn talk(answer: &Answer, printed: &mut Printed) {
    if let Some(error) = &answer.error {
        failure(error, &mut printed.err);
    }
    if let Some(question) = &answer.question {
        printed.err.push_str(&format!("{}\n", painted(STRONG, &clean_lines(question))));
    }
    for (number, choice) in answer.choices.iter().enumerate() {
        printed.err.push_str(&format!("  {}. {}\n", number + 1, clean(&choice.label)));
    }
    if !answer.suggestions.is_empty() {
        printed.err.push_str("Try:\n");
        for phrase in &answer.suggestions {
            printed.err.push_str(&format!("  {}\n", clean(phrase)));
        }
    }
}

fn failure(error: &Failure, err: &mut String) {
    err.push_str(&format!("{} {}\n", painted(BAD, "✗"), clean_lines(&error.message)));
    if !error.hint.is_empty() {
        err.push_str(&format!("  {}\n", clean_lines(&error.hint)));
    }
}

/// `✓ Added tag vip to Jane Doe · Acme Dental · POST /contacts/…/tags · 201 · 84 ms`
pub(super) fn done_line(step: &StepReport) -> String {
    let done = if step.done.is_empty() { &step.title } else { &step.done };
    let mut line = format!("{} {}", painted(GOOD, "✓"), clean(done));
    let mut rest: Vec<String> = step.account.iter().map(|account| clean(account)).collect();
    rest.extend(new_ids(step));
    if let Some(request) = &step.request {
        rest.push(format!("{} {}", request.method, clean(&request.path)));
    }
    match (&step.settled, &step.response) {
        (Some(settled), _) => rest.push(format!("its answer was lost, {} shows it done", clean(&settled.by))),
        (None, Some(response)) => rest.push(response.status.to_string()),
        (None, None) => {}
    }
    rest.push(format!("{} ms", step.took_ms));
    line.push_str(&painted(DIM, &format!(" · {}", rest.join(" · "))));
    line.push('\n');
    line
}

/// Ids of records that were made: the request line cannot show them.
fn new_ids(step: &StepReport) -> Vec<String> {
    let made = step.touched.iter().filter(|record| record.made && record.id != record.label);
    made.map(|record| format!("id {}", clean(&record.id))).collect()
}

fn found(step: &StepReport, look: &Look, out: &mut String) {
    let Some(shown) = &step.result else { return };
    out.push_str(&done_line(step));
    if shown.many {
        list(shown, look, out);
    } else if let Some(record) = shown.records.first() {
        fields(record, shown, look, out);
    }
}

fn list(shown: &Shown, look: &Look, out: &mut String) {
    if shown.records.is_empty() {
        out.push_str("Nothing found.\n");
        return;
    }
    out.push_str(&table(shown, look));
    out.push_str(&cut_short_line(shown));
}

/// What is told below a list that goes on.
pub(super) fn cut_short_line(shown: &Shown) -> String {
    let here = shown.count;
    let all = shown.total.filter(|total| *total > here as u64);
    match (all, shown.more) {
        (Some(total), _) => cut_short(&format!("{here} of {total}")),
        (None, true) => cut_short(&format!("{here}, and there are more")),
        (None, false) => String::new(),
    }
}

fn cut_short(shown: &str) -> String {
    painted(DIM, &format!("{shown}; --all follows the list to its end")) + "\n"
}

fn fields(record: &Value, shown: &Shown, look: &Look, out: &mut String) {
    let rows = rows(record, shown, look);
    let widest = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    for (name, value) in rows.iter().take(MOST_FIELDS) {
        let gap = " ".repeat(widest - name.chars().count());
        out.push_str(&format!("  {}{gap}  {value}\n", painted(DIM, name)));
    }
    if rows.len() > MOST_FIELDS {
        out.push_str(&format!("  … and {} more; --output json shows all\n", rows.len() - MOST_FIELDS));
    }
}

/// Names and values: what was asked for, or what the catalog puts first and then whatever holds something.
fn rows(record: &Value, shown: &Shown, look: &Look) -> Vec<(String, String)> {
    let zone = look.zone.as_ref();
    let row = |name: &String| pick::at(record, name).map(|value| (clean(name), cell::plain(value, zone)));
    if !look.fields.is_empty() {
        return look.fields.iter().map(|name| row(name).unwrap_or_else(|| (clean(name), String::new()))).collect();
    }
    let filled = |name: &&String| pick::at(record, name).is_some_and(|value| !cell::is_blank(value));
    let mut rows: Vec<(String, String)> = shown.columns.iter().filter(filled).filter_map(row).collect();
    let Value::Object(all) = record else { return vec![(String::new(), cell::plain(record, zone))] };
    for (name, value) in all {
        if !shown.columns.contains(name) && !cell::is_blank(value) {
            rows.push((clean(name), cell::cell(value, zone)));
        }
    }
    rows
}

fn would_send(request: &SentRequest, out: &mut String) {
    out.push_str(&format!("{} {}\n", painted(STRONG, &request.method), clean(&request.url)));
    for (name, value) in &request.headers {
        out.push_str(&painted(DIM, &format!("{}: {}\n", clean(name), clean(value))));
    }
    if let Some(body) = &request.body {
        let text = serde_json::to_string_pretty(body).unwrap_or_default();
        out.push_str(&format!("{}\n", clean_lines(&text)));
    }
    out.push_str(&format!("{}\n", clean_lines(&request.curl)));
}
