//! Clock times.

use jiff::civil::Time;
use pest::iterators::Pair;

use super::{When, grammar::Rule, policy};
use crate::language::number_word;

/// A clock time as it was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    hour: i8,
    minute: i8,
    said: Said,
}

/// How much of a clock time was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    /// With am or pm, on the 24-hour clock, or by name.
    Whole,
    /// Without am or pm.
    Half,
}

impl Clock {
    /// The time it means alone.
    pub(super) fn time(self) -> Option<Time> {
        let late = self.said == Said::Half && self.hour < policy::FIRST_BARE_HOUR;
        Time::new(if late { self.hour + 12 } else { self.hour }, self.minute, 0, 0).ok()
    }

    /// The half of the day that was not said, filled in.
    fn with_noon(self, after_noon: bool) -> Self {
        let hour = self.hour % 12 + if after_noon { 12 } else { 0 };
        Self { hour, said: Said::Whole, ..self }
    }

    fn in_minutes(self) -> i32 {
        i32::from(self.hour) * 60 + i32::from(self.minute)
    }

    /// Adds what "in the morning" or "in the evening" says; twelve at night is midnight.
    pub(super) fn in_part(self, part: &str) -> Self {
        let after_noon = part != "morning" && !(part == "night" && self.hour == 12);
        if self.said == Said::Half { self.with_noon(after_noon) } else { self }
    }
}

/// Of a `clock` or a `bare_hour`.
pub(super) fn clock(pair: Pair<Rule>) -> Option<Clock> {
    let whole = |hour| Some(Clock { hour, minute: 0, said: Said::Whole });
    let text = pair.as_str();
    let mut parts = pair.into_inner();
    let first = parts.next()?;
    let mut told = None;
    let (hour, half) = match first.as_rule() {
        Rule::noon => return whole(12),
        Rule::midnight => return whole(0),
        Rule::day_end => return whole(policy::END_OF_DAY),
        Rule::oclock => {
            parts = first.into_inner();
            (parts.next()?, None)
        }
        Rule::told => {
            parts = first.into_inner();
            told = parts.next();
            (parts.next()?, None)
        }
        _ => (first, None::<Pair<Rule>>),
    };
    let number = |text: &str| text.parse().ok().or_else(|| i8::try_from(number_word(text)?).ok());
    let mut clock = Clock { hour: number(hour.as_str())?, minute: 0, said: Said::Half };
    if let Some(told) = told {
        let minutes = match told.as_str().trim_start_matches("a ").rsplit_once(' ')?.0.trim_end_matches(" minutes") {
            "half" => 30,
            "quarter" => 15,
            minutes => number(minutes)?,
        };
        let to = told.as_rule() == Rule::to_hour;
        clock.minute = if to { 60 - minutes } else { minutes };
        clock.hour = if to { (clock.hour + 23) % 24 } else { clock.hour };
        clock.hour = if clock.hour == 0 { 12 } else { clock.hour };
    }
    let mut half = half;
    for part in parts {
        match part.as_rule() {
            Rule::minute => clock.minute = part.as_str().parse().ok()?,
            _ => half = Some(part),
        }
    }
    match half {
        Some(half) if (1..=12).contains(&clock.hour) => Some(clock.with_noon(half.as_str().starts_with('p'))),
        Some(_) => None,
        None if clock.hour > 12 || clock.hour == 0 || text.starts_with('0') => {
            Some(Clock { said: Said::Whole, ..clock })
        }
        None => Some(clock),
    }
}

/// How many hours a moment stands for that ends in this word: those of a part of the day when it begins with it.
pub(super) fn lasting(word: &str, when: &When) -> i64 {
    let When::Moment(at) = when else { return 1 };
    let word = if word == "tonight" { "night" } else { word };
    let begins = matches!(word, "morning" | "afternoon" | "evening" | "night") && part(word) == at.time();
    match word {
        "morning" if begins => 3,
        _ if begins => 4,
        _ => 1,
    }
}

/// The time a part of the day stands for.
pub(super) fn part(text: &str) -> Time {
    let hour = match text {
        "morning" => policy::MORNING,
        "afternoon" => policy::AFTERNOON,
        "evening" => policy::EVENING,
        _ => policy::NIGHT,
    };
    Time::constant(hour, 0, 0, 0)
}

/// The start and the end of `hours`; what one of them leaves unsaid the other tells, the end being later.
pub(super) fn hours(pair: Pair<Rule>) -> Option<(Time, Time)> {
    let mut ends = pair.into_inner().map(clock);
    let (start, end) = (ends.next()??, ends.next()??);
    let start = match (start.said, end.said) {
        (Said::Half, Said::Whole) => {
            let same = start.with_noon(end.hour >= 12);
            if same.in_minutes() < end.in_minutes() { same } else { start.with_noon(false) }
        }
        _ => start,
    };
    let from = start.time()?;
    let until = match end.said {
        Said::Whole => end.time()?,
        Said::Half => {
            [end.with_noon(false), end.with_noon(true)].iter().filter_map(|c| c.time()).find(|t| *t > from)?
        }
    };
    Some((from, until))
}
