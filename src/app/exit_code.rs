use super::{Answer, AnswerStatus, FailureKind};

/// What the process ends with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum ExitCode {
    /// Done, or shown on a dry run.
    Done = 0,
    /// The API refused or failed, or a switch of the command line forbids it.
    Failed = 1,
    /// The command line is wrong.
    Usage = 2,
    /// Not understood, ambiguous, outside the official API, or naming something that does not exist or does not fit.
    NotUnderstood = 3,
    /// Something is missing, or a confirmation is needed.
    Incomplete = 4,
    /// No credential, or not the right one.
    Credentials = 5,
    /// The catalog is at fault.
    Catalog = 6,
}

impl ExitCode {
    /// The code for an answer.
    #[must_use]
    pub fn of(answer: &Answer) -> Self {
        match answer.status {
            AnswerStatus::Done | AnswerStatus::DryRun => Self::Done,
            AnswerStatus::NeedsChoice => Self::NotUnderstood,
            AnswerStatus::NeedsValue | AnswerStatus::NeedsConfirmation => Self::Incomplete,
            AnswerStatus::Refused | AnswerStatus::Failed => {
                answer.error.as_ref().map_or(Self::Failed, |e| Self::of_failure(e.kind))
            }
        }
    }

    /// The code for a sort of trouble.
    #[must_use]
    pub fn of_failure(kind: FailureKind) -> Self {
        match kind {
            FailureKind::NotUnderstood
            | FailureKind::NoSuchChoice
            | FailureKind::NotFound
            | FailureKind::Invalid
            | FailureKind::Replaced
            | FailureKind::Undocumented => Self::NotUnderstood,
            FailureKind::MissingContext | FailureKind::Cancelled => Self::Incomplete,
            FailureKind::Credentials => Self::Credentials,
            FailureKind::Catalog => Self::Catalog,
            FailureKind::Api
            | FailureKind::Network
            | FailureKind::Timeout
            | FailureKind::Unknown
            | FailureKind::RateLimit
            | FailureKind::ReadOnly
            | FailureKind::Policy
            | FailureKind::Internal => Self::Failed,
        }
    }
}

impl From<ExitCode> for std::process::ExitCode {
    fn from(code: ExitCode) -> Self {
        Self::from(code as u8)
    }
}
