//! A first clause that only tells why, with an order behind it: "the FAQ 66f0 is no longer true, take it out", "nobody uses
//! the tag xmas-2019, bin it". Only the order counts, whatever the clause denies; the records it names are what "it" means.

use crate::catalog::inflect::Form;
use crate::catalog::{Sense, TurnPlace, Vocabulary, WordSet};
use crate::language::ItemKind;

use super::annotate::Annotated;
use super::meaning::looks_past;
use super::score;

/// The longest clause that counts as one, in items.
const LONGEST: usize = 24;

/// Where such a clause stands: always at the beginning of the line.
#[derive(Debug, Clone)]
pub struct Reason {
    /// The mark that ends it.
    pub past: usize,
    /// The only thing it names, when that is a code.
    pub lone: Option<usize>,
    /// What passing over all of it costs: more when it names something.
    whole: i32,
    /// Of each of its items, one past the words around it that name nothing; the item itself where it names something.
    idle: Vec<usize>,
}

impl Reason {
    /// Whether an item belongs to the clause.
    pub fn holds(&self, at: usize) -> bool {
        at < self.past
    }

    /// How far words that need no job reach from an item, and what passing them over costs.
    pub fn skips(&self, at: usize) -> impl Iterator<Item = (usize, i32)> {
        let whole = (at == 0).then_some((self.past, self.whole));
        let idle = self.idle.get(at).filter(|past| **past > at).map(|past| (*past, score::REASON));
        whole.into_iter().chain(idle)
    }
}

/// The clause of a line, if it opens with one.
pub fn find(line: &Annotated<'_>, vocabulary: &Vocabulary) -> Option<Reason> {
    let items = &line.utterance.items;
    // "Everything's approved, …" tells, though "everything about Ann" asks.
    let whole = items.last().is_some_and(|item| item.kind != ItemKind::Question) && line.is(0, WordSet::All);
    if line.asks && !whole {
        return None;
    }
    let mark = |at: &usize| {
        use ItemKind::{Comma, Dash, Semicolon, Stop};
        matches!(items[*at].kind, Comma | Semicolon | Dash | Stop)
            || *at > 1 && line.is(*at, WordSet::Sequence) && !line.is_name(*at)
    };
    let past = (1..items.len().min(LONGEST)).find(mark)?;
    // "Business Harbor Dental: city is Rockland now, and their number …" tells what is to be changed.
    let comma = items[past].kind == ItemKind::Comma;
    let goes_on = comma && past + 1 < items.len() && line.is(past + 1, WordSet::Conjunction);
    if goes_on && (2..past).any(|at| items[at].kind == ItemKind::Colon) {
        return None;
    }
    (orders(line, vocabulary, past + 1) && tells(line, vocabulary, past)).then(|| reason(line, past))
}

fn reason(line: &Annotated<'_>, past: usize) -> Reason {
    let names: Vec<bool> = (0..past).map(|at| names_something(line, at)).collect();
    let mut idle: Vec<usize> = (0..past).collect();
    let mut next = past;
    for at in (0..past).rev() {
        if names[at] {
            next = at;
        }
        idle[at] = next;
    }
    let whole = score::WHOLE_REASON + if names.contains(&true) { score::UNUSED_NAME } else { 0 };
    let code = |at: &usize| line.utterance.items[*at].kind == ItemKind::Code;
    let lone = (0..past).find(|at| names[*at]).filter(code).filter(|at| !names[at + 1..].contains(&true));
    Reason { past, lone, whole, idle }
}

/// Whether an item is a part of what the clause speaks of, rather than of what it says.
fn names_something(line: &Annotated<'_>, at: usize) -> bool {
    use ItemKind::{Code, Email, Number, Phone, Quoted, Url, Word};
    match line.utterance.items[at].kind {
        Code | Email | Number { .. } | Phone | Quoted { .. } | Url => true,
        Word => line.in_noun(at) || line.is_name(at) && !line.is(at, WordSet::Self_),
        _ => false,
    }
}

fn base(sense: Sense) -> bool {
    matches!(sense, Sense::Verb { form: Form::Base, .. })
}

/// Whether an order begins at an item, what joins two clauses and fillers passed over.
fn orders(line: &Annotated<'_>, vocabulary: &Vocabulary, from: usize) -> bool {
    let items = &line.utterance.items;
    // "Its colour should be red": what is wished of the record is an order too.
    let owns = |at: usize| line.is(at, WordSet::Determiner) && !line.is(at, WordSet::Article) && !line.is_verb(at);
    let wished = |at: usize| line.is(at, WordSet::Licence) && line.is(at, WordSet::Auxiliary) && !line.is_name(at);
    // "So the user Tom must be deleted".
    let passive = |at: usize| wished(at) && at + 1 < items.len() && line.tells(at + 1);
    if (from + 1..items.len().min(from + LONGEST)).any(passive) {
        return true;
    }
    if from + 2 < items.len() && owns(from) && (from + 2..items.len().min(from + 6)).any(wished) {
        return true;
    }
    let turn = |s: &Sense| matches!(s, Sense::Turn { .. });
    let turns = |at: usize| line.matches(at).iter().any(|m| vocabulary.senses(m.term).iter().any(turn));
    let begins = from < items.len() && !line.is_name(from) && items[from].kind == ItemKind::Word;
    begins && (from..items.len()).any(turns) || begins_order(line, vocabulary, from)
}

