//! Lengths of time and counted units.

use jiff::{Zoned, civil::Date};
use pest::iterators::Pair;

use super::{frame::Frame, grammar::Rule, policy, unit::Unit};
use crate::language::number_word;

/// A whole number in digits or words.
pub(super) fn count(pair: &Pair<Rule>) -> Option<i64> {
    match pair.as_str() {
        "a" | "an" => Some(1),
        "a few" | "few" => Some(i64::from(policy::A_FEW)),
        text => text.parse().ok().or_else(|| number_word(text).map(i64::from)),
    }
}

/// The minutes of `length`.
pub(super) fn minutes(pair: Pair<Rule>) -> Option<i64> {
    let mut total = 0_i64;
    let mut counted = None;
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::quarter_hour => return Some(15),
            Rule::half_hour => return Some(30),
            Rule::hour_and_half => return Some(90),
            Rule::count => counted = Some(part),
            Rule::ago => {}
            _ => total = total.checked_add(product(&counted.take()?, Unit::of(&part)?.minutes()?)?)?,
        }
    }
    Some(total)
}

/// A count, perhaps with decimals, of units of so many minutes; whole minutes only.
fn product(counted: &Pair<Rule>, unit: i64) -> Option<i64> {
    let text = counted.as_str();
    let Some((whole, decimals)) = text.split_once('.') else {
        return count(counted)?.checked_mul(unit);
    };
    let scale = 10_i64.checked_pow(u32::try_from(decimals.len()).ok()?)?;
    let parts = whole.parse::<i64>().ok()?.checked_mul(scale)?.checked_add(decimals.parse().ok()?)?;
    let total = parts.checked_mul(unit)?;
    (total % scale == 0).then_some(total / scale)
}

/// `shifted` by minutes or hours: so many from now.
pub(super) fn shifted_time(pair: Pair<Rule>, frame: Frame) -> Option<Zoned> {
    let ago = pair.clone().into_inner().any(|part| part.as_rule() == Rule::ago);
    let amount = minutes(pair)?;
    frame.now.checked_add(Unit::Minute.times(if ago { -amount } else { amount })?).ok()
}

/// `count` and a unit of days, from a date; backwards when told.
pub(super) fn shift(date: Date, amount: i64, unit: Unit, backwards: bool) -> Option<Date> {
    unit.from(date, if backwards { -amount } else { amount })
}
