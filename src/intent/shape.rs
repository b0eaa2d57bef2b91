//! What stretches of a line can be a value, by its type: the same for the parameters of all operations.

use crate::catalog::{Kind, Parameter, Sense, WordSet};
use crate::language::{ItemKind, is_given_name};

use super::annotate::Match;
use super::endings::{does_to_it, stands_for_another, told_behind_dash};
use super::found::{Found, Span, item};
use super::literals::{boolean, counts_nothing, date, lengths, number, one};
use super::score;
use super::stretch::{Noun, Stretch};

/// All of a parameter that decides what can be its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A short text, or several.
    Text { many: bool },
    /// The name or id of a record, or of several.
    Name { many: bool, person: bool },
    /// Free text; `marked` when something introduced it, so that it may run on.
    Prose { many: bool, marked: bool },
    /// A number. `unit`: a length of time will do.
    Number { money: bool, unit: bool },
    /// Yes or no.
    Boolean,
    /// A day or a moment; `ranges` when a second parameter takes the end of a range.
    Date { ranges: bool },
    /// A length of time; `marked` when something introduced it, so that a plain number of minutes will do.
    Length { marked: bool },
    /// An address, or several.
    Email { many: bool },
    /// A telephone number, or several.
    Phone { many: bool },
    /// A web address, or several.
    Url { many: bool },
    /// JSON.
    Json,
}

/// Longest name, in items.
const LONGEST: usize = 12;

impl Shape {
    /// One more than any [`Self::index`].
    pub const COUNT: usize = 26;

    /// The shape of a parameter's values.
    pub fn of(param: &Parameter, person: bool, marked: bool) -> Self {
        let many = param.many;
        match &param.kind {
            Kind::Text | Kind::Id | Kind::Timezone | Kind::File => Self::Text { many },
            Kind::Entity(_) => Self::Name { many, person },
            Kind::FreeText => Self::Prose { many, marked },
            Kind::Integer | Kind::Number => Self::Number { money: false, unit: param.unit.is_some() },
            Kind::Money => Self::Number { money: true, unit: param.unit.is_some() },
            Kind::Boolean => Self::Boolean,
            Kind::Date | Kind::DateTime => Self::Date { ranges: param.range_end.is_some() },
            Kind::Duration => Self::Length { marked },
            Kind::Email => Self::Email { many },
            Kind::Phone => Self::Phone { many },
            Kind::Url => Self::Url { many },
            Kind::Object if param.each.is_some() => Self::Text { many },
            Kind::Object | Kind::Any => Self::Json,
        }
    }

    /// A number of its own.
    pub fn index(self) -> usize {
        let pair = |first: usize, a: bool, b: bool| first + 2 * usize::from(a) + usize::from(b);
        match self {
            Self::Text { many } => usize::from(many),
            Self::Name { many, person } => pair(2, many, person),
            Self::Prose { many, marked } => pair(6, many, marked),
            Self::Number { money, unit } => pair(10, money, unit),
            Self::Boolean => 14,
            Self::Date { ranges } => 15 + usize::from(ranges),
            Self::Length { marked } => {
                if marked {
                    25
                } else {
                    17
                }
            }
            Self::Email { many } => 18 + usize::from(many),
            Self::Phone { many } => 20 + usize::from(many),
            Self::Url { many } => 22 + usize::from(many),
            Self::Json => 24,
        }
    }

    /// Every value of the shape that starts at an item.
    pub fn find(self, line: &Stretch<'_>, at: usize, out: &mut Vec<Span>) {
        match self {
            Self::Text { many } => text(line, Name { many, record: false, person: false }, at, out),
            Self::Name { many, person } => text(line, Name { many, record: true, person }, at, out),
            Self::Prose { many, marked } => prose(line, many, marked, at, out),
            Self::Number { money, unit } => number(line, money, unit, at, out),
            Self::Boolean => boolean(line, at, out),
            Self::Date { ranges } => date(line, ranges, at, out),
            Self::Length { marked } => {
                lengths(line, at, out);
                if marked && matches!(line.kind(at), ItemKind::Number { .. }) && counts_nothing(line, at) {
                    out.push(one(at, score::TYPED - 2));
                }
            }
            Self::Email { many } => typed(line, many, at, out, |k| matches!(k, ItemKind::Email)),
            Self::Phone { many } => {
                typed(line, many, at, out, |k| matches!(k, ItemKind::Phone | ItemKind::Number { .. }));
            }
            Self::Url { many } => typed(line, many, at, out, |k| matches!(k, ItemKind::Url | ItemKind::Code)),
            Self::Json if matches!(line.kind(at), ItemKind::Json) => out.push(one(at, score::TYPED)),
            Self::Json => {}
        }
    }
}

