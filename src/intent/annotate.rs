use crate::catalog::inflect::Form;
use crate::catalog::{Sense, TermId, Vocabulary, WordSet};
use crate::language::{Item, ItemKind, Utterance, is_common_word, is_given_name, is_surname};

use super::asides;
use super::asking;
use super::reason::{self, Reason};
use super::repair::repair;

/// One term found at an item.
#[derive(Debug, Clone, Copy)]
pub struct Match {
    /// How many items it covers.
    pub len: u8,
    /// Which.
    pub term: TermId,
    /// It was reached by mending a typo.
    pub repaired: bool,
}

/// A line with the terms found at every item.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each tells something else of the line")]
pub struct Annotated<'a> {
    /// The line.
    pub utterance: &'a Utterance,
    matches: Matches,
    /// Cost of each item inside a name or a short text; never positive but for capitals.
    pub costs: Vec<i32>,
    /// The verb that opens the line, fillers passed over.
    pub head: Option<usize>,
    /// It asks something: a question word opens it, fillers passed over.
    pub asks: bool,
    /// Words in it bind to nothing: it is no English.
    pub garbled: bool,
    /// Stretches that only explain.
    pub asides: Vec<(usize, usize)>,
    /// The first clause, when it only tells why what stands behind it is asked for.
    pub reason: Option<Reason>,
    /// It is typed without capitals: names look like any word.
    pub small: bool,
    /// It is for a service that the names of other programs may belong to.
    pub guest: bool,
    /// The closed word sets each item belongs to by itself, as bits; the highest bits for what else is asked of each.
    sets: Vec<u64>,
    /// How many items the nouns that start at each item cover, as bits: the lowest for one.
    nouns: Vec<u8>,
}

// The closed word sets take the bits below.
const _: () = assert!(WordSet::NAMES.len() <= 58);
/// Bit of an item that is a verb.
const VERB_BIT: u64 = 1 << 63;
/// Bit of an item that is a word typed small.
const SMALL_BIT: u64 = 1 << 62;
/// Bit of an item that can be a verb that tells what was done, and never orders.
const TELLS_BIT: u64 = 1 << 61;
/// Bit of an item that any dictionary has, typed small: it is hardly a name.
const COMMON_BIT: u64 = 1 << 60;
/// Bit of an item that a negation of several words begins at.
const DENIES_BIT: u64 = 1 << 59;
/// Bit of an item that looks like a part of a name.
const NAME_BIT: u64 = 1 << 58;
/// The most items that a term covers; the lengths of nouns are bits of a byte.
const LONGEST_TERM: usize = 8;

/// The terms that start at each item, one item after the other.
#[derive(Debug, Default)]
struct Matches {
    all: Vec<Match>,
    starts: Vec<u32>,
}

impl Matches {
    /// Finds the terms of all items.
    fn find(&mut self, vocabulary: &Vocabulary, words: &[Option<u32>], repaired: &[bool]) {
        self.all.clear();
        self.starts.clear();
        for at in 0..words.len() {
            self.starts.push(u32::try_from(self.all.len()).unwrap_or(u32::MAX));
            walk(vocabulary, words, repaired, at, &mut self.all);
        }
        self.starts.push(u32::try_from(self.all.len()).unwrap_or(u32::MAX));
    }

    /// Those that start at an item; none past the end.
    #[inline]
    fn at(&self, at: usize) -> &[Match] {
        match self.starts.get(at..at + 2) {
            Some(&[start, end]) => &self.all[start as usize..end as usize],
            _ => &[],
        }
    }

    fn items(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }
}

