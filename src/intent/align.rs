//! Reads a whole stretch as one operation: the way that earns most and gives every word a job.
//!
//! From right to left it is worked out what the rest of the stretch may still earn from every item on ([`Hope`]), as if a
//! parameter could be filled twice. Going left to right by the most hopeful steps mostly arrives there at once; else the
//! ways that may still beat it are followed, a few at each item.

use super::edges::{Edge, Edges, Rule, flag};
use super::found::Filled;
use super::score;

/// The best reading of a line as one operation.
#[derive(Debug, Clone)]
pub struct Alignment {
    /// Sum of what every word earned, the operation's own adjustments included.
    pub score: i32,
    /// What was filled, in the order it was said.
    pub filled: Vec<Filled>,
    /// Items that nothing explains.
    pub unexplained: Vec<usize>,
    /// What was seen on the way, as bits of [`flag`].
    pub flags: u32,
    /// How each stretch of items was read: (first, one past the last, the rule, points).
    pub path: Vec<(usize, usize, Rule, i32)>,
}

/// A way through the first items.
#[derive(Debug, Clone, Copy)]
struct Way {
    score: i32,
    mask: u128,
    flags: u32,
    pending: Option<u8>,
    parent: u32,
    edge: u32,
    at: u16,
}

impl Way {
    const START: Self = Self { score: 0, mask: 0, flags: 0, pending: None, parent: u32::MAX, edge: u32::MAX, at: 0 };

    /// The way one step further, when the step may be taken.
    fn follow(&self, edge: &Edge, parent: u32, number: u32) -> Option<Self> {
        if self.mask & edge.params != 0 || edge.need.is_some_and(|p| self.pending != Some(p)) {
            return None;
        }
        let mut score = self.score + gain(self.flags, edge);
        if edge.pends.is_some() && self.pending.is_some() {
            score += score::FIELD_EMPTY;
        }
        let pending = if edge.need.is_some() { None } else { edge.pends.or(self.pending) };
        let flags = self.flags | edge.flags;
        Some(Self { score, mask: self.mask | edge.params, flags, pending, parent, edge: number, at: edge.to })
    }

    /// Whether all that matters for the rest is the same.
    fn like(&self, other: &Self) -> bool {
        self.mask == other.mask && self.flags == other.flags && self.pending == other.pending
    }
}

/// What a step earns after all that was seen.
fn gain(seen: u32, edge: &Edge) -> i32 {
    let mut score = edge.score;
    if edge.verb != 0 {
        score += if seen & flag::VERB == 0 { edge.verb } else { score::SECOND_VERB };
    }
    if edge.object != 0 {
        score += if seen & flag::OBJECT == 0 { edge.object } else { score::OBJECT_AGAIN };
    }
    let founds = flag::PATTERN | flag::VERB;
    if edge.flags & founds == founds && seen & (flag::VERB | flag::PATTERN) != 0 {
        score += score::PATTERN_AFTER_VERB;
    }
    score
}

/// What it earns after each of [`SEEN`].
pub fn gains(edge: &Edge) -> [i32; 4] {
    let verb = if edge.verb == 0 { [0, 0] } else { [edge.verb, score::SECOND_VERB] };
    let object = if edge.object == 0 { [0, 0] } else { [edge.object, score::OBJECT_AGAIN] };
    let founds = flag::PATTERN | flag::VERB;
    let after = if edge.flags & founds == founds { score::PATTERN_AFTER_VERB } else { 0 };
    let score = |verb_seen: usize, object_seen: usize| {
        edge.score + verb[verb_seen] + object[object_seen] + if verb_seen == 0 { 0 } else { after }
    };
    [score(0, 0), score(1, 0), score(0, 1), score(1, 1)]
}

/// What was seen, as far as [`Hope`] tells it apart.
const SEEN: [u32; 4] = [0, flag::VERB, flag::OBJECT, flag::VERB | flag::OBJECT];

/// Which of [`SEEN`] some flags are.
pub fn seen(flags: u32) -> usize {
    usize::from(flags & flag::VERB != 0) + 2 * usize::from(flags & flag::OBJECT != 0)
}

/// Far below any score.
const NEVER: i32 = i32::MIN / 2;

/// The most that the rest of a stretch may earn from each item on, by what was seen before it.
#[derive(Debug, Default)]
struct Hope(Vec<[i32; 4]>);

impl Hope {
    fn work_out(&mut self, edges: &Edges<'_>) {
        let (mut mask, mut flags) = (0, 0);
        for edge in edges.all() {
            mask |= edge.params;
            flags |= edge.flags;
        }
        self.0.clear();
        self.0.resize(edges.len() + 1, [NEVER; 4]);
        let both = flag::VERB | flag::OBJECT;
        self.0[edges.len()] = SEEN.map(|seen| edges.closing().at_best(mask, flags & !both | seen));
        for at in (0..edges.len()).rev() {
            let mut most = [NEVER; 4];
            for (_, edge) in edges.from(at) {
                let (rest, gains, adds) = (&self.0[usize::from(edge.to)], gains(edge), seen(edge.flags));
                for (before, most) in most.iter_mut().enumerate() {
                    *most = (*most).max(gains[before] + rest[before | adds]);
                }
            }
            self.0[at] = most;
        }
    }