/// Whether an order begins at an item, or behind fillers and what joins two clauses: "so could you get rid of …".
fn begins_order(line: &Annotated<'_>, vocabulary: &Vocabulary, at: usize) -> bool {
    let items = &line.utterance.items;
    if at >= items.len() || line.is_name(at) || items[at].kind != ItemKind::Word {
        return false;
    }
    let senses = || line.matches(at).iter().map(|m| (usize::from(m.len), vocabulary.senses(m.term)));
    if senses().any(|(_, senses)| senses.iter().copied().any(base)) {
        return true;
    }
    let then = |at: usize| [WordSet::Thing, WordSet::Person, WordSet::Determiner].into_iter().any(|s| line.is(at, s));
    let own = senses().filter(|(_, senses)| senses.contains(&Sense::Own)).map(|(len, _)| len).max();
    if own.is_some_and(|len| at + len < items.len() && then(at + len)) && !line.is(at, WordSet::Auxiliary) {
        return true;
    }
    // "We can delete it now".
    let may = line.is(at, WordSet::Self_) && at + 1 < items.len() && line.is(at + 1, WordSet::Licence);
    let filler = |s: &Sense| matches!(s, Sense::Set(WordSet::Filler | WordSet::Conjunction | WordSet::Sequence));
    let fillers = senses().filter(|(_, senses)| senses.iter().any(filler)).map(|(len, _)| len);
    fillers.chain(may.then_some(2)).any(|len| begins_order(line, vocabulary, at + len))
}

/// Whether a clause tells something: a subject, then a verb that orders nothing; no condition, and nothing that is wished.
fn tells(line: &Annotated<'_>, vocabulary: &Vocabulary, past: usize) -> bool {
    let items = &line.utterance.items;
    let holds =
        |at: usize, set: WordSet| line.matches(at).iter().any(|m| vocabulary.senses(m.term).contains(&Sense::Set(set)));
    let denies = |at: usize| holds(at, WordSet::Denial);
    let turned = |at: usize| turned(line, vocabulary, at);
    let condition = |at: usize| holds(at, WordSet::Negation) && !denies(at) && !line.is_name(at) && !turned(at);
    let opens = |set: WordSet| line.is(0, set);
    let asks = opens(WordSet::Question) && !opens(WordSet::All) && !line.is_name(0);
    if asks || [WordSet::Aside, WordSet::Negation].into_iter().any(opens) || (0..past).any(condition) {
        return false;
    }
    if contracted(line, vocabulary) {
        return !wishes(line, vocabulary, past) && !asks_to_see(line, vocabulary, past);
    }
    let first = match line.head {
        // "Post 65p9 shouldn't be here": the noun of what has an id, though it is a verb too.
        Some(head) if head < past => {
            let noun = head == 0 && line.is_noun(0) && items[1].kind == ItemKind::Code;
            if !noun {
                return false;
            }
            2
        }
        _ => 1,
    };
    let speaker = [WordSet::Self_, WordSet::Person, WordSet::Subject, WordSet::Thing].into_iter().any(opens);
    let finite = |at: usize| {
        let known = line.is(at, WordSet::Auxiliary)
            || line.is(at, WordSet::Told)
            || denies(at)
            || line.tells(at)
            || (items[at - 1].kind == ItemKind::Code || line.is_name(at - 1))
                && line.is_common(at)
                && items[at].folded.ends_with('s');
        let ended = looks_past(&items[at].folded);
        items[at].kind == ItemKind::Word
            && !line.is_name(at)
            && !line.in_noun(at)
            && (known || ended || at == 1 && speaker && (line.is_verb(at) || line.is_common(at)))
    };
    let verb = (first..past).find(|at| finite(*at));
    // "Wrong patient on INV-1177! Void it": what is named once, and only stood for by the order.
    let stood_for = || {
        let stands = |at: usize| line.is(at, WordSet::Thing) || line.is(at, WordSet::Person);
        let names = (0..past).filter(|at| items[*at].kind == ItemKind::Code).count();
        let free = (0..past).all(|at| !line.is_verb(at) && !line.is(at, WordSet::Negation));
        names == 1 && free && (past + 1..items.len()).any(stands)
    };
    if verb.is_none() && stood_for() {
        return true;
    }
    verb.is_some_and(|verb| !says_value(line, verb, past)) && !wishes(line, vocabulary, past)
}