impl<'a> Annotated<'a> {
    /// Finds the terms of a line. `guest`: it is for a service that the names of other programs may belong to.
    pub fn new(utterance: &'a Utterance, vocabulary: &Vocabulary, guest: bool) -> Self {
        let items = &utterance.items;
        let mut words: Vec<Option<u32>> =
            items.iter().map(|item| readable(item).then(|| vocabulary.word(&item.folded)).flatten()).collect();
        let mut repaired = vec![false; items.len()];
        let mut matches = Matches::default();
        matches.find(vocabulary, &words, &repaired);
        let covered = cover(&matches);
        let names = names(utterance, vocabulary, &matches);
        // "Crate a contact" is a slip, "are bats blind" is none.
        let asks = longest(vocabulary, matches.at(0), WordSet::Question).is_some();
        for (at, item) in items.iter().enumerate() {
            if covered[at] || item.kind != ItemKind::Word {
                continue;
            }
            let right = is_common_word(&item.folded);
            if right && (asks || !may_order(vocabulary, &matches, at)) {
                continue;
            }
            let mended = repair(vocabulary, &item.folded, names[at]);
            if let Some(word) = mended.filter(|word| !right || is_order(vocabulary, *word)) {
                words[at] = Some(word);
                repaired[at] = true;
            }
        }
        if repaired.contains(&true) {
            matches.find(vocabulary, &words, &repaired);
        }
        let mut costs = Vec::with_capacity(items.len());
        let mut sets = Vec::with_capacity(items.len());
        let mut nouns = Vec::with_capacity(items.len());
        for (at, item) in items.iter().enumerate() {
            let (found, name) = (matches.at(at), names[at]);
            let own = cost(&item.kind, vocabulary, found, (name, guest));
            costs.push(if in_tagged(utterance, at) { own.max(TAGGED) } else { own });
            let small = !name && item.kind == ItemKind::Word;
            let when = |yes: bool, bit: u64| if yes { bit } else { 0 };
            let bits = when(name, NAME_BIT)
                | when(small, SMALL_BIT)
                | when(small && is_common_word(&item.folded), COMMON_BIT)
                | when(longest(vocabulary, found, WordSet::Negation).is_some_and(|len| len > 1), DENIES_BIT);
            sets.push(self::sets(vocabulary, found) | bits);
            nouns.push(noun_lengths(vocabulary, found));
        }
        let head = head(vocabulary, &matches, &sets);
        if let Some(head) = head {
            costs[head] -= HEAD;
        }
        let (asks, garbled, asides, reason) = (false, false, Vec::new(), None);
        let small = sets.iter().all(|bits| bits & NAME_BIT == 0);
        let mut line =
            Self { utterance, matches, costs, head, asks, garbled, asides, reason, small, guest, sets, nouns };
        line.asides = asides::find(&line, vocabulary);
        line.asks = asking::asks(&line, vocabulary);
        line.reason = reason::find(&line, vocabulary);
        line.asks &= line.reason.is_none();
        line.garbled = asides::garbled(&line, vocabulary);
        line
    }

    /// The terms that start at an item, the shortest first; none past the end.
    #[inline]
    pub fn matches(&self, at: usize) -> &[Match] {
        self.matches.at(at)
    }

    /// Whether a stretch holds a word for something spoken of before.
    pub fn holds_pronoun(&self, first: usize, past: usize) -> bool {
        (first..past).any(|at| self.is(at, WordSet::Thing) || self.is(at, WordSet::Person))
    }

    /// Whether an item looks like a part of a name.
    #[inline]
    pub fn is_name(&self, at: usize) -> bool {
        self.sets[at] & NAME_BIT != 0
    }

    /// Whether a noun starts at an item.
    pub fn is_noun(&self, at: usize) -> bool {
        self.nouns.get(at).is_some_and(|lengths| *lengths != 0)
    }

    /// Whether an item goes on with a noun that began before it.
    pub fn inside_noun(&self, at: usize) -> bool {
        (at.saturating_sub(LONGEST_TERM - 1)..at).any(|from| self.longer_noun(from, at - from) && !self.is_name(from))
    }

    /// Whether an item is a part of a noun.
    pub fn in_noun(&self, at: usize) -> bool {
        (at.saturating_sub(LONGEST_TERM - 1)..=at).any(|from| self.longer_noun(from, at - from))
    }

    /// Whether a noun that starts at an item covers more than so many.
    pub fn longer_noun(&self, at: usize, len: usize) -> bool {
        usize::from(self.nouns[at]) >> len != 0
    }

    /// Whether a noun that starts at an item ends beyond another, though not past a third.
    pub fn noun_between(&self, at: usize, beyond: usize, past: usize) -> bool {
        let most = past.saturating_sub(at).min(LONGEST_TERM);
        let within = (1usize << most) - 1;
        usize::from(self.nouns[at]) & within & (usize::MAX << (beyond - at)) != 0
    }

