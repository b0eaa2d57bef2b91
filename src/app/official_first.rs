use super::{Failure, FailureKind};
use crate::catalog::{AGREEMENT, Catalog, Lifecycle, OpId, Operation};
use crate::intent::{Alternative, Context, Intent, Reader, Status, Step, canonical_phrase};
use crate::language::Utterance;

/// Characters of a line that a message repeats.
const LONGEST: usize = 80;

/// Reads a line. Undocumented operations are only looked at when it leads to no other, so that allowing them changes
/// nothing that is understood without them; where they are not allowed, the refusal says which one was meant.
pub(super) fn read(reader: &Reader, utterance: &Utterance, catalog: &Catalog, context: &Context<'_>) -> Intent {
    let allowed = context.hidden;
    let before = reader.passed_over();
    let official = reader.read(utterance, catalog, &Context { hidden: false, ..*context });
    let has_others = || reader.passed_over() != before;
    // A question whether to go on without a word is no reading of it.
    let doubted = official.steps.iter().any(|step| step.missing.iter().any(|missing| missing == AGREEMENT));
    if official.status != Status::Unknown && !doubted || !has_others() {
        return official;
    }
    let wider = reader.read(utterance, catalog, &Context { hidden: true, ..*context });
    let meant = undocumented(catalog, &wider.steps);
    if allowed {
        let chooses = wider.alternatives.iter().any(|other| is_undocumented(catalog, other.operation));
        return if meant.is_empty() && !chooses { official } else { wider };
    }
    let Some(first) = meant.first() else { return official };
    let alternatives = meant.iter().map(|step| alternative(catalog, step)).collect();
    let message = not_official(&quoted(&utterance.text), catalog.operation(first.operation));
    Intent { alternatives, trace: official.trace, ..super::routing::refused(&utterance.text, message) }
}

/// The refusal of something that only an undocumented operation would do.
pub(super) fn refusal(message: String) -> Failure {
    Failure::new(FailureKind::Undocumented, message).hint("Say it again with --allow-undocumented to try it.")
}

/// What is said of words, or of an operation by its name, that are not in the official API.
pub(super) fn not_official(what: &str, operation: &Operation) -> String {
    format!("{what} is not in the official API; --allow-undocumented would try {}", operation.request_line())
}

/// Whether a line that was refused, with these alternatives, was refused because only undocumented operations fit.
pub(super) fn is_refused(catalog: &Catalog, alternatives: &[Alternative]) -> bool {
    alternatives.first().is_some_and(|meant| is_undocumented(catalog, meant.operation))
}

fn alternative(catalog: &Catalog, step: &Step) -> Alternative {
    let phrase = canonical_phrase(catalog, step.operation);
    Alternative { operation: step.operation, phrase, steps: vec![step.clone()] }
}

/// The line in quotation marks, cut where it grows too long for a message.
fn quoted(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("\u{ab}{}…\u{bb}", text[..end].trim_end()),
        None => format!("\u{ab}{text}\u{bb}"),
    }
}

fn undocumented<'a>(catalog: &Catalog, steps: &'a [Step]) -> Vec<&'a Step> {
    steps.iter().filter(|step| is_undocumented(catalog, step.operation)).collect()
}

fn is_undocumented(catalog: &Catalog, id: OpId) -> bool {
    catalog.operation(id).lifecycle == Lifecycle::Undocumented
}
