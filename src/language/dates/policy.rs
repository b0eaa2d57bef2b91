//! What date words mean where English leaves a choice.
//!
//! - The week runs from Monday to Sunday; "end of the week" is its Friday.
//! - A bare weekday is the next or the last one, never today; "this Friday" may be today.
//! - "next Tuesday" is the Tuesday of next week; "last Tuesday" is the latest one before today.
//! - "last 7 days" ends today and "next 7 days" begins today: seven days either way. "past month" is such a stretch,
//!   "last month" is the calendar's.
//! - A day and month without a year are the nearest in the direction of the purpose, today included; a current month
//!   or quarter counts in both directions. "since" always looks back.
//! - The end of a range is the first such day on or after its start; in plans a range of dates that is under way is
//!   this year's.
//! - `10/5` is October 5; a first number over 12 is the day.
//! - An hour without am or pm is in the working day, and so is a time such as 2:30; "15:00" and "02:30" are as they are.
//! - A time alone is today's, or tomorrow's when it is past and the purpose is to plan (yesterday's, when looking back).

use jiff::civil::Weekday;

/// Hour of "morning".
pub const MORNING: i8 = 9;
/// Hour of "afternoon".
pub const AFTERNOON: i8 = 14;
/// Hour of "evening".
pub const EVENING: i8 = 18;
/// Hour of "tonight" and "night".
pub const NIGHT: i8 = 20;
/// Hour of "end of day".
pub const END_OF_DAY: i8 = 17;
/// The first hour that a bare number means before noon: 7 is in the morning, 6 in the evening.
pub const FIRST_BARE_HOUR: i8 = 7;
/// First day of the week.
pub const WEEK_START: Weekday = Weekday::Monday;
/// Days from the first day of the week to the day that "end of the week" means.
pub const WEEK_END_OFFSET: i64 = 4;
/// Days from the first day of the week to the first day of the weekend.
pub const WEEKEND_OFFSET: i64 = 5;
/// How many "a few" is.
pub const A_FEW: u32 = 3;
/// Century of a year of two digits.
pub const CENTURY: i16 = 2000;