    /// Whether an item may stand between the values of a list.
    pub fn separates(&self, at: usize) -> bool {
        let mark = matches!(self.utterance.items[at].kind, ItemKind::Comma | ItemKind::Ampersand);
        mark || self.is(at, WordSet::Conjunction)
    }

    /// Whether an item by itself belongs to a word set.
    #[inline]
    pub fn is(&self, at: usize, set: WordSet) -> bool {
        self.sets[at] & 1 << set as u64 != 0
    }

    /// Whether an item can be a verb that tells what was done: a past or third-person form, never an order.
    pub fn tells(&self, at: usize) -> bool {
        self.sets[at] & TELLS_BIT != 0
    }

    /// Whether an item is a word typed small: no part of a name.
    #[inline]
    pub fn is_small(&self, at: usize) -> bool {
        self.sets[at] & SMALL_BIT != 0
    }

    /// Whether an item is "a" or "an": what follows is any of its kind.
    pub fn is_indefinite(&self, at: usize) -> bool {
        matches!(self.utterance.items[at].folded.as_str(), "a" | "an")
    }

    /// Whether words that explain begin at an item.
    pub fn explains(&self, at: usize) -> bool {
        self.asides.iter().any(|(first, _)| *first == at)
    }

    /// Whether a negation of several words begins at an item: "no longer", "thinking of".
    pub fn denies(&self, at: usize) -> bool {
        self.sets[at] & DENIES_BIT != 0
    }

    /// Whether an item is a word of every dictionary, typed small.
    #[inline]
    pub fn is_common(&self, at: usize) -> bool {
        self.sets[at] & COMMON_BIT != 0
    }

    /// Whether an item can be a verb.
    #[inline]
    pub fn is_verb(&self, at: usize) -> bool {
        self.sets[at] & VERB_BIT != 0
    }
}

/// Whether an order may begin at an item: it opens the line, or stands behind what may precede one.
fn may_order(vocabulary: &Vocabulary, matches: &Matches, at: usize) -> bool {
    let before = |set: WordSet| {
        let alone = matches.at(at - 1).iter().filter(|m| m.len == 1);
        alone.flat_map(|m| vocabulary.senses(m.term)).any(|s| *s == Sense::Set(set))
    };
    at == 0 || [WordSet::Filler, WordSet::Conjunction, WordSet::Sequence].into_iter().any(before)
}

/// Whether a word is a verb as it stands in an order.
fn is_order(vocabulary: &Vocabulary, word: u32) -> bool {
    let term = vocabulary.step(0, word).and_then(|node| vocabulary.term_at(node));
    let order = |s: &Sense| matches!(s, Sense::Verb { form: Form::Base, .. });
    term.is_some_and(|term| vocabulary.senses(term).iter().any(order))
}

/// Letters of a surname that nobody lists, at least.
const SHORTEST_NAME: usize = 4;
/// What it costs more to take the verb that opens a line as a part of a name.
const HEAD: i32 = 18;

/// The item that opens the line with a plain verb, fillers passed over.
fn head(vocabulary: &Vocabulary, matches: &Matches, sets: &[u64]) -> Option<usize> {
    let mut at = 0;
    while at < sets.len() {
        let verb = sets[at] & VERB_BIT != 0;
        match longest(vocabulary, matches.at(at), WordSet::Filler) {
            Some(len) if !verb => at += len,
            _ => return (verb && !(at > 0 && sets[at] & NAME_BIT != 0)).then_some(at),
        }
    }
    None
}

/// How many items the longest of some terms covers that belongs to a word set.
pub(super) fn longest(vocabulary: &Vocabulary, matches: &[Match], set: WordSet) -> Option<usize> {
    let found = matches.iter().filter(|m| vocabulary.senses(m.term).contains(&Sense::Set(set)));
    found.map(|m| usize::from(m.len)).max()
}

fn noun_lengths(vocabulary: &Vocabulary, matches: &[Match]) -> u8 {
    let noun = |m: &&Match| vocabulary.senses(m.term).iter().any(|s| matches!(s, Sense::Noun { .. }));
    matches.iter().filter(noun).fold(0, |bits, m| bits | 1 << (m.len - 1))
}

