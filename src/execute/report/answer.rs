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
    pub fn rewrite(&mut self, by: &impl Fn(&str) -> String) {
        let texts = self.question.iter_mut().chain(&mut self.suggestions).chain(&mut self.trace).chain(&mut self.note);
        texts.for_each(|text| *text = by(text));
        self.choices.iter_mut().for_each(|choice| choice.label = by(&choice.label));
        self.accounts.iter_mut().for_each(|(name, answer)| {
            *name = by(name);
            answer.rewrite(by);
        });
        self.bulk.iter_mut().for_each(|bulk| rewrite(bulk, by));
        if let Some(failure) = &mut self.error {
            failure.message = by(&failure.message);
            failure.hint = by(&failure.hint);
            failure.api.iter_mut().for_each(|words| words.said = by(&words.said));
        }
        for step in &mut self.steps {
            step.done = by(&step.done);
            step.touched.iter_mut().for_each(|record| record.label = by(&record.label));
            if let Some(request) = &mut step.request {
                let texts = [&mut request.url, &mut request.path, &mut request.curl];
                for text in texts {
                    *text = by(text);
                }
                request.headers.iter_mut().for_each(|(_, value)| *value = by(value));
                request.body.iter_mut().for_each(|body| rewrite(body, by));
            }
        }
    }

    /// The object that the pipe prints, without `id`: `operation`, `request`, `response` and `took_ms` are those of the
    /// last step; `steps` is there when there are several.
    #[must_use]
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
        if let Some(note) = &self.note {
            out.insert("note".into(), json!(note));
        }
        if !self.accounts.is_empty() {
            let of_one = |(name, answer): &(String, Self)| {
                let mut fields = Map::from_iter([("account".to_owned(), json!(name))]);
                if let Value::Object(own) = answer.to_json() {
                    fields.extend(own.into_iter().filter(|(key, _)| key != "account"));
                }
                Value::Object(fields)
            };
            out.insert("accounts".into(), self.accounts.iter().map(of_one).collect());
        }
        if let Some(bulk) = &self.bulk {
            out.insert("bulk".into(), bulk.clone());
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

fn rewrite(value: &mut Value, by: &impl Fn(&str) -> String) {
    match value {
        Value::String(text) => *text = by(text),
        Value::Array(items) => items.iter_mut().for_each(|item| rewrite(item, by)),
        Value::Object(fields) => fields.iter_mut().for_each(|(_, inner)| rewrite(inner, by)),
        _ => {}
    }
}
