use super::flat::{Flat, in_place};
use super::inflect::Form;
use super::mending::Mending;
use super::postings::{Filed, Postings};
use rustc_hash::{FxHashMap, FxHasher};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::hash::Hasher;

use super::ways::{Choices, Layout, Need, Said, met};

/// A word or phrase that somebody declared in the YAML.
pub type TermId = u32;

/// Every word of the catalog and the lexicon, compiled for look-up: a trie over words with the senses of each phrase, and
/// the postings that lead from senses to operations. Built once, when the catalog is loaded or frozen.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Vocabulary {
    /// (hash of a word, word id), sorted.
    words: Flat<(u64, u32)>,
    /// Where in `words` the hashes begin whose highest bits are each number, and where the last end.
    shelves: Flat<u32>,
    /// All words one after the other, and where each begins.
    #[serde(deserialize_with = "in_place")]
    text: Cow<'static, str>,
    starts: Flat<u32>,
    /// The node after the root by each word, or `NONE`.
    roots: Flat<u32>,
    /// (node and word, next node), sorted.
    edges: Flat<(u64, u32)>,
    /// Term that ends at a node, or `NONE`.
    ends: Flat<u32>,
    /// Where each term's senses begin in `lists` and how many they are.
    senses: Flat<(u32, u16)>,
    /// Each list of senses that some term has, once, one after the other.
    lists: Vec<Sense>,
    /// What a mistyped word may be mended to.
    mending: Mending,
    /// Names of the verb classes, in the lexicon's order.
    pub classes: Vec<String>,
    /// Classes that mean the opposite of each, as bits.
    pub opposites: Vec<u64>,
    /// What codes of a resource begin with, and its first noun.
    pub codes: Vec<(String, String)>,
    /// The word for a percentage, when something says it.
    pub percent: Option<TermId>,
    /// Classes that only ask to see something, as bits.
    pub reading: u64,
    /// Classes that change what is there, as bits.
    pub changing: u64,
    /// Nouns: service and resource of each.
    pub nouns: Vec<NounInfo>,
    /// The nouns whose records a bare name may mean.
    pub assumed: Vec<u16>,
    /// Terms that are verbs of some operation, sorted.
    own_verbs: Flat<TermId>,
    /// What choosing candidates needs to know of each operation.
    pub heads: Vec<Head>,
    /// Operations whose object a noun is.
    by_noun: Postings<u32>,
    /// Operations that a term of their own points to: own verbs, enum values, field names.
    by_term: Postings<u32>,
    /// Patterns by one of the words they need.
    by_literal: Postings<Filed>,
    /// What must be said for each pattern beside the words that it is filed under: see [`ways::needs`](super::ways::needs()).
    needs: Flat<u32>,
}

const NONE: u32 = u32::MAX;

/// What a term can mean wherever it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Sense {
    /// A verb of a class; `weak` when it also means much else.
    Verb {
        /// Position in `classes`.
        class: u8,
        /// A weak synonym.
        weak: bool,
        /// Order, statement or participle.
        form: Form,
    },
    /// A noun.
    Noun {
        /// Position in `nouns`.
        noun: u16,
        /// Said in the plural.
        plural: bool,
    },
    /// A closed word set of the lexicon.
    Set(WordSet),
    /// A term of operations: a field, a value, an own verb, a key, a lead.
    Own,
    /// The first part of a verb whose second part may stand behind what it acts on.
    Apart {
        /// Position in `classes`.
        class: u8,
        /// A weak synonym.
        weak: bool,
        /// Order, statement or participle.
        form: Form,
        /// The second part.
        last: TermId,
    },
    /// The words of a construction.
    Turn {
        /// The verb class it stands for, as a position in `classes`.
        class: u8,
        /// Where it stands.
        place: TurnPlace,
    },
}

/// Where the words of a construction stand in their clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TurnPlace {
    /// They open it: "we don't need …".
    Opens,
    /// They stand inside: "… belongs in …".
    Joins,
    /// They end it: "… can go".
    Closes,
}

