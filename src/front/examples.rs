use crate::app::Engine;
use crate::catalog::pattern::{self, PatternItem};
use crate::catalog::{Kind, OpId, Operation, Parameter, inflect};
use crate::intent::{Status, canonical_phrase};

/// A phrase that asks for an operation and surely leads to it; the plainest one first. None when every one that can be
/// made up leads elsewhere.
pub(super) fn example(engine: &Engine, id: OpId) -> Option<String> {
    let operation = engine.catalog().operation(id);
    let patterns = operation.say.iter().filter_map(|text| pattern::parse(text).ok());
    let mut phrases: Vec<String> = patterns.map(|items| spoken(operation, &items)).collect();
    let plain = canonical_phrase(engine.catalog(), id);
    let at = if is_clumsy(&plain) { phrases.len() } else { 0 };
    phrases.insert(at, plain);
    phrases.into_iter().find(|phrase| leads_to(engine, phrase, id))
}

/// Whether nobody would put it so: values left open, one name after another.
fn is_clumsy(phrase: &str) -> bool {
    phrase.contains('…') || phrase.contains("NAME NAME")
}

fn leads_to(engine: &Engine, phrase: &str, id: OpId) -> bool {
    let intent = engine.route(phrase);
    let certain = matches!(intent.status, Status::Ready | Status::Incomplete);
    certain && intent.steps.len() == 1 && intent.steps[0].operation == id
}

/// A pattern as words: nothing for what may be left out, the first of what may be chosen, a value in each slot.
fn spoken(operation: &Operation, items: &[PatternItem]) -> String {
    let words = items.iter().filter_map(|item| match item {
        PatternItem::Word(word) => Some(word.clone()),
        PatternItem::Choice(ways) if ways.iter().any(Vec::is_empty) => None,
        PatternItem::Choice(ways) => ways.first().map(|way| spoken(operation, way)),
        PatternItem::Slot(name) => operation.param(name).map(value),
        PatternItem::Set(..) => None,
    });
    words.collect::<Vec<_>>().join(" ").replace(" '", "'")
}

/// A believable value; a name in capitals where only the user knows one.
fn value(param: &Parameter) -> String {
    if let Some(allowed) = param.values.first().and_then(|value| value.say.first()) {
        return allowed.clone();
    }
    let text = match &param.kind {
        Kind::Integer | Kind::Number | Kind::Money | Kind::Duration => "30",
        Kind::Boolean => "yes",
        Kind::Date => "tomorrow",
        Kind::DateTime => "tomorrow at 3pm",
        Kind::Email => "jane@example.com",
        Kind::Phone => "+1 555 010 2000",
        Kind::Url => "https://example.com",
        Kind::Timezone => "America/New_York",
        Kind::Entity(_) => "NAME",
        _ => return param.names.first().cloned().unwrap_or_else(|| inflect::spoken(&param.name)).to_uppercase(),
    };
    text.to_owned()
}
