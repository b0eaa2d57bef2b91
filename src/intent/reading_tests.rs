//! What is passed over unread would not have mattered.

use std::path::Path;

use crate::catalog::{Catalog, read_cases, read_layer};
use crate::language::{self, find_dates};

use super::annotate::Annotated;
use super::reading::Reading;
use super::workbench::Workbench;
use super::{Context, Memory, Reader, Status};

/// What a line comes to by the catalog that is built in: its operations with what they say, ready or asked about; else
/// the status.
pub fn meant(phrase: &str) -> String {
    let (catalog, memory) = (Catalog::builtin(), Memory::default());
    let now = "2026-11-20T09:00:00[America/New_York]".parse().expect("a zoned date-time");
    let context = Context { now: &now, memory: &memory, hidden: false, service: None, explain: false };
    let intent = Reader::new().read(&language::read(phrase).expect("a line"), &catalog, &context);
    if !matches!(intent.status, Status::Ready | Status::Incomplete) {
        return format!("{:?}", intent.status).to_lowercase();
    }
    let step = |step: &super::Step| {
        let said = step.arguments.iter().map(|a| format!(" {}={}", a.name, a.value.to_json()));
        catalog.operation(step.operation).name.clone() + &said.collect::<String>()
    };
    intent.steps.iter().map(step).collect::<Vec<_>>().join("; ")
}

/// The phrases of the catalog's own test files.
fn phrases(catalog: &Catalog) -> Vec<String> {
    let layer = read_layer(Path::new("endpoints")).expect("the catalog");
    let cases = layer.tests().flat_map(|(file, text)| read_cases(file, text, catalog).expect("cases"));
    cases.flat_map(|case| case.say.into_iter().chain(case.refuse)).map(|phrase| phrase.text).collect()
}

#[test]
fn nothing_earns_more_than_was_hoped_for() {
    let catalog = Catalog::builtin();
    let memory = Memory::default();
    let now = "2026-11-20T09:00:00[America/New_York]".parse().expect("a zoned date-time");
    let context = Context { now: &now, memory: &memory, hidden: false, service: None, explain: false };
    let mut bench = Workbench::default();
    let mut read = 0;
    for phrase in phrases(&catalog) {
        let utterance = language::read(&phrase).expect("a line");
        let line = Annotated::new(&utterance, catalog.vocabulary());
        let reading = Reading::new(&catalog, line, find_dates(&utterance, &now), context, bench);
        for (hope, parsed) in reading.hoped_and_earned() {
            let name = catalog.name(parsed.id);
            let score = parsed.alignment.score;
            assert!(
                score <= hope,
                "{phrase}\n  {name} earns {score} where {hope} was hoped for: {:?}",
                parsed.alignment
            );
            read += 1;
        }
        bench = reading.into_bench();
    }
    assert!(read > 1000, "only {read} readings");
}

/// Checks what lines come to.
fn all_mean(lines: &[(&str, &str)]) {
    let wrong: Vec<String> = lines
        .iter()
        .map(|(line, wanted)| (line, wanted, meant(line)))
        .filter(|(_, wanted, got)| *wanted != got)
        .map(|(line, wanted, got)| format!("{line}\n  wanted {wanted}\n  got    {got}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_a_question_asks_is_no_part_of_the_name() {
    all_mean(&[
        ("did order 1043 clear?", r#"payments.get-order orderId="1043""#),
        ("when does subscription sub_x9 renew?", r#"payments.get-subscription subscriptionId="sub_x9""#),
        ("who is invoice INV-2210 made out to?", r#"invoices.get invoiceId="INV-2210""#),
        ("where does the Fleet Wrap deal stand?", r#"opportunities.get id="Fleet Wrap""#),
    ]);
}

#[test]
fn words_of_a_question_are_not_searched_for() {
    all_mean(&[
        ("which blogs do we run?", "blogs.list"),
        ("what funnels have we built?", "funnels.list"),
        ("which blogs are called summer", r#"blogs.list searchTerm="summer""#),
        ("are bats blind", "unknown"),
    ]);
}

#[test]
fn an_id_that_is_told_is_changed_rather_than_made() {
    all_mean(&[(
        "switch facebook campaign 120208142050850608 to a sales objective",
        r#"facebook-ads.save-campaign id="120208142050850608" objective="OUTCOME_SALES""#,
    )]);
}
