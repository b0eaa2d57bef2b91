//! Any line is read, completely and in linear time.

use std::time::{Duration, Instant};

use jiff::Zoned;
use proptest::prelude::*;

use super::{ItemKind, find_dates, fold, read};

fn now() -> Zoned {
    "2026-11-20T09:00:00[America/New_York]".parse().expect("a zoned date-time")
}

/// Checks that the items cover everything but white space, in order and on character boundaries.
fn covered(line: &str) -> Result<(), TestCaseError> {
    let utterance = read(line).map_err(|error| TestCaseError::fail(error.to_string()))?;
    let mut end = 0;
    for item in &utterance.items {
        prop_assert!(item.start >= end && item.end > item.start, "{item:?} after byte {end}");
        let gap = line.get(end..item.start).expect("offsets are on character boundaries");
        prop_assert!(gap.chars().all(|c| c.is_whitespace() || "\u{200b}\u{feff}".contains(c)), "`{gap}` is lost");
        if let ItemKind::Quoted { start, end } | ItemKind::KeyValue { start, end, .. } = item.kind {
            prop_assert!(item.start <= start && start <= end && end <= item.end);
            prop_assert!(line.get(start..end).is_some());
        }
        end = item.end;
    }
    prop_assert_eq!(line[end..].trim_matches(|c: char| c.is_whitespace() || "\u{200b}\u{feff}".contains(c)), "");
    for found in find_dates(&utterance, &now()) {
        prop_assert!(found.first <= found.last && found.last < utterance.items.len());
    }
    Ok(())
}

/// Checks that the items are those that the grammar finds when it takes the whole line at once.
fn as_the_grammar_says(line: &str) -> Result<(), TestCaseError> {
    use super::command::{Command, Rule};
    use pest::Parser;
    let pairs = Command::parse(Rule::line, line).map_err(|error| TestCaseError::fail(error.to_string()))?;
    let inner = pairs.flat_map(pest::iterators::Pair::into_inner).filter(|pair| pair.as_rule() != Rule::EOI);
    let mut wanted: Vec<super::Item> = Vec::new();
    for pair in inner {
        let item = super::read::item(pair, 0, wanted.last());
        wanted.push(item);
    }
    let found = super::read::items(line);
    prop_assert_eq!(found, wanted);
    Ok(())
}

proptest! {
    #[test]
    fn any_text_is_covered(line in "\\PC{0,60}") {
        covered(&line)?;
        as_the_grammar_says(&line)?;
    }

    #[test]
    fn marks_and_words_are_covered(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                "a", "Jane", "o", "s", "1", "12", "555", "2026-11-20", "3pm", "k", "USD", "$", "€", "+", "-", "--", ">", "=",
                "'", "’", "\"", "“", "”", "`", "(", ")", "[", "]", "{", "}", ",", ".", "?", "!", ":", ";", "/", "#", "@",
                "_", "%", "&", "\\", " ", "  ", "\t", "é", "e\u{301}", "李", "👋", "\u{200d}", "\u{a0}", "contact", "AbcdefghijKlmnopqrst", "to", "next",
                "monday", "may", "am", "INV", "-7", "usd", "p", "'s", "50", ". ", ": ", "$", "000", ",500", "anna", "@", ".io", "65f0a1b2c3d4", "-team",
                "://", "www.", "null", "tomorrow", "at", "in", "week", "of", "the",
            ]),
            0..30,
        )
    ) {
        covered(&parts.concat())?;
        as_the_grammar_says(&parts.concat())?;
    }

    #[test]
    fn folding_twice_is_folding_once(text in "\\PC{0,40}") {
        prop_assert_eq!(fold(&fold(&text)), fold(&text));
    }
}

/// The given text over and over, up to so many bytes.
fn much(part: &str, bytes: usize) -> String {
    let mut line = part.repeat(bytes / part.len());
    line.truncate(line.floor_char_boundary(bytes));
    line
}

fn time(line: &str, clock: &Zoned) -> Duration {
    let start = Instant::now();
    let utterance = read(line).expect("a short line without control characters");
    let _ = find_dates(&utterance, clock);
    start.elapsed()
}

/// Four times the text may take four times as long, and as much again for a busy machine; not sixteen times.
#[test]
fn nasty_lines_take_linear_time() {
    let parts = [
        "a",
        "1",
        "-",
        "'",
        "’",
        "\"",
        "“",
        "„",
        "`",
        "(",
        "[",
        "{",
        "{\"a\":",
        "[1,",
        "[\"",
        "[[1],",
        "'a ",
        "k='a ",
        "k=\"a ",
        "k=[",
        "a=",
        "a's-",
        "a'",
        "a.",
        "a..",
        "a-",
        "a--",
        "a@",
        "a@b-",
        "a_",
        "a:",
        "a/",
        "a+",
        "a!",
        "1'",
        "1,",
        "1.",
        "1-",
        "1:",
        "1 ",
        "+1 ",
        "+1-",
        "(1",
        "555-",
        "$1,",
        "$",
        "-$",
        "#",
        ".",
        "?",
        "!",
        ". ",
        "👋",
        "👋 ",
        "\u{301}",
        "http://",
        "http://a(",
        "www.a)",
        "a.b/",
        "a.b/(",
        "e.",
        "U.S.",
        "dr.",
        "w/",
        "the ",
        "1 to ",
        "in the next ",
        "monday to ",
        "a few ",
        "may 1 ",
        "2026-",
        "1h",
        "from from ",
        "3 days after ",
        "=",
        "->",
        "%",
        "1%",
        "US$",
        "usd ",
        "\t",
        "<",
        "\\",
        "é",
        "ñ'",
    ];
    let clock = now();
    let looks_slow = |part: &&str| {
        let small = time(&much(part, 2_048), &clock);
        time(&much(part, 8_192), &clock) > small * 9 + Duration::from_millis(20)
    };
    // A busy machine may stall any one measurement, but hardly all of them.
    let slow: Vec<_> = parts.into_iter().filter(|part| (0..12).all(|_| looks_slow(part))).collect();
    assert!(slow.is_empty(), "{slow:?}");
}

#[test]
fn the_longest_lines_are_read() {
    let clock = now();
    for part in ["a", "call Jane tomorrow, ", "“", "1 "] {
        assert!(time(&much(part, 65_536), &clock) < Duration::from_secs(20), "{part}");
    }
}