fn sets(vocabulary: &Vocabulary, matches: &[Match]) -> u64 {
    let (mut bits, mut orders, mut tells) = (0, false, false);
    for sense in matches.iter().filter(|m| m.len == 1).flat_map(|m| vocabulary.senses(m.term)) {
        match sense {
            Sense::Set(set) => bits |= 1 << *set as u64,
            Sense::Verb { form, .. } => {
                bits |= VERB_BIT;
                orders |= *form == Form::Base;
                tells |= matches!(form, Form::Past | Form::Third);
            }
            _ => {}
        }
    }
    if tells && !orders { bits | TELLS_BIT } else { bits }
}

fn readable(item: &Item) -> bool {
    use ItemKind::{Ampersand, Code, Equals, Number, Other, Possessive, Unit, Word};
    matches!(item.kind, Word | Code | Possessive | Ampersand | Equals | Number { .. } | Other | Unit)
}

fn walk(vocabulary: &Vocabulary, words: &[Option<u32>], repaired: &[bool], from: usize, out: &mut Vec<Match>) {
    let mut node = 0;
    let mut mended = false;
    for (at, word) in words.iter().enumerate().skip(from).take(LONGEST_TERM) {
        let Some(next) = word.and_then(|word| vocabulary.step(node, word)) else { break };
        node = next;
        mended |= repaired[at];
        if let Some(term) = vocabulary.term_at(node) {
            let len = u8::try_from(at - from + 1).unwrap_or(u8::MAX);
            out.push(Match { len, term, repaired: mended });
        }
    }
}

fn cover(matches: &Matches) -> Vec<bool> {
    let mut covered = vec![false; matches.items()];
    for at in 0..covered.len() {
        let longest = matches.at(at).iter().map(|m| usize::from(m.len)).max().unwrap_or(0);
        for covered in covered.iter_mut().skip(at).take(longest) {
            *covered = true;
        }
    }
    covered
}

/// Whether an item looks like part of a name: capitalised, and not merely as the first word of the line.
#[inline]
fn is_name(utterance: &Utterance, at: usize) -> bool {
    let item = &utterance.items[at];
    let upper = |i: &Item| utterance.text[i.start..].chars().next().is_some_and(char::is_uppercase);
    let named = |at: usize| utterance.items.get(at).is_some_and(|next| next.kind == ItemKind::Word && upper(next));
    let joined = || utterance.items.get(1).is_some_and(|next| next.kind == ItemKind::Ampersand) && named(2);
    let ends = |item: &Item| matches!(item.kind, ItemKind::Stop | ItemKind::Question);
    let opens = at > 0 && ends(&utterance.items[at - 1]) && !utterance.glued(at);
    let tells = if at == 0 { named(1) || joined() } else { !opens || named(at + 1) };
    item.start < item.end && upper(item) && tells
}

/// Which items look like a part of a name. In a line typed without capitals those are given names that nobody declared as
/// anything else, and the word behind them: "dana white".
fn names(utterance: &Utterance, vocabulary: &Vocabulary, matches: &Matches) -> Vec<bool> {
    let items = &utterance.items;
    let mut names: Vec<bool> = (0..items.len()).map(|at| is_name(utterance, at)).collect();
    // "The Pool Liner deal is won", "Could Ann Lee get …?"
    let opens = |set: WordSet| longest(vocabulary, matches.at(0), set).is_some();
    let asks = items.last().is_some_and(|item| item.kind == ItemKind::Question);
    let small = opens(WordSet::Article) || opens(WordSet::Preposition) || asks && opens(WordSet::Auxiliary);
    if let Some(first) = names.first_mut() {
        *first &= !small;
    }
    if names.contains(&true) {
        return names;
    }
    let means = |sense: &Sense| *sense != Sense::Own;
    let free = |at: usize| {
        let mut senses = matches.at(at).iter().flat_map(|m| vocabulary.senses(m.term));
        items[at].kind == ItemKind::Word && !senses.any(means)
    };
    for at in 0..items.len() {
        let word = &items[at].folded;
        let behind = at > 0 && names[at - 1] && !(at > 1 && names[at - 2]);
        let strange = || word.len() >= SHORTEST_NAME && matches.at(at).is_empty() && !is_common_word(word);
        names[at] = free(at) && (is_given_name(word) || behind && (is_surname(word) || strange()));
    }
    names
}