/// The closed word sets that the reader knows by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum WordSet {
    /// Politeness and padding that changes nothing.
    Filler,
    /// the, a, my, all …
    Determiner,
    /// her, him, them.
    Person,
    /// it, that one.
    Thing,
    /// what, which, who, how many.
    Question,
    /// is, do, have, got …
    Auxiliary,
    /// to, on, for …
    Preposition,
    /// Words between a field and its value.
    Link,
    /// and, or.
    Conjunction,
    /// then, after that.
    Sequence,
    /// saying, that says.
    Tail,
    /// don't, never.
    Negation,
    /// Nouns without weight of their own: record, file, details.
    Light,
    /// yes, on, enabled.
    True,
    /// no, off, disabled.
    False,
    /// I, we, you, me.
    Self_,
    /// all, every, everything: a whole collection.
    All,
    /// since, because: opens words that only explain.
    Aside,
    /// nobody, someone: what a statement speaks of.
    Subject,
    /// should, needs, get: turns a participle into an order.
    Licence,
    /// the, a, my: a noun must follow.
    Article,
    /// of, with, and: something must follow, though never another of them.
    Binder,
    /// Other programs and devices: what is to be done there is not done here.
    Foreign,
    /// x, times: between a number and what there are so many of.
    Times,
    /// each, apiece: behind the price of one.
    Apiece,
    /// at, for: before the price of one.
    Priced,
    /// qty, quantity: before the number of them, behind what there are so many of.
    Quantity,
    /// went, gave: pasts that no verb of the lexicon has.
    Told,
    /// isn't, doesn't: the negations that a statement may hold. The others order, or set a condition.
    Denial,
    /// today, this minute: when an order is carried out anyhow.
    AtOnce,
    /// didn't, hasn't, never: the denials that tell what was not, and forbid nothing.
    Unmet,
}

impl WordSet {
    /// Every set with its name in `lexicon.yaml`.
    pub const NAMES: [(&'static str, Self); 31] = [
        ("filler", Self::Filler),
        ("determiner", Self::Determiner),
        ("person", Self::Person),
        ("thing", Self::Thing),
        ("question", Self::Question),
        ("auxiliary", Self::Auxiliary),
        ("preposition", Self::Preposition),
        ("link", Self::Link),
        ("conjunction", Self::Conjunction),
        ("sequence", Self::Sequence),
        ("tail", Self::Tail),
        ("negation", Self::Negation),
        ("light", Self::Light),
        ("true", Self::True),
        ("false", Self::False),
        ("self", Self::Self_),
        ("all", Self::All),
        ("aside", Self::Aside),
        ("subject", Self::Subject),
        ("licence", Self::Licence),
        ("article", Self::Article),
        ("binder", Self::Binder),
        ("foreign", Self::Foreign),
        ("times", Self::Times),
        ("apiece", Self::Apiece),
        ("priced", Self::Priced),
        ("quantity", Self::Quantity),
        ("told", Self::Told),
        ("denial", Self::Denial),
        ("at-once", Self::AtOnce),
        ("unmet", Self::Unmet),
    ];
}

/// A noun of the vocabulary.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct NounInfo {
    /// Service.
    #[serde(deserialize_with = "in_place")]
    pub service: Cow<'static, str>,
    /// Resource.
    #[serde(deserialize_with = "in_place")]
    pub resource: Cow<'static, str>,
    /// A person.
    pub person: bool,
    /// A name alone may mean a record of it.
    pub assumed: bool,
}

/// What choosing candidates needs to know of an operation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Head {
    /// Verb classes that ask for it, as bits; those it only may be asked with included.
    pub verbs: u64,
    /// Whether it only reads.
    pub reads: bool,
    /// Undocumented: needs leave to be chosen.
    pub hidden: bool,
    /// Position of its service in the catalog.
    pub service: u16,
}

/// Collects terms before they are laid out flat.
#[derive(Default)]
pub struct VocabularyBuilder {
    words: FxHashMap<String, u32>,
    texts: Vec<String>,
    edges: FxHashMap<(u32, u32), u32>,
    ends: Vec<u32>,
    senses: Vec<Vec<Sense>>,
    by_noun: FxHashMap<u32, Vec<u32>>,
    by_term: FxHashMap<TermId, Vec<u32>>,
    by_literal: FxHashMap<TermId, Vec<Filed>>,
    needs: Layout,
    own_verbs: Vec<TermId>,
}

