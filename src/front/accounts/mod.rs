//! The accounts of the person: which profile is in use, and the commands that list, write, log in and log out.

mod ask;
mod keep;
mod login;
mod logout;
mod profiles;
mod read;
mod setup;

pub(super) use login::login;
pub(super) use logout::logout;
pub(super) use profiles::profiles;
pub(super) use read::access;
pub(super) use setup::setup;