/// What a text or a name may be.
#[derive(Clone, Copy)]
struct Name {
    many: bool,
    record: bool,
    person: bool,
}

impl Name {
    fn span(self, at: usize, end: usize, points: i32) -> Span {
        let found = if self.many { Found::Many(item(at), item(end)) } else { Found::Span(item(at), item(end)) };
        Span { end, points, found }
    }
}

fn text(line: &Stretch<'_>, name: Name, at: usize, out: &mut Vec<Span>) {
    if name.record && line.is(at, if name.person { WordSet::Person } else { WordSet::Thing }) {
        out.push(Span { end: at + 1, points: 3, found: Found::Pronoun(item(at)) });
    }
    if unfit_start(line, at) || !line.is_name(at) && line.line.inside_noun(at) || goes_on(line, at) || states(line, at)
    {
        return;
    }
    let mut sum = 0;
    let mut separated = false;
    for end in at..line.past.min(at + LONGEST) {
        let kind = line.kind(end);
        if end > at && (line.line.explains(end) || matches!(kind, ItemKind::Arrow)) {
            return;
        }
        if name.many && end > at && line.separates(end) {
            separated = true;
            continue;
        }
        if separated && orders_more(line, end) || end > at && goes_on_with_it(line, end) {
            return;
        }
        if end > at && over(line, name, at, end) {
            return;
        }
        let counts = end + 1 < line.past && *line.kind(end + 1) == ItemKind::Unit;
        if let Some(points) = lone(kind, name).or_else(|| counts.then_some(COUNTED)) {
            if end > at && !separated && !name.many {
                return;
            }
            sum += points;
            out.push(name.span(at, end + 1, sum));
            if name.many {
                separated = false;
                continue;
            }
            return;
        }
        if end > at && matches!(kind, ItemKind::Quoted { .. } | ItemKind::Email | ItemKind::Url) {
            return;
        }
        if end > at && does_to_it(line, end) {
            return;
        }
        if end > at && matches!(kind, ItemKind::Dash) && told_behind_dash(line, name.record, at, end) {
            return;
        }
        let denies = line.is(end, WordSet::Negation) || line.line.denies(end);
        // A capital at the head of a line makes no name of "Neither".
        if denies && (end == 0 || !line.is_name(end)) || joins_codes(line, end) {
            return;
        }
        if end > at && (asked_about(line, end) || name.record && tells_of(line, end)) {
            return;
        }
        if name.many && end > at && line.is(end, WordSet::Preposition) && !line.is_name(end) {
            return;
        }
        if !name.many && end > at && name.person && line.is(end, WordSet::Conjunction) {
            return;
        }
        sum += if name.many { line.line.costs[end] / 2 } else { line.line.costs[end] };
        sum += changes_case(line, at, end);
        if !name.record && end > at && line.is(end, WordSet::Auxiliary) && !line.is_name(end) && line.is_name(end - 1) {
            sum += score::SMALL_WORD;
        }
        if name.record {
            sum += unlikely(line, name, at, end);
        }
        if sum < -34 {
            return;
        }
        if end == at && stands_for_none(line, name, at) || (at..=end).all(|at| is_mark(line, at)) {
            continue;
        }
        if end > at && (name.record && !name.many && speaks_of_oneself(line, at) || stands_for_another(line, at)) {
            return;
        }
        let whole = end == at && line.is(at, WordSet::All) && !line.is_name(at);
        if !unfit_end(line, end) && !whole && !splits_noun(line, at, end + 1) && !parts_brackets(line, at, end) {
            out.push(name.span(at, end + 1, sum + splits_name(line, end + 1)));
        }
        separated = false;
    }
}

/// Whether a value would hold one bracket of two, or nothing but what stands in brackets: "tour.mp4 (video/mp4)".
fn parts_brackets(line: &Stretch<'_>, first: usize, last: usize) -> bool {
    let bracket =
        |at: usize, sign: &str| *line.kind(at) == ItemKind::Bracket && line.line.utterance.items[at].folded == sign;
    let mut open = 0i32;
    for at in first..=last {
        open += i32::from(bracket(at, "(")) - i32::from(bracket(at, ")"));
        if open < 0 {
            return true;
        }
    }
    open != 0 || bracket(first, "(")
}

