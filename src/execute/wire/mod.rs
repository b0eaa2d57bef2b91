//! Sending: one request out, one answer in, tried again where that is safe.

mod address;
mod api_error;
mod bounded_json;
mod client;
mod doubt;
mod form;
mod limits;
mod lost;
mod made_ids;
mod outgoing;
mod read_body;
mod received;
mod retry;
mod sending;
mod transport;

pub(super) use api_error::{api_failure, is_error, message_of};
pub(super) use client::Clients;
pub(super) use doubt::{Doubt, NoResult};
pub(super) use limits::{stopped, told, wait_asked};
use lost::{Attempt, Lost};
pub(super) use made_ids::MadeIds;
pub use read_body::answer_json;
pub(super) use received::Received;
pub(super) use sending::Sending;
pub use transport::Transport;
