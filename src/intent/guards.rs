//! What keeps a change from being made, however well the line was understood: what it depends on, what takes it back or only
//! speaks of it, and what it does not name.

use crate::catalog::inflect::Form;
use crate::catalog::{Catalog, Kind, Risk, Sense, WordSet};
use crate::language::{Item, ItemKind, Utterance, is_given_name};

use super::deciding::NOT_DONE;
use super::reader::writes;
use super::reading::own;
use super::{Argument, Intent, Status, Step, Value, meaning, openers, statement};

/// What is told of a line that names one record or another.
const CHOICE: &str = "Nothing was done: that leaves a choice, so say which of them is meant.";

/// What is told of a line whose first word was taken for a record, though it looks like an order.
const UNKNOWN_ORDER: &str = "Nothing was done: the line begins with an order that does not fit the rest.";

/// What is told of a line that begins with a name whose first word is a verb too.
const TOLD: &str = "Nothing was done: that tells something of a record whose name begins like an order.";

/// What is told of a line that would destroy a record for what is in it.
const CONTENTS: &str = "Nothing was done: that speaks of what a record holds, and only what is named is deleted.";

/// What is told of a line that would destroy what another record is only spoken of with.
const ANOTHER: &str = "Nothing was done: it is not clear which record that is about.";

/// What to tell instead of changing anything; nothing where a reading may be acted on.
pub(super) fn forbids(intent: &Intent, line: &Utterance, catalog: &Catalog) -> Option<&'static str> {
    if !matches!(intent.status, Status::Ready | Status::Incomplete) || !writes(intent, catalog) {
        return None;
    }
    let depends = says_condition(intent, line, catalog)
        || statement::wonders(line, catalog)
        || !only_looks(intent, catalog) && statement::looks_whether(line, catalog)
        || statement::condition(line, catalog).is_some_and(|at| waits(intent, line, at, catalog));
    if depends {
        return Some(NOT_DONE);
    }
    if has_subject(line, catalog) {
        return Some(TOLD);
    }
    if takes_back(intent, line, catalog)
        || destroys(intent, catalog) && (announces(line, catalog) || doubts(line, catalog))
    {
        return Some(NOT_DONE);
    }
    if orders_the_contrary(intent, line, catalog) {
        return Some(UNKNOWN_ORDER);
    }
    if leaves_a_choice(intent, line, catalog) {
        return Some(CHOICE);
    }
    let elsewhere = || {
        points_at_another(intent, line, catalog)
            || points_at_either(intent, line, catalog)
            || hangs_on_somebody(intent, line, catalog)
    };
    if destroys(intent, catalog) && elsewhere() {
        return Some(ANOTHER);
    }
    (destroys(intent, catalog) && has_contents(line, catalog)).then_some(CONTENTS)
}

/// Whether the last clause orders "it" to be destroyed, and the record that a reading took for it only tells where another is:
/// "we never liked the reminder 42 of the calendar Demo, delete it" is not about the calendar.
fn points_at_another(intent: &Intent, line: &Utterance, catalog: &Catalog) -> bool {
    let destroys = |step: &&Step| catalog.operation(step.operation).risk == Risk::Destroy;
    intent.steps.iter().filter(destroys).any(|step| is_spoken_of_beside(step, line, catalog))
}

/// The mark before the last clause of a line, and what the record is called that a step is about.
fn mark_and_record<'s>(step: &'s Step, line: &Utterance, catalog: &Catalog) -> Option<(usize, &'s str)> {
    let mark = (1..line.items.len().saturating_sub(1)).rev().find(|at| pauses(&line.items[*at]))?;
    let op = catalog.operation(step.operation);
    let record = step.arguments.iter().find(|told| op.param(&told.name).is_some_and(|param| own(op, param)))?;
    if let Value::Text(name) = &record.value { Some((mark, name)) } else { None }
}

/// Whether a clause before names the record of a step only behind a preposition, and another thing before it.
fn is_spoken_of_beside(step: &Step, line: &Utterance, catalog: &Catalog) -> bool {
    let items = &line.items;
    let Some((mark, name)) = mark_and_record(step, line, catalog) else { return false };
    let is = |at: usize, set: WordSet| meaning::is(catalog, &items[at], set);
    let noun = |at: usize| meaning::noun_at(line, at, catalog);
    let points = (mark + 1..items.len()).any(|at| is(at, WordSet::Thing))
        && (mark + 1..items.len()).all(|at| noun(at).is_none());
    let named = (1..mark).find(|at| line.text[items[*at].start..].starts_with(name));
    let kind = named.and_then(|named| (1..named).find(|at| noun(*at).is_some_and(|(past, ..)| past == named)));
    let led = |at: usize| {
        let before = (1..at).rev().find(|at| !is(*at, WordSet::Determiner));
        before.is_some_and(|at| is(at, WordSet::Preposition) || is(at, WordSet::Link))
    };
    // "Clients are annoyed by the notification 42, remove it" names no other.
    let thing = |at: usize| {
        let past = noun(at).map(|(past, ..)| past);
        past.is_some_and(|past| at > 0 && is(at - 1, WordSet::Article) || past < mark && meaning::named(line, past))
    };
    points && kind.is_some_and(|kind| led(kind) && (0..kind).any(thing))
}

