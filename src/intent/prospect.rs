use super::align::{gains, seen};
use super::edges::Edge;
use super::outlook::Most;
use super::score;

/// Whether a candidate may still earn more than it must, told while its edges are found from left to right: what leads to an
/// item is known by then, and the [outlook](super::outlook) tells the most that the rest may earn from there. Where no item
/// that was reached promises enough, there is no way that does, and the other edges need not be found.
pub struct Prospect<'a> {
    /// The most that may be earned from each item on; nothing where nobody knows.
    rest: &'a [Most],
    /// The candidate must earn more.
    floor: i32,
    /// The most that is earned before each item, as far as that may be enough.
    reached: &'a mut Vec<Most>,
    /// The last item that is reached so.
    far: usize,
}

/// What the outlook counts for the value of a field already where the field is named.
const LENT: i32 = score::FIELD_VALUE - score::BARE_TARGET;
/// By how much a step may earn more than the outlook, which leaves out the names of fields inside a name, and texts that run to
/// the end.
const UNFORESEEN: i32 = 6;
/// Far below any score.
const NEVER: i32 = i32::MIN / 2;

impl<'a> Prospect<'a> {
    /// Before the first item. `reached` is a memory to work in.
    pub fn new(rest: &'a [Most], floor: i32, reached: &'a mut Vec<Most>) -> Self {
        reached.clear();
        reached.resize(rest.len(), [NEVER; 4]);
        if let Some(first) = reached.first_mut() {
            first[0] = 0;
        }
        Self { rest, floor, reached, far: if rest.is_empty() { usize::MAX } else { 0 } }
    }

    /// Whether nothing from an item on can be enough; all edges that start before it were followed.
    pub fn is_over(&self, at: usize) -> bool {
        self.far < at
    }

    /// Whether some way leads to an item that may yet be enough; all edges that start before it were followed. What starts at
    /// any other need not be found.
    pub fn reaches(&self, at: usize) -> bool {
        self.reached.get(at).is_none_or(|most| most.iter().any(|earned| *earned != NEVER))
    }

    /// Follows the edges that start at an item.
    pub fn follow(&mut self, at: usize, edges: &[Edge]) {
        let Some(before) = self.reached.get(at).copied() else { return };
        for edge in edges {
            let (to, gains, adds) = (usize::from(edge.to), gains(edge), seen(edge.flags));
            let lent = match (edge.pends, edge.need) {
                (Some(_), _) => LENT,
                (_, Some(_)) => -LENT,
                _ => 0,
            };
            for (state, earned) in before.iter().enumerate().filter(|(_, earned)| **earned != NEVER) {
                let (earned, state, gain) = (*earned, state | adds, gains[state] + lent);
                if earned + gain + self.rest[to][state] + UNFORESEEN > self.floor {
                    let most = &mut self.reached[to][state];
                    *most = (*most).max(earned + gain);
                    self.far = self.far.max(to);
                }
            }
        }
    }
}
