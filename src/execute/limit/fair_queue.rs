use std::collections::{HashMap, VecDeque};
use std::hash::Hash;

/// A queue in which everybody has a turn: whoever put many things in waits no less and no more than who put in one.
/// What one put in comes out in order.
#[derive(Debug)]
pub struct FairQueue<K, T> {
    own: HashMap<K, VecDeque<T>>,
    turns: VecDeque<K>,
    length: usize,
}

impl<K, T> Default for FairQueue<K, T> {
    fn default() -> Self {
        Self { own: HashMap::new(), turns: VecDeque::new(), length: 0 }
    }
}

impl<K: Hash + Eq + Clone, T> FairQueue<K, T> {
    /// Puts a thing in.
    pub fn push(&mut self, who: K, thing: T) {
        let own = self.own.entry(who.clone()).or_default();
        if own.is_empty() {
            self.turns.push_back(who);
        }
        own.push_back(thing);
        self.length += 1;
    }

    /// Takes the next thing out of those that `may` lets go, with whose it is.
    pub fn pop_if(&mut self, mut may: impl FnMut(&K) -> bool) -> Option<(K, T)> {
        let at = self.turns.iter().position(&mut may)?;
        let who = self.turns.remove(at)?;
        let own = self.own.get_mut(&who)?;
        let thing = own.pop_front()?;
        self.length -= 1;
        if own.is_empty() {
            self.own.remove(&who);
        } else {
            self.turns.push_back(who.clone());
        }
        Some((who, thing))
    }

    /// Takes the next thing out.
    pub fn pop(&mut self) -> Option<(K, T)> {
        self.pop_if(|_| true)
    }

    /// How many things wait.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_has_a_turn_and_keeps_their_order() {
        let mut queue = FairQueue::default();
        for thing in ["a1", "a2", "a3"] {
            queue.push('a', thing);
        }
        queue.push('b', "b1");
        let order: Vec<&str> = std::iter::from_fn(|| queue.pop()).map(|(_, thing)| thing).collect();
        assert_eq!(order, ["a1", "b1", "a2", "a3"]);
        assert!(queue.is_empty());
    }

    #[test]
    fn whoever_may_not_go_yet_keeps_their_place() {
        let mut queue = FairQueue::default();
        queue.push('a', 1);
        queue.push('b', 2);
        queue.push('b', 3);
        assert_eq!(queue.pop_if(|who| *who != 'a'), Some(('b', 2)));
        assert_eq!(queue.pop_if(|who| *who != 'b'), Some(('a', 1)));
        assert_eq!((queue.pop_if(|who| *who == 'a'), queue.len()), (None, 1));
    }
}
