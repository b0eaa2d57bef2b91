//! A `say:` line between its text and the frame: its words known as terms, its choices still choices.

use rustc_hash::FxHashMap;

use std::ops::Range;

use super::flat::Flat;
use super::frame::Piece;
use super::postings::term_bit;
use super::vocabulary::TermId;

/// A piece of a line, as a tree: a choice holds its ways.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Way {
    /// A word, a slot or a text that is set.
    Piece(Piece),
    /// One of several.
    Choice(Vec<Vec<Way>>),
}

/// The line as a program: its pieces in order, with a fork before each way of a choice but the last, and a jump behind it.
/// No way is multiplied by those of the next choice, so a line may have as many as it likes.
pub fn program(line: &[Way]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    append(line, &mut pieces);
    pieces
}

fn append(line: &[Way], pieces: &mut Vec<Piece>) {
    for way in line {
        let ways = match way {
            Way::Piece(piece) => {
                pieces.push(*piece);
                continue;
            }
            Way::Choice(ways) => ways,
        };
        let mut jumps = Vec::new();
        for (nth, inner) in ways.iter().enumerate() {
            let fork = (nth + 1 < ways.len()).then_some(pieces.len());
            pieces.extend(fork.map(|_| Piece::Fork(0)));
            append(inner, pieces);
            if let Some(fork) = fork {
                jumps.push(pieces.len());
                pieces.push(Piece::Jump(0));
                pieces[fork] = Piece::Fork(number(pieces.len()));
            }
        }
        let end = number(pieces.len());
        for jump in jumps {
            pieces[jump] = Piece::Jump(end);
        }
    }
}

fn number(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}

/// Every word of a line, choices and all.
pub fn words(line: &[Way]) -> Vec<TermId> {
    let inner = line.iter().flat_map(|way| match way {
        Way::Piece(Piece::Word(term)) => vec![*term],
        Way::Piece(_) => Vec::new(),
        Way::Choice(ways) => ways.iter().flat_map(|way| words(way)).collect(),
    });
    inner.collect()
}

/// Words of which every way through a line has one, so few lines sharing them as can be; the cheapest are those that the
/// fewest lines have. Nothing when some way has no word at all.
pub fn cover(line: &[Way], uses: &FxHashMap<TermId, u32>) -> Option<(u32, Vec<TermId>)> {
    covers(line, uses).min_by_key(|(cost, _)| *cost)
}

fn covers(line: &[Way], uses: &FxHashMap<TermId, u32>) -> impl Iterator<Item = (u32, Vec<TermId>)> {
    line.iter().filter_map(|way| match way {
        Way::Piece(Piece::Word(term)) => Some((uses.get(term).copied().unwrap_or(0), vec![*term])),
        Way::Piece(_) => None,
        Way::Choice(ways) => {
            let inner: Option<Vec<_>> = ways.iter().map(|way| cover(way, uses)).collect();
            let (costs, terms): (Vec<u32>, Vec<Vec<TermId>>) = inner?.into_iter().unzip();
            Some((costs.iter().sum(), terms.concat()))
        }
    })
}

/// The [`signature`](super::signature()) of the words that every way through a line has.
pub fn needed(line: &[Way]) -> u128 {
    line.iter().fold(0, |bits, way| {
        bits | match way {
            Way::Piece(Piece::Word(term)) => term_bit(*term),
            Way::Piece(_) => 0,
            Way::Choice(ways) => ways.iter().map(|way| needed(way)).reduce(|all, way| all & way).unwrap_or(0),
        }
    })
}

/// What [`needs`] puts before a number of words of which one must be said.
const ANY: u32 = 1 << 30;
/// What it puts before the length of a choice: how many of its ways are single words, those words, and of each longer way its
/// length and what it needs.
const CHOICE: u32 = 2 << 30;
/// The bits of a word or a length.
const NUMBER: u32 = ANY - 1;

