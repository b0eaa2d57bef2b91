//! A `say:` line between its text and the frame: its words known as terms, its choices still choices.

use rustc_hash::FxHashMap;

use std::ops::Range;

use super::flat::View;
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

/// The bit of a code that tells where a choice stands, rather than a word.
const CHOICE: u32 = 1 << 31;

/// What must be said for some way through a line to be open: words, and choices of words or of ways. Slots and what may be
/// left out need nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Need {
    /// This word.
    Word(TermId),
    /// One of these words, or all that one of the longer ways needs.
    Choice(Vec<TermId>, Vec<Vec<Need>>),
}

/// What a line needs, the rarest first, so that most lines fail at once; of words that the line is filed under one is known
/// to be said. Nothing when some way needs no word: then the line itself must be gone through.
pub fn needs(line: &[Way], uses: &FxHashMap<TermId, u32>) -> Vec<Need> {
    let mut clauses = clauses(line, uses);
    // The cheapest is what it is filed under. A choice of longer ways may yet lack a word.
    let known = |need: &Need| !matches!(need, Need::Choice(_, longer) if !longer.is_empty());
    if clauses.len() > 1 && known(&clauses[0].1) {
        clauses.remove(0);
    }
    clauses.into_iter().map(|(_, need)| need).collect()
}

fn clauses(line: &[Way], uses: &FxHashMap<TermId, u32>) -> Vec<(u32, Need)> {
    let clauses = line.iter().filter_map(|way| match way {
        Way::Piece(Piece::Word(term)) => Some((uses.get(term).copied().unwrap_or(0), Need::Word(*term))),
        Way::Piece(_) => None,
        Way::Choice(ways) => choice(ways, uses),
    });
    let mut clauses: Vec<(u32, Need)> = clauses.collect();
    clauses.sort_by_key(|(cost, _)| *cost);
    clauses
}

/// One clause for a choice that no way leads through without a word.
fn choice(ways: &[Vec<Way>], uses: &FxHashMap<TermId, u32>) -> Option<(u32, Need)> {
    let (mut cost, mut words, mut longer) = (0, Vec::new(), Vec::new());
    for way in ways {
        let clauses = clauses(way, uses);
        cost += clauses.first()?.0;
        match &clauses[..] {
            [(_, Need::Word(term))] => words.push(*term),
            _ => longer.push(clauses.into_iter().map(|(_, need)| need).collect()),
        }
    }
    Some((cost, Need::Choice(words, longer)))
}

/// Lays needs out flat, each choice once: how many codes it has, how many [blocks](blocks) its ways that are single words
/// make, those blocks; the same of what its longer ways need first, or [`ANY`] where that is a choice too; and of each longer
/// way its length and its codes.
#[derive(Debug, Default)]
pub struct Layout {
    codes: Vec<u32>,
    known: FxHashMap<Vec<u32>, u32>,
}

impl Layout {
    /// Where the codes of some needs stand, and how many they are.
    pub fn lay(&mut self, needs: &[Need]) -> (u32, u16) {
        let codes = self.coded(needs);
        let length = u16::try_from(codes.len()).unwrap_or(u16::MAX);
        (self.place(codes), length)
    }

    /// All codes.
    pub fn into_codes(self) -> Vec<u32> {
        self.codes
    }

    fn coded(&mut self, needs: &[Need]) -> Vec<u32> {
        let code = |need: &Need| match need {
            Need::Word(term) => *term,
            Need::Choice(words, longer) => {
                let blocks = blocks(words);
                let mut codes = vec![count(&blocks) / 2];
                codes.extend(blocks);
                codes.extend(firsts(longer));
                for way in longer {
                    let way = self.coded(way);
                    codes.push(count(&way));
                    codes.extend(way);
                }
                codes.insert(0, count(&codes));
                CHOICE | self.place(codes)
            }
        };
        needs.iter().map(code).collect()
    }

    fn place(&mut self, codes: Vec<u32>) -> u32 {
        let all = &mut self.codes;
        *self.known.entry(codes).or_insert_with_key(|codes| {
            let from = count(all);
            all.extend(codes);
            from
        })
    }
}

/// Stands for blocks where no words tell that a longer way is closed.
const ANY: u32 = u32::MAX;

/// What longer ways need first, the rarest of their words, as how many [blocks](blocks) they make, and those.
fn firsts(longer: &[Vec<Need>]) -> Vec<u32> {
    let first = |way: &Vec<Need>| if let Some(Need::Word(term)) = way.first() { Some(*term) } else { None };
    let Some(words) = longer.iter().map(first).collect::<Option<Vec<_>>>() else { return vec![ANY] };
    let blocks = blocks(&words);
    [vec![count(&blocks) / 2], blocks].concat()
}

/// Words as pairs: the number of a block of 32 terms that follow one another, and those of them that are meant, as bits. The
/// words of a choice are mostly neighbours, as they were named together, so that one look tells of many.
fn blocks(words: &[TermId]) -> Vec<u32> {
    let mut words = words.to_vec();
    words.sort_unstable();
    let mut pairs: Vec<u32> = Vec::new();
    for term in words {
        match pairs.as_mut_slice() {
            [.., block, bits] if *block == term / Said::BLOCK => *bits |= 1 << (term % Said::BLOCK),
            _ => pairs.extend([term / Said::BLOCK, 1 << (term % Said::BLOCK)]),
        }
    }
    pairs
}