/// Whether a word behind "and" begins another order rather than naming one more of a list: "the tag gold and drop lead".
fn orders_more(line: &Stretch<'_>, at: usize) -> bool {
    let ends = |at: usize| line.separates(at) || line.is(at, WordSet::Preposition) || line.is(at, WordSet::Filler);
    // "Add tags vip and new client to Ann": what is new there has no name.
    let described = line.is(at, WordSet::Determiner) && at + 2 < line.past && line.is(at + 2, WordSet::Preposition);
    line.is(at - 1, WordSet::Conjunction)
        && line.line.is_verb(at)
        && !described
        && !line.is_name(at)
        && at + 1 < line.past
        && *line.kind(at + 1) == ItemKind::Word
        && !ends(at + 1)
}

/// Whether "and", a verb and a pronoun or an article stand at an item: "add the contact Ann Lee and call her at 5", "for MX and
/// add a rate" give a second order.
fn goes_on_with_it(line: &Stretch<'_>, at: usize) -> bool {
    let points =
        |at: usize| line.is(at, WordSet::Person) || line.is(at, WordSet::Thing) || line.is(at, WordSet::Article);
    line.is(at, WordSet::Conjunction)
        && at + 2 < line.past
        && line.line.is_verb(at + 1)
        && !line.is_name(at + 1)
        && !line.is(at + 1, WordSet::Auxiliary)
        && points(at + 2)
}

/// Whether a value that began before an item cannot hold it: a colon, what follows a code, a comma with words behind it
/// that mean something, "and" with a noun behind it, a day typed small behind a name, what is asked of somebody else.
fn over(line: &Stretch<'_>, name: Name, first: usize, at: usize) -> bool {
    let code = |at: usize| *line.kind(at) == ItemKind::Code;
    let next = at + 1 < line.past;
    let glued = next && line.line.utterance.glued(at + 1);
    match line.kind(at) {
        ItemKind::Colon | ItemKind::Semicolon => !glued,
        ItemKind::Other => line.line.utterance.items[at].folded == "|",
        ItemKind::Possessive => name.record && next && line.is_plain(at + 1) && line.is_name(at - 1),
        ItemKind::Bracket => {
            let literal = next && matches!(line.kind(at + 1), ItemKind::Email | ItemKind::Phone | ItemKind::Url);
            literal || next && tells_field(line, at + 1)
        }
        ItemKind::Comma if name.many => false,
        ItemKind::Comma if glued => false,
        ItemKind::Comma => code(at - 1) || next && line.is_plain(at + 1) && !line.line.matches(at + 1).is_empty(),
        ItemKind::Word if !line.is_name(at) => {
            let joins = name.record && !name.many && line.is(at, WordSet::Conjunction);
            let another = || next && !line.is_name(at + 1) && line.line.is_noun(at + 1);
            let new = |at: usize| line.is(at, WordSet::Determiner) && line.line.is_verb(at);
            let given = || line.is_name(at - 1) && line.indefinite(at) && next && new(at + 1);
            let dated = || line.is_name(at - 1) && line.dates_at(at).next().is_some();
            let owns = line.is(at, WordSet::Determiner) && !line.is(at, WordSet::Article);
            let points = name.record && owns && line.is_name(at - 1);
            points && !(next && line.is_name(at + 1))
                || joins && (code(at - 1) || another())
                || dated()
                || given()
                || elsewhere(line, at)
                || (name.record || name.many) && at == first + 1 && is_long_code(line, first) && line.is_plain(at)
        }
        _ => false,
    }
}

/// Whether words that operations know stand at an item, with a colon soon behind them: "(colour: red)".
fn tells_field(line: &Stretch<'_>, at: usize) -> bool {
    let marked = |at: usize| at < line.past && *line.kind(at) == ItemKind::Colon;
    line.line.matches(at).iter().any(|m| marked(at + usize::from(m.len)))
}

