//! Text → [`Utterance`]: a flat list of items (words and typed literals) with their places in the user's own bytes.
//!
//! It never refuses a line for what it says, only for its size or control characters, and knows no operation.

mod amount;
mod command;
mod common_word;
mod dates;
mod fold;
mod given_name;
mod item;
mod number_word;
mod plain;
mod read;
mod read_error;
#[cfg(test)]
mod read_tests;
mod shelf;
mod spelled;
#[cfg(test)]
mod total_tests;
mod utterance;
mod word_list;

pub use common_word::is_common_word;
pub use dates::{Bias, DateMatch, When, clock_asked, find_dates, is_month};
pub use fold::fold;
pub use given_name::{is_given_name, is_surname};
pub use item::{Item, ItemKind};
pub use number_word::number_word;
pub use read::read;
pub use read_error::ReadError;
pub use spelled::with_spelled_numbers;
pub use utterance::Utterance;
