//! Every job a stretch of items can have in one operation, as edges from item to item.
//!
//! `terms` and `own` give the words of the vocabulary their jobs, `filling` the values that something introduces, `loose`
//! those that nothing does, `units` what numbers count; `closing` weighs what a whole line left unsaid.

mod closing;
mod edge;
mod edges_type;
mod filling;
mod guest;
mod loose;
mod own;
mod rule;
mod terms;
mod units;

pub use closing::Closing;
pub use edge::{Edge, flag};
pub use edges_type::{Edges, Store};
pub use rule::Rule;