/// Whether an item is a code that nobody takes for a word: letters and digits joined, or many of them.
fn is_long_code(line: &Stretch<'_>, at: usize) -> bool {
    let text = line.line.utterance.items[at].folded.as_str();
    let digit = text.bytes().any(|b| b.is_ascii_digit());
    *line.kind(at) == ItemKind::Code && digit && (text.len() > 5 || text.contains(['-', '_']))
}

/// Whether a word by itself is the name of nothing: "them", "it"; of no record either "me" or "up".
fn stands_for_none(line: &Stretch<'_>, name: Name, at: usize) -> bool {
    let is = |set: WordSet| line.is(at, set);
    let small = line.is_small(at);
    let speaker = is(WordSet::Self_) && (small || line.line.utterance.items[at].folded.len() == 1);
    let naming = name.record && is(WordSet::Link) && is(WordSet::Auxiliary);
    let wish = is(WordSet::Licence) && is(WordSet::Auxiliary) || is(WordSet::Aside);
    small && (wish || is(WordSet::Person) || is(WordSet::Thing) || is(WordSet::Question) || naming)
        || speaker && !name.many
        || contracted(line, at)
        || name.record && (is(WordSet::Self_) || small && (is(WordSet::Filler) || is(WordSet::Preposition)))
}

/// Whether a small word begins a statement or a question, and no value: "has", "is".
fn states(line: &Stretch<'_>, at: usize) -> bool {
    let small = line.is_small(at);
    small && line.is(at, WordSet::Question) && line.is(at, WordSet::Auxiliary)
}

/// Whether a record's name would begin with who is speaking: "tell me the name".
fn speaks_of_oneself(line: &Stretch<'_>, at: usize) -> bool {
    line.is_small(at) && line.is(at, WordSet::Self_) && !line.is_name(at + 1)
}

/// Whether an item joins a pronoun and its verb: "I'd", "we'll".
fn contracted(line: &Stretch<'_>, at: usize) -> bool {
    let Some((pronoun, _)) = line.line.utterance.items[at].folded.split_once('\'') else { return false };
    let pronoun_of = |s: &Sense| matches!(s, Sense::Set(WordSet::Self_ | WordSet::Person | WordSet::Thing));
    let known = line.vocabulary.lookup(pronoun);
    known.is_some_and(|term| line.vocabulary.senses(term).iter().any(pronoun_of))
}

/// Whether a verb that tells what the record before it did stands at an item: "Cedar Bakery moved to Elm St".
fn tells_of(line: &Stretch<'_>, at: usize) -> bool {
    let small = line.is_small(at);
    small && line.is_name(at - 1) && (line.line.tells(at) || line.is(at, WordSet::Told))
}

/// Whether an item is a mark that names nothing by itself; a sign like an emoji may.
fn is_mark(line: &Stretch<'_>, at: usize) -> bool {
    matches!(line.kind(at), ItemKind::Other | ItemKind::Bracket) && line.line.utterance.items[at].folded.is_ascii()
}

/// What it costs more to take an item into the name of a record: small words join capitalised parts only, and a person is
/// not called by a word of the dictionary.
fn unlikely(line: &Stretch<'_>, name: Name, first: usize, at: usize) -> i32 {
    if *line.kind(at) == ItemKind::Code && at > first && !name.many && line.is_plain(at - 1) {
        return score::NOUN_IN_NAME;
    }
    if *line.kind(at) == ItemKind::Possessive && at > first && line.line.is_common(at - 1) {
        return score::SMALL_WORD;
    }
    if line.is_name(at) || *line.kind(at) != ItemKind::Word {
        return 0;
    }
    let joins = [WordSet::Determiner, WordSet::Preposition, WordSet::Self_, WordSet::Person, WordSet::Auxiliary];
    if at > first && joins.into_iter().any(|set| line.is(at, set)) {
        // "Unpublish the Spring Sale" is an order, whatever it means.
        if at == first + 1 && first == line.first && line.is(at, WordSet::Article) && !line.is_name(first) {
            return score::NO_NAME;
        }
        let joined = line.is_name(at - 1) && at + 1 < line.past && line.is_name(at + 1);
        return if joined { 0 } else { score::SMALL_WORD };
    }
    if at > first && line.is_plain(at) && *line.kind(at - 1) == ItemKind::Code {
        return score::SMALL_WORD;
    }
    if at == first
        && let Some(words) = named_as_another(line, at)
    {
        return score::NOUN_IN_NAME * words;
    }
    // "dana white", in a line without capitals.
    let nobodys = |at: usize| line.line.matches(at).is_empty() && *line.kind(at) == ItemKind::Word;
    let given = |at: usize| {
        let word = &line.line.utterance.items[at].folded;
        is_given_name(word) || nobodys(at) && !line.line.is_common(at)
    };
    let surname = at == first + 1 && line.line.small && nobodys(at) && given(first);
    match (line.line.is_common(at) && !surname, name.person) {
        (true, true) => score::NO_NAME,
        (true, false) if !name.many => score::PLAIN_WORD,
        _ => 0,
    }
}

