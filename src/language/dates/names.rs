//! What the names of months, weekdays and ordinals stand for; their spellings are in `grammar/dates.pest`.

use jiff::civil::Weekday;

/// 1 to 12 by the first three letters of a month's name or short form.
pub(super) fn month_number(text: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    (1..).zip(MONTHS).find(|(_, name)| text.starts_with(name)).map(|(number, _)| number)
}

/// Whether a lower-case word is the name of a month or its short form.
#[must_use]
pub fn is_month(word: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    word.len() > 2 && MONTHS.iter().any(|month| month.starts_with(word)) || word == "sept"
}

/// The weekday by the first two letters of its name or short form.
pub(super) fn weekday_named(text: &str) -> Option<Weekday> {
    const DAYS: [(&str, Weekday); 7] = [
        ("mo", Weekday::Monday),
        ("tu", Weekday::Tuesday),
        ("we", Weekday::Wednesday),
        ("th", Weekday::Thursday),
        ("fr", Weekday::Friday),
        ("sa", Weekday::Saturday),
        ("su", Weekday::Sunday),
    ];
    DAYS.iter().find(|(name, _)| text.starts_with(name)).map(|(_, day)| *day)
}

/// The number of "5", "5th" or "fifth".
pub(super) fn ordinal(text: &str) -> Option<i8> {
    const NAMES: [(&str, i8); 13] = [
        ("first", 1),
        ("second", 2),
        ("third", 3),
        ("fourth", 4),
        ("fifth", 5),
        ("sixth", 6),
        ("seventh", 7),
        ("eighth", 8),
        ("ninth", 9),
        ("tenth", 10),
        ("fifteenth", 15),
        ("twentieth", 20),
        ("thirtieth", 30),
    ];
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    digits.parse().ok().or_else(|| NAMES.iter().find(|(name, _)| *name == text).map(|(_, number)| *number))
}