/// Whether the last clause orders somebody to be destroyed of whom nobody can say who it is, since a clause before names others
/// first: "Dana White no longer looks after the contact Olivia Chen, remove her".
fn points_at_either(intent: &Intent, line: &Utterance, catalog: &Catalog) -> bool {
    let items = &line.items;
    let [step] = intent.steps.as_slice() else { return false };
    let Some((mark, name)) = mark_and_record(step, line, catalog) else { return false };
    let is = |at: usize, set: WordSet| meaning::is(catalog, &items[at], set);
    let person = (mark + 1..items.len()).any(|at| is(at, WordSet::Person));
    let begins = |at: &usize| line.text[items[*at].start..].starts_with(name);
    let Some(named) = (0..mark).find(begins).filter(|_| person) else { return false };
    let capital = |at: usize| items[at].kind == ItemKind::Word && meaning::capital(line, at);
    let joined = |at: usize| {
        at > 0 && (is(at - 1, WordSet::Preposition) || capital(at - 1))
            || items.get(at + 1).is_some_and(|next| next.kind == ItemKind::Possessive)
    };
    (0..named.saturating_sub(1)).any(|at| capital(at) && capital(at + 1) && !joined(at))
}

/// Whether what would be destroyed for the whole account may only be meant of somebody whom a clause before speaks of: "Ann paid.
/// The tag unpaid can go."
fn hangs_on_somebody(intent: &Intent, line: &Utterance, catalog: &Catalog) -> bool {
    let whole = |step: &Step| {
        let op = catalog.operation(step.operation);
        // What is given to records by its name and what the account lists of it have the same noun.
        let given = |resource: &String| {
            let service = catalog.service(&op.service)?;
            let noun = service.resource(resource)?.nouns.first();
            Some(service.resources.iter().any(|other| other.creates_on_write && other.nouns.first() == noun))
        };
        op.risk == Risk::Destroy && op.objects.first().and_then(given) == Some(true)
    };
    let somebody = line.items.first().is_some_and(|first| is_given_name(&first.folded));
    somebody && line.items.iter().rev().skip(1).any(pauses) && intent.steps.iter().any(whole)
}

/// Whether a reading took the first word for a record, though it orders something or the contrary of what a verb does:
/// "undelete the tag golf" is about nobody of that name.
fn orders_the_contrary(intent: &Intent, line: &Utterance, catalog: &Catalog) -> bool {
    let Some(first) = line.items.first().filter(|first| first.kind == ItemKind::Word) else { return false };
    let record = |step: &Step, argument: &Argument| {
        let param = catalog.operation(step.operation).param(&argument.name);
        let named = matches!(&argument.value, Value::Text(text) if text == line.raw(0));
        named && param.is_some_and(|p| matches!(p.kind, Kind::Entity(_)))
    };
    let taken = intent.steps.iter().any(|step| step.arguments.iter().any(|argument| record(step, argument)));
    let orders = |word: &str| {
        let order = |s: &Sense| matches!(s, Sense::Verb { form: Form::Base, weak: false, .. });
        word.len() > 3 && meaning::senses(catalog, word).iter().any(order)
    };
    let rest = |before: &String| first.folded.strip_prefix(before.as_str());
    let mut contrary = catalog.lexicon().set("contrary").iter().filter_map(rest);
    let small = line.raw(0).starts_with(char::is_lowercase);
    taken && small && (orders(&first.folded) || contrary.any(orders))
}

fn pauses(item: &Item) -> bool {
    use ItemKind::{Comma, Dash, Question, Semicolon, Stop};
    matches!(item.kind, Comma | Dash | Question | Semicolon | Stop)
}

