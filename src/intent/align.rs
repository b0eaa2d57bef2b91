//! Reads a whole line as one operation: the cheapest way to give every word a job, found left to right with a small beam.

use super::edges::{Edge, Edges, flag};
use super::score;
use super::slots::Filled;

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
    /// How each stretch of items was read: (first, one past the last, name of the rule, points).
    pub path: Vec<(usize, usize, &'static str, i32)>,
}

#[derive(Clone, Copy)]
struct Hypothesis {
    score: i32,
    mask: u128,
    flags: u32,
    pending: Option<u8>,
    parent: u32,
    edge: u32,
    at: u16,
}

/// Readings kept at each item.
const BEAM: usize = 10;

/// The best way through the edges of a line; nothing when there is none, which cannot happen for a line with items.
pub fn align(edges: &Edges<'_>) -> Option<Alignment> {
    let length = edges.len();
    let mut arena: Vec<Hypothesis> = Vec::with_capacity(length * BEAM);
    let mut beams: Vec<Vec<Hypothesis>> = vec![Vec::new(); length + 1];
    beams[0].push(Hypothesis { score: 0, mask: 0, flags: 0, pending: None, parent: u32::MAX, edge: u32::MAX, at: 0 });
    for at in 0..length {
        let current = std::mem::take(&mut beams[at]);
        for hypothesis in current {
            let parent = u32::try_from(arena.len()).unwrap_or(u32::MAX);
            arena.push(hypothesis);
            for (index, edge) in edges.from(at) {
                if let Some(next) = follow(&hypothesis, edge, parent, index) {
                    keep(&mut beams[usize::from(edge.to)], next);
                }
            }
        }
    }
    let finish = beams[length].iter().map(|h| (h.score + edges.closing(h.mask, h.flags, h.pending), h));
    let (score, best) = finish.max_by_key(|(score, _)| *score)?;
    Some(trace(edges, &arena, *best, score))
}

fn follow(from: &Hypothesis, edge: &Edge, parent: u32, index: u32) -> Option<Hypothesis> {
    if from.mask & edge.params != 0 || edge.need.is_some_and(|p| from.pending != Some(p)) {
        return None;
    }
    let mut score = from.score + edge.score;
    if edge.verb != 0 {
        score += if from.flags & flag::VERB == 0 { edge.verb } else { score::SECOND_VERB };
    }
    if edge.object != 0 {
        score += if from.flags & flag::OBJECT == 0 { edge.object } else { score::OBJECT_AGAIN };
    }
    if edge.flags & flag::PATTERN != 0 && from.flags & (flag::VERB | flag::PATTERN) != 0 {
        score += score::PATTERN_AFTER_VERB;
    }
    if edge.pends.is_some() && from.pending.is_some() {
        score += score::FIELD_EMPTY;
    }
    let pending = if edge.need.is_some() { None } else { edge.pends.or(from.pending) };
    let flags = from.flags | edge.flags;
    Some(Hypothesis { score, mask: from.mask | edge.params, flags, pending, parent, edge: index, at: edge.to })
}

fn keep(beam: &mut Vec<Hypothesis>, next: Hypothesis) {
    let same = |h: &Hypothesis| h.mask == next.mask && h.flags == next.flags && h.pending == next.pending;
    if let Some(old) = beam.iter_mut().find(|h| same(h)) {
        if old.score < next.score {
            *old = next;
        }
        return;
    }
    if beam.len() < BEAM {
        beam.push(next);
        return;
    }
    if let Some(worst) = beam.iter_mut().min_by_key(|h| h.score) {
        if worst.score < next.score {
            *worst = next;
        }
    }
}

fn trace(edges: &Edges<'_>, arena: &[Hypothesis], last: Hypothesis, score: i32) -> Alignment {
    let mut filled = Vec::new();
    let mut unexplained = Vec::new();
    let mut path = Vec::new();
    let mut at = last;
    while at.edge != u32::MAX {
        let edge = edges.edge(at.edge);
        let before = arena[at.parent as usize];
        let (first, past) = (usize::from(before.at), usize::from(at.at));
        path.push((first, past, edge.rule, at.score - before.score));
        if edge.unknown {
            unexplained.extend(first..past);
        }
        filled.extend(edge.more.iter().rev().chain(&edge.filled).cloned());
        at = before;
    }
    filled.reverse();
    unexplained.reverse();
    path.reverse();
    Alignment { score, filled, unexplained, flags: last.flags, path }
}
