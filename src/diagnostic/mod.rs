//! Located errors: what went wrong, where, and what to do. Every stage reports through [`Diagnostic`].

mod diagnostic_type;
mod render;
mod sources;
mod suggest;

pub use diagnostic_type::{Diagnostic, Place, Severity};
pub use render::{lines, render};
pub use sources::Sources;
pub use suggest::{closest, did_you_mean};
