use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::app::Engine;
use crate::catalog::{Catalog, OpId};
use crate::intent::{Intent, Status};

/// Points by which another operation is behind at most where it is called close.
const CLOSE: i32 = 6;
/// Pairs shown where not all are asked for.
const MOST: usize = 20;

/// Which operations are taken for each other: those that a phrase of another led to, and those that came close to it.
#[derive(Debug, Default)]
pub(super) struct Confusion {
    taken: Pairs,
    close: Pairs,
}

/// The phrases of one operation that led to another: how many, and one of them.
type Pairs = BTreeMap<(OpId, OpId), (usize, String)>;

impl Confusion {
    /// Looks who else is near a phrase of an operation.
    pub(super) fn add(&mut self, engine: &Engine, own: OpId, phrase: &str) {
        let ranking = engine.ranking(phrase);
        let Some((best, score)) = ranking.first() else { return };
        if *best != own {
            return note(&mut self.taken, (own, *best), phrase);
        }
        if let Some((other, _)) =
            ranking.iter().skip(1).find(|(other, points)| *other != own && points + CLOSE >= *score)
        {
            note(&mut self.close, (own, *other), phrase);
        }
    }

    /// Takes down what a phrase of an operation was read as, said in another way.
    pub(super) fn take(&mut self, own: OpId, intent: &Intent, phrase: &str) {
        let acts = matches!(intent.status, Status::Ready | Status::Incomplete);
        if let ([step], true) = (intent.steps.as_slice(), acts)
            && step.operation != own
        {
            note(&mut self.taken, (own, step.operation), phrase);
        }
    }

    /// The pairs, the commonest first, each with a phrase; all of them where `all`.
    pub(super) fn report(&self, catalog: &Catalog, all: bool) -> String {
        let mut text = String::new();
        for (title, pairs) in
            [("phrases that another operation takes", &self.taken), ("operations close behind", &self.close)]
        {
            let total: usize = pairs.values().map(|(count, _)| count).sum();
            text.push_str(&format!("{title}: {total}\n"));
            let mut sorted: Vec<_> = pairs.iter().collect();
            sorted.sort_by_key(|(pair, (count, _))| (Reverse(*count), **pair));
            for ((own, other), (count, phrase)) in sorted.iter().take(if all { sorted.len() } else { MOST }) {
                let (own, other) = (catalog.name(*own), catalog.name(*other));
                text.push_str(&format!("  {count:>4}  {own} -> {other}: {phrase}\n"));
            }
        }
        text
    }
}

fn note(pairs: &mut Pairs, pair: (OpId, OpId), phrase: &str) {
    pairs.entry(pair).or_insert_with(|| (0, phrase.to_owned())).0 += 1;
}
