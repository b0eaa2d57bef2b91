//! What differs between a catalog and the `OpenAPI` files of its API: operations, parameters by place, their types,
//! values and whether they are required, versions, scopes and kinds of tokens.
//!
//! Nothing is let pass in silence: where the catalog differs knowingly, `differs` of the operation says so and why.

mod accounts;
mod bodies;
mod compare;
mod difference;
mod fields;
mod operations;
mod parameters;

mod wire_kind;

pub use accounts::{Accounts, Excused};
pub use difference::{Aspect, Difference};
pub use operations::{Drift, drift};