impl VocabularyBuilder {
    /// An empty one.
    pub fn new() -> Self {
        Self { ends: vec![NONE], ..Self::default() }
    }

    /// The node at which a phrase ends, new or known.
    fn node(&mut self, phrase: &str) -> u32 {
        let mut node = 0;
        for word in phrase.split_whitespace() {
            let word = self.word(word);
            let ends = &mut self.ends;
            node = *self.edges.entry((node, word)).or_insert_with(|| {
                ends.push(NONE);
                u32::try_from(ends.len() - 1).unwrap_or(NONE)
            });
        }
        node
    }

    fn word(&mut self, word: &str) -> u32 {
        if let Some(id) = self.words.get(word) {
            return *id;
        }
        let id = u32::try_from(self.texts.len()).unwrap_or(NONE);
        self.words.insert(word.to_owned(), id);
        self.texts.push(word.to_owned());
        id
    }

    /// All spellings under which a phrase is typed: with spaces, hyphens, or joined when it has two words.
    pub fn spellings(phrase: &str) -> Vec<String> {
        let plain = phrase.replace('-', " ");
        let mut out = vec![plain.clone()];
        if plain.contains(' ') {
            out.push(plain.replace(' ', "-"));
            if plain.matches(' ').count() == 1 && plain.len() > 6 {
                out.push(plain.replace(' ', ""));
            }
        }
        if !out.iter().any(|o| o == phrase) {
            out.push(phrase.to_owned());
        }
        out
    }

    /// Gives a phrase, in all its spellings, a sense; the ids of its terms.
    pub fn add(&mut self, phrase: &str, sense: Sense) -> Vec<TermId> {
        let nodes: Vec<u32> = Self::spellings(phrase).iter().map(|spelling| self.node(spelling)).collect();
        let known = nodes.iter().map(|node| self.ends[*node as usize]).find(|term| *term != NONE);
        let shared = known.unwrap_or_else(|| {
            self.senses.push(Vec::new());
            u32::try_from(self.senses.len() - 1).unwrap_or(NONE)
        });
        let mut terms: Vec<TermId> = Vec::with_capacity(1);
        for node in nodes {
            let end = &mut self.ends[node as usize];
            if *end == NONE {
                *end = shared;
            }
            if !terms.contains(end) {
                terms.push(*end);
            }
        }
        for term in &terms {
            let senses = &mut self.senses[*term as usize];
            if !senses.contains(&sense) {
                senses.push(sense);
            }
        }
        terms
    }

    /// The term of a phrase that has no sense of its own.
    pub fn term(&mut self, phrase: &str) -> TermId {
        let node = self.node(phrase) as usize;
        if self.ends[node] == NONE {
            self.senses.push(Vec::new());
            self.ends[node] = u32::try_from(self.senses.len() - 1).unwrap_or(NONE);
        }
        self.ends[node]
    }

    /// Lets a term lead to an operation.
    pub fn point(&mut self, term: TermId, operation: u32) {
        let list = self.by_term.entry(term).or_default();
        if list.last() != Some(&operation) {
            list.push(operation);
        }
    }

    /// Notes that a term is a verb of some operation.
    pub fn own_verb(&mut self, term: TermId) {
        self.own_verbs.push(term);
    }

    /// Lets the noun of its object lead to an operation.
    pub fn object(&mut self, noun: u16, operation: u32) {
        self.by_noun.entry(u32::from(noun)).or_default().push(operation);
    }

    /// Lets a pattern be found by one of its words.
    pub fn literal(&mut self, term: TermId, filed: Filed) {
        self.by_literal.entry(term).or_default().push(filed);
    }

    /// Keeps what must be said for a pattern; where it stands, and how long it is.
    pub fn needs(&mut self, needs: &[Need]) -> (u32, u16) {
        self.needs.lay(needs)
    }