/// How many words the noun at an item has that stands before a name: "affiliate Jade", "facebook ad Free Exam".
fn named_as_another(line: &Stretch<'_>, at: usize) -> Option<i32> {
    let named = |noun: &&Noun| {
        noun.at == at && noun.end < line.past && (line.is_name(noun.end) || is_long_code(line, noun.end))
    };
    line.nouns.iter().filter(named).filter_map(|noun| i32::try_from(noun.end - at).ok()).max()
}

/// Whether a plain word behind a name or a code is what a question asks about it: "is Summer Leads running?", "did payment
/// 6527f0ab clear?".
fn asked_about(line: &Stretch<'_>, at: usize) -> bool {
    if !line.asked || !line.is_plain(at) {
        return false;
    }
    let goes_on = at + 1 < line.past && (line.is_name(at + 1) || line.line.is_noun(at + 1));
    line.is_name(at - 1) && !goes_on || is_code(line, at - 1)
}

fn is_code(line: &Stretch<'_>, at: usize) -> bool {
    matches!(line.kind(at), ItemKind::Code | ItemKind::Number { .. })
}

/// A name is capitalised throughout or not at all, small words that join its parts aside.
fn changes_case(line: &Stretch<'_>, first: usize, at: usize) -> i32 {
    let plain = |i: usize| matches!(line.kind(i), ItemKind::Word) && line.line.utterance.items[i].folded.len() > 3;
    let changes = at > first && line.is_name(at) != line.is_name(at - 1) && plain(at) && plain(at - 1);
    if changes { score::CASE } else { 0 }
}

/// Whether a value would end inside a longer noun: after "shipping" of "a shipping zone".
fn splits_noun(line: &Stretch<'_>, at: usize, past: usize) -> bool {
    (at..past).any(|i| !line.is_name(i) && line.line.noun_between(i, past, line.past))
}

/// Whether an item is the second half of a name: "Sons" of "Stone & Sons".
fn goes_on(line: &Stretch<'_>, at: usize) -> bool {
    let joins = at > line.first + 1 && *line.kind(at - 1) == ItemKind::Ampersand;
    joins && line.is_name(at) && line.is_name(at - 2)
}

/// Ending a name between two capitalised words costs.
fn splits_name(line: &Stretch<'_>, at: usize) -> i32 {
    let next = |at: usize| at < line.past && line.is_name(at);
    let joined = next(at + 1) && *line.kind(at) == ItemKind::Ampersand;
    if joined && at > line.first && line.is_name(at - 1) {
        return score::SPLIT_NAME;
    }
    let inside = next(at) && at > line.first && line.is_name(at - 1);
    if inside && matches!(line.kind(at), ItemKind::Word) { score::SPLIT_NAME } else { 0 }
}

/// Points of money, a percentage or a time as a text.
const COUNTED: i32 = -25;

/// Points of an item that is a whole value by itself.
fn lone(kind: &ItemKind, name: Name) -> Option<i32> {
    match kind {
        ItemKind::Quoted { .. } if name.record => Some(1),
        ItemKind::Quoted { .. } => Some(5),
        ItemKind::Address => Some(if name.record { -10 } else { 5 }),
        ItemKind::Email | ItemKind::Phone if name.person => Some(4),
        ItemKind::Email | ItemKind::Phone => Some(-6),
        ItemKind::Url => Some(if name.record { -25 } else { -3 }),
        ItemKind::Money { .. } | ItemKind::IsoDate | ItemKind::Time | ItemKind::Percent { .. } => Some(COUNTED),
        _ => None,
    }
}

