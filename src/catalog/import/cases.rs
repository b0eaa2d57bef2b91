//! Phrases that are tried, and those that are kept as tests.

use serde_json::Value;

use crate::catalog::CHANGES;

use super::import_type::{Led, Trial};
use super::model::Model;
use super::phrases::{Phrase, phrases};
use super::yaml_text::{quoted, scalar};

/// Phrases kept for one operation.
const KEPT: usize = 3;

/// An operation that its phrases do not lead to, by its position, and what each of them led to.
pub(super) type Lost = (usize, Vec<(Phrase, Option<Led>)>);

/// Positions of the operations that none of their phrases leads to.
pub(super) fn failing(model: &Model<'_>, trial: &Trial) -> Vec<Lost> {
    let mut out = Vec::new();
    for (at, op) in model.operations.iter().enumerate() {
        let tried: Vec<(Phrase, Option<Led>)> = phrases(model, op)
            .into_iter()
            .map(|phrase| {
                let led = (trial.read)(&phrase.text);
                (phrase, led)
            })
            .collect();
        if !tried.iter().any(|(phrase, led)| leads(&op.name, phrase, led.as_ref())) {
            out.push((at, tried));
        }
    }
    out
}

fn leads(name: &str, phrase: &Phrase, led: Option<&Led>) -> bool {
    let Some(Led { operation, params, .. }) = led else { return false };
    let same = |expected: &Value, came: &Value| expected == came || text(expected) == text(came);
    let all = phrase.params.iter().all(|(name, value)| params.get(name).is_some_and(|came| same(value, came)));
    operation == name && all && params.len() == phrase.params.len()
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The test files: group, text, number of phrases. Operations that no phrase leads to are warned of.
pub(super) fn cases(model: &mut Model<'_>, trial: &Trial) -> Vec<(String, String, usize)> {
    let mut groups: std::collections::BTreeMap<String, (String, usize)> = std::collections::BTreeMap::new();
    let mut lost = Vec::new();
    for (at, op) in model.operations.iter().enumerate() {
        let mut kept: Vec<(String, Led)> = Vec::new();
        for phrase in phrases(model, op) {
            let led = (trial.read)(&phrase.text);
            // "What is to be changed?" asks for no parameter in particular, but of what is to be made it is the question.
            let makes = op.act.classes.iter().any(|class| class == "create");
            let own =
                |name: &String| makes && name == CHANGES || op.sent.fields.iter().any(|field| field.name == *name);
            let whole = led.as_ref().is_some_and(|led| led.missing.iter().all(own));
            if whole && leads(&op.name, &phrase, led.as_ref()) && kept.len() < KEPT {
                kept.push((phrase.text, led.unwrap_or_default()));
            }
        }
        if kept.is_empty() {
            lost.push(at);
            continue;
        }
        let (text, count) = groups.entry(op.group.clone()).or_default();
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&format!("{}:\n", op.name));
        *count += kept.len();
        for (phrase, led) in kept {
            text.push_str(&format!("  - say: {}\n", sentence(&phrase)));
            if !led.params.is_empty() {
                let pairs: Vec<String> = led
                    .params
                    .iter()
                    .filter_map(|(name, value)| Some(format!("{}: {}", scalar(name), super::typed::literal(value)?)))
                    .collect();
                text.push_str(&format!("    params: {{{}}}\n", pairs.join(", ")));
            }
            if !led.missing.is_empty() {
                text.push_str(&format!("    missing: {}\n", super::yaml_text::list(&led.missing)));
            }
        }
    }
    for at in lost {
        let name = model.operations[at].name.clone();
        model.warn(Some(at), format!("no phrase leads to `{name}` yet: give it `say` patterns"));
    }
    groups.into_iter().map(|(group, (text, count))| (group, text, count)).collect()
}

fn sentence(phrase: &str) -> String {
    let plain = phrase.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '@' | '/'));
    if plain && phrase.starts_with(|c: char| c.is_ascii_alphabetic()) { phrase.to_owned() } else { quoted(phrase) }
}
