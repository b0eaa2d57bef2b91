//! Which operations a line could mean: a handful, whatever the size of the catalog.

use rustc_hash::FxHashMap;

use crate::catalog::{Catalog, NounInfo, Sense, WordSet};
use crate::language::ItemKind;

use super::annotate::Annotated;
use super::memory::Memory;

/// An operation worth aligning, with its patterns that the line's words wake.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Position in the catalog.
    pub operation: u32,
    /// Points that its verb and nouns promise.
    pub promise: i32,
    /// Woken patterns.
    pub patterns: Vec<u16>,
}

/// Operations aligned at most.
const MOST: usize = 14;
/// A term that leads to more operations than this says nothing by itself.
const TOO_COMMON: usize = 40;

/// The candidates of a stretch of a line, the most promising first. `service` keeps to one.
pub fn candidates(
    catalog: &Catalog,
    line: &Annotated<'_>,
    first: usize,
    past: usize,
    hidden: bool,
    service: Option<u16>,
    memory: &Memory,
) -> Vec<Candidate> {
    let vocabulary = catalog.vocabulary();
    let mut verbs = 0u64;
    let mut nouns: Vec<(u16, i32)> = Vec::new();
    let mut found: FxHashMap<u32, Candidate> = FxHashMap::default();
    let mut asks = line.utterance.items[first..past].iter().any(|i| i.kind == ItemKind::Question);
    for at in first..past {
        for m in line.matches[at].iter().filter(|m| at + usize::from(m.len) <= past) {
            for sense in vocabulary.senses(m.term) {
                match sense {
                    Sense::Verb { class, .. } => verbs |= 1 << class,
                    Sense::Noun { noun, .. } => nouns.push((*noun, 20 + 5 * i32::from(m.len))),
                    Sense::Set(WordSet::Question) => asks = true,
                    Sense::Set(_) | Sense::Own => {}
                }
            }
            let own = vocabulary.operations_of(m.term);
            let weight = if own.len() <= TOO_COMMON { 8 } else { 2 };
            for operation in own {
                let entry = promise(&mut found, operation);
                entry.promise += weight + i32::from(m.len);
            }
            for (operation, pattern) in vocabulary.patterns_of(m.term) {
                let entry = promise(&mut found, operation);
                if !entry.patterns.contains(&pattern) && awake(catalog, line, operation, pattern, first, past) {
                    entry.promise += 44;
                    entry.patterns.push(pattern);
                }
            }
        }
    }
    for (noun, weight) in nouns {
        for operation in &vocabulary.by_noun[usize::from(noun)] {
            let entry = promise(&mut found, *operation);
            entry.promise = entry.promise.max(0) + weight;
        }
    }
    let pronoun = (first..past).any(|at| line.is(at, WordSet::Thing) || line.is(at, WordSet::Person));
    assumed(catalog, verbs, |info| info.assumed || pronoun && memory.latest(&info.resource).is_some(), &mut found);
    let mut list: Vec<Candidate> = found
        .into_values()
        .filter_map(|mut candidate| {
            let head = &vocabulary.heads[candidate.operation as usize];
            if head.hidden && !hidden || service.is_some_and(|s| s != head.service) {
                return None;
            }
            candidate.promise += i32::from(head.service);
            if head.verbs & verbs != 0 {
                candidate.promise += 30;
            } else if head.reads && asks {
                candidate.promise += 24;
            } else if head.reads {
                candidate.promise += 10;
            }
            Some(candidate)
        })
        .collect();
    list.sort_unstable_by_key(|c| (-c.promise, c.operation));
    list.truncate(MOST);
    list
}

fn promise(found: &mut FxHashMap<u32, Candidate>, operation: u32) -> &mut Candidate {
    found.entry(operation).or_insert_with(|| Candidate { operation, promise: 0, patterns: Vec::new() })
}

/// Operations on the resources that a bare name or a pronoun means, when a verb asks for them.
fn assumed(catalog: &Catalog, verbs: u64, meant: impl Fn(&NounInfo) -> bool, found: &mut FxHashMap<u32, Candidate>) {
    let vocabulary = catalog.vocabulary();
    for (noun, info) in vocabulary.nouns.iter().enumerate() {
        if !meant(info) {
            continue;
        }
        for operation in &vocabulary.by_noun[noun] {
            if vocabulary.heads[*operation as usize].verbs & verbs != 0 {
                promise(found, *operation).promise += if info.assumed { 6 } else { 30 };
            }
        }
    }
}

/// Whether all literal words of a pattern stand somewhere in the stretch.
fn awake(catalog: &Catalog, line: &Annotated<'_>, operation: u32, pattern: u16, first: usize, past: usize) -> bool {
    let frame = catalog.frame(crate::catalog::OpId(operation));
    frame.pattern(usize::from(pattern)).all(|piece| match piece {
        crate::catalog::Piece::Word(term) => (first..past).any(|at| line.matches[at].iter().any(|m| m.term == term)),
        _ => true,
    })
}
