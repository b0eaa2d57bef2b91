//! Talking with a person: a line in, an answer out, until they leave.

mod command;
mod complete;
mod conversation;
mod helper;
mod run;

pub use conversation::{Conversation, Turn};
pub use run::run;
