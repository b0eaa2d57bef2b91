use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::flat::{Fixed, Flat, View};
use super::inflect::Form;
use super::postings::{signature, term_bit};
use super::vocabulary::TermId;

/// What the words of the vocabulary mean to one operation.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Frame {
    /// (term, role), sorted by the shelf of the term.
    roles: Flat<(TermId, Role)>,
    /// Where the roles on each shelf begin, and where the last end: most words of a line have none in most operations. None
    /// where there are more roles than such numbers count.
    shelves: Flat<u16>,
    /// What tells the first word of each phrase that the operation is not asked for with.
    not: Flat<u16>,
    /// Weight of each verb class that may ask for it.
    pub verbs: Vec<(u8, i16)>,
    /// What a noun means here.
    pub nouns: Vec<(u16, NounRole)>,
    /// Bits of those nouns, several to each: most nouns of a line are none of them, and this tells most of those.
    noun_bits: u64,
    /// The same of the terms that have a role.
    term_bits: u128,
    /// The programs of its phrase patterns, one after the other, and where each begins.
    pieces: Flat<Piece>,
    starts: Flat<u32>,
    /// Texts that patterns set parameters to.
    sets: Vec<String>,
    /// Parameter that a value right after the object noun fills.
    pub target: Option<u8>,
    /// One of its keys must be said.
    pub keyed: bool,
    /// Whether any parameter takes a date, a time or a duration.
    pub dated: bool,
    /// The longest text that any takes.
    pub text: Longest,
    /// What the reader needs to know of each parameter, as bits of [`traits`].
    pub traits: Vec<u8>,
    /// Parameters whose value may stand without a lead, as bits; days and moments aside.
    pub bare: u128,
    /// Other parameters that are records: the noun of their resource leads their value, or follows it.
    pub records: u128,
    /// Other parameters that a literal of their type fills wherever it stands.
    pub typed: u128,
    /// Records that any preposition may introduce.
    pub open: u128,
    /// Days and moments: any preposition may introduce them.
    pub dates: u128,
    /// Those of them that may stand without a lead.
    pub bare_dates: u128,
    /// Parameters that a phrase must say, and whether the path names them.
    pub required: Vec<(u8, bool)>,
}

/// Bits of [`Frame::traits`].
pub mod traits {
    /// A required record that a bare name may mean.
    pub const ASSUMED: u8 = 1;
    /// A record rarely spoken of without its noun.
    pub const NAMED: u8 = 2;
    /// Takes a day or a moment.
    pub const DATED: u8 = 4;
    /// Its value may stand without any lead.
    pub const BARE: u8 = 8;
    /// A person.
    pub const PERSON: u8 = 16;
    /// A record that any preposition may introduce.
    pub const OPEN: u8 = 32;
}

/// The longest text that a parameter of an operation takes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Longest {
    /// None that matters here.
    #[default]
    None,
    /// A short one that must be told and needs no lead, or a list of things.
    Short,
    /// Free text.
    Free,
}

/// What a term of its own means to an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// A verb only it understands; the object is implied.
    Verb(Form),
    /// A word that must be said.
    Key,
    /// Names a parameter.
    Field(u8),
    /// Introduces a parameter's value.
    Lead(u8),
    /// Is an allowed value: parameter and position among its values.
    Value(u8, u8),
    /// Names something that the record it shows tells: a field that another operation writes.
    Told,
    /// May be said beside verb and object.
    Beside,
    /// May be said behind a preposition: the part of the program that it is in.
    Place,
}

/// What a noun means to an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum NounRole {
    /// What the verb acts on; the rank among the objects.
    Object(u8),
    /// Introduces or follows the value of that parameter.
    Param(u8),
}

/// One step of a pattern's program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Piece {
    /// This word.
    Word(TermId),
    /// A value of that parameter.
    Slot(u8),
    /// Nothing in the text; sets the parameter to a text of [`Frame::set_text`].
    Set(u8, u16),
    /// Goes on with the next step, or else at that one, counted from the first of the program.
    Fork(u16),
    /// Goes on at that step.
    Jump(u16),
}

