use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{Choice, Failure, StepReport};

/// What is said back to whoever asked, for a phrase, a bot's call or a reply to a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// How it went.
    pub status: AnswerStatus,
    /// What ran, or would run on a dry run, in order. After a failure: those that were done, then the one that failed.
    pub steps: Vec<StepReport>,
    /// What has to be answered before anything (more) is sent.
    pub question: Option<String>,
    /// What the question lets choose from; empty when any text or yes and no will do.
    pub choices: Vec<Choice>,
    /// Why it was refused or failed.
    pub error: Option<Failure>,
    /// Phrases that would surely work.
    pub suggestions: Vec<String>,
    /// How the line was read, for `--explain`.
    pub trace: Vec<String>,
}

/// How it went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerStatus {
    /// Every step ran.
    Done,
    /// Every step would run; nothing was sent but look-ups.
    DryRun,
    /// Several records, or several readings, fit.
    NeedsChoice,
    /// A value is missing.
    NeedsValue,
    /// It would reach people, move money, destroy, touch many records or make something new for the whole account.
    NeedsConfirmation,
    /// Nothing was sent, and will not be.
    Refused,
    /// The API or the way to it failed.
    Failed,
}

impl Answer {
    /// An answer of that status with nothing in it.
    pub fn new(status: AnswerStatus) -> Self {
        Self {
            status,
            steps: Vec::new(),
            question: None,
            choices: Vec::new(),
            error: None,
            suggestions: Vec::new(),
            trace: Vec::new(),
        }
    }

    /// A refusal.
    pub fn refused(failure: Failure) -> Self {
        Self { error: Some(failure), ..Self::new(AnswerStatus::Refused) }
    }

    /// A failure after something was sent or tried.
    pub fn failed(failure: Failure) -> Self {
        Self { error: Some(failure), ..Self::new(AnswerStatus::Failed) }
    }

    /// The object that the pipe prints, without `id`: `operation`, `request`, `response` and `took_ms` are those of the
    /// last step; `steps` is there when there are several.
    pub fn to_json(&self) -> Value {
        let mut out = Map::new();
        out.insert("status".into(), json!(self.status));
        if let Some(step) = self.steps.last() {
            add_step(&mut out, step);
        }
        if self.steps.len() > 1 {
            out.insert("steps".into(), json!(self.steps));
        }
        if let Some(question) = &self.question {
            out.insert("question".into(), json!(question));
        }
        if !self.choices.is_empty() {
            out.insert("choices".into(), json!(self.choices));
        }
        if let Some(error) = &self.error {
            out.insert("error".into(), json!(error));
        }
        if !self.suggestions.is_empty() {
            out.insert("suggestions".into(), json!(self.suggestions));
        }
        Value::Object(out)
    }
}

/// Records are left out: a bot has the response's body.
fn add_step(out: &mut Map<String, Value>, step: &StepReport) {
    if let Value::Object(fields) = json!(step) {
        out.extend(fields.into_iter().filter(|(name, _)| name != "result"));
    }
}
