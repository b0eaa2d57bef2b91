//! What keeps a change from being made, however well the line was understood: what it depends on, and what it does not name.

use crate::catalog::{Catalog, Kind, Risk, Sense, WordSet};
use crate::language::{Item, ItemKind, Utterance};

use super::deciding::NOT_DONE;
use super::reader::writes;
use super::{Argument, Intent, Status, Step, Value, meaning, openers, statement};

/// What to tell instead of changing anything; nothing where a reading may be acted on.
pub(super) fn forbids(intent: &Intent, line: &Utterance, catalog: &Catalog) -> Option<&'static str> {
    if !matches!(intent.status, Status::Ready | Status::Incomplete) || !writes(intent, catalog) {
        return None;
    }
    let depends = says_condition(intent, line, catalog)
        || statement::wonders(line, catalog)
        || statement::condition(line, catalog).is_some_and(|at| waits(intent, line, at, catalog));
    if depends {
        return Some(NOT_DONE);
    }
    if has_subject(line, catalog) {
        return Some(TOLD);
    }
    (destroys(intent, catalog) && has_contents(line, catalog)).then_some(CONTENTS)
}

/// What is told of a line that begins with a name whose first word is a verb too.
const TOLD: &str = "Nothing was done: that tells something of a record whose name begins like an order.";

/// Whether a line tells what something is whose name begins with a verb: "Trash Day is a recurring task, make it weekly".
fn has_subject(line: &Utterance, catalog: &Catalog) -> bool {
    let items = &line.items;
    let capital =
        |at: usize| items[at].kind == ItemKind::Word && line.text[items[at].start..].starts_with(char::is_uppercase);
    let Some(end) = (0..items.len()).find(|at| !capital(*at)).filter(|end| *end > 1) else { return false };
    let is_told = catalog.lexicon().set("judges").contains(&items[end].folded);
    let article = items.get(end + 1).is_some_and(|item| meaning::is(catalog, item, WordSet::Article));
    let verb = meaning::senses(catalog, &items[0].folded).iter().any(|s| matches!(s, Sense::Verb { .. }));
    verb && is_told && article
}

/// Whether the text of some step begins with a word that makes all depend on something, and nothing leads to the text: "text
/// Ann unless she replied" sends no such words.
fn says_condition(intent: &Intent, line: &Utterance, catalog: &Catalog) -> bool {
    let text = |step: &Step, argument: &Argument| {
        let prose = catalog.operation(step.operation).param(&argument.name).is_some_and(|p| p.kind == Kind::FreeText);
        if let Value::Text(text) = &argument.value { prose.then(|| text.clone()) } else { None }
    };
    let texts = intent.steps.iter().flat_map(|step| step.arguments.iter().filter_map(|a| text(step, a)));
    texts.into_iter().any(|text| {
        let first = text.split(' ').next().unwrap_or_default();
        let at = (1..line.items.len())
            .find(|at| line.raw(*at) == first && line.text[line.items[*at].start..].starts_with(&*text));
        let before = at.map(|at| &line.items[at - 1]);
        let led = before.is_none_or(|before| {
            !matches!(before.kind, ItemKind::Word | ItemKind::Possessive)
                || meaning::is(catalog, before, WordSet::Tail)
                || catalog.lexicon().set("tells_that").contains(&before.folded)
        });
        !led && catalog.lexicon().set("waits_for").iter().any(|word| word == first)
    })
}

/// Whether a step of what is meant destroys anything.
pub(super) fn destroys(intent: &Intent, catalog: &Catalog) -> bool {
    intent.steps.iter().any(|step| catalog.operation(step.operation).risk == Risk::Destroy)
}

