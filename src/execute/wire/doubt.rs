use super::{Lost, Received};
use crate::execute::Failure;

/// Why there is no result.
#[derive(Debug)]
pub(in crate::execute) enum NoResult {
    /// Nothing was done.
    Failed(Failure),
    /// Nobody knows whether it was done.
    Doubt(Box<Doubt>),
}

/// A request that may or may not have been carried out.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::execute) struct Doubt {
    /// The last answer, when there was one.
    pub received: Option<Received>,
    /// What went wrong, when there was none.
    pub lost: Option<Failure>,
    /// Whether the other side may still be at work on it, so that looking for what it made proves nothing yet.
    pub slow: bool,
}

impl Doubt {
    pub(super) fn of(attempt: Result<Received, Lost>) -> Self {
        match attempt {
            Ok(received) => {
                let slow = matches!(received.status, 408 | 504);
                Self { received: Some(received), lost: None, slow }
            }
            Err(lost) => Self { received: None, slow: lost.slow, lost: Some(lost.failure) },
        }
    }
}

impl From<Failure> for NoResult {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}
