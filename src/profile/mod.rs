//! The accounts of the person: who may do what where, read from `profiles.yaml`. Tokens themselves never stand there,
//! only where each is kept. Pure: the file's text comes in from outside.

mod account_access;
mod edit;
mod glob;
mod keys;
mod load;
mod load_policy;
mod login_client;
mod masked;
mod origin;
mod policy;
mod profile_type;
mod profiles;
mod rule;
mod service_access;
mod subject;
#[cfg(test)]
mod tests;
mod token_place;

pub use account_access::AccountAccess;
pub use edit::{Edit, edited, quoted};
pub use glob::fits;
pub use keys::profile_sections;
pub use load::read_profiles;
pub use login_client::LoginClient;
pub use masked::masked;
pub use origin::{is_local, is_loopback, origin};
pub use policy::{Denial, Policy};
pub use profile_type::Profile;
pub use profiles::{NONE, Profiles};
pub use rule::Rule;
pub use service_access::ServiceAccess;
pub use subject::Subject;
pub use token_place::{TokenPlace, TokenSource};
