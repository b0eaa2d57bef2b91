//! Joins the stages for every front: a phrase, a bot's call or a reply goes in, an [`Answer`] comes out.

mod engine;
mod environment;
mod exit_code;
mod options;
mod preview;
mod reply;
mod routing;
mod run_options;
mod session;

pub use crate::execute::{
    Answer, AnswerStatus, Choice, Extent, Failure, FailureKind, ReceivedResponse, SentRequest, Shown, StepReport,
    Touched,
};
pub use engine::Engine;
pub use environment::Environment;
pub use exit_code::ExitCode;
pub use options::EngineOptions;
pub use preview::preview;
pub use reply::Reply;
pub use run_options::RunOptions;
pub use session::Session;
