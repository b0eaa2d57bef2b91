use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::Everywhere;
use crate::app::{Answer, AnswerStatus, Engine, Failure, FailureKind, RunOptions, Session};

/// Accounts at work at one time.
const MOST_RUNNING: usize = 8;

impl Engine {
    /// Carries a line out in every account, side by side; what goes wrong in one stops no other.
    pub(super) async fn carry_everywhere(&self, everywhere: &Everywhere, run: &RunOptions) -> Answer {
        let room = Arc::new(Semaphore::new(MOST_RUNNING));
        let mut running = JoinSet::new();
        for (at, (_, account)) in everywhere.accounts.iter().enumerate() {
            let (engine, text, room) = (self.clone(), everywhere.text.clone(), Arc::clone(&room));
            let run = RunOptions { account: Some(account.clone()), sink: None, ..run.clone() };
            running.spawn(async move {
                let _turn = room.acquire_owned().await;
                (at, engine.say_here(&mut Session::of_one_line(), &text, run).await)
            });
        }
        let lost = || Answer::failed(Failure::new(FailureKind::Internal, "sayso broke on this one"));
        let mut answers: Vec<Answer> = everywhere.accounts.iter().map(|_| lost()).collect();
        while let Some(ended) = running.join_next().await {
            match ended {
                Ok((at, answer)) => answers[at] = answer,
                Err(error) => tracing::error!(%error, "a line could not be carried out in one account"),
            }
        }
        joined(everywhere, answers)
    }
}

/// One answer of those of all accounts.
fn joined(everywhere: &Everywhere, answers: Vec<Answer>) -> Answer {
    let status = |wanted: AnswerStatus| answers.iter().all(|answer| answer.status == wanted);
    let mut answer = Answer::new(AnswerStatus::Done);
    if status(AnswerStatus::DryRun) {
        answer.status = AnswerStatus::DryRun;
    } else if !status(AnswerStatus::Done) {
        let well = |answer: &Answer| matches!(answer.status, AnswerStatus::Done | AnswerStatus::DryRun);
        let bad: Vec<(&str, &Answer)> = everywhere
            .accounts
            .iter()
            .zip(&answers)
            .filter(|(_, answer)| !well(answer))
            .map(|((name, _), answer)| (name.as_str(), answer))
            .collect();
        let kinds = bad.iter().find_map(|(_, answer)| Some(answer.error.as_ref()?.kind));
        let names: Vec<&str> = bad.iter().map(|(name, _)| *name).collect();
        let message =
            format!("it was not done in {} of {} {}: {}", bad.len(), answers.len(), everywhere.many, names.join(", "));
        answer = Answer::failed(Failure::new(kinds.unwrap_or(FailureKind::NotUnderstood), message));
    }
    let names = everywhere.accounts.iter().map(|(name, _)| name.clone());
    answer.accounts = names.zip(answers).collect();
    answer
}