/// What must be said for some way through a line to be open, as codes for [`met`]: words, and choices of words or of ways;
/// slots and what may be left out need nothing. The rarest come first, so that most lines fail at once; of words that the line
/// is filed under one is known to be said. No code when some way needs no word: then the line itself must be gone through.
pub fn needs(line: &[Way], uses: &FxHashMap<TermId, u32>) -> Vec<u32> {
    let mut clauses = clauses(line, uses);
    let Some((_, first)) = clauses.first() else { return Vec::new() };
    // The cheapest is what it is filed under. A choice of longer ways may yet lack a word.
    if clauses.len() > 1 && first.iter().all(|code| *code & CHOICE == 0) {
        clauses.remove(0);
    }
    clauses.into_iter().flat_map(|(_, codes)| codes).collect()
}

fn clauses(line: &[Way], uses: &FxHashMap<TermId, u32>) -> Vec<(u32, Vec<u32>)> {
    let clauses = line.iter().filter_map(|way| match way {
        Way::Piece(Piece::Word(term)) => Some((uses.get(term).copied().unwrap_or(0), vec![*term])),
        Way::Piece(_) => None,
        Way::Choice(ways) => choice(ways, uses),
    });
    let mut clauses: Vec<(u32, Vec<u32>)> = clauses.collect();
    clauses.sort_by_key(|(cost, _)| *cost);
    clauses
}

/// One clause for a choice that no way leads through without a word.
fn choice(ways: &[Vec<Way>], uses: &FxHashMap<TermId, u32>) -> Option<(u32, Vec<u32>)> {
    let mut cost = 0;
    let mut inner = Vec::new();
    for way in ways {
        let clauses = clauses(way, uses);
        cost += clauses.first()?.0;
        inner.push(clauses.into_iter().flat_map(|(_, codes)| codes).collect::<Vec<u32>>());
    }
    let length = |codes: &[u32]| u32::try_from(codes.len()).unwrap_or(NUMBER);
    let (words, longer): (Vec<Vec<u32>>, Vec<Vec<u32>>) = inner.into_iter().partition(|codes| codes.len() == 1);
    let words = [vec![length(&words.concat())], words.concat()].concat();
    if longer.is_empty() {
        return Some((cost, [vec![ANY | words[0]], words[1..].to_vec()].concat()));
    }
    let longer = longer.into_iter().flat_map(|codes| [vec![length(&codes)], codes].concat());
    let ways: Vec<u32> = words.into_iter().chain(longer).collect();
    Some((cost, [vec![CHOICE | length(&ways)], ways].concat()))
}

/// Whether what stands in a range of [`needs`] is said.
pub fn met(needs: &Flat<u32>, range: Range<usize>, held: &impl Fn(TermId) -> bool) -> bool {
    let mut at = range.start;
    while at < range.end {
        let Some(code) = needs.get(at) else { return false };
        let past = at + 1 + (code & NUMBER) as usize;
        let said = match code & !NUMBER {
            0 => held(code),
            ANY => needs.range(at + 1..past).any(held),
            _ => some_way(needs, at + 1..past, held),
        };
        if !said {
            return false;
        }
        at = if code & !NUMBER == 0 { at + 1 } else { past };
    }
    true
}

