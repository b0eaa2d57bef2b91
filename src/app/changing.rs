use super::inner::Inner;
use super::job::Job;
use super::pending::{Asked, Pending};
use super::{Answer, AnswerStatus, Session};
use crate::catalog::Risk;
use crate::intent::{Argument, Intent, Status};

impl Inner {
    /// What a line means together with a reply to the question of what is to be changed; nothing when the reply does not
    /// tell that, or is a command of its own.
    pub(super) fn changed(&self, session: &Session, job: &Job, reply: &str) -> Option<Intent> {
        let alone = self.read(session, reply);
        let writes = alone.steps.iter().any(|s| self.catalog.operation(s.operation).risk != Risk::Read);
        if alone.status == Status::Ready && writes {
            return None;
        }
        let joined = [": ", ", ", " "].map(|joint| format!("{}{joint}{reply}", job.text));
        joined.iter().map(|line| self.read(session, line)).find(|intent| tells(job, intent))
    }
}

/// Whether a reading says all that was said before, and what was missing.
fn tells(job: &Job, intent: &Intent) -> bool {
    let keeps = |old: &[Argument], new: &[Argument]| old.iter().all(|argument| new.contains(argument));
    intent.status == Status::Ready
        && intent.steps.len() == job.steps.len()
        && intent
            .steps
            .iter()
            .zip(&job.steps)
            .all(|(new, old)| new.operation == old.operation && keeps(&old.arguments, &new.arguments))
}

/// Asks what is to be changed of the record that a line names.
pub(super) fn ask_changes(session: &mut Session, job: Job, question: String) -> Answer {
    let trace = job.trace.clone();
    session.pending = Some(Box::new(Pending { job, asked: Asked::Changes, choices: Vec::new() }));
    Answer { question: Some(question), trace, ..Answer::new(AnswerStatus::NeedsValue) }
}
