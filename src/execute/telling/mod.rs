//! Sentences about a step, made from its title in the catalog and the records it touches: "Add tags to a contact"
//! becomes "Added tag vip to Jane Doe".

mod past_tense;
mod sentence;
mod told;

pub(super) use told::{Told, done_line, found_line, question_line};
