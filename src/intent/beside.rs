use super::memory;
use crate::language::clock_asked;

/// What a reading looked at beside its line, the catalog and the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Beside {
    /// What was spoken of before. Where it was not looked at, the reading is the same in every conversation.
    pub memory: bool,
    /// The clock. Where it was not looked at, the reading is the same at every moment.
    pub clock: bool,
}

impl Beside {
    /// Reads, and tells what was looked at meanwhile. Readings do not leave their thread, so that each counts its own.
    pub fn watch<T>(read: impl FnOnce() -> T) -> (T, Self) {
        let (looks, asked) = (memory::looks(), clock_asked());
        let read = read();
        (read, Self { memory: memory::looks() != looks, clock: clock_asked() != asked })
    }
}
