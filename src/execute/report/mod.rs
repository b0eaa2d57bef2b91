//! What is told about a run: plain data that every front prints in its own way. No credential ever gets in here.

mod answer;
mod choice;
mod failure;
mod line;
mod records;
mod settlement;
mod shown;
mod step_report;
mod touched;

pub use answer::{Answer, AnswerStatus};
pub use choice::Choice;
pub use failure::{ApiWords, Failure, FailureKind};
pub use records::Records;
pub(super) use records::only_list;
pub use settlement::{LookUpCall, Settlement};
pub use shown::Shown;
pub use step_report::{ReceivedResponse, SentRequest, StepReport};
pub use touched::Touched;
