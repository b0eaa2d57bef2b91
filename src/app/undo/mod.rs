//! Taking back what was written, from what the journal has of it: the inverse operation that the catalog names or that
//! follows from the request, and the record as it was before.

mod batches;
mod inverse;
mod keeping;
mod reading;
mod undo_plan;
mod undoing;
mod why;

pub use undo_plan::UndoPlan;
