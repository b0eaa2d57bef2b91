//! One line in several accounts: "in all locations list unread conversations", `--location "Acme, Zenith"`.

mod accounts;
mod carrying;
mod saying;
mod wanted;

pub(super) use accounts::Everywhere;
