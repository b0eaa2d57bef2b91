//! Joins the stages for every front: a phrase, a bot's call or a reply goes in, an [`Answer`] comes out.

mod access;
mod account;
mod bulk;
mod calling;
mod carrying;
mod changing;
mod engine;
mod environment;
mod everywhere;
mod exit_code;
mod familiar;
mod heard;
mod inner;
mod job;
mod journalling;
pub mod keyring;
mod logging_in;
mod official_first;
mod options;
mod pending;
mod place;
mod preview;
mod questions;
mod reading;
mod refusals;
mod reply;
mod replying;
mod routing;
mod run_options;
mod running;
mod selecting;
mod session;
mod settled;
mod switching;
mod tokens;
mod undo;

pub use crate::execute::{
    Answer, AnswerStatus, ApiWords, Choice, Extent, Failure, FailureKind, LookUpCall, ReceivedResponse, SentRequest,
    Settlement, Shown, Sink, StepReport, Touched,
};
pub use access::Access;
pub use bulk::{BulkPlan, BulkReport, BulkWatch, Rate, SourceRow, UnreadRow};
pub use engine::{Engine, unknown_version};
pub use environment::Environment;
pub use exit_code::ExitCode;
pub use logging_in::LoginState;
pub use options::EngineOptions;
pub use preview::preview;
pub use refusals::refusals;
pub use reply::Reply;
pub use run_options::RunOptions;
pub use session::Session;
pub use undo::UndoPlan;
