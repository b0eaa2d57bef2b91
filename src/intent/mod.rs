//! `Utterance` × `Catalog` → [`Intent`]: which operation is meant, with which parameters, or a question, or a refusal.
//!
//! Words get their senses from the vocabulary (`annotate`, `repair`), senses lead to a handful of operations
//! (`candidates`), of which those that may win (`outlook`) read the stretch as themselves (`edges`, `slots`, `patterns`, `align`); what does not depend
//! on the operation is found once for all of them (`stretch`, `shape`). `reading` compares the readings, `deciding` makes
//! an answer of them, `clauses` cuts a line that holds several commands. `gist` goes by the words of a line alone, where
//! all of that says nothing of a service that little is known of.

mod addresses;
mod again;
mod align;
mod annotate;
mod apostrophe;
mod asides;
mod asking;
mod beside;
mod candidates;
mod canonical;
mod clauses;
mod codes;
mod completing;
mod contrast;
mod crowd;
mod deciding;
mod doubt;
mod doubts;
mod edges;
mod endings;
mod explain;
mod fitness;
mod follow;
mod found;
mod fragments;
mod framing;
mod gist;
mod guards;
mod halves;
mod intent_type;
mod items;
mod landmarks;
mod leftout;
mod literals;
mod marks;
mod meaning;
mod memory;
mod messenger;
mod naming;
mod numbered;
mod openers;
mod outlook;
mod owner;
mod parsed;
mod passing;
mod passive;
mod patterns;
mod portion;
mod postal;
mod prospect;
mod reader;
mod reading;
#[cfg(test)]
mod reading_tests;
mod reason;
mod remarks;
mod repair;
mod reply;
mod runs_on;
mod score;
mod sentences;
mod several;
mod shape;
mod shared;
mod shorthand;
mod slots;
mod sought;
mod statement;
mod stretch;
mod swaps;
mod topic;
mod undoing;
mod units;
mod unneeded;
mod value;
mod values;
mod wishes;
mod wording;
mod workbench;

pub use beside::Beside;
pub use canonical::{phrase as canonical_phrase, question};
pub use intent_type::{Alternative, Argument, Intent, Status, Step};
pub use memory::{Memory, Referent};
pub use reader::{Context, Reader};
pub use reading::missing;
pub use reply::reply;
pub use value::Value;
