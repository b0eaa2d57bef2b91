use serde::Serialize;

use super::LookUpCall;

/// Why something was refused or failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// Which sort of trouble; decides the exit code.
    pub kind: FailureKind,
    /// What is wrong, one sentence.
    pub message: String,
    /// What to do about it; empty when nothing is known to help.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub hint: String,
    /// When it would work again, in RFC 3339, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub goes_on_at: Option<String>,
    /// Nothing was sent, and it may be let out another time: a cap of the profile is reached.
    #[serde(skip)]
    pub capped: bool,
    /// What to ask the API to find out whether it was done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub look_up: Option<LookUpCall>,
    /// What the API itself said, when it said something.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub api: Option<ApiWords>,
}

/// An error in the API's own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ApiWords {
    /// HTTP status.
    pub status: u16,
    /// Its message, white space made single.
    pub said: String,
}

impl Failure {
    /// A failure without advice.
    pub fn new(kind: FailureKind, message: impl Into<String>) -> Self {
        let (message, hint) = (message.into(), String::new());
        Self { kind, message, hint, goes_on_at: None, capped: false, look_up: None, api: None }
    }

    /// The same with advice.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}

/// Sorts of trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FailureKind {
    /// The words lead to no operation.
    NotUnderstood,
    /// A reply came when nothing had been asked, or fits none of the choices.
    NoSuchChoice,
    /// A value does not fit its parameter; nothing was sent.
    Invalid,
    /// No record goes by that name.
    NotFound,
    /// A value from outside the phrase (an account's id) is not known.
    MissingContext,
    /// `--read-only` is on.
    ReadOnly,
    /// The request does not exist; another operation, which the hint names, does what it was for.
    Replaced,
    /// The operation is outside the official documents and not allowed.
    Undocumented,
    /// There is no credential, it is of the wrong kind, lacks a scope, or must not be sent there.
    Credentials,
    /// The policy of the profile does not allow it.
    Policy,
    /// The API answered with an error.
    Api,
    /// The API cannot be reached.
    Network,
    /// The API did not answer in time.
    Timeout,
    /// Nobody knows whether it was done.
    Unknown,
    /// The API allows no more requests for now; nothing was sent.
    RateLimit,
    /// The person called it off.
    Cancelled,
    /// The catalog is at fault.
    Catalog,
    /// sayso itself is at fault.
    Internal,
}
