//! Talking with a person: a line in, an answer out, until they leave.

mod command;
mod complete;
mod conversation;
mod help;
mod helper;
mod run;
mod words;

pub use conversation::{Conversation, Turn};
pub use run::run;
