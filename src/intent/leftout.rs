//! What the second of two orders leaves out because the first has said it: its noun ("delete the calendar Demo and create one
//! called Intro") or its verb ("delete contact 5f1a and conversation 6f1b", "show contact Ann Lee and her notes").

use crate::catalog::inflect::Form;
use crate::catalog::singular::singular;
use crate::catalog::{Catalog, Sense, WordSet};
use crate::language::{Item, ItemKind, Utterance, read};

use super::meaning::{self, class_of, is, is_any, noun_at, senses};
use super::{Context, Intent, Reader, Status, Value};

/// Words of a verb, at most: "get rid of".
const LONGEST_VERB: usize = 3;
/// Items between what joins two orders and the noun of the second: "the starred …".
const LONGEST_LEAD: usize = 3;

impl Reader {
    /// The two orders of a line whose second leaves out what the first has said, where both can be carried out.
    pub(super) fn in_full(&self, line: &Utterance, catalog: &Catalog, context: &Context<'_>) -> Option<Intent> {
        let named = with_noun(line, catalog).and_then(|text| read(&text).ok());
        let both = |text: Option<String>| {
            self.again(text, line, catalog, context).filter(|both| both.status == Status::Ready && both.steps.len() > 1)
        };
        let asks = |intent: &Intent| intent.steps.len() > 1;
        let noun = named.as_ref().and_then(|named| self.again(Some(named.text.clone()), line, catalog, context));
        let noun = noun.filter(asks);
        let verb = || both(with_verb(named.as_ref().unwrap_or(line), catalog));
        noun.or_else(verb)
            .or_else(|| both(with_preposition(line, catalog)))
            .or_else(|| both(with_kind(line, catalog)))
            .or_else(|| both(with_gift(line, catalog)))
            .or_else(|| both(with_verb_each(line, catalog)))
    }
}

/// The line with the noun of the first order in place of the "one" of the second, and of "the starred ones".
pub fn with_noun(line: &Utterance, catalog: &Catalog) -> Option<String> {
    let items = &line.items;
    let counted = catalog.lexicon().set("stands_for_noun");
    let stands = |at: &usize| items[*at].kind == ItemKind::Word && counted.contains(&items[*at].folded);
    let at = (3..items.len()).rev().find(stands)?;
    let several = items[at].folded.ends_with('s');
    let (join, from) = joint(line, at, catalog)?;
    let ordered = (from..at).any(|at| orders(catalog, &items[at]));
    let noun = (0..join).find_map(|at| Some((at, noun_at(line, at, catalog)?)));
    let (first, (past, _, plural)) = noun.filter(|(_, (past, _, plural))| *past <= join && (*plural || !several))?;
    // "One of them", "one 30 minute slot".
    let counts = items.get(at + 1).is_some_and(|next| matches!(next.kind, ItemKind::Number { .. }))
        || items.get(at + 1).is_some_and(|next| next.folded == "of")
        || noun_at(line, at + 1, catalog).is_some();
    if counts || !ordered && !several {
        return None;
    }
    let before = line.text[..items[at].start].trim_end();
    let after = &line.text[items[at].end..];
    // "List the tags and create one" makes a tag.
    let noun = line.slice(first, past - 1);
    let noun = if plural && !several { singular(noun) } else { noun.to_owned() };
    Some(format!("{before} {noun}{after}"))
}

