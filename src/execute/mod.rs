//! `ValidRequest` → [`Answer`]: sends what the validator let through and reports what happened. The only user of the
//! network.

mod access;
mod account;
mod account_names;
mod extent;
mod in_step;
mod limit;
mod outcome;
mod paging;
#[cfg(test)]
mod paging_tests;
mod recent_names;
mod records;
mod report;
mod resolve;
mod runner;
mod settings;
mod settle;
mod single;
mod sink;
mod telling;
mod walking;
mod wire;

use access::Need;
pub use access::{Arrived, ClientKeys, Credentials, Gate, Key, KeySource, Logins, Secret, ServiceKeys, Visit};
use account_names::AccountNames;
pub use extent::Extent;
pub use in_step::in_step;
pub use limit::FairQueue;
pub use outcome::Outcome;
use recent_names::RecentNames;
pub use report::{
    Answer, AnswerStatus, ApiWords, Choice, Failure, FailureKind, LookUpCall, ReceivedResponse, Records, SentRequest,
    Settlement, Shown, StepReport, Touched,
};
pub use resolve::{Binding, Bindings, Blocked, Named};
pub use runner::{Runner, invalid, missing_context};
pub use settings::{ClockMs, Settings};
pub use settle::{Settled, alike};
pub use sink::Sink;
use wire::{Doubt, NoResult, api_failure, is_error};
pub use wire::{Transport, answer_json};
