//! Text → [`Node`]s with places, and the helpers that read a node as what it should be. The only user of the YAML crate.

mod fields;
mod literal;
mod node;
mod open;
mod parse;
mod report;
mod syntax;

pub(crate) use fields::{Fields, suggest, words, wrong};
pub(super) use literal::{literal, scalar};
pub use node::{Key, Node, Span, Value};
pub(crate) use parse::parse;
pub(crate) use report::Report;
