//! What bots speak: JSON lines in and out, many in flight, every answer with the `id` it answers.

mod dispatch;
mod keys;
mod line;
mod out;
mod run;
mod schedule;

pub use line::{Asked, Line};
pub use run::run;