fn unfit_start(line: &Stretch<'_>, at: usize) -> bool {
    use ItemKind::{Arrow, Colon, Comma, Dash, Equals, Json, KeyValue, Possessive, Question, Semicolon, Stop, Unit};
    matches!(
        line.kind(at),
        Comma
            | Colon
            | Semicolon
            | Dash
            | Equals
            | Arrow
            | Stop
            | Question
            | Possessive
            | Json
            | KeyValue { .. }
            | Unit
    ) || !line.is_name(at) && (joins(line, at) || elsewhere(line, at))
}

/// Whether a turn of several words begins at an item that asks for what nothing here does: "give him his money back".
fn elsewhere(line: &Stretch<'_>, at: usize) -> bool {
    let foreign =
        |m: &Match| !line.line.guest && line.vocabulary.senses(m.term).contains(&Sense::Set(WordSet::Foreign));
    line.line.matches(at).iter().any(|m| m.len > 1 && foreign(m))
}

/// A conjunction between two codes joins two records, never the parts of one name.
fn joins_codes(line: &Stretch<'_>, at: usize) -> bool {
    let code = |i: usize| i < line.past && matches!(line.kind(i), ItemKind::Code | ItemKind::Email);
    line.is(at, WordSet::Conjunction) && at > line.first && code(at - 1) && code(at + 1)
}

/// A word that only joins what is around it: no name begins with it.
fn joins(line: &Stretch<'_>, at: usize) -> bool {
    line.is(at, WordSet::Conjunction)
        || line.is(at, WordSet::Preposition)
            && *line.kind(at) == ItemKind::Word
            && !line.line.matches(at).iter().any(|m| m.len > 1)
        || line.is(at, WordSet::Tail)
}

fn unfit_end(line: &Stretch<'_>, at: usize) -> bool {
    let small = [WordSet::Preposition, WordSet::Determiner, WordSet::All].into_iter().any(|set| line.is(at, set));
    unfit_start(line, at) || small && !line.is_name(at) && line.line.costs[at] < -4
}

fn prose(line: &Stretch<'_>, many: bool, marked: bool, at: usize, out: &mut Vec<Span>) {
    use ItemKind::{Arrow, Colon, Comma, Dash};
    let closes = line.line.utterance.items[at].folded.starts_with([')', ']', '}']);
    if closes || matches!(line.kind(at), Arrow | Colon | Comma | Dash) {
        return;
    }
    if let ItemKind::Quoted { .. } = line.kind(at) {
        out.push(one(at, 5));
        return;
    }
    let pronoun = line.is(at, WordSet::Thing) || line.is(at, WordSet::Person);
    if pronoun && pauses(line, at + 1) {
        return;
    }
    if marked {
        let late = (at + 1..line.past.min(at + 5)).any(|i| matches!(line.kind(i), ItemKind::Colon));
        out.push(Span {
            end: line.past,
            points: if late { -6 } else { 3 },
            found: Found::Tail(item(at), item(line.past)),
        });
    }
    if many {
        return text(line, Name { many, record: false, person: false }, at, out);
    }
    if !marked {
        return;
    }
    let mut sum = 0;
    for end in at..line.past {
        sum += line.line.costs[end] / 2;
        if sum < -30 || matches!(line.kind(end), ItemKind::Quoted { .. }) {
            return;
        }
        if !unfit_end(line, end) {
            let cut = if pauses(line, end + 1) { -1 } else { -7 };
            let found = Found::Span(item(at), item(end + 1));
            out.push(Span { end: end + 1, points: sum + cut, found });
        }
    }
}

/// Whether something that ends a phrase stands at an item: a mark, or the end.
fn pauses(line: &Stretch<'_>, at: usize) -> bool {
    use ItemKind::{Comma, Semicolon, Stop};
    at >= line.past
        || matches!(line.kind(at), Comma | Semicolon | Stop)
        || line.is(at, WordSet::Conjunction)
        || line.is(at, WordSet::Preposition)
}

fn typed(line: &Stretch<'_>, many: bool, at: usize, out: &mut Vec<Span>, fits: impl Fn(&ItemKind) -> bool) {
    if !fits(line.kind(at)) && !matches!(line.kind(at), ItemKind::Quoted { .. }) {
        return;
    }
    let name = Name { many, record: false, person: false };
    let mut end = at + 1;
    out.push(name.span(at, end, score::TYPED));
    while many && end + 1 < line.past && line.separates(end) && fits(line.kind(end + 1)) {
        end += 2;
        out.push(name.span(at, end, score::TYPED));
    }
}