/// The line with the verb of the first order said of the second thing too.
pub fn with_verb(line: &Utterance, catalog: &Catalog) -> Option<String> {
    let items = &line.items;
    let first = items.iter().position(|item| !is(catalog, item, WordSet::Filler))?;
    let verb = |len: &usize| verb_senses(line, first, *len, catalog).iter().copied().any(is_base);
    let len = (1..=LONGEST_VERB).rev().find(verb)?;
    let (join, from) = joint(line, items.len(), catalog).filter(|(join, _)| *join > first + len)?;
    let noun = (from..items.len().min(from + LONGEST_LEAD)).find_map(|at| Some((at, noun_at(line, at, catalog)?.0)));
    let (at, past) = noun?;
    let leads = |at: usize| items[at].kind == ItemKind::Word && !orders(catalog, &items[at]);
    let code = |item: &Item| matches!(item.kind, ItemKind::Code | ItemKind::Quoted { .. } | ItemKind::Email);
    // What destroys is meant of what is named beyond doubt.
    let destroys = |s: &Sense| class_of(catalog, *s).is_some_and(|class| class.destroys);
    let sure = at == from && items.get(past).is_some_and(code);
    if !(from..at).all(leads) || !sure && verb_senses(line, first, len, catalog).iter().any(destroys) {
        return None;
    }
    let (before, joined) = (line.slice(0, join - 1), line.slice(join, from - 1));
    Some(format!("{before} {joined} {} {}", line.slice(first, first + len - 1), &line.text[items[from].start..]))
}

/// The line with what the first thing is to be given made for it: "create a product Balm and give it a one-time price of 45
/// USD".
pub fn with_gift(line: &Utterance, catalog: &Catalog) -> Option<String> {
    let items = &line.items;
    let gives = catalog.lexicon().set("gives");
    let pointing = catalog.lexicon().set("pointing");
    let makes = catalog.lexicon().set("makes").iter().find_map(|pair| Some(pair.split_once(' ')?.1))?;
    let gift = |at: &usize| gives.contains(&items[*at].folded) && pointing.contains(&items[at + 1].folded);
    let at = (3..items.len().saturating_sub(3)).find(gift)?;
    let (join, from) = joint(line, at + 1, catalog).filter(|(_, from)| *from == at)?;
    let noun = (at + 3..items.len().min(at + 3 + LONGEST_LEAD)).any(|at| noun_at(line, at, catalog).is_some());
    let article = is(catalog, &items[at + 2], WordSet::Article);
    let (before, joined) = (line.slice(0, join - 1), line.slice(join, from - 1));
    let (whom, what) = (line.raw(at + 1), &line.text[items[at + 2].start..]);
    (noun && article).then(|| format!("{before} {joined} {makes} {what} for {whom}"))
}

/// The line with its verb said of each of several kinds of things: "list the forms, the surveys and the users".
pub fn with_verb_each(line: &Utterance, catalog: &Catalog) -> Option<String> {
    let items = &line.items;
    let end = items.iter().rposition(|item| !matches!(item.kind, ItemKind::Stop | ItemKind::Question))? + 1;
    let first = items.iter().position(|item| !is(catalog, item, WordSet::Filler))?;
    let shows = |s: &Sense| is_base(*s) && class_of(catalog, *s).is_some_and(|class| class.reads);
    if !senses(catalog, &items[first].folded).iter().any(shows) {
        return None;
    }
    let joins = |at: usize| items[at].kind == ItemKind::Comma || is(catalog, &items[at], WordSet::Conjunction);
    let idle = |at: usize| is_any(catalog, &items[at], &[WordSet::Determiner, WordSet::Self_, WordSet::All]);
    let (mut parts, mut at) = (Vec::new(), first + 1);
    while at < end {
        let noun = (at..end).find(|at| !idle(*at))?;
        let (past, _, plural) = noun_at(line, noun, catalog)?;
        if !plural || past < end && !joins(past) {
            return None;
        }
        parts.push(line.slice(noun, past - 1));
        at = (past..end).find(|at| !joins(*at)).unwrap_or(end);
    }
    let verb = line.raw(first);
    let orders: Vec<String> = parts.iter().map(|part| format!("{verb} {part}")).collect();
    (parts.len() > 1).then(|| orders.join("; "))
}

