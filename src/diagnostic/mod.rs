//! Located errors: what went wrong, where, and what to do. Every stage reports through [`Diagnostic`].

mod diagnostic_type;
mod suggest;

pub use diagnostic_type::{Diagnostic, Place, Severity};
pub use suggest::{closest, did_you_mean};