    /// Lays everything out flat.
    pub fn finish(mut self) -> Vocabulary {
        self.own_verbs.sort_unstable();
        self.own_verbs.dedup();
        let mut words: Vec<(u64, u32)> = self.words.iter().map(|(word, id)| (hash(word), *id)).collect();
        words.sort_unstable();
        let shelves = (0..=SHELVES).map(|shelf| {
            let at = words.partition_point(|(hash, _)| shelf_of(*hash) < shelf);
            u32::try_from(at).unwrap_or(NONE)
        });
        let shelves = shelves.collect();
        let roots = (0..self.texts.len()).map(|word| {
            let word = u32::try_from(word).unwrap_or(NONE);
            self.edges.get(&(0, word)).copied().unwrap_or(NONE)
        });
        let roots = roots.collect();
        let mut edges: Vec<(u64, u32)> =
            self.edges.iter().map(|((node, word), next)| (edge(*node, *word), *next)).collect();
        edges.sort_unstable();
        let mut text = String::new();
        let mut starts = Vec::with_capacity(self.texts.len() + 1);
        for word in &self.texts {
            starts.push(u32::try_from(text.len()).unwrap_or(NONE));
            text.push_str(word);
        }
        starts.push(u32::try_from(text.len()).unwrap_or(NONE));
        let mut lists: Vec<Sense> = Vec::new();
        let mut known: FxHashMap<Vec<Sense>, (u32, u16)> = FxHashMap::default();
        let senses = self.senses.into_iter().map(|list| {
            *known.entry(list).or_insert_with_key(|list| {
                let from = u32::try_from(lists.len()).unwrap_or(NONE);
                lists.extend(list);
                (from, u16::try_from(list.len()).unwrap_or(u16::MAX))
            })
        });
        let senses = senses.collect();
        let vocabulary = Vocabulary {
            words: words.into_iter().collect(),
            shelves,
            roots,
            text: text.into(),
            starts: starts.into_iter().collect(),
            edges: edges.into_iter().collect(),
            ends: self.ends.into_iter().collect(),
            senses,
            lists,
            by_noun: Postings::new(self.by_noun),
            by_term: Postings::new(self.by_term),
            by_literal: Postings::new(self.by_literal),
            needs: self.needs.into_codes().into_iter().collect(),
            own_verbs: self.own_verbs.into_iter().collect(),
            ..Vocabulary::default()
        };
        Vocabulary { mending: vocabulary.menders(), ..vocabulary }
    }
}

impl Vocabulary {
    /// The id of a word, if any term has it.
    #[must_use]
    pub fn word(&self, word: &str) -> Option<u32> {
        let hash = hash(word);
        let shelf = shelf_of(hash);
        let (from, past) = (self.shelves.get(shelf)?, self.shelves.get(shelf + 1)?);
        let mut words = self.words.range(from as usize..past as usize);
        words.find(|(known, _)| *known == hash).map(|(_, id)| id)
    }

    /// The text of a word id.
    #[must_use]
    pub fn word_text(&self, word: u32) -> &str {
        let at = word as usize;
        let start = |at: usize| self.starts.get(at).map_or(0, |start| start as usize);
        &self.text[start(at)..start(at + 1)]
    }

    /// 0 for a word that is a verb or a noun by itself, 1 for a word of operations, 2 for any other.
    #[must_use]
    pub fn idleness(&self, word: u32) -> u8 {
        let Some(term) = self.step(0, word).and_then(|node| self.term_at(node)) else { return 1 };
        let senses = self.senses(term);
        if senses.iter().any(|s| matches!(s, Sense::Verb { .. } | Sense::Noun { .. })) {
            0
        } else if senses.contains(&Sense::Own) {
            1
        } else {
            2
        }
    }

    /// The words that a mistyped one may be mended to: those of a verb, a noun or an operation's own, and long ones.
    fn menders(&self) -> Mending {
        let tells = |word: u32| {
            let term = self.step(0, word).and_then(|node| self.term_at(node));
            term.is_some_and(|term| self.senses(term).iter().any(|s| !matches!(s, Sense::Set(_))))
        };
        let words = (0..u32::try_from(self.word_count()).unwrap_or(0)).map(|id| (id, self.word_text(id)));
        let plain = words.filter(|(_, word)| word.len() > 3 && word.bytes().all(|c| c.is_ascii_lowercase()));
        Mending::new(plain.filter(|(id, word)| word.len() > 4 || tells(*id)))
    }

