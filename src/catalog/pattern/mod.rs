//! The pattern language of `say:` lines (`grammar/pattern.pest`).

mod grammar;
mod item;
mod parse;
mod pattern_error;

pub use item::PatternItem;
pub use parse::parse;
pub use pattern_error::PatternError;
