//! Who is asking, and whether they may: tokens, each for its own host and kind, logins that renew themselves, and the
//! policy that every request has to pass.

mod client_keys;
mod credentials;
mod gate;
mod key;
mod logins;
mod need;
mod renewing;
mod secret;
mod service_keys;
mod token_call;
mod visit;

pub use client_keys::ClientKeys;
pub use credentials::Credentials;
pub use gate::Gate;
pub use key::{Key, KeySource};
pub use logins::Logins;
pub(super) use need::Need;
pub use secret::Secret;
pub use service_keys::ServiceKeys;
pub use visit::{Arrived, Visit};