    /// Looks at the words of a length to which a mistyped one with at most so many slips may be mended; some of them are
    /// further away.
    pub fn near(&self, length: usize, word: &str, slips: usize, consider: &mut impl FnMut(u32)) {
        match slips {
            0 | 1 => self.mending.near::<2>(length, word, consider),
            _ => self.mending.near::<4>(length, word, consider),
        }
    }

    /// How many words there are.
    #[must_use]
    pub fn word_count(&self) -> usize {
        self.starts.count().saturating_sub(1)
    }

    /// The node after `node` by `word`; 0 is the root.
    #[must_use]
    #[inline]
    pub fn step(&self, node: u32, word: u32) -> Option<u32> {
        if node == 0 {
            return self.roots.get(word as usize).filter(|next| *next != NONE);
        }
        self.edges.find(&edge(node, word), |(k, _)| *k).map(|(_, next)| next)
    }

    /// The term that ends at a node.
    #[must_use]
    #[inline]
    pub fn term_at(&self, node: u32) -> Option<TermId> {
        self.ends.get(node as usize).filter(|t| *t != NONE)
    }

    /// The senses of a term.
    #[inline]
    pub fn senses(&self, term: TermId) -> &[Sense] {
        let list = self.senses.get(term as usize).and_then(|(from, count)| {
            let from = from as usize;
            self.lists.get(from..from + usize::from(count))
        });
        list.unwrap_or_default()
    }

    /// The term of a phrase, as typed with single spaces.
    #[must_use]
    pub fn lookup(&self, phrase: &str) -> Option<TermId> {
        // Mostly it is a single word.
        if phrase.bytes().all(|byte| byte.is_ascii_graphic()) {
            return self.term_at(self.step(0, self.word(phrase)?)?);
        }
        let mut node = 0;
        for word in phrase.split_whitespace() {
            node = self.step(node, self.word(word)?)?;
        }
        self.term_at(node)
    }

    /// Whether a term is a verb of some operation.
    #[must_use]
    pub fn is_own_verb(&self, term: TermId) -> bool {
        self.own_verbs.position(&term, |known| *known).is_some()
    }

    /// Operations that a term of their own leads to.
    #[must_use]
    pub fn operations_of(&self, term: TermId) -> impl ExactSizeIterator<Item = u32> + '_ {
        self.by_term.of(term)
    }

    /// Operations whose object a noun is.
    #[must_use]
    pub fn acting_on(&self, noun: u16) -> impl ExactSizeIterator<Item = u32> + '_ {
        self.by_noun.of(u32::from(noun))
    }

    /// Patterns that this term may wake. `words` is the [`signature`](super::signature()) of the words at hand; a pattern
    /// that needs others is left out where that tells.
    pub fn patterns_of(&self, term: TermId, words: u128) -> impl Iterator<Item = Filed> + '_ {
        self.by_literal.signed(term, words)
    }

    /// Whether all words of some way through a pattern are said, when one is that it is filed under. Nothing where only the
    /// pattern itself tells. `choices` is what is known for those words.
    pub fn opens(&self, filed: &Filed, said: &Said, choices: &mut Choices) -> Option<bool> {
        let (from, count) = (filed.needs.0 as usize, usize::from(filed.needs.1));
        (count > 0).then(|| met(self.needs.view(), from..from + count, said, choices))
    }
}

fn hash(word: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(word.as_bytes());
    hasher.finish()
}

/// The highest bits of a hash tell where to look for it.
const SHELF_BITS: u32 = 14;
const SHELVES: usize = 1 << SHELF_BITS;

fn shelf_of(hash: u64) -> usize {
    usize::try_from(hash >> (u64::BITS - SHELF_BITS)).unwrap_or(SHELVES - 1)
}

fn edge(node: u32, word: u32) -> u64 {
    u64::from(node) << 32 | u64::from(word)
}
