//! A clause before or behind a request that says nothing of it: "Request from Nadia: …", "Sales rep Omar here: …". It is left
//! out only when that is agreed to; where something is only shown, a clause before it goes without asking.

use crate::catalog::inflect::Form;
use crate::catalog::{AGREEMENT, Catalog, Sense, WordSet};
use crate::language::{Item, ItemKind, Utterance};

use super::meaning::{is, is_any, senses};
use super::reader::writes;
use super::{Context, Intent, Reader, Status};

/// Items of such a clause, at most.
const LONGEST: usize = 9;
/// Items of the rest, at least.
const FEWEST: usize = 3;

impl Reader {
    /// What a line means without its first clause, or its last, where nothing explains that.
    pub(super) fn without_a_clause(
        &self,
        line: &Utterance,
        catalog: &Catalog,
        context: &Context<'_>,
    ) -> Option<Intent> {
        let items = &line.items;
        let marks: Vec<usize> = (1..items.len().saturating_sub(1)).filter(|at| parts(&items[*at])).collect();
        let (first, last) = (*marks.first()?, *marks.last()?);
        let ways = [(0..first, first + 1..items.len()), (last + 1..items.len(), 0..last)];
        ways.into_iter().find_map(|(clause, rest)| {
            let before = clause.start == 0;
            if rest.len() < FEWEST || !only_remarks(&items[clause.clone()], catalog) {
                return None;
            }
            let request = Utterance { text: line.text.clone(), items: items[rest].to_vec() };
            let mut intent = self.read_now(&request, catalog, context);
            if intent.status != Status::Ready {
                return None;
            }
            if before && !writes(&intent, catalog) {
                return Some(intent);
            }
            let words = line.slice(clause.start, clause.end - 1);
            let step = intent.steps.first_mut()?;
            let title = &catalog.operation(step.operation).title;
            intent.message = format!("I don't understand \u{ab}{words}\u{bb}. {title} without that?");
            step.missing.insert(0, AGREEMENT.to_owned());
            let unexplained = vec![(items[clause.start].start, items[clause.end - 1].end)];
            Some(Intent { status: Status::Incomplete, unexplained, ..intent })
        })
    }
}

/// Whether a mark parts two clauses.
pub(super) fn parts(item: &Item) -> bool {
    use ItemKind::{Colon, Comma, Dash, Semicolon, Stop};
    matches!(item.kind, Colon | Comma | Dash | Semicolon | Stop)
}

/// Whether a clause neither orders, asks, forbids nor tells a value.
fn only_remarks(clause: &[Item], catalog: &Catalog) -> bool {
    use ItemKind::{Code, Email, Money, Number, Phone, Quoted, Url};
    let value =
        |item: &Item| matches!(item.kind, Code | Email | Money { .. } | Number { .. } | Phone | Quoted { .. } | Url);
    let heavy = |item: &Item| is_any(catalog, item, &[WordSet::Negation, WordSet::Denial, WordSet::Foreign]);
    let small = |item: &Item| is_any(catalog, item, &[WordSet::Filler, WordSet::Sequence]);
    let opens = |item: &Item| {
        let order =
            |s: &Sense| matches!(s, Sense::Verb { form: Form::Base, .. } | Sense::Apart { form: Form::Base, .. });
        let joins = [WordSet::Conjunction, WordSet::Preposition, WordSet::Question, WordSet::Link];
        senses(catalog, &item.folded).iter().any(order) || is_any(catalog, item, &joins)
    };
    let first = clause.iter().find(|item| !small(item));
    let words = clause.iter().filter(|item| item.kind == ItemKind::Word).count();
    // "Clean up the calendar, …" orders something, in words that nobody knows.
    let article = clause.iter().skip(1).any(|item| is(catalog, item, WordSet::Article));
    let speaks = clause.iter().any(|item| is_any(catalog, item, &[WordSet::Auxiliary, WordSet::Self_, WordSet::Told]));
    let tells = !article || speaks || first.is_some_and(|first| is(catalog, first, WordSet::Article));
    (2..=LONGEST).contains(&words)
        && tells
        && first.is_some_and(|first| !opens(first))
        && !clause.iter().any(|item| value(item) || heavy(item) || parts(item))
}

#[cfg(test)]
mod tests {
    use super::super::Status;
    use super::super::reading_tests::{meant, read};
    use crate::catalog::{AGREEMENT, Catalog};

    #[test]
    fn a_clause_that_says_nothing_of_the_request_is_left_out() {
        let line = "Request from Nadia in onboarding: show me invoice INV-7";
        assert_eq!(meant(line), "invoices.get invoiceId=\"INV-7\"");
        assert_eq!(read(line, &Catalog::builtin()).status, Status::Ready);
    }

    #[test]
    fn what_changes_anything_is_asked_about_first() {
        let line = "Sales rep Omar here: opportunity Baxter Deck is a duplicate, please delete";
        let intent = read(line, &Catalog::builtin());
        assert_eq!(intent.status, Status::Incomplete);
        assert_eq!(intent.steps[0].missing[0], AGREEMENT);
        assert!(intent.message.contains("Sales rep Omar here"), "{}", intent.message);
    }

    #[test]
    fn an_order_that_nobody_knows_is_no_remark() {
        assert_eq!(meant("Clean up the calendar, show me invoice INV-7"), "unknown");
    }
}
