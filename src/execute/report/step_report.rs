use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

use super::{Settlement, Shown, Touched};
use crate::catalog::Risk;

/// What one operation did, or would do on a dry run.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StepReport {
    /// Name of the operation in the catalog.
    pub operation: String,
    /// Its title.
    pub title: String,
    /// What it does to the account.
    pub risk: Risk,
    /// The request; absent when an earlier step has to run before it can be made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<SentRequest>,
    /// The answer; absent on a dry run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response: Option<ReceivedResponse>,
    /// How it was found out that it was done, when its answer was lost.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settled: Option<Settlement>,
    /// What people call the account it ran in; its id when nothing better is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// Records it named, changed or made.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub touched: Vec<Touched>,
    /// Records to show.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<Shown>,
    /// "Added tag vip to Jane Doe": the past-tense line of a step that succeeded, without account and status.
    pub done: String,
    /// From the first byte sent to the last one received, retries and pages included, in milliseconds.
    pub took_ms: u64,
}

/// A step as the pipe prints it: without the records to show, since a bot has the response's body.
#[derive(Serialize)]
pub(super) struct OfPipe<'a> {
    operation: &'a str,
    title: &'a str,
    risk: Risk,
    #[serde(skip_serializing_if = "Option::is_none")]
    request: Option<&'a SentRequest>,
    #[serde(skip_serializing_if = "Option::is_none")]
    response: Option<&'a ReceivedResponse>,
    #[serde(skip_serializing_if = "Option::is_none")]
    settled: Option<&'a Settlement>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    touched: &'a [Touched],
    done: &'a str,
    took_ms: u64,
}

impl StepReport {
    pub(super) fn of_pipe(&self) -> OfPipe<'_> {
        OfPipe {
            operation: &self.operation,
            title: &self.title,
            risk: self.risk,
            request: self.request.as_ref(),
            response: self.response.as_ref(),
            settled: self.settled.as_ref(),
            account: self.account.as_deref(),
            touched: &self.touched,
            done: &self.done,
            took_ms: self.took_ms,
        }
    }
}

/// A request as it went out, without its credential.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SentRequest {
    /// Upper-case method.
    pub method: String,
    /// Whole address.
    pub url: String,
    /// Path without the query, for the line after success.
    #[serde(skip)]
    pub path: String,
    /// Headers that matter to the API, credential left out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<(String, String)>,
    /// Body as JSON; form fields as an object.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Value>,
    /// A command line that sends the same, with `$TOKEN_VARIABLE` in the credential's place.
    pub curl: String,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReceivedResponse {
    /// HTTP status.
    pub status: u16,
    /// Body: JSON, or its text when it is none.
    pub body: Arc<Value>,
}
