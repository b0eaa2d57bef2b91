//! "Add tag vip to all contacts tagged lead": a line about many records, read as the list that finds them and the write
//! for each, planned and carried out as the rows of a bulk run are.

mod asking;
mod batching;
mod conditions;
mod finding;
mod matching;
mod patience;
mod planning;
mod selection;
mod splitting;
mod spotting;

pub(super) use selection::Selection;
pub(super) use spotting::{Spot, spots};