/// Whether a clause tells the value of a field behind its verb: "Ann's phone is 555-0170 now" asks for it to be changed.
fn says_value(line: &Annotated<'_>, verb: usize, past: usize) -> bool {
    use ItemKind::{Email, Money, Number, Percent, Phone, Possessive, Quoted, Url};
    let kind = |at: usize| &line.utterance.items[at].kind;
    let literal = |at: usize| {
        matches!(kind(at), Email | Money { .. } | Number { .. } | Percent { .. } | Phone | Quoted { .. } | Url)
    };
    let owned = (0..verb).any(|at| *kind(at) == Possessive);
    (verb..past).any(|at| literal(at) || owned && line.is_name(at))
}

/// Whether the first word joins a pronoun and its verb: "we're", "it's".
fn contracted(line: &Annotated<'_>, vocabulary: &Vocabulary) -> bool {
    let Some((pronoun, _)) = line.utterance.items[0].folded.split_once('\'') else { return false };
    vocabulary.lookup(pronoun).is_some_and(|term| {
        let pronoun = |s: &Sense| matches!(s, Sense::Set(WordSet::Self_ | WordSet::Person | WordSet::Thing));
        vocabulary.senses(term).iter().any(pronoun)
    })
}

/// Whether an item is a part of a turn of speech that opens a clause: "can do without" denies and wishes nothing.
fn turned(line: &Annotated<'_>, vocabulary: &Vocabulary, at: usize) -> bool {
    let turn = |s: &Sense| matches!(s, Sense::Turn { place: TurnPlace::Opens, .. });
    let covers = |from: usize| {
        let long = line.matches(from).iter().filter(|m| from + usize::from(m.len) > at);
        long.flat_map(|m| vocabulary.senses(m.term)).any(turn)
    };
    (0..=at).any(covers)
}

/// Whether a word tells with the one behind it what was done: "has left", where "has to leave" asks for it.
fn tells_what_was(line: &Annotated<'_>, at: usize) -> bool {
    let next = at + 1 < line.utterance.items.len() && line.tells(at + 1);
    line.is(at, WordSet::Auxiliary) && next
}

/// Whether a clause asks for something itself: "Ann should be tagged", "the deal needs moving". What it denies it does not
/// ask for.
pub fn wishes(line: &Annotated<'_>, vocabulary: &Vocabulary, past: usize) -> bool {
    let Some(wish) = (0..past).find(|at| {
        line.is(*at, WordSet::Licence)
            && !line.is(*at, WordSet::Preposition)
            && !line.is_name(*at)
            && !turned(line, vocabulary, *at)
            && !tells_what_was(line, *at)
    }) else {
        return false;
    };
    let denies =
        |at: usize| line.matches(at).iter().any(|m| vocabulary.senses(m.term).contains(&Sense::Set(WordSet::Denial)));
    if (0..past).any(denies) {
        return false;
    }
    let done = |at: usize| {
        let verbs = line.matches(at).iter().filter(|m| m.len == 1).flat_map(|m| vocabulary.senses(m.term));
        let changes = |class: u8| vocabulary.reading & 1 << class == 0;
        let verbs = verbs.filter(|s| matches!(s, Sense::Verb { class, .. } if changes(*class)));
        let told = line.is(at, WordSet::Auxiliary) || line.in_noun(at) || line.is_name(at);
        verbs.count() > 0 && !told
    };
    let changes = |s: &Sense| matches!(s, Sense::Verb { class, .. } if vocabulary.reading & 1 << *class == 0);
    let order = |s: &Sense| base(*s) && changes(s);
    let asks = |at: usize| line.matches(at).iter().any(|m| vocabulary.senses(m.term).iter().any(order));
    (wish + 1..past).any(done) || wish + 1 < past && asks(wish + 1) && !line.in_noun(wish + 1)
}

/// Whether a clause asks for something to be shown: "I'd like to see the actions of the agent Leo, and …", where "I'd like to
/// see this gone, delete it" does not.
fn asks_to_see(line: &Annotated<'_>, vocabulary: &Vocabulary, past: usize) -> bool {
    let pointed = || (past..line.utterance.items.len()).any(|at| line.is(at, WordSet::Thing));
    let shows =
        |s: &Sense| matches!(s, Sense::Verb { class, form: Form::Base, .. } if vocabulary.reading & 1 << *class != 0);
    let shown = |at: usize| line.matches(at).iter().any(|m| vocabulary.senses(m.term).iter().any(shows));
    let verb = (0..past).find(|at| line.is_verb(*at)).is_some_and(shown);
    verb && begins_order(line, vocabulary, 0) && (2..past).any(|at| line.in_noun(at)) && !pointed()
}
