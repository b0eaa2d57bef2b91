use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Zoned;

use crate::language::Utterance;

use super::Intent;
use super::memory::Memory;
use super::reader::Context;

/// What refused attempts at a line come to once a few of their words are passed over, as
/// [`Reading::doubted`](super::reading::Reading::doubted) tells it: found while the words are read, and asked for only when
/// all other attempts are refused too, so that the same words are not read once more for it.
///
/// It hangs on nothing but the words, the catalog of the reader and the context, which is kept with it and compared: lines
/// that are read at the same time may share one list. Where something was spoken of before, nothing is kept.
#[derive(Debug, Default)]
pub struct Doubts(Mutex<Vec<Doubt>>);

#[derive(Debug)]
struct Doubt {
    line: Utterance,
    now: Zoned,
    hidden: bool,
    service: Option<String>,
    doubted: Option<Intent>,
}

/// Attempts kept at most.
const MOST: usize = 32;

impl Doubts {
    /// Forgets all of them, for another line.
    pub fn forget(&self) {
        self.all().clear();
    }

    /// What the refused words of an attempt come to: as it was found before, or as it is found now.
    pub fn of(&self, line: &Utterance, context: &Context<'_>, find: impl FnOnce() -> Option<Intent>) -> Option<Intent> {
        let known = self.all().iter().find(|doubt| doubt.is(line, context)).map(|doubt| doubt.doubted.clone());
        known.unwrap_or_else(find)
    }

    /// Keeps what they come to.
    pub fn keep(&self, line: &Utterance, context: &Context<'_>, doubted: Option<Intent>) {
        let mut all = self.all();
        if all.len() < MOST && *context.memory == Memory::default() {
            let (now, service) = (context.now.clone(), context.service.map(str::to_owned));
            all.push(Doubt { line: line.clone(), now, hidden: context.hidden, service, doubted });
        }
    }

    fn all(&self) -> MutexGuard<'_, Vec<Doubt>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Doubt {
    fn is(&self, line: &Utterance, context: &Context<'_>) -> bool {
        self.line == *line
            && *context.memory == Memory::default()
            && (&self.now, self.now.time_zone()) == (context.now, context.now.time_zone())
            && (self.hidden, self.service.as_deref()) == (context.hidden, context.service)
    }
}
