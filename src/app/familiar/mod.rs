//! Lines that were read before, with other ids: bots say the same again and again, `show contact ocQHyuzHvysMo5N5VsXc`, then
//! `show contact L8GCIZtSix4UZBb8a2vE`.
//!
//! What a line means does not depend on which letters and figures an id is made of, only on that it is one. So a line
//! has a [`Shape`], the line with its ids blotted out, and what a shape means is kept as a [`Form`] that the ids are filled
//! into. Nothing is kept but the meaning: the values are planned, checked and sent as those of any line.
//!
//! A reading is kept when all of this holds, and otherwise each line of the shape is read anew:
//!
//! - An id has 17 letters and figures or more, and has nothing about it that any stage of the reading asks of a word beside
//!   its length, how it begins and whether it ends in an "s", which belong to the shape ([`Class`] has the list): the catalog
//!   knows no such word, no kind of record begins its codes like it, and it looks like no date, number or past form. No two
//!   ids of a line are alike, and none stands inside another word.
//! - An e-mail address in small letters is as good as an id: the reading asks only whether something is one.
//! - The line comes apart into the same items: their kinds and places belong to the shape.
//! - The line is for one account and one thing, and its reading is ready, asks nothing and leaves nothing out.
//! - The clock was not looked at, so that the meaning is the same tomorrow. The memory of the conversation was not looked at
//!   either, or else the form is only for conversations that have none. The catalog and the settings are those of the engine
//!   that keeps it.
//! - The proof of it: when a shape is heard for the second time, the line is read as it stands, and twice more with ids that
//!   were made up to have little in common. All three have to fill the same form.
//!
//! There are only so many shapes ([`Familiar`]); those that were not heard for long are forgotten.

mod class;
mod form;
mod learning;
mod lines;
mod shape;
#[cfg(test)]
mod tests;

use class::Class;
use form::Form;
pub(super) use lines::Familiar;
use lines::Known;
use shape::{Seen, Shape};
