use super::inner::Inner;
use super::job::Job;
use super::pending::{Asked, Pending};
use super::settled::Settled;
use super::{Answer, AnswerStatus, Choice, FailureKind, Session};
use crate::catalog::Risk;
use crate::execute::{Blocked, Runner};
use crate::intent::question;
use crate::plan::{Missing, PlannedStep};

impl Inner {
    /// Asks for a value that nobody has given.
    pub(super) fn ask_value(
        &self,
        session: &mut Session,
        job: Job,
        step: usize,
        planned: &PlannedStep,
        missing: &Missing,
        choices: Vec<Choice>,
    ) -> Answer {
        let operation = self.catalog.operation(planned.operation);
        let question = question(&self.catalog, operation, &missing.parameter);
        let answer = Answer {
            question: Some(question),
            choices: choices.clone(),
            trace: job.trace.clone(),
            ..Answer::new(AnswerStatus::NeedsValue)
        };
        let asked = Asked::Value { step, parameter: missing.parameter.clone() };
        session.pending = Some(Box::new(Pending { job, asked, choices }));
        answer
    }

    /// What has to be agreed to before the steps run; nothing when none of them asks.
    pub(super) fn confirmation(
        &self,
        runner: &Runner<'_>,
        steps: &[Settled],
        accounts: &[Option<String>],
    ) -> Option<String> {
        let asks =
            |step: &PlannedStep| self.catalog.operation(step.operation).risk.asks_first() || step.confirm.is_some();
        if !steps.iter().any(|settled| asks(&settled.step)) {
            return None;
        }
        let lines = steps.iter().zip(accounts).map(|(Settled { step, named, .. }, account)| {
            let risk = self.catalog.operation(step.operation).risk;
            let why = step.confirm.as_deref().unwrap_or_else(|| effect(risk));
            let why = if why.is_empty() { String::new() } else { format!(" ({why})") };
            format!("{}?{why}", runner.in_words(step, named, account.as_deref()))
        });
        Some(lines.collect::<Vec<_>>().join("\n"))
    }
}

/// Asks whether to go on without words that were not understood. No standing agreement answers that.
pub(super) fn ask_agreement(session: &mut Session, job: Job, question: String) -> Answer {
    let trace = job.trace.clone();
    session.pending = Some(Box::new(Pending { job, asked: Asked::Agreement, choices: Vec::new() }));
    Answer { question: Some(question), trace, ..Answer::new(AnswerStatus::NeedsConfirmation) }
}

/// Asks what stands in the way of a look-up, or says that it cannot be done.
pub(super) fn ask_blocked(session: &mut Session, job: Job, blocked: Blocked) -> Answer {
    let trace = job.trace.clone();
    match blocked {
        Blocked::Failure(failure) => {
            let sent = !matches!(
                failure.kind,
                FailureKind::NotFound | FailureKind::Invalid | FailureKind::Credentials | FailureKind::Policy
            );
            let answer = if sent { Answer::failed(failure) } else { Answer::refused(failure) };
            Answer { trace, ..answer }
        }
        Blocked::Choice { resource, text, question, choices } => {
            let asked = Asked::Record { resource, text };
            session.pending = Some(Box::new(Pending { job, asked, choices: choices.clone() }));
            Answer { question: Some(question), choices, trace, ..Answer::new(AnswerStatus::NeedsChoice) }
        }
        Blocked::NewName { resource, name, question } => {
            session.pending =
                Some(Box::new(Pending { job, asked: Asked::NewName { resource, name }, choices: Vec::new() }));
            Answer { question: Some(question), trace, ..Answer::new(AnswerStatus::NeedsConfirmation) }
        }
    }
}

fn effect(risk: Risk) -> &'static str {
    match risk {
        Risk::Read | Risk::Write => "",
        Risk::Send => "it reaches people",
        Risk::Money => "it moves money",
        Risk::Destroy => "it cannot be taken back",
        Risk::Bulk => "it touches many records",
    }
}
