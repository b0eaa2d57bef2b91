use std::io::{self, BufReader, Read, Write};

use super::lines::{Lines, RawLine};
use crate::app::Engine;

/// Longer lines are read as far as this, which is past what any reading takes.
const LONGEST_LINE: usize = 128 * 1024;

/// Prints the reading of each phrase, one JSON object a line, in the same order.
///
/// # Errors
/// Those of the output.
pub(super) fn phrases(engine: &Engine, phrases: &[String], mut out: impl Write) -> io::Result<()> {
    for phrase in phrases {
        writeln!(out, "{}", reading(engine, phrase))?;
    }
    out.flush()
}

/// The same for the lines of a stream. Whoever feeds it line by line gets each answer at once.
///
/// # Errors
/// Those of either stream.
pub(super) fn lines(engine: &Engine, input: impl Read, mut out: impl Write) -> io::Result<()> {
    let mut lines = Lines::new(BufReader::new(input), LONGEST_LINE);
    while let Some(line) = lines.read()? {
        let phrase = match line {
            RawLine::Whole(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            // Past the limit of a phrase, so that it is refused as any phrase of that length is.
            RawLine::TooLong => "…".repeat(LONGEST_LINE / 3),
        };
        writeln!(out, "{}", reading(engine, &phrase))?;
        if lines.reader().buffer().is_empty() {
            out.flush()?;
        }
    }
    out.flush()
}

fn reading(engine: &Engine, phrase: &str) -> serde_json::Value {
    engine.reading_json(phrase)
}