/// The line with what stands before a preposition said again before the second that is the same: "remove Bob from the campaign
/// Spring and from the workflow Nurture".
pub fn with_preposition(line: &Utterance, catalog: &Catalog) -> Option<String> {
    let items = &line.items;
    let (join, from) = joint(line, items.len(), catalog)?;
    let leads = |item: &Item| is(catalog, item, WordSet::Preposition) || is(catalog, item, WordSet::Link);
    let first = (2..join).find(|at| leads(&items[*at]) && items[*at].folded == items[from].folded)?;
    let noun = (from + 1..items.len().min(from + LONGEST_LEAD)).any(|at| noun_at(line, at, catalog).is_some());
    (leads(&items[from]) && noun).then(|| {
        let (before, joined) = (line.slice(0, join - 1), line.slice(join, from - 1));
        format!("{before} {joined} {} {}", line.slice(0, first - 1), &line.text[items[from].start..])
    })
}

/// The line with the noun of the first thing before the name of the second: "pause campaign Spring and resume Summer".
pub fn with_kind(line: &Utterance, catalog: &Catalog) -> Option<String> {
    let items = &line.items;
    let (join, from) = joint(line, items.len(), catalog)?;
    let own = |len: usize| {
        let vocabulary = catalog.vocabulary();
        words(line, from, len)
            .and_then(|words| vocabulary.lookup(&words))
            .is_some_and(|term| vocabulary.is_own_verb(term))
    };
    let verb = |len: &usize| verb_senses(line, from, *len, catalog).iter().copied().any(is_base) || own(*len);
    let name = from + (1..=LONGEST_VERB).rev().find(verb)?;
    let named = |at: usize| meaning::named(line, at);
    let (first, past) = (1..join).find_map(|at| Some((at, noun_at(line, at, catalog)?.0)))?;
    let whole = name < items.len() && (name..items.len()).all(named) && past < join && named(past);
    whole.then(|| {
        let before = &line.text[..items[name].start];
        format!("{before}{} {}", line.slice(first, past - 1), &line.text[items[name].start..])
    })
}

/// So many words from an item on; nothing past the end.
fn words(line: &Utterance, at: usize, len: usize) -> Option<String> {
    let words: Vec<&str> = line.items.get(at..at + len)?.iter().map(|item| item.folded.as_str()).collect();
    Some(words.join(" "))
}

/// The senses of so many words from an item on, as one term.
fn verb_senses<'c>(line: &Utterance, at: usize, len: usize, catalog: &'c Catalog) -> &'c [Sense] {
    words(line, at, len).map_or(&[], |words| senses(catalog, &words))
}

fn is_base(sense: Sense) -> bool {
    matches!(sense, Sense::Verb { form: Form::Base, .. })
}

/// Whether a value of a reading holds the words with which a second order begins: "Spring and resume Summer".
pub fn swallowed(intent: &Intent, line: &Utterance, catalog: &Catalog) -> bool {
    let Some((join, from)) = joint(line, line.items.len(), catalog) else { return false };
    let begins = line.slice(join, from);
    let [step] = intent.steps.as_slice() else { return false };
    with_kind(line, catalog).is_some()
        && step.arguments.iter().any(|told| matches!(&told.value, Value::Text(text) if text.contains(begins)))
}

/// Whether the second part of a line is about what the first names: "… and his notes", "…, then the starred ones".
pub fn goes_on(line: &Utterance, catalog: &Catalog) -> bool {
    let Some((_, from)) = joint(line, line.items.len(), catalog) else { return false };
    let stands = catalog.lexicon().set("stands_for_noun");
    let whose = catalog.lexicon().set("pointing_whose");
    let person = is(catalog, &line.items[from], WordSet::Person) || whose.contains(&line.items[from].folded);
    person || line.items[from..].iter().any(|item| stands.contains(&item.folded) && item.folded.ends_with('s'))
}