/// Whether some value of a reading holds words of the line.
fn is_value(intent: &Intent, words: &str) -> bool {
    fn holds(value: &Value, words: &str) -> bool {
        match value {
            Value::Text(text) | Value::Find(text) => text.contains(words),
            Value::List(all) => all.iter().any(|value| holds(value, words)),
            Value::Map(fields) => fields.iter().any(|(_, value)| holds(value, words)),
            _ => false,
        }
    }
    intent.steps.iter().any(|step| step.arguments.iter().any(|argument| holds(&argument.value, words)))
}

/// Whether a reading says nothing of a code, an address or a text in quotes that the line gives.
pub(super) fn lets_go(intent: &Intent, line: &Utterance) -> bool {
    use ItemKind::{Code, Email, Quoted, Url};
    line.items.iter().any(|item| match item.kind {
        Code | Email | Url => !is_value(intent, &line.text[item.start..item.end]),
        Quoted { start, end } => !is_value(intent, &line.text[start..end]),
        _ => false,
    })
}

/// Where a code, an address or, in a line that changes something, a text in quotes stands of which a ready reading says nothing:
/// part of the line was passed over.
pub(super) fn dropped(intent: &Intent, line: &Utterance, catalog: &Catalog) -> Option<(usize, usize)> {
    use ItemKind::{Code, Email, Quoted, Url};
    if intent.status != Status::Ready {
        return None;
    }
    let changes = writes(intent, catalog);
    let told = |item: &Item| {
        let text = &line.text[item.start..item.end];
        match item.kind {
            Email | Url => Some((item.start, item.end)),
            Code if text.len() >= LONG_CODE
                && !is_figure(text)
                && meaning::senses(catalog, &item.folded).is_empty() =>
            {
                Some((item.start, item.end))
            }
            Quoted { start, end } if changes && end > start => Some((start, end)),
            _ => None,
        }
    };
    // "Customer wrote: "void invoice INV-7"" is an order in quotes.
    let ordered = |quote: &str| {
        intent.steps.iter().flat_map(|step| &step.arguments).any(
            |argument| matches!(&argument.value, Value::Text(text) | Value::Find(text) if quote.contains(text.as_str())),
        )
    };
    line.items.iter().filter_map(told).find(|(start, end)| {
        let said = &line.text[*start..*end];
        !is_value(intent, said) && !ordered(said)
    })
}

/// Whether what looks like a code is a day, a time, a range of them, or a length: "11/1/2026", "9am-5pm", "45-day".
fn is_figure(text: &str) -> bool {
    let mut parts = text.split(['-', '/', '\u{2013}']);
    let digit = |part: &str| part.starts_with(|c: char| c.is_ascii_digit());
    let short = |part: &str| part.len() <= LONGEST_FIGURE;
    let first = parts.next().is_some_and(|first| digit(first) && short(first));
    let rest: Vec<&str> = parts.collect();
    first && !rest.is_empty() && rest.iter().all(|part| short(part) && (digit(part) || rest.len() == 1))
}

/// Letters and digits of a part of such a figure, at most: "10:30am".
const LONGEST_FIGURE: usize = 7;

/// Letters and digits of a code that is nothing else, at least.
const LONG_CODE: usize = 6;

/// Whether a clause behind an order takes it back and says nothing else: "delete the tag golf… actually no, keep it".
fn takes_back(intent: &Intent, line: &Utterance, catalog: &Catalog) -> bool {
    let items = &line.items;
    let said = |from: usize, past: usize| {
        let words: Vec<&str> = items[from..past].iter().map(|item| item.folded.as_str()).collect();
        catalog.lexicon().set("takes_back").contains(&words.join(" "))
    };
    (2..items.len()).filter(|at| pauses(&items[*at])).any(|mark| {
        let past = (mark + 1..items.len()).find(|at| pauses(&items[*at])).unwrap_or(items.len());
        past > mark + 1 && said(mark + 1, past) && !is_value(intent, line.slice(mark + 1, past - 1))
    })
}

/// Whether a line only announces what its speaker is going to do: "we will delete the tag golf tomorrow".
fn announces(line: &Utterance, catalog: &Catalog) -> bool {
    let Some(past) = meaning::longest(line, 0, "announces", catalog) else { return false };
    let wishes = line.items.get(past).is_some_and(|item| meaning::is(catalog, item, WordSet::Licence));
    !wishes && !line.items.iter().rev().skip(1).any(pauses)
}

