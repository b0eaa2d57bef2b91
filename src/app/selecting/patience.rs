use std::cell::Cell;

use jiff::Zoned;

/// Words that are read at most on the way to a selection, all readings together. Each place where the words that tell
/// records apart may end takes readings of the whole line, and a line may have thousands of such places. A word takes up to
/// 300 µs of a line of sixty, so that none takes longer than half a second.
const MOST: usize = 1_500;

/// How a line is read on the way to a selection: at which moment, and how often yet.
#[derive(Debug)]
pub(super) struct Patience<'a> {
    pub(super) now: &'a Zoned,
    left: Cell<Option<usize>>,
}

impl<'a> Patience<'a> {
    pub(super) fn new(now: &'a Zoned) -> Self {
        Self { now, left: Cell::new(Some(MOST)) }
    }

    /// Whether a line of so many words may be read; from the first that may not be on, none may.
    pub(super) fn take(&self, words: usize) -> bool {
        self.left.set(self.left.get().and_then(|left| left.checked_sub(words)));
        !self.is_spent()
    }

    /// Whether a line was not read for want of patience.
    pub(super) fn is_spent(&self) -> bool {
        self.left.get().is_none()
    }
}
