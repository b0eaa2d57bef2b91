use std::borrow::Cow;

use rustyline::completion::Completer;
use rustyline::highlight::Highlighter;
use rustyline::hint::{Hinter, HistoryHinter};
use rustyline::{Context, Helper, Result, Validator};

use super::complete::{complete, hint};
use crate::front::words::Words;
use crate::present::{DIM, painted};

/// What the line editor asks while a person types.
#[derive(Helper, Validator)]
pub(super) struct LineHelper {
    words: Words,
    history: HistoryHinter,
    /// Whether hints may be shown in a colour of their own.
    colour: bool,
}

impl LineHelper {
    pub(super) fn new(words: Words, colour: bool) -> Self {
        Self { words, history: HistoryHinter::new(), colour }
    }
}

impl Completer for LineHelper {
    type Candidate = String;

    fn complete(&self, line: &str, pos: usize, _: &Context<'_>) -> Result<(usize, Vec<String>)> {
        Ok(complete(&self.words, &line[..pos]))
    }
}

impl Hinter for LineHelper {
    type Hint = String;

    fn hint(&self, line: &str, pos: usize, context: &Context<'_>) -> Option<String> {
        if pos < line.len() {
            return None;
        }
        self.history.hint(line, pos, context).or_else(|| hint(&self.words, line))
    }
}

impl Highlighter for LineHelper {
    fn highlight_hint<'h>(&self, hint: &'h str) -> Cow<'h, str> {
        if self.colour { Cow::Owned(painted(DIM, hint)) } else { Cow::Borrowed(hint) }
    }
}
