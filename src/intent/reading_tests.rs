//! What is passed over unread would not have mattered.

use std::path::Path;

use crate::catalog::{Catalog, read_cases, read_layer};
use crate::language::{self, find_dates};

use super::annotate::Annotated;
use super::reading::Reading;
use super::workbench::Workbench;
use super::{Context, Intent, Memory, Reader, Status};

/// What a line comes to by the catalog that is built in: its operations with what they say, ready or asked about; else
/// the status.
pub fn meant(phrase: &str) -> String {
    let catalog = Catalog::builtin();
    let intent = read(phrase, &catalog);
    if !matches!(intent.status, Status::Ready | Status::Incomplete) {
        return format!("{:?}", intent.status).to_lowercase();
    }
    let step = |step: &super::Step| {
        let said = step.arguments.iter().map(|a| format!(" {}={}", a.name, a.value.to_json()));
        catalog.operation(step.operation).name.clone() + &said.collect::<String>()
    };
    intent.steps.iter().map(step).collect::<Vec<_>>().join("; ")
}

/// What a line comes to.
pub fn read(phrase: &str, catalog: &Catalog) -> Intent {
    let memory = Memory::default();
    let now = "2026-11-20T09:00:00[America/New_York]".parse().expect("a zoned date-time");
    let context = Context { now: &now, memory: &memory, hidden: false, service: None, explain: false };
    Reader::new().read(&language::read(phrase).expect("a line"), catalog, &context)
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
        let line = Annotated::new(&utterance, catalog.vocabulary(), false);
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

#[cfg(test)]
mod phrases {
    use super::meant;

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
            ("where does the deal Books for All stand?", r#"opportunities.get id="Books for All""#),
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

    #[test]
    fn a_first_clause_that_only_tells_why_is_no_order() {
        all_mean(&[
            ("the deal Fleet Wrap is over, delete it", r#"opportunities.delete id="Fleet Wrap""#),
            ("we don't need the tag xmas-2019 any more, bin it", r#"locations.delete-tag tagId="xmas-2019""#),
            ("nobody uses the tag xmas-2019, bin it", r#"locations.delete-tag tagId="xmas-2019""#),
            (
                "Old Docs is out of date, throw that knowledge base away",
                r#"knowledge-base.delete knowledgeBaseId="Old Docs""#,
            ),
            ("Kim can't make it, delete contact Bob Lee", r#"contacts.delete contactId="Bob Lee""#),
            ("don't delete contact Bob Lee, text him saying hi", "unknown"),
            ("if Bob Lee replies, delete the contact", "unknown"),
            (
                "Ann Lee should get the gold tag, text her saying hi",
                r#"contacts.add-tags contactId="Ann Lee" tags=["gold"]; conversations.send-message type="SMS" contactId="Ann Lee" message="hi""#,
            ),
        ]);
    }

    #[test]
    fn turns_of_speech_ask_without_a_verb() {
        all_mean(&[
            ("the tag xmas-2019 can go", r#"locations.delete-tag tagId="xmas-2019""#),
            ("contact Bob Lee isn't needed any more", r#"contacts.delete contactId="Bob Lee""#),
            ("we don't need the tag xmas-2019", r#"locations.delete-tag tagId="xmas-2019""#),
            ("we don't need to delete contact Bob Lee", "unknown"),
            ("we don't need contact Bob Lee deleted", "unknown"),
            ("contact Bob Lee should have email bob@x.io", r#"contacts.update contactId="Bob Lee" email="bob@x.io""#),
            ("contact Bob Lee should not have email bob@x.io", "unknown"),
            ("invoices should go out on monday", "unknown"),
        ]);
    }

    #[test]
    fn a_verb_may_stand_apart() {
        all_mean(&[
            ("throw knowledge base Old Docs away", r#"knowledge-base.delete knowledgeBaseId="Old Docs""#),
            ("take the tag vip off Bob Lee", r#"contacts.remove-tags contactId="Bob Lee" tags=["vip"]"#),
            (
                "get record 632c34b4c9b7da3358ac9892 in custom_objects.boat",
                r#"objects.get-record schemaKey="custom_objects.boat" id="632c34b4c9b7da3358ac9892""#,
            ),
        ]);
    }

    #[test]
    fn shorthand_is_read_as_whole_words() {
        all_mean(&[
            ("add tag vip n lead to Bob Lee", r#"contacts.add-tags contactId="Bob Lee" tags=["vip","lead"]"#),
            ("custom fields 4 contacts", r#"locations.list-custom-fields model="contact""#),
            ("delete room Treatment 4", r#"calendars.delete-resource resourceType="rooms" id="Treatment 4""#),
            ("delete tag wk w/o lead", "unknown"),
        ]);
    }
}
