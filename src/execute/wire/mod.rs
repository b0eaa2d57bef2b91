//! Sending: one request out, one answer in, tried again where that is safe.

mod api_error;
mod read_body;
mod received;
mod retry;
mod transport;

pub(super) use api_error::{api_failure, is_error};
pub(super) use received::Received;
pub use transport::Transport;
