//! Phrase patterns, as far as the loader can judge them.

use crate::catalog::pattern::{self, PatternItem};
use crate::catalog::yaml::{Node, Report, suggest};

use super::templates::within;

/// Ways of a phrase of the lexicon whose choices are multiplied out, at most.
const MOST_WAYS: usize = 10_000;

/// Reports a phrase or a construction of the lexicon that says more ways than may be multiplied out.
pub(super) fn bounded(node: &Node, report: &mut Report) {
    let Some(text) = node.text() else { return };
    let ways = pattern::parse(text).map_or(1, |items| ways(&items));
    if ways > MOST_WAYS {
        let message = format!("this says {ways} ways at once, and {MOST_WAYS} are the most here");
        report.error(node.span, message, "write it as several shorter phrases");
    }
}

fn ways(items: &[PatternItem]) -> usize {
    let each = items.iter().map(|item| match item {
        PatternItem::Choice(choices) => choices.iter().map(|choice| ways(choice)).fold(0, usize::saturating_add),
        _ => 1,
    });
    each.fold(1, usize::saturating_mul)
}

/// Reports a pattern that cannot be read and, given the names of the parameters, a slot that is none of them.
pub(super) fn check(node: &Node, params: Option<&[&str]>, report: &mut Report) {
    let Some(text) = node.text() else { return };
    match pattern::parse(text) {
        Err(error) => {
            let message = format!("this pattern cannot be read: {}", error.message);
            report.error(within(node, text, error.range), message, "");
        }
        Ok(items) => {
            let mut slots = Vec::new();
            collect(&items, &mut slots);
            for slot in slots {
                let Some(params) = params.filter(|params| !params.contains(&slot)) else { continue };
                let at = text
                    .find(&format!("{{{slot}"))
                    .map_or(node.span, |at| within(node, text, at + 1..at + 1 + slot.len()));
                report.error(at, format!("the pattern names `{slot}`, which is not a parameter"), "");
                suggest(slot, params, "the parameters are", report);
            }
        }
    }
}

fn collect<'a>(items: &'a [PatternItem], slots: &mut Vec<&'a str>) {
    for item in items {
        match item {
            PatternItem::Word(_) => {}
            PatternItem::Choice(choices) => choices.iter().for_each(|choice| collect(choice, slots)),
            PatternItem::Slot(name) | PatternItem::Set(name, _) => slots.push(name),
        }
    }
}
