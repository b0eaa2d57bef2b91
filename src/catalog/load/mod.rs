//! Layers → checked [`Catalog`](super::Catalog): parse every file, lay the layers over one another, then read the
//! result with every reference checked. Findings are collected, never the first only.

mod accounts;
mod alternatives;
mod batch;
mod build;
mod choices;
mod conditions;
mod defaults;
mod each;
mod enums;
mod event;
mod extends;
mod forest;
mod lexicon;
mod loader;
mod merge;
mod oauth;
mod operation;
mod paging;
mod parameter;
mod parameters;
mod preferences;
mod rename;
mod request;
mod resource;
mod say;
mod scope;
mod service;
mod settle;
mod templates;
#[cfg(test)]
mod tests;
mod values;
mod variants;

pub(super) use accounts::accounts;
pub(super) use enums::{BODIES, FAULTS, FORMATS, KINDS, LIFECYCLES, METHODS, PLACES, WIRES, names};
pub(crate) use enums::{RISKS, TOKENS};
pub use forest::Forest;
pub use loader::{Loaded, load, load_over};
pub(super) use request::is_request_line;
pub(super) use values::shown;
