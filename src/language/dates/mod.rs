//! Dates as people say them: `grammar/dates.pest` over jiff, with a clock that is handed in.
//!
//! [`find_dates`] finds where a line may say one; the readers beside it turn what the grammar saw into a [`When`] by
//! the conventions of [`policy`].

mod anchor;
mod bias;
mod clock;
mod date_match;
mod days;
#[cfg(test)]
mod examples_tests;
mod find;
mod frame;
mod grammar;
mod length;
mod names;
mod openers;
mod periods;
mod points;
pub mod policy;
mod ranges;
mod reading;
mod unit;
mod weekdays;
mod when;
mod which;

pub use bias::Bias;
pub use date_match::DateMatch;
pub use find::{clock_asked, find_dates};
pub use names::is_month;
pub use when::When;