/// The last place before an item where two orders are joined: its first item, and the first behind it.
fn joint(line: &Utterance, before: usize, catalog: &Catalog) -> Option<(usize, usize)> {
    let items = &line.items;
    let joins = |at: usize| {
        items[at].kind == ItemKind::Ampersand
            || is(catalog, &items[at], WordSet::Conjunction)
            || is(catalog, &items[at], WordSet::Sequence)
    };
    let last = (2..before.min(items.len()).saturating_sub(1)).rev().find(|at| joins(*at))?;
    let comma = |at: usize| items[at].kind == ItemKind::Comma || joins(at);
    let from = (2..last).rev().take_while(|at| comma(*at)).last().unwrap_or(last);
    Some((from, last + 1))
}

fn orders(catalog: &Catalog, item: &Item) -> bool {
    item.kind == ItemKind::Word && senses(catalog, &item.folded).iter().copied().any(meaning::orders)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_of_the_kind_that_was_named() {
        let named = |text: &str| with_noun(&read(text).expect("a line"), &Catalog::builtin());
        for (line, whole) in [
            (
                "delete the Demo calendar and create one called Intro",
                "delete the Demo calendar and create calendar called Intro",
            ),
            (
                "show unread conversations, then the starred ones",
                "show unread conversations, then the starred conversations",
            ),
        ] {
            assert_eq!(named(line).as_deref(), Some(whole), "{line}");
        }
        for line in ["delete one calendar", "list the calendars and one of them", "show the tags and one form"] {
            assert_eq!(named(line), None, "{line}");
        }
    }

    #[test]
    fn what_stands_before_a_preposition_goes_for_both() {
        let told = |text: &str| with_preposition(&read(text).expect("a line"), &Catalog::builtin());
        let line = "remove Bob from the campaign Spring and from the workflow Nurture";
        let whole = "remove Bob from the campaign Spring and remove Bob from the workflow Nurture";
        assert_eq!(told(line).as_deref(), Some(whole));
        for line in
            ["add Ann to the campaign Spring and remove her from the workflow Old", "text Ann and from now on call"]
        {
            assert_eq!(told(line), None, "{line}");
        }
    }

    #[test]
    fn what_it_is_to_be_given_is_made_for_it() {
        let told = |text: &str| with_gift(&read(text).expect("a line"), &Catalog::builtin());
        let line = "create a product named Balm and give it a one time price of 45 USD";
        let whole = "create a product named Balm and create a one time price of 45 USD for it";
        assert_eq!(told(line).as_deref(), Some(whole));
        for line in ["show the product Balm and give me a price", "give it a price"] {
            assert_eq!(told(line), None, "{line}");
        }
    }

    #[test]
    fn the_verb_goes_for_each_kind() {
        let told = |text: &str| with_verb_each(&read(text).expect("a line"), &Catalog::builtin());
        let line = "list the forms, the surveys and the users";
        assert_eq!(told(line).as_deref(), Some("list forms; list surveys; list users"));
        for line in ["delete the forms and the surveys", "list the forms of Ann and the surveys", "list forms"] {
            assert_eq!(told(line), None, "{line}");
        }
    }

    #[test]
    fn the_kind_goes_for_both() {
        let told = |text: &str| with_kind(&read(text).expect("a line"), &Catalog::builtin());
        let line = "pause campaign Spring and delete Summer";
        assert_eq!(told(line).as_deref(), Some("pause campaign Spring and delete campaign Summer"));
        for line in ["pause campaign Spring and delete tag Summer", "add tag vip to Ann and remove lead"] {
            assert_eq!(told(line), None, "{line}");
        }
    }

    #[test]
    fn the_verb_goes_for_both() {
        let told = |text: &str| with_verb(&read(text).expect("a line"), &Catalog::builtin());
        for (line, whole) in [
            ("delete contact 5f1a9b and conversation 6f1b9c", "delete contact 5f1a9b and delete conversation 6f1b9c"),
            ("show contact Ann Lee and her notes", "show contact Ann Lee and show her notes"),
        ] {
            assert_eq!(told(line).as_deref(), Some(whole), "{line}");
        }
        for line in ["delete the note about Ann and the deal Zenith", "add tag vip and remove tag lead", "list tags"] {
            assert_eq!(told(line), None, "{line}");
        }
    }
}
