//! A local HTTP server that plays the services of a catalog: it keeps what it is told, and refuses what the real
//! service would refuse.
//!
//! It is an independent judge of what is sent: driven by the [`Catalog`](crate::catalog::Catalog) and by behaviour data
//! (`behaviour.yaml`), it never uses the stages that build and send requests. [`start`] runs it on the loopback
//! address; [`Running`] tells where, and stops it when dropped.

mod behaviour;
mod body;
mod call;
mod check;
mod clock;
mod derive;
mod faults;
mod filter;
#[cfg(test)]
mod fixture;
mod gate;
mod ids;
mod judge;
mod limiter;
mod log;
mod moment;
mod multipart;
mod options;
mod paging;
mod pairs;
mod random;
mod records;
mod reply;
mod roles;
mod router;
mod running;
mod scope;
mod seed;
mod server;
mod slots;
mod stage;
mod stop;
mod wire;
mod wire_type;
mod world;
mod write;
mod yaml;

pub use clock::Clock;
pub use faults::{Fault, Faults};
pub use log::Exchange;
pub use options::{Options, RateLimits};
pub use running::Running;
pub use server::start;

use call::Call;
use random::Random;
use records::Records;
use reply::Reply;
use scope::Scope;
use stop::Stop;