/// The order that a line asks to be reminded of, or that it asks to be done no more: "remind me to delete the tag golf", "stop
/// pausing the campaign Spring". A reading that carries it out is wrong; nothing when nothing is to be changed.
pub(super) fn not_now(intent: &Intent, line: &Utterance, catalog: &Catalog) -> Option<String> {
    let changes = matches!(intent.status, Status::Ready | Status::Incomplete) && writes(intent, catalog);
    if !changes {
        return None;
    }
    let items = &line.items;
    let from = |at: usize| line.text[items[at].start..].to_owned();
    let mut reminders = meaning::phrases(line, 0..items.len(), "reminds", catalog).map(|(_, past)| past);
    let reminded = reminders.find(|past| past + 1 < items.len());
    let stops = catalog.lexicon().set("stops");
    // "Stop tracking the link Sale, delete it" has an order of its own.
    let one = !items.iter().rev().skip(1).any(pauses);
    let stopped = || {
        let at = (0..items.len().saturating_sub(2)).find(|at| stops.contains(&items[*at].folded))?;
        let base = base(&items[at + 1].folded, catalog).filter(|_| one)?;
        Some(format!("{base} {}", from(at + 2)))
    };
    reminded.map(from).or_else(stopped)
}

/// The verb that is going on, as it stands in an order: "pausing".
fn base(going_on: &str, catalog: &Catalog) -> Option<String> {
    let stem = going_on.strip_suffix("ing").filter(|stem| stem.len() > 1)?;
    let mut letters = stem.chars().rev();
    let shorter = letters.next().filter(|last| letters.next() == Some(*last)).and_then(|last| stem.strip_suffix(last));
    let forms = [Some(format!("{stem}e")), Some(stem.to_owned()), shorter.map(str::to_owned)];
    let orders = |word: &String| {
        let order = |s: &Sense| matches!(s, Sense::Verb { form: Form::Base, .. } | Sense::Own);
        meaning::senses(catalog, word).iter().any(order)
    };
    forms.into_iter().flatten().find(orders)
}

/// Whether a line is not sure that anything is to be done: "maybe delete the tag golf", "can I delete the tag golf?".
fn doubts(line: &Utterance, catalog: &Catalog) -> bool {
    let mut doubtful = meaning::phrases(line, 0..line.items.len(), "doubts", catalog);
    meaning::longest(line, 0, "asks_leave", catalog).is_some() || doubtful.next().is_some()
}

/// Whether a line names one record or another, and a reading took one of them or both: "text Ann Lee or Bob Ray …".
fn leaves_a_choice(intent: &Intent, line: &Utterance, catalog: &Catalog) -> bool {
    let items = &line.items;
    let named = |at: usize| matches!(items[at].kind, ItemKind::Email | ItemKind::Phone) || meaning::named(line, at);
    let either = catalog.lexicon().set("either");
    (1..items.len().saturating_sub(1)).any(|at| {
        either.contains(&items[at].folded)
            && named(at - 1)
            && named(at + 1)
            && !is_value(intent, line.slice(at - 1, at + 1))
    })
}

/// Whether a line tells what something is whose name begins with a verb: "Trash Day is a recurring task, make it weekly".
fn has_subject(line: &Utterance, catalog: &Catalog) -> bool {
    let items = &line.items;
    let capital = |at: usize| items[at].kind == ItemKind::Word && meaning::capital(line, at);
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

/// Whether all that is meant only looks at something, by a request that may change things elsewhere: "check whether the address
/// is real".
fn only_looks(intent: &Intent, catalog: &Catalog) -> bool {
    let looks = catalog.lexicon().set("looks");
    let looking = |step: &Step| {
        let op = catalog.operation(step.operation);
        op.reads() || op.verbs.iter().any(|verb| looks.contains(verb))
    };
    intent.steps.iter().all(looking)
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
    use super::super::reading_tests::meant;
    use super::*;

    #[test]
    fn what_is_taken_back_announced_doubted_or_left_open_is_not_done() {
        for line in [
            "delete the tag golf? no",
            "undelete the tag golf",
            "remind me to delete the tag golf",
            "please stop deleting the tag golf",
            "please stop pausing the facebook campaign Spring",
            "delete the tag golf... actually no, keep it",
            "we will delete the tag golf tomorrow",
            "maybe delete the tag golf",
            "can I delete the tag golf?",
            "text Ann Lee or Bob Ray that we are closed",
            "Ann paid. The tag unpaid can go.",
        ] {
            assert_eq!(meant(line), "unknown", "{line}");
        }
        for (line, start) in [
            ("text Ann Lee: are you coming? no", "conversations.send-message"),
            ("can you delete the tag golf?", "locations.delete-tag"),
            ("stop texting Ann Lee", "contacts.update"),
            ("text Ann Lee that it's Monday or Tuesday", "conversations.send-message"),
        ] {
            assert!(meant(line).starts_with(start), "{line}: {}", meant(line));
        }
    }

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
