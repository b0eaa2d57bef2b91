//! The accounts of the person: who may do what where, read from `profiles.yaml`. Tokens themselves never stand there,
//! only where each is kept. Pure: the file's text comes in from outside.

mod account_access;
mod file_text;
mod glob;
mod keys;
mod load;
mod load_policy;
mod login_client;
mod policy;
mod profile_type;
mod profiles;
mod rule;
mod service_access;
#[cfg(test)]
mod tests;
mod token_place;

pub use account_access::AccountAccess;
pub use file_text::{ProfileText, added, masked};
pub use glob::fits;
pub use keys::profile_sections;
pub use load::read_profiles;
pub use login_client::LoginClient;
pub use policy::{Denial, Policy};
pub use profile_type::Profile;
pub use profiles::Profiles;
pub use rule::Rule;
pub use service_access::ServiceAccess;
pub use token_place::{TokenPlace, TokenSource};
