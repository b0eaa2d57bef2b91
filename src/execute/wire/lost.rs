use std::error::Error;

use super::Received;
use crate::catalog::Service;
use crate::execute::{Failure, FailureKind};

/// One try: an answer, or none.
pub(super) type Attempt = Result<Received, Lost>;

/// A try that brought no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lost {
    /// What to tell.
    pub(super) failure: Failure,
    /// Whether the request may have arrived and been carried out.
    pub(super) acted: bool,
    /// Whether another try may fare better.
    pub(super) passing: bool,
    /// Whether the other side may still be at work on it.
    pub(super) slow: bool,
}

impl Lost {
    /// Nothing was sent, and nothing would come of another try.
    pub(super) fn hopeless(failure: Failure) -> Self {
        Self { failure, acted: false, passing: false, slow: false }
    }

    /// What became of a request whose answer did not begin.
    pub(super) fn unanswered(error: &reqwest::Error, service: &Service) -> Self {
        if error.is_builder() {
            return Self::hopeless(Failure::new(
                FailureKind::Network,
                format!("no request can be made{}", cause(error)),
            ));
        }
        let title = &service.title;
        // A connection that was never made carried nothing.
        let acted = !error.is_connect();
        if error.is_timeout() {
            let failure = Failure::new(FailureKind::Timeout, format!("{title} did not answer in time"));
            return Self { failure: failure.hint("Try again later."), acted, passing: true, slow: acted };
        }
        let what = if acted { "broke the connection off" } else { "cannot be reached" };
        let failure = Failure::new(FailureKind::Network, format!("{title} {what}{}", cause(error)));
        Self { failure: failure.hint("Check the network."), acted, passing: true, slow: false }
    }

    /// What became of a request that was accepted and whose answer cannot be read.
    pub(super) fn unreadable(failure: Failure, passing: bool) -> Self {
        Self { failure, acted: true, passing, slow: false }
    }
}

impl From<Failure> for Lost {
    fn from(failure: Failure) -> Self {
        Self::hopeless(failure)
    }
}

/// The innermost reason: the outer ones repeat the address.
fn cause(error: &reqwest::Error) -> String {
    let mut inner: Option<&dyn Error> = error.source();
    let mut text = String::new();
    while let Some(error) = inner {
        text = format!(": {error}");
        inner = error.source();
    }
    text
}