/// Whether steps wait for what a clause tells that begins at an item: it opens the line, or was taken for a part of a
/// record's name. A text may say it ("text Ann: call me when you are home"), and so may a value that an operation declares.
fn waits(intent: &Intent, line: &Utterance, at: usize, catalog: &Catalog) -> bool {
    let word = line.raw(at);
    let opens = line.items[..at].iter().all(|item| meaning::is(catalog, item, WordSet::Filler));
    let says = |text: bool| {
        intent.steps.iter().any(|step| {
            let operation = catalog.operation(step.operation);
            let kind =
                |name: &str| operation.param(name).is_some_and(|p| matches!(p.kind, Kind::FreeText | Kind::Text));
            let told = |value: &Value| matches!(value, Value::Text(text) if text.split(' ').any(|said| said == word));
            step.arguments.iter().any(|argument| kind(&argument.name) == text && told(&argument.value))
        })
    };
    // "Before anyone sees it" is at once.
    let sooner = catalog.lexicon().set("sooner").contains(&line.items[at].folded);
    let polite = sooner || openers::filler(line, catalog.vocabulary(), at).is_some();
    // "Pause the campaign unless it is done". "Update it if it exists" is what the API itself looks for.
    let exists = |item: &Item| {
        meaning::is(catalog, item, WordSet::Denial) || catalog.lexicon().set("exists").contains(&item.folded)
    };
    let denied = line.items.iter().skip(at + 1).take(4).any(exists);
    let concedes = at > 0 && catalog.lexicon().set("concedes").contains(&line.items[at - 1].folded);
    let only_if = catalog.lexicon().set("only_if").contains(&line.items[at].folded) && !denied && !concedes;
    says(false) || !says(true) && (opens || (destroys(intent, catalog) || only_if) && !polite)
}

/// What is told of a line that would destroy a record for what is in it.
const CONTENTS: &str = "Nothing was done: that speaks of what a record holds, and only what is named is deleted.";

/// Whether a line speaks of whatever a record holds: "everything in the calendar Demo", "what's in it" aside.
fn has_contents(line: &Utterance, catalog: &Catalog) -> bool {
    let items = &line.items;
    let is = |at: usize, set: WordSet| items.get(at).is_some_and(|item| meaning::is(catalog, item, set));
    let small =
        |at: usize| items.get(at).is_some_and(|item| item.kind == ItemKind::Possessive) || is(at, WordSet::Auxiliary);
    (1..items.len()).any(|at| {
        let whatever = is(at, WordSet::All) || is(at, WordSet::Question) && !is(at, WordSet::Auxiliary);
        let next = at + 1 + usize::from(small(at + 1));
        // "And everything in it", "and all of its notes" go with what is named.
        let own = is(next + 1, WordSet::Determiner) && !is(next + 1, WordSet::Article);
        let named = own || is(next + 1, WordSet::All) || is(next + 1, WordSet::Thing) || is(next + 1, WordSet::Person);
        // "She shouldn't get anything from us" speaks of nothing that she has; what a clause before denies is another matter.
        let pauses = |at: &usize| {
            matches!(items[*at].kind, ItemKind::Comma | ItemKind::Semicolon | ItemKind::Stop | ItemKind::Dash)
        };
        let denied = (0..at).rev().take_while(|at| !pauses(at)).any(|before| is(before, WordSet::Denial));
        whatever && !denied && is(next, WordSet::Preposition) && !named
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_begins_like_an_order_is_a_subject() {
        let subject = |text: &str| has_subject(&crate::language::read(text).expect("a line"), &Catalog::builtin());
        assert!(subject("Trash Day is a recurring task, make it weekly"));
        assert!(!subject("Delete Trash Day") && !subject("Zenith is won"));
    }

    #[test]
    fn what_a_record_holds_is_not_the_record() {
        let holds = |text: &str| has_contents(&crate::language::read(text).expect("a line"), &Catalog::builtin());
        assert!(holds("delete everything in the calendar Demo") && holds("delete what's in the product Mug"));
        assert!(!holds("delete the calendar Demo and everything in it") && !holds("delete all notes"));
        assert!(holds("we don't need it any more, delete everything in the calendar Demo"));
        assert!(!holds("she shouldn't get anything from us"));
    }
}
