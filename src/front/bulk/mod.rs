//! Many rows at once, and what was done before: `sayso each`, `sayso resume`, `sayso history`, `sayso undo`.

mod each;
mod history;
mod leftover;
mod plan;
mod resume;
mod rows;
mod running;
mod selected;
mod undo;

pub(super) use each::each;
pub(super) use history::history;
pub(super) use resume::resume;
pub(super) use selected::selected;
pub(super) use undo::undo;
