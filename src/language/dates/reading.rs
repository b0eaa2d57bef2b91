use pest::iterators::Pair;

use super::{When, frame::Frame, grammar::Rule, points, ranges};

/// One way to take what the grammar found: all of it, or less of it from the same start.
pub(super) enum Reading<'a> {
    /// All of it.
    All(Pair<'a, Rule>),
    /// The start of a range.
    Head(Pair<'a, Rule>),
    /// The day and the time at which its hours begin.
    Opening(Pair<'a, Rule>, Vec<Pair<'a, Rule>>),
    /// The day alone.
    Day(Pair<'a, Rule>),
}

impl<'a> Reading<'a> {
    /// Every reading of `found`, longest first.
    pub(super) fn all(pair: Pair<'a, Rule>) -> Vec<Self> {
        let mut parts = pair.clone().into_inner();
        let head = parts.next();
        let mut readings = vec![Self::All(pair)];
        let Some(head) = head.filter(|head| !matches!(head.as_rule(), Rule::open | Rule::lead | Rule::length)) else {
            return readings;
        };
        if head.as_rule() == Rule::nothing {
            return Vec::new();
        }
        if parts.next().is_some_and(|part| part.as_rule() != Rule::EOI) {
            readings.push(Self::Head(head.clone()));
        }
        if head.as_rule() == Rule::dated {
            readings.extend(Self::of_day(head));
        }
        readings
    }

    fn of_day(dated: Pair<'a, Rule>) -> Vec<Self> {
        let mut parts = dated.into_inner();
        let (Some(day), Some(time)) = (parts.next(), parts.next()) else { return Vec::new() };
        let mut readings = Vec::new();
        if time.as_rule() == Rule::hours {
            readings.push(Self::Opening(day.clone(), time.into_inner().take(1).collect()));
        } else {
            let mut times = vec![time];
            times.extend(parts.by_ref());
            if times.pop_if(|last| last.as_rule() == Rule::length).is_some() {
                readings.push(Self::Opening(day.clone(), times));
            }
        }
        readings.push(Self::Day(day));
        readings
    }

    /// Where it ends in the text that was parsed.
    pub(super) fn end(&self) -> usize {
        match self {
            Self::All(pair) | Self::Head(pair) | Self::Day(pair) => pair.as_span().end(),
            Self::Opening(_, times) => times.last().map_or(0, |time| time.as_span().end()),
        }
    }

    /// What it says.
    pub(super) fn meaning(&self, frame: Frame) -> Option<When> {
        match self {
            Self::All(pair) => ranges::found(pair.clone(), frame),
            Self::Head(pair) => points::point(pair.clone(), frame),
            Self::Opening(day, times) => points::moment(day.clone(), times.iter().cloned(), frame).map(When::Moment),
            Self::Day(pair) => points::whole_day(pair.clone(), frame),
        }
    }
}
