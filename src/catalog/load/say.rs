//! Phrase patterns, as far as the loader can judge them.

use crate::catalog::pattern::{self, PatternItem};
use crate::catalog::yaml::{Node, Report, suggest};

use super::choices::{Choices, Misnamed};
use super::templates::within;

/// Ways of a phrase of the lexicon whose choices are multiplied out, at most.
const MOST_WAYS: usize = 10_000;

/// Bytes of a pattern whose choices are spelt out, at most.
const MOST_SPELT: usize = 65_536;

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

/// The pattern with its choices spelt out. Reports one that cannot be read and, given the names of the parameters, a slot
/// that is none of them.
pub(super) fn check(node: &Node, params: Option<&[&str]>, choices: &Choices, report: &mut Report) -> Option<String> {
    let text = node.text()?;
    let spelt = match choices.spell(text) {
        Ok(spelt) => spelt,
        Err(wrong) => {
            misnamed(node, text, wrong, choices, report);
            return None;
        }
    };
    if spelt.text.len() > MOST_SPELT.max(text.len()) {
        report.error(node.span, "this pattern is too long with its choices spelt out", "");
        report.help("write it as several shorter ones");
        return None;
    }
    match pattern::parse(&spelt.text) {
        Err(error) => {
            let message = format!("this pattern cannot be read: {}", error.message);
            report.error(within(node, text, spelt.written(error.range)), message, "");
        }
        Ok(items) => {
            let mut slots = Vec::new();
            collect(&items, &mut slots);
            for slot in slots {
                let Some(params) = params.filter(|params| !params.contains(&slot)) else { continue };
                let at = text.find(&format!("{{{slot}")).or_else(|| text.find(&format!(":{slot}>")));
                let at = at.map_or(node.span, |at| within(node, text, at + 1..at + 1 + slot.len()));
                report.error(at, format!("the pattern names `{slot}`, which is not a parameter"), "");
                suggest(slot, params, "the parameters are", report);
            }
        }
    }
    Some(spelt.text)
}

fn misnamed(node: &Node, text: &str, wrong: Misnamed, choices: &Choices, report: &mut Report) {
    let at = within(node, text, wrong.range);
    let Some(name) = wrong.unknown else {
        report.error(at, "this pattern cannot be read: a choice is named `<name>` or `<name:parameter>`", "");
        return report.help("put a space before it and `>` behind it");
    };
    report.error(at, format!("no choice is called `{name}`"), "");
    let known = choices.names();
    if known.is_empty() {
        return report.help("declare it under `choices:` beside `operations:`, as a list of words");
    }
    suggest(name, &known, "the `choices` of the service are", report);
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
