//! `Intent` → [`Plan`]: which values each operation gets, what has to be looked up first, and what is still missing.
//! Pure: the clock and the account come in through [`Context`], look-ups are only named here.

mod arrange;
mod candidate;
mod choosing;
mod context;
mod entities;
mod fill;
mod literal;
mod lookup;
mod made;
#[cfg(test)]
mod plan_tests;
mod plan_type;
mod planner;
mod slot;
mod text_template;
mod wording;

pub use candidate::{Candidate, candidates, id_of, label_of};
pub use choosing::{Found, Wanted, choose};
pub use context::Context;
pub use entities::brought_along;
pub use literal::literal_json;
pub use lookup::{Lookup, LookupMode};
pub use plan_type::{Bound, Made, Missing, Origin, Plan, PlannedStep};
pub use planner::plan;
pub use slot::{Slot, SlotKey};
pub use text_template::{dotted, fill_text, fill_text_from};
pub use wording::{fold, plain_text};