impl Frame {
    /// The roles of a term here.
    pub fn roles(&self, term: TermId) -> impl Iterator<Item = Role> + '_ {
        let known = self.term_bits & term_bit(term) != 0;
        let range = if known { self.shelf_of(term) } else { 0..0 };
        self.roles.range_of(range, term)
    }

    /// Where the roles stand that a term may have.
    fn shelf_of(&self, term: TermId) -> Range<usize> {
        let shelf = shelf(term, self.shelves.count().saturating_sub(1));
        let bounds = self.shelves.get(shelf).zip(self.shelves.get(shelf + 1));
        bounds.map_or(0..self.roles.count(), |(start, end)| start.into()..end.into())
    }

    /// What tells the first word of each phrase of [`Operation::not`](super::Operation::not): see [`word_mark`].
    pub fn not(&self) -> impl ExactSizeIterator<Item = u16> + '_ {
        self.not.range(0..self.not.count())
    }

    /// Weight of a verb class here; nothing when it does not ask for this operation.
    #[must_use]
    pub fn verb_weight(&self, class: u8) -> Option<i16> {
        self.verbs.iter().find(|(c, _)| *c == class).map(|(_, weight)| *weight)
    }

    /// The noun of the main object.
    #[must_use]
    pub fn object(&self) -> Option<u16> {
        self.nouns.iter().find(|(_, role)| *role == NounRole::Object(0)).map(|(noun, _)| *noun)
    }

    /// Every meaning of a noun here.
    pub fn noun_roles(&self, noun: u16) -> impl Iterator<Item = NounRole> + '_ {
        let known = if self.noun_bits & noun_bit(noun) == 0 { &[][..] } else { &self.nouns };
        known.iter().filter(move |(n, _)| *n == noun).map(|(_, role)| *role)
    }

    /// The parameter that a value beside an object noun of that rank fills. The noun of another resource than the main
    /// object's does not name its records.
    #[must_use]
    pub fn target_of(&self, rank: u8) -> Option<u8> {
        let record = traits::NAMED | traits::PERSON | traits::ASSUMED;
        let is_record = |target: &u8| self.traits.get(usize::from(*target)).is_some_and(|t| t & record != 0);
        self.target.filter(|target| rank == 0 || !is_record(target))
    }

    /// The program of a pattern, which ends past its last step; no step when there is no such pattern.
    pub fn pattern(&self, at: usize) -> View<'_, Piece> {
        let start = |at: usize| self.starts.get(at).map_or(0, |start| start as usize);
        self.pieces.view().part(start(at)..start(at + 1))
    }

    /// The text that a pattern sets a parameter to.
    pub fn set_text(&self, at: u16) -> &str {
        self.sets.get(usize::from(at)).map_or("", String::as_str)
    }

    /// Notes the phrases that the operation is not asked for with.
    pub(super) fn lay_not(&mut self, phrases: &[String]) {
        self.not = phrases.iter().map(|phrase| word_mark(phrase.split(' ').next().unwrap_or(phrase))).collect();
    }

    /// Lays roles and patterns out flat. `sets` are the texts that [`Piece::Set`] points to.
    pub(super) fn lay_out(&mut self, mut roles: Vec<(TermId, Role)>, patterns: &[Vec<Piece>], sets: Vec<String>) {
        roles.sort_unstable();
        roles.dedup();
        let count = roles.len() / ON_A_SHELF + 1;
        roles.sort_by_key(|(term, _)| shelf(*term, count));
        let start = |at: usize| u16::try_from(roles.partition_point(|(term, _)| shelf(*term, count) < at)).ok();
        let starts: Option<Vec<u16>> = (0..=count).map(start).collect();
        self.shelves = starts.unwrap_or_default().into_iter().collect();
        self.term_bits = signature(roles.iter().map(|(term, _)| *term));
        self.noun_bits = self.nouns.iter().fold(0, |bits, (noun, _)| bits | noun_bit(*noun));
        self.roles = roles.into_iter().collect();
        (self.pieces, self.starts) = one_after_the_other(patterns);
        self.sets = sets;
    }
}

/// Lists one after the other, and where each begins.
fn one_after_the_other<T: Fixed + Copy>(lists: &[Vec<T>]) -> (Flat<T>, Flat<u32>) {
    let ends = lists.iter().scan(0, |past, list| {
        *past += u32::try_from(list.len()).unwrap_or(0);
        Some(*past)
    });
    (lists.iter().flatten().copied().collect(), std::iter::once(0).chain(ends).collect())
}

/// Roles on each shelf, more or less.
const ON_A_SHELF: usize = 4;

/// The shelf of so many that the roles of a term stand on.
fn shelf(term: TermId, count: usize) -> usize {
    let hash = u64::from(term.wrapping_mul(0x9e37_79b9));
    usize::try_from((hash * count as u64) >> 32).unwrap_or(0)
}

/// One bit of 64 for a noun.
fn noun_bit(noun: u16) -> u64 {
    1 << (noun % 64)
}

/// What tells a word from almost all others.
pub fn word_mark(word: &str) -> u16 {
    let mark = word.bytes().fold(0x811c_9dc5u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    u16::try_from((mark ^ mark >> 16) & 0xffff).unwrap_or(0)
}

impl Fixed for Role {
    const SIZE: usize = 3;

    fn write(&self, out: &mut Vec<u8>) {
        out.extend(match *self {
            Self::Verb(form) => [0, form as u8, 0],
            Self::Key => [1, 0, 0],
            Self::Field(param) => [2, param, 0],
            Self::Lead(param) => [3, param, 0],
            Self::Value(param, value) => [4, param, value],
            Self::Told => [5, 0, 0],
            Self::Beside => [6, 0, 0],
            Self::Place => [7, 0, 0],
        });
    }

    #[inline]
    fn read(bytes: &[u8]) -> Self {
        match *bytes {
            [1, ..] => Self::Key,
            [2, param, ..] => Self::Field(param),
            [3, param, ..] => Self::Lead(param),
            [4, param, value, ..] => Self::Value(param, value),
            [5, ..] => Self::Told,
            [6, ..] => Self::Beside,
            [7, ..] => Self::Place,
            [_, 1, ..] => Self::Verb(Form::Third),
            [_, 2, ..] => Self::Verb(Form::Past),
            [_, 3, ..] => Self::Verb(Form::Gerund),
            _ => Self::Verb(Form::Base),
        }
    }
}

impl Fixed for Piece {
    const SIZE: usize = 6;

    fn write(&self, out: &mut Vec<u8>) {
        let (kind, param, number) = match *self {
            Self::Word(term) => (0, 0, term),
            Self::Slot(param) => (1, param, 0),
            Self::Set(param, text) => (2, param, u32::from(text)),
            Self::Fork(to) => (3, 0, u32::from(to)),
            Self::Jump(to) => (4, 0, u32::from(to)),
        };
        out.extend([kind, param]);
        number.write(out);
    }

    #[inline]
    fn read(bytes: &[u8]) -> Self {
        let [kind, param, number @ ..] = bytes.first_chunk::<6>().copied().unwrap_or_default();
        let number = u32::from_le_bytes(number);
        let short = u16::try_from(number).unwrap_or(u16::MAX);
        match kind {
            1 => Self::Slot(param),
            2 => Self::Set(param, short),
            3 => Self::Fork(short),
            4 => Self::Jump(short),
            _ => Self::Word(number),
        }
    }
}
