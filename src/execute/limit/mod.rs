//! Keeps to what an API allows: so many requests in a window of time, so many a day.
//!
//! All processes of a user share one account of what was sent, so that together they stay within the limit. A request
//! counts from the moment it may leave until a window has passed after its answer came: wherever in between the API
//! counted it, no window of the API's can hold more than is allowed.

mod bucket;
mod fair_queue;
mod limiter;
mod line;
mod pace;
#[cfg(test)]
mod properties;
mod share;
mod told;
mod window;

pub use fair_queue::FairQueue;
pub(super) use limiter::{Limit, Limiter, Turn};
pub(super) use line::Stop;
pub(super) use pace::Pace;
pub(super) use told::Told;