/// What a part of "redis:7" costs at most in a name, whatever its words mean elsewhere.
const TAGGED: i32 = -1;

/// Whether an item belongs to two that a colon joins without a space, as the name of a thing and its version: "redis:7".
fn in_tagged(utterance: &Utterance, at: usize) -> bool {
    let plain = |at: usize| {
        let part = |item: &Item| matches!(item.kind, ItemKind::Word | ItemKind::Code | ItemKind::Number { .. });
        utterance.items.get(at).is_some_and(part)
    };
    let joins = |at: usize| {
        let colon = utterance.items.get(at).is_some_and(|item| item.kind == ItemKind::Colon);
        colon && at > 0 && plain(at - 1) && plain(at + 1) && utterance.glued(at) && utterance.glued(at + 1)
    };
    joins(at) || at > 0 && joins(at - 1) || joins(at + 1)
}

/// What it costs to take an item as a part of a name: nothing for a word nobody declared, more for words with a job.
fn cost(kind: &ItemKind, vocabulary: &Vocabulary, matches: &[Match], (name, guest): (bool, bool)) -> i32 {
    match kind {
        ItemKind::Word | ItemKind::Code | ItemKind::Number { .. } | ItemKind::Ampersand => {}
        ItemKind::Time | ItemKind::Percent { .. } | ItemKind::IsoDate | ItemKind::Bracket => return -5,
        ItemKind::Other | ItemKind::Dash => return -4,
        ItemKind::Unit => return 0,
        ItemKind::Money { .. } | ItemKind::Phone => return -8,
        ItemKind::Possessive => return -7,
        ItemKind::Comma => return -13,
        ItemKind::Colon | ItemKind::Semicolon | ItemKind::Stop | ItemKind::Question => return -16,
        _ => return -22,
    }
    if let ItemKind::Number { .. } = kind {
        return -4;
    }
    if matches.is_empty() {
        return i32::from(name);
    }
    let heaviest = matches
        .iter()
        .filter(|m| m.len == 1)
        .flat_map(|m| vocabulary.senses(m.term).iter().map(move |s| (m.repaired, *s)))
        .filter(|(_, sense)| !(guest && *sense == Sense::Set(WordSet::Foreign)))
        .map(|(repaired, sense)| match sense {
            _ if repaired => -4,
            // "Will Power": what also asks is as good a name as any small word.
            Sense::Set(WordSet::Question) if name => -9,
            _ => weight(sense),
        })
        .min();
    match heaviest {
        None => i32::from(name),
        Some(weight) if name && weight > -50 => weight / 5,
        Some(weight) => weight,
    }
}

fn weight(sense: Sense) -> i32 {
    match sense {
        Sense::Verb { weak: false, .. } => -7,
        Sense::Verb { weak: true, .. } => -4,
        Sense::Noun { .. } => -10,
        Sense::Own | Sense::Turn { .. } | Sense::Apart { .. } => -3,
        Sense::Set(set) => match set {
            WordSet::Preposition | WordSet::Link | WordSet::Person | WordSet::Thing | WordSet::Tail => -10,
            WordSet::Negation => -40,
            WordSet::Question => -14,
            WordSet::Conjunction | WordSet::Auxiliary | WordSet::Self_ | WordSet::Denial | WordSet::Unmet => -9,
            WordSet::Determiner
            | WordSet::Sequence
            | WordSet::Filler
            | WordSet::Aside
            | WordSet::Subject
            | WordSet::AtOnce => -5,
            WordSet::Light | WordSet::Times | WordSet::Apiece | WordSet::Priced | WordSet::Quantity => -2,
            WordSet::All => -4,
            WordSet::True | WordSet::False | WordSet::Told | WordSet::Licence | WordSet::Article | WordSet::Binder => {
                -3
            }
            WordSet::Foreign => -60,
        },
    }
}