/// The terms that are said.
#[derive(Debug, Default)]
pub struct Said {
    terms: Vec<TermId>,
    /// One bit a term of the vocabulary, as far as any was said.
    bits: Vec<u32>,
}

impl Said {
    /// How many terms that follow one another make a block.
    const BLOCK: u32 = u32::BITS;

    /// Takes down terms, in place of those before.
    pub fn hear(&mut self, terms: impl Iterator<Item = TermId>) {
        for term in self.terms.drain(..) {
            self.bits[(term / Self::BLOCK) as usize] = 0;
        }
        self.terms.extend(terms);
        let blocks = self.terms.iter().max().map_or(0, |term| (term / Self::BLOCK) as usize + 1);
        if self.bits.len() < blocks {
            self.bits.resize(blocks, 0);
        }
        for term in &self.terms {
            self.bits[(term / Self::BLOCK) as usize] |= 1 << (term % Self::BLOCK);
        }
    }

    /// All of them, as they were heard.
    pub fn terms(&self) -> &[TermId] {
        &self.terms
    }

    /// Whether a term is among them.
    #[inline]
    pub fn holds(&self, term: TermId) -> bool {
        self.block(term / Self::BLOCK) >> (term % Self::BLOCK) & 1 != 0
    }

    /// Those of a block, as bits.
    #[inline]
    fn block(&self, block: u32) -> u32 {
        self.bits.get(block as usize).copied().unwrap_or(0)
    }
}

fn count(codes: &[u32]) -> u32 {
    u32::try_from(codes.len()).unwrap_or(u32::MAX)
}

/// What is known of the choices of a [`Layout`] for the words that are said: hundreds of lines share a few choices, and which
/// of them are open is found once. Of two that would stand at the same place the later is known.
#[derive(Debug, Default)]
pub struct Choices {
    /// The choice, for which words it is known, and whether it is open.
    known: Vec<(u32, u32, bool)>,
    /// Counts for how many words anything was known.
    words: u32,
}

impl Choices {
    const PLACES: usize = 1 << 9;

    /// Forgets all, for other words.
    pub fn clear(&mut self) {
        self.words = self.words.wrapping_add(1);
        if self.known.is_empty() || self.words == 0 {
            self.known.clear();
            self.known.resize(Self::PLACES, (0, 0, false));
            self.words = 1;
        }
    }

    fn place(&mut self, choice: u32) -> Option<&mut (u32, u32, bool)> {
        self.known.get_mut((choice.wrapping_mul(0x9e37_79b9) >> 23) as usize)
    }

    fn of(&mut self, choice: u32) -> Option<bool> {
        let words = self.words;
        let (known, for_words, open) = *self.place(choice)?;
        (known == choice && for_words == words).then_some(open)
    }

    fn keep(&mut self, choice: u32, open: bool) {
        let words = self.words;
        if let Some(place) = self.place(choice) {
            *place = (choice, words, open);
        }
    }
}

/// Whether what stands in a range of the codes of a [`Layout`] is said.
pub fn met(codes: View<'_, u32>, range: Range<usize>, said: &Said, choices: &mut Choices) -> bool {
    codes.range(range).all(|code| {
        if code & CHOICE == 0 {
            return said.holds(code);
        }
        if let Some(known) = choices.of(code) {
            return known;
        }
        let open = some_way(codes, (code & !CHOICE) as usize, said, choices);
        choices.keep(code, open);
        open
    })
}

fn some_way(codes: View<'_, u32>, choice: usize, said: &Said, choices: &mut Choices) -> bool {
    let (Some(length), Some(blocks)) = (codes.get(choice), codes.get(choice + 1)) else { return false };
    let (longer, end) = (choice + 2 + 2 * blocks as usize, choice + 1 + length as usize);
    let some = |(block, bits): (u32, u32)| said.block(block) & bits != 0;
    if codes.pairs(choice + 2..longer).any(some) {
        return true;
    }
    let Some(blocks) = codes.get(longer) else { return false };
    let mut at = longer + 1;
    if blocks != ANY {
        at += 2 * blocks as usize;
        if !codes.pairs(longer + 1..at).any(some) {
            return false;
        }
    }
    while at < end {
        let (Some(length), Some(first)) = (codes.get(at), codes.get(at + 1)) else { return false };
        let past = at + 1 + length as usize;
        // What is rarest stands first, and is mostly not said.
        let may = first & CHOICE != 0 || said.holds(first);
        if may && met(codes, at + 1..past, said, choices) {
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

    use super::super::flat::Flat;
    use super::{Choices, Layout, Piece, Said, TermId, Way, cover, met, needs, program, words};

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
            let mut layout = Layout::default();
            let (from, count) = layout.lay(&needs(&line, &uses));
            let (from, past) = (from as usize, from as usize + usize::from(count));
            let filed = cover(&line, &uses).map(|(_, terms)| terms);
            if filed.is_some_and(|filed| filed.iter().any(|term| said.contains(term))) {
                let held = |piece: &Piece| if let Piece::Word(term) = piece { said.contains(term) } else { true };
                let open = expanded(&line).iter().any(|way| way.iter().all(held));
                let codes: Flat<u32> = layout.into_codes().into_iter().collect();
                prop_assert!(past > from);
                let (mut heard, mut choices) = (Said::default(), Choices::default());
                heard.hear(said.iter().copied());
                choices.clear();
                for _ in 0..2 {
                    prop_assert_eq!(met(codes.view(), from..past, &heard, &mut choices), open);
                }
            }
        }
    }
}
