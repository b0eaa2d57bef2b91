use std::collections::VecDeque;

use super::carrying::hand_over;
use super::inner::Inner;
use super::job::Job;
use super::journalling::Doing;
use super::settled::Settled;
use super::{Answer, AnswerStatus, Failure, FailureKind, Session, StepReport, Touched};
use crate::execute::{Named, Outcome, Runner};
use crate::plan::PlannedStep;
use crate::request::draft;

impl Inner {
    /// Runs the steps in order; the first failure ends it, and the answer says what was done before.
    pub(super) async fn run_steps(
        &self,
        session: &mut Session,
        job: &Job,
        runner: &Runner<'_>,
        steps: Vec<Settled>,
        accounts: &[Option<String>],
    ) -> Answer {
        let mut answer = Answer { trace: job.trace.clone(), ..Answer::new(AnswerStatus::Done) };
        let mut run = job.place.run;
        let sink = job.run.sink.as_ref().filter(|_| steps.len() == 1);
        let (count, mut later) = (steps.len(), VecDeque::from(steps));
        for (at, account) in accounts.iter().enumerate() {
            let Some(Settled { step, named, request, .. }) = later.pop_front() else { break };
            let account = account.clone();
            let done = match self.ready(&step) {
                Ok(()) => {
                    let doing = Doing { at, step: &step, named: &named, request: request.as_ref(), account };
                    self.journalled(job, &mut run, runner, &doing, sink).await
                }
                Err(failure) => Err(failure),
            };
            let failure = match done {
                Ok(outcome) => {
                    self.remember(session, &outcome);
                    let Outcome { report, failure, record } = *outcome;
                    answer.steps.push(report);
                    if let Some(record) = record.filter(|_| failure.is_none()) {
                        for Settled { step: next, named, .. } in &mut later {
                            let touched = Touched { made: false, ..record.clone() };
                            named.extend(waiting_names(next, at).map(|slot| Named::given(slot, touched.clone())));
                            hand_over(next, at, &record.id);
                        }
                    }
                    failure
                }
                Err(failure) => {
                    let tried = draft(&step, &self.catalog, runner.context).ok();
                    answer.steps.push(runner.rehearse(&step, &named, accounts[at].clone(), tried.as_ref()));
                    Some(failure)
                }
            };
            if let Some(failure) = failure {
                // What the policy stopped was not sent.
                let stopped = failure.kind == FailureKind::Policy && at == 0;
                answer.status = if stopped { AnswerStatus::Refused } else { AnswerStatus::Failed };
                answer.error = Some(after(failure, at, count, &answer.steps));
                break;
            }
        }
        let again = answer.status == AnswerStatus::Done && !job.called;
        session.memory.say(if again { job.steps.clone() } else { Vec::new() });
        session.ran(&answer);
        answer
    }

    /// A step that waits for a record which an earlier answer did not tell cannot run.
    fn ready(&self, step: &PlannedStep) -> Result<(), Failure> {
        if step.made.is_empty() {
            return Ok(());
        }
        let operation = self.catalog.operation(step.operation);
        let message =
            format!("`{}` needs the id of what was made before, and the answer did not tell it", operation.name);
        Err(Failure::new(FailureKind::Api, message))
    }

    fn remember(&self, session: &mut Session, outcome: &Outcome) {
        if !session.lasts() {
            return;
        }
        let report = &outcome.report;
        if let Some(operation) = self.catalog.by_name(&report.operation) {
            let operation = self.catalog.operation(operation);
            let service = self.catalog.service_of(operation);
            if outcome.failure.is_none() {
                session.touched(service, &report.touched);
                if let Some(shown) = &report.result {
                    session.shown(service, shown, operation.returns.as_ref().is_some_and(|r| r.many));
                }
            }
        }
    }
}

fn waiting_names(step: &PlannedStep, at: usize) -> impl Iterator<Item = crate::plan::Slot> + use<> {
    let slots: Vec<_> = step.made.iter().filter(|m| m.step == at).map(|m| m.slot.clone()).collect();
    slots.into_iter()
}

/// The failure of one of several steps says what was done before it and what was not.
fn after(failure: Failure, at: usize, steps: usize, reports: &[StepReport]) -> Failure {
    if steps < 2 {
        return failure;
    }
    let done: Vec<&str> = reports.iter().take(at).map(|r| r.done.as_str()).collect();
    let before = if done.is_empty() {
        "Nothing was done before".to_owned()
    } else {
        format!("Done before: {}", done.join("; "))
    };
    let left = steps - at - 1;
    let rest = if left > 0 { format!("; {left} more not tried") } else { String::new() };
    let hint = [failure.hint.clone(), format!("{before}{rest}.")];
    let hint = hint.iter().filter(|h| !h.is_empty()).cloned().collect::<Vec<_>>().join(" ");
    Failure { hint, ..failure }
}
