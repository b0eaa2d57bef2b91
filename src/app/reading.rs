use super::changing::ask_changes;
use super::heard::heard;
use super::inner::Inner;
use super::job::Job;
use super::pending::{Asked, Pending};
use super::place::Place;
use super::questions::ask_agreement;
use super::{Answer, AnswerStatus, Choice, Failure, FailureKind, RunOptions, Session, official_first, routing};
use crate::catalog::{AGREEMENT, CHANGES};
use crate::execute::Bindings;
use crate::intent::{Context, Intent, Status, Step};

impl Inner {
    /// Reads a line in its conversation.
    pub(super) fn read(&self, session: &Session, text: &str) -> Intent {
        let utterance = match heard(text) {
            Ok(utterance) => utterance,
            Err(error) => return routing::refused(text, error.to_string()),
        };
        let now = self.now();
        let hidden = self.options.allow_undocumented;
        let service = self.options.service.as_deref();
        let context = Context { now: &now, memory: &session.memory, hidden, service, explain: self.options.explain };
        official_first::read(&self.reader, &utterance, &self.catalog, &context)
    }

    /// Carries out what a line means, or says why not.
    pub(super) async fn intend(&self, session: &mut Session, intent: Intent, run: RunOptions) -> Answer {
        let job = Job {
            text: intent.text,
            steps: intent.steps,
            bindings: Bindings::new(session.recent().to_vec()),
            run,
            called: false,
            confirmed: false,
            trace: intent.trace,
            speaker: session.speaker,
            place: Place::default(),
        };
        // "Same for Bob" must not reach past a line to what was done before it.
        session.memory.say(if intent.status == Status::Ready { job.steps.clone() } else { Vec::new() });
        let lacks = |what: &str| job.steps.iter().any(|step: &Step| step.missing.iter().any(|name| name == what));
        if lacks(AGREEMENT) {
            return ask_agreement(session, job, intent.message);
        }
        if lacks(CHANGES) {
            return ask_changes(session, job, intent.message);
        }
        match intent.status {
            Status::Ready | Status::Incomplete if !job.steps.is_empty() => {
                let mut answer = self.carry_out(session, job).await;
                if answer.suggestions.is_empty() {
                    answer.suggestions = intent.suggestions;
                }
                answer
            }
            Status::Ambiguous if !intent.alternatives.is_empty() => {
                let choices: Vec<Choice> = intent
                    .alternatives
                    .iter()
                    .map(|a| {
                        let operation = self.catalog.operation(a.operation);
                        Choice { label: format!("{}: {}", operation.title, a.phrase), id: operation.name.clone() }
                    })
                    .collect();
                let answer = Answer {
                    question: Some(intent.message),
                    choices: choices.clone(),
                    trace: job.trace.clone(),
                    suggestions: intent.suggestions,
                    ..Answer::new(AnswerStatus::NeedsChoice)
                };
                session.pending = Some(Box::new(Pending { job, asked: Asked::Reading(intent.alternatives), choices }));
                answer
            }
            _ => {
                let undocumented = official_first::is_refused(&self.catalog, &intent.alternatives);
                let failure = match intent.message {
                    message if undocumented => official_first::refusal(message),
                    message => Failure::new(FailureKind::NotUnderstood, message),
                };
                Answer { suggestions: intent.suggestions, trace: job.trace, ..Answer::refused(failure) }
            }
        }
    }
}
