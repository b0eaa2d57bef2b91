//! Which words can begin a date, taken from the grammar itself: the cheap question asked of every word of a line.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::language::{Item, ItemKind};

/// Rules whose words say a date on their own; the words of the others only lead up to one.
const TELLING: &[&str] = &[
    "weekday",
    "month",
    "today",
    "tonight",
    "tomorrow",
    "yesterday",
    "overmorrow",
    "ereyesterday",
    "last_night",
    "noon",
    "midnight",
    "day_end",
    "part",
    "now",
    "short_edge",
    "short_to_date",
    "minutes",
    "hours_unit",
    "days",
    "weeks",
    "months",
    "quarters",
    "years",
    "week",
    "weekend",
    "month_unit",
    "half_hour",
    "hour_and_half",
    "ordinal_word",
    "past_hour",
    "to_hour",
    "year_half",
];

/// Words that only join what stands before them to what stands behind.
const JOINING: [&str; 3] = ["to", "and", "of"];

/// A code that goes over from figures to letters, or back, so often is an id: of what begins a date at most `7h30pm` does
/// that.
const OFTEN: usize = 5;

/// How many leading words ("since the first day of the") may stand before the telling one.
const LEADING: usize = 6;

/// First words of the grammar's literals, and whether they tell.
static WORDS: LazyLock<FxHashMap<&str, bool>> = LazyLock::new(|| words(include_str!("../../../grammar/dates.pest")));

fn words(grammar: &str) -> FxHashMap<&str, bool> {
    let mut words = FxHashMap::default();
    let mut telling = false;
    for line in grammar.lines().filter(|line| !line.starts_with("//")) {
        if let Some((name, _)) = line.split_once('=').filter(|_| line.starts_with(|c: char| c.is_ascii_alphabetic())) {
            telling = TELLING.contains(&name.trim());
        }
        for literal in line.split('"').skip(1).step_by(2) {
            for (nth, word) in literal.split_whitespace().enumerate() {
                let tells = telling && nth == 0 && word.len() > 1 && word != "a" && word != "an" && word != "the";
                *words.entry(word).or_insert(false) |= tells;
            }
        }
    }
    words
}

/// Whether a date may begin at that item.
pub(super) fn may_begin(items: &[Item], at: usize) -> bool {
    let leads = || items[at..].iter().take(LEADING).take_while(|item| reading(item) == Some(false)).count();
    let next = |offset: usize| items.get(at + offset);
    let led = || Some(leads()).filter(|leads| *leads > 0).and_then(next).is_some_and(is_telling);
    match &items[at].kind {
        ItemKind::IsoDate | ItemKind::Time => true,
        ItemKind::Code => starts_like_a_date(&items[at].folded) && !is_id(&items[at].folded),
        ItemKind::Number { .. } => {
            items[at].folded.ends_with('m')
                || next(1).is_some_and(|item| reading(item).is_some() || item.kind == ItemKind::Dash)
        }
        ItemKind::Word if items[at].folded.starts_with(|c: char| c.is_ascii_digit()) => true,
        ItemKind::Word if JOINING.contains(&stem(&items[at])) => false,
        ItemKind::Word => reading(&items[at]).is_some_and(|tells| tells || led()),
        _ => false,
    }
}

/// Whether a word of the grammar tells (`Some(true)`) or leads (`Some(false)`).
fn reading(item: &Item) -> Option<bool> {
    if item.kind == ItemKind::Word { WORDS.get(stem(item)).copied() } else { None }
}

/// A word up to the first mark in it.
fn stem(item: &Item) -> &str {
    let end = item.folded.bytes().position(|byte| matches!(byte, b'-' | b'.' | b'\'')).unwrap_or(item.folded.len());
    &item.folded[..end]
}

/// Whether what a code begins with, up to the first mark in it, is surely an id.
fn is_id(folded: &str) -> bool {
    let run = || folded.bytes().take_while(u8::is_ascii_alphanumeric).map(|byte| byte.is_ascii_digit());
    run().zip(run().skip(1)).filter(|(before, behind)| before != behind).count() >= OFTEN
}

fn is_telling(item: &Item) -> bool {
    match item.kind {
        ItemKind::IsoDate | ItemKind::Time | ItemKind::Number { .. } => true,
        ItemKind::Code => starts_like_a_date(&item.folded),
        _ => reading(item) == Some(true) || item.folded.starts_with(|c: char| c.is_ascii_digit()),
    }
}

/// A code such as `10/5`, `10-11am`, `30min`, `q3` or `h1`.
fn starts_like_a_date(folded: &str) -> bool {
    let digits = folded.strip_prefix(['q', 'h']).unwrap_or(folded);
    digits.len() < 32 && digits.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use pest::Parser;

    use super::super::grammar::{DateGrammar, Rule};
    use super::{JOINING, is_id};

    #[test]
    fn no_date_begins_with_a_word_that_joins() {
        let nothing = |text: &str| {
            let found = DateGrammar::parse(Rule::found, text).expect("it is total").next().expect("one pair");
            found.into_inner().next().is_some_and(|inner| inner.as_rule() == Rule::nothing)
        };
        for word in JOINING {
            for tail in ["monday", "4pm", "2026-12-01", "the year", "9", "a day", "december 5", "this week", "-day"] {
                assert!(nothing(&format!("{word} {tail}")), "{word} {tail}");
            }
        }
        assert!(!nothing("for 2026") && !nothing("on or before monday"));
    }

    #[test]
    fn an_id_is_told_from_a_date() {
        for id in ["6578278e879ad2646715bb02", "7dkqxm2vtrz9lpwb4nsy", "62e589c1a2-c456"] {
            assert!(is_id(id), "{id}");
        }
        for date in ["7h30pm", "30min", "q3", "2026-11-20t09:00:00z", "10-11am", "1h30m"] {
            assert!(!is_id(date), "{date}");
        }
    }
}