fn some_way(needs: &Flat<u32>, range: Range<usize>, held: &impl Fn(TermId) -> bool) -> bool {
    let Some(words) = needs.get(range.start) else { return false };
    let mut at = range.start + 1 + words as usize;
    if needs.range(range.start + 1..at).any(held) {
        return true;
    }
    while at < range.end {
        let (Some(length), Some(first)) = (needs.get(at), needs.get(at + 1)) else { return false };
        let past = at + 1 + length as usize;
        // What is rarest stands first, and is mostly not said.
        let may = first & !NUMBER != 0 || held(first);
        if may && met(needs, at + 1..past, held) {
            return true;
        }
        at = past;
    }
    false
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rustc_hash::FxHashMap;

    use super::{Flat, Piece, TermId, Way, cover, met, needs, program, words};

    /// Every way through a line, multiplied out.
    fn expanded(line: &[Way]) -> Vec<Vec<Piece>> {
        line.iter().fold(vec![Vec::new()], |ways, way| {
            let tails: Vec<Vec<Piece>> = match way {
                Way::Piece(piece) => vec![vec![*piece]],
                Way::Choice(inner) => inner.iter().flat_map(|way| expanded(way)).collect(),
            };
            ways.iter().flat_map(|way| tails.iter().map(|tail| [&way[..], tail].concat())).collect()
        })
    }

    /// Every way that a program goes.
    fn run(program: &[Piece], at: usize) -> Vec<Vec<Piece>> {
        match program.get(at) {
            None => vec![Vec::new()],
            Some(Piece::Jump(to)) => run(program, usize::from(*to)),
            Some(Piece::Fork(to)) => [run(program, at + 1), run(program, usize::from(*to))].concat(),
            Some(piece) => run(program, at + 1).into_iter().map(|rest| [&[*piece], &rest[..]].concat()).collect(),
        }
    }

    fn lines() -> impl Strategy<Value = Vec<Way>> {
        let leaf = prop_oneof![
            3 => (0u32..9).prop_map(|term| Way::Piece(Piece::Word(term))),
            1 => (0u8..3).prop_map(|param| Way::Piece(Piece::Slot(param))),
        ];
        let way = leaf.prop_recursive(3, 12, 3, |inner| {
            prop::collection::vec(prop::collection::vec(inner, 0..3), 1..4).prop_map(Way::Choice)
        });
        prop::collection::vec(way, 0..4)
    }

    proptest! {
        #[test]
        fn a_program_goes_every_way_in_order(line in lines()) {
            let gone = run(&program(&line), 0);
            prop_assert!(gone.iter().collect::<std::collections::HashSet<_>>() == expanded(&line).iter().collect());
            prop_assert_eq!(gone.len(), expanded(&line).len());
        }

        #[test]
        fn every_way_has_a_word_of_the_cover(line in lines()) {
            let mut uses: FxHashMap<TermId, u32> = FxHashMap::default();
            for term in words(&line) {
                *uses.entry(term).or_default() += 1;
            }
            let has = |way: &Vec<Piece>, terms: &[TermId]| terms.iter().any(|term| way.contains(&Piece::Word(*term)));
            let wordless = |way: &Vec<Piece>| !way.iter().any(|piece| matches!(piece, Piece::Word(_)));
            match cover(&line, &uses) {
                Some((_, terms)) => prop_assert!(expanded(&line).iter().all(|way| has(way, &terms))),
                None => prop_assert!(expanded(&line).iter().any(wordless) || line.iter().all(
                    |way| !matches!(way, Way::Piece(Piece::Word(_))))),
            }
        }

        #[test]
        fn needs_are_met_where_some_way_is_open(line in lines(), said in prop::collection::hash_set(0u32..9, 0..9)) {
            let mut uses: FxHashMap<TermId, u32> = FxHashMap::default();
            for term in words(&line) {
                *uses.entry(term).or_default() += 1;
            }
            let codes = needs(&line, &uses);
            let filed = cover(&line, &uses).map(|(_, terms)| terms);
            if let Some(filed) = filed.filter(|filed| filed.iter().any(|term| said.contains(term))) {
                let held = |piece: &Piece| if let Piece::Word(term) = piece { said.contains(term) } else { true };
                let open = expanded(&line).iter().any(|way| way.iter().all(held));
                let flat: Flat<u32> = codes.iter().copied().collect();
                prop_assert!(!codes.is_empty());
                prop_assert_eq!(met(&flat, 0..codes.len(), &|term| said.contains(&term)), open);
            }
        }
    }
}
