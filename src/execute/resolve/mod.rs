//! Names → ids: look-ups through the operations that the catalog names, chosen between by `plan`, never guessed.

mod bindings;
mod blocked;
mod look_up;
mod options;
mod resolver;
mod talk;

pub use bindings::{Binding, Bindings};
pub use blocked::Blocked;
pub(super) use resolver::LookUp;
pub use resolver::Named;
