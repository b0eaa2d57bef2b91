//! `Utterance` × `Catalog` → [`Intent`]: which operation is meant, with which parameters, or a question, or a refusal.
//!
//! Words get their senses from the vocabulary (`annotate`, `repair`), senses lead to a handful of operations
//! (`candidates`), each of which reads the whole line as itself (`edges`, `slots`, `patterns`, `align`); `reader` compares
//! the readings and decides, `clauses` cuts a line that holds several commands.

mod align;
mod annotate;
mod candidates;
mod canonical;
mod clauses;
mod edges;
mod explain;
mod intent_type;
mod landmarks;
mod memory;
mod patterns;
mod reader;
mod repair;
mod reply;
mod score;
mod slots;
mod value;
mod values;

pub use canonical::{phrase as canonical_phrase, question};
pub use intent_type::{Alternative, Argument, Intent, Status, Step};
pub use memory::{Memory, Referent};
pub use reader::{Context, Reader, missing};
pub use reply::reply;
pub use value::Value;
