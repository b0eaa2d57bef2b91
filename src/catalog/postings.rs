use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::flat::{Fixed, Flat};
use super::vocabulary::TermId;

/// What each term leads to.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(serialize = "", deserialize = "'de: 'static, T: Fixed"))]
pub(super) struct Postings<T> {
    /// Where the values of each term begin, and where those of the last end.
    starts: Flat<u32>,
    values: Flat<T>,
}

impl<T: Fixed> Postings<T> {
    pub(super) fn new(map: FxHashMap<TermId, Vec<T>>) -> Self {
        let mut lists: Vec<(TermId, Vec<T>)> = map.into_iter().collect();
        lists.sort_unstable_by_key(|(term, _)| *term);
        let mut at = 0;
        let mut starts: Vec<u32> = Vec::new();
        for (term, list) in &lists {
            starts.resize(*term as usize + 1, at);
            at += u32::try_from(list.len()).unwrap_or(0);
        }
        starts.push(at);
        let starts = starts.into_iter().collect();
        Self { starts, values: lists.into_iter().flat_map(|(_, list)| list).collect() }
    }

    pub(super) fn of(&self, term: TermId) -> impl ExactSizeIterator<Item = T> + '_ {
        let at = term as usize;
        let bounds = self.starts.get(at).zip(self.starts.get(at + 1));
        self.values.range(bounds.map_or(0..0, |(start, end)| start as usize..end as usize))
    }
}

impl Postings<Filed> {
    /// Those of a term whose words are all in a [`signature`]: no other is read whole.
    pub(super) fn signed(&self, term: TermId, words: u128) -> impl Iterator<Item = Filed> + '_ {
        let at = term as usize;
        let bounds = self.starts.get(at).zip(self.starts.get(at + 1));
        let range = bounds.map_or(0..0, |(start, end)| start as usize..end as usize);
        self.values.range_where(range, move |bytes| u128::read(&bytes[Filed::WORDS..]) & !words == 0)
    }
}

/// A pattern as it is filed under one of its words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Filed {
    /// The operation that it is of.
    pub operation: u32,
    /// Its position there.
    pub pattern: u16,
    /// Where the vocabulary keeps what else must be said, and how long that is; nothing where only the pattern tells.
    pub needs: (u32, u16),
    /// The [`signature`] of the words that it has in every way.
    pub words: u128,
}

impl Filed {
    /// Where its signature begins.
    const WORDS: usize = 12;
}

impl Fixed for Filed {
    const SIZE: usize = Self::WORDS + u128::SIZE;

    fn write(&self, out: &mut Vec<u8>) {
        self.operation.write(out);
        self.pattern.write(out);
        self.needs.write(out);
        self.words.write(out);
    }

    #[inline]
    fn read(bytes: &[u8]) -> Self {
        let part = |from: usize| bytes.get(from..).unwrap_or(&[]);
        Self {
            operation: u32::read(bytes),
            pattern: u16::read(part(4)),
            needs: Fixed::read(part(6)),
            words: u128::read(part(Self::WORDS)),
        }
    }
}

/// A set of terms as bits, several to each: what it lacks is not in the set.
pub fn signature(terms: impl Iterator<Item = TermId>) -> u128 {
    terms.fold(0, |bits, term| bits | term_bit(term))
}

/// The bit of a term in a [`signature`].
pub fn term_bit(term: TermId) -> u128 {
    1 << (term.wrapping_mul(0x9e37_79b9) >> 25)
}
