use crate::app::{Failure, FailureKind};

/// Why a write is not taken back.
#[derive(Debug)]
pub(super) enum Why {
    /// It cannot be.
    No(String),
    /// Nobody can tell for now.
    NotNow(Failure),
}

impl From<&str> for Why {
    fn from(why: &str) -> Self {
        Self::No(why.to_owned())
    }
}

impl From<String> for Why {
    fn from(why: String) -> Self {
        Self::No(why)
    }
}

impl From<Failure> for Why {
    fn from(failure: Failure) -> Self {
        let waits = [FailureKind::Network, FailureKind::Timeout, FailureKind::RateLimit, FailureKind::Credentials];
        let turned_away = failure.api.as_ref().is_some_and(|api| matches!(api.status, 429 | 502..=504));
        if waits.contains(&failure.kind) || turned_away { Self::NotNow(failure) } else { Self::No(failure.message) }
    }
}
