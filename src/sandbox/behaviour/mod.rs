//! What the sandbox knows about one service beyond its catalog: data, read from `behaviour.yaml`.

mod behaviour_type;
mod collection;
mod script;
mod wording;

pub(super) use behaviour_type::{Behaviour, PageNames};
pub(super) use collection::{Collection, Keyed};
pub(super) use script::{Act, Script, Step};
pub(super) use wording::{Answer, Wording};
