//! What is kept between runs, in one database file that several processes may use at once: names that were looked up,
//! the journal of what was written, and values that all processes share. Tokens of logins are kept in a file of
//! their own.

mod cells;
mod journal;
mod names;
mod ready;
mod store_error;
mod store_type;
mod together;
mod tokens;
mod usage;

pub use journal::{NewRun, RowEntry, RunEntry, RunLock, Standing, Tally, WriteEnd, WriteEntry};
pub use names::NameKey;
pub use store_error::StoreError;
pub use store_type::Store;
pub use tokens::{Grant, GrantKey, Tokens, Turn};
pub use usage::Usage;
