//! Text → [`Utterance`]: a flat list of items (words and typed literals) with their places in the user's own bytes.
//!
//! It never refuses a line for what it says, only for its size or control characters, and knows no operation.

mod dates;
mod item;
mod utterance;

pub use dates::{find_dates, Bias, DateMatch, When};
pub use item::{Item, ItemKind};
pub use utterance::{read, ReadError, Utterance};
