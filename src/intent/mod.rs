//! `Utterance` × `Catalog` → [`Intent`]: which operation is meant, with which parameters, or a question, or a refusal.

mod intent_type;
mod value;

pub use intent_type::{Alternative, Argument, Intent, Status, Step};
pub use value::Value;
