use serde::Serialize;

use super::Item;

/// A line, taken apart.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Utterance {
    /// The user's own bytes.
    pub text: String,
    /// Its items, left to right, white space left out.
    pub items: Vec<Item>,
}

impl Utterance {
    /// The user's bytes from the start of item `first` to the end of item `last` (inclusive).
    #[must_use]
    pub fn slice(&self, first: usize, last: usize) -> &str {
        &self.text[self.items[first].start..self.items[last].end]
    }

    /// The user's bytes of one item.
    #[must_use]
    pub fn raw(&self, item: usize) -> &str {
        self.slice(item, item)
    }

    /// Whether the item touches the one before it.
    #[must_use]
    pub fn glued(&self, item: usize) -> bool {
        item > 0 && self.items[item - 1].end == self.items[item].start
    }
}
