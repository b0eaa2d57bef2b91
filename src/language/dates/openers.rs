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
    let leads = items[at..].iter().take(LEADING).take_while(|item| reading(item) == Some(false)).count();
    let next = |offset: usize| items.get(at + offset);
    match &items[at].kind {
        ItemKind::IsoDate | ItemKind::Time => true,
        ItemKind::Code => starts_like_a_date(&items[at].folded),
        ItemKind::Number { .. } => {
            items[at].folded.ends_with('m')
                || next(1).is_some_and(|item| reading(item).is_some() || item.kind == ItemKind::Dash)
        }
        ItemKind::Word if items[at].folded.starts_with(|c: char| c.is_ascii_digit()) => true,
        ItemKind::Word => reading(&items[at]) == Some(true) || leads > 0 && next(leads).is_some_and(is_telling),
        _ => false,
    }
}

/// Whether a word of the grammar tells (`Some(true)`) or leads (`Some(false)`).
fn reading(item: &Item) -> Option<bool> {
    let word = item.folded.split(['-', '.', '\'']).next().unwrap_or_default();
    WORDS.get(word).copied().filter(|_| item.kind == ItemKind::Word)
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
