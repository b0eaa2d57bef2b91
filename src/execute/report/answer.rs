use serde::Serialize;
use serde_json::{Map, Value, json};

use super::line::Line;
use super::step_report::OfPipe;
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
    /// What was settled without sending anything: which account is worked in from now on.
    pub note: Option<String>,
    /// The plan of a run over many records, or what came of it.
    pub bulk: Option<Value>,
    /// What came of it in each of several accounts, by what they are called.
    pub accounts: Vec<(String, Answer)>,
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
    #[must_use]
    pub fn new(status: AnswerStatus) -> Self {
        Self {
            status,
            steps: Vec::new(),
            question: None,
            choices: Vec::new(),
            error: None,
            suggestions: Vec::new(),
            trace: Vec::new(),
            note: None,
            bulk: None,
            accounts: Vec::new(),
        }
    }

    /// A refusal.
    #[must_use]
    pub fn refused(failure: Failure) -> Self {
        Self { error: Some(failure), ..Self::new(AnswerStatus::Refused) }
    }

    /// A failure after something was sent or tried.
    #[must_use]
    pub fn failed(failure: Failure) -> Self {
        Self { error: Some(failure), ..Self::new(AnswerStatus::Failed) }
    }

    /// Rewrites every text that did not come from the API: those are rewritten when they are received.
    pub fn rewrite(&mut self, by: &impl Fn(&mut String)) {
        let texts = self.question.iter_mut().chain(&mut self.suggestions).chain(&mut self.trace).chain(&mut self.note);
        texts.for_each(by);
        self.choices.iter_mut().for_each(|choice| by(&mut choice.label));
        self.accounts.iter_mut().for_each(|(name, answer)| {
            by(name);
            answer.rewrite(by);
        });
        self.bulk.iter_mut().for_each(|bulk| rewrite(bulk, by));
        if let Some(failure) = &mut self.error {
            by(&mut failure.message);
            by(&mut failure.hint);
            failure.api.iter_mut().for_each(|words| by(&mut words.said));
        }
        for step in &mut self.steps {
            by(&mut step.done);
            step.touched.iter_mut().for_each(|record| by(&mut record.label));
            if let Some(request) = &mut step.request {
                [&mut request.url, &mut request.path, &mut request.curl].into_iter().for_each(by);
                request.headers.iter_mut().for_each(|(_, value)| by(value));
                request.body.iter_mut().for_each(|body| rewrite(body, by));
            }
        }
    }

    /// The object that the pipe prints, without `id`: `operation`, `request`, `response` and `took_ms` are those of the
    /// last step; `steps` is there when there are several.
    #[must_use]
    pub fn to_json(&self) -> Value {
        json!(self.told())
    }

    /// The line that the pipe prints in answer to a line of that `id`, without its end.
    #[must_use]
    pub fn to_line(&self, id: &Value) -> Vec<u8> {
        Line::of(self, id)
    }

    /// The answers of several accounts, each by what the account is called.
    pub(super) fn told_accounts(&self) -> Vec<Value> {
        self.accounts.iter().map(of_account).collect()
    }

    fn told(&self) -> Told<'_> {
        Told {
            status: self.status,
            last: self.steps.last().map(StepReport::of_pipe),
            steps: if self.steps.len() > 1 { &self.steps } else { &[] },
            question: self.question.as_deref(),
            choices: &self.choices,
            error: self.error.as_ref(),
            note: self.note.as_deref(),
            accounts: self.told_accounts(),
            bulk: self.bulk.as_ref(),
            suggestions: &self.suggestions,
        }
    }
}

/// An answer as it is printed.
#[derive(Serialize)]
struct Told<'a> {
    status: AnswerStatus,
    #[serde(flatten)]
    last: Option<OfPipe<'a>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    steps: &'a [StepReport],
    #[serde(skip_serializing_if = "Option::is_none")]
    question: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    choices: &'a [Choice],
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a Failure>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    accounts: Vec<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bulk: Option<&'a Value>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    suggestions: &'a [String],
}

/// The answer of one of several accounts, by what the account is called.
fn of_account((name, answer): &(String, Answer)) -> Value {
    let mut fields = Map::from_iter([("account".to_owned(), json!(name))]);
    if let Value::Object(own) = answer.to_json() {
        fields.extend(own.into_iter().filter(|(key, _)| key != "account"));
    }
    Value::Object(fields)
}

fn rewrite(value: &mut Value, by: &impl Fn(&mut String)) {
    match value {
        Value::String(text) => by(text),
        Value::Array(items) => items.iter_mut().for_each(|item| rewrite(item, by)),
        Value::Object(fields) => fields.iter_mut().for_each(|(_, inner)| rewrite(inner, by)),
        _ => {}
    }
}
