//! Text → [`Utterance`]: a flat list of items (words and typed literals) with their places in the user's own bytes.
//!
//! It never refuses a line for what it says, only for its size or control characters, and knows no operation.

mod dates;
mod item;
mod utterance;

pub use dates::{Bias, DateMatch, When, find_dates};
pub use item::{Item, ItemKind};
pub use utterance::{ReadError, Utterance, read};