    /// The most that a way may come to.
    fn of(&self, way: &Way) -> i32 {
        way.score + self.0[usize::from(way.at)][seen(way.flags)]
    }
}

/// Ways kept at each item.
const BEAM: usize = 10;

/// Aligns stretches with operations; keeps its memory from one to the next.
#[derive(Debug, Default)]
pub struct Aligner {
    hope: Hope,
    passed: Vec<Way>,
    beams: Vec<Vec<Way>>,
}

impl Aligner {
    /// The best way through the edges that earns more than `floor`, or nothing.
    pub fn align(&mut self, edges: &Edges<'_>, floor: i32) -> Option<Alignment> {
        if edges.given_up {
            return None;
        }
        self.hope.work_out(edges);
        let bound = self.hope.of(&Way::START);
        if bound <= floor {
            return None;
        }
        self.passed.clear();
        let direct = self.direct(edges);
        let earned = direct.map_or(NEVER, |way| total(edges, &way));
        if earned == bound {
            return direct.map(|way| self.trace(edges, way, earned));
        }
        let best = self.search(edges, earned.max(floor)).or(direct.filter(|_| earned > floor))?;
        let score = total(edges, &best);
        Some(self.trace(edges, best, score))
    }

    /// The way of the most hopeful steps; of two, the one that fills more.
    fn direct(&mut self, edges: &Edges<'_>) -> Option<Way> {
        let mut way = Way::START;
        while usize::from(way.at) < edges.len() {
            let parent = u32::try_from(self.passed.len()).unwrap_or(u32::MAX);
            self.passed.push(way);
            let mut best: Option<((i32, u32), Way)> = None;
            for (number, edge) in edges.from(usize::from(way.at)) {
                let Some(next) = way.follow(edge, parent, number) else { continue };
                let hope = self.hope.of(&next);
                let rank = (hope, next.mask.count_ones());
                if best.is_none_or(|(most, _)| rank > most) {
                    best = Some((rank, next));
                }
            }
            way = best?.1;
        }
        Some(way)
    }

    /// The best way that earns more than `floor`.
    fn search(&mut self, edges: &Edges<'_>, floor: i32) -> Option<Way> {
        let length = edges.len();
        self.beams.resize_with(length + 1, Vec::new);
        self.beams.iter_mut().for_each(Vec::clear);
        self.beams[0].push(Way::START);
        for at in 0..length {
            for nth in 0..self.beams[at].len() {
                let way = self.beams[at][nth];
                let parent = u32::try_from(self.passed.len()).unwrap_or(u32::MAX);
                self.passed.push(way);
                for (number, edge) in edges.from(at) {
                    let Some(next) = way.follow(edge, parent, number) else { continue };
                    if self.hope.of(&next) > floor {
                        keep(&mut self.beams[usize::from(edge.to)], next);
                    }
                }
            }
        }
        let finish = self.beams[length].iter().map(|way| (total(edges, way), way));
        finish.filter(|(score, _)| *score > floor).max_by_key(|(score, _)| *score).map(|(_, way)| *way)
    }

    fn trace(&self, edges: &Edges<'_>, last: Way, score: i32) -> Alignment {
        let mut filled = Vec::new();
        let mut unexplained = Vec::new();
        let mut path = Vec::new();
        let start = edges.start();
        let mut way = last;
        while way.edge != u32::MAX {
            let edge = edges.edge(way.edge);
            let before = self.passed[way.parent as usize];
            let (first, past) = (start + usize::from(before.at), start + usize::from(way.at));
            path.push((first, past, edge.rule, way.score - before.score));
            if edge.unknown {
                unexplained.extend(first..past);
            }
            filled.extend(edges.more(edge).iter().rev().chain(&edge.filled));
            way = before;
        }
        filled.reverse();
        unexplained.reverse();
        path.reverse();
        Alignment { score, filled, unexplained, flags: last.flags, path }
    }
}

fn total(edges: &Edges<'_>, way: &Way) -> i32 {
    way.score + edges.closing().of(way.mask, way.flags, way.pending)
}

/// Keeps a way among the best few at its item.
fn keep(beam: &mut Vec<Way>, next: Way) {
    if let Some(old) = beam.iter_mut().find(|way| way.like(&next)) {
        if old.score < next.score {
            *old = next;
        }
        return;
    }
    if beam.len() < BEAM {
        beam.push(next);
        return;
    }
    if let Some(worst) = beam.iter_mut().min_by_key(|way| way.score).filter(|way| way.score < next.score) {
        *worst = next;
    }
}
