use std::sync::{Mutex, PoisonError};

use jiff::Zoned;

use crate::catalog::Catalog;
use crate::language::{Utterance, find_dates};

use super::Intent;
use super::annotate::Annotated;
use super::explain;
use super::memory::Memory;
use super::reading::Reading;
use super::workbench::Workbench;

/// Reads lines against one catalog. Cheap to make; it keeps what it computes for the next line.
#[derive(Debug, Default)]
pub struct Reader {
    /// What lines that are read at the same time work on; lines one after the other share one.
    benches: Mutex<Vec<Workbench>>,
}

/// What a reading depends on beside the line and the catalog.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The clock and the user's zone.
    pub now: &'a Zoned,
    /// What was spoken of before.
    pub memory: &'a Memory,
    /// Undocumented operations may be chosen.
    pub hidden: bool,
    /// Keep to this service.
    pub service: Option<&'a str>,
    /// Fill in the trace.
    pub explain: bool,
}

impl Reader {
    /// A reader with nothing computed yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a line: what it means, a question, or a refusal. The same line always gets the same answer.
    pub fn read(&self, utterance: &Utterance, catalog: &Catalog, context: &Context<'_>) -> Intent {
        let benches = || self.benches.lock().unwrap_or_else(PoisonError::into_inner);
        let bench = benches().pop().unwrap_or_default();
        let line = Annotated::new(utterance, catalog.vocabulary());
        let reading = Reading::new(catalog, line, find_dates(utterance, context.now), *context, bench);
        let all = (0, utterance.items.len());
        let mut intent = reading.apart().unwrap_or_else(|| reading.come_to(all, context.memory));
        if context.explain {
            explain::words(&reading, &mut intent.trace);
            explain::readings(&reading, &reading.parse_all(), &mut intent.trace);
        }
        benches().push(reading.into_bench());
        intent
    }
}
