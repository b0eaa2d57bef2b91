//! `ValidRequest` → [`Answer`]: sends what the validator let through and reports what happened. The only user of the
//! network.

mod report;

pub use report::{
    Answer, AnswerStatus, Choice, Failure, FailureKind, ReceivedResponse, SentRequest, Shown, StepReport, Touched,
};
