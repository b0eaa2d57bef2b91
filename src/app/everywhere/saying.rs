use super::Everywhere;
use crate::app::inner::Inner;
use crate::app::job::Job;
use crate::app::pending::{Asked, Pending};
use crate::app::place::Place;
use crate::app::{Answer, AnswerStatus, Engine, Reply, RunOptions, Session};
use crate::execute::Bindings;
use crate::intent::Status;
use crate::present::counted;

impl Engine {
    /// Whether a line is for several accounts.
    #[must_use]
    pub fn is_for_several(&self, text: &str) -> bool {
        let named = self.0.options.account.as_deref().is_some_and(|account| self.0.names_several(account));
        named || Everywhere::rest_of(&self.0, text).is_some()
    }

    /// Answers a line that is for several accounts: what reads is carried out in each, what writes is shown for each and
    /// asked first. Nothing when the line is for one.
    pub(in crate::app) async fn say_everywhere(
        &self,
        session: &mut Session,
        text: &str,
        run: &RunOptions,
    ) -> Option<Answer> {
        let everywhere = match Everywhere::of(&self.0, text, run).await {
            Ok(everywhere) => everywhere?,
            Err(failure) => return Some(Answer::refused(failure)),
        };
        let options = &self.0.options;
        let agreed = run.confirm || options.assume_yes || run.dry_run || options.dry_run;
        if agreed || self.0.only_reads(&everywhere.text) {
            return Some(self.carry_everywhere(&everywhere, run).await);
        }
        let shown = self.carry_everywhere(&everywhere, &RunOptions { dry_run: true, ..run.clone() }).await;
        if !shown.accounts.iter().any(|(_, answer)| answer.status == AnswerStatus::DryRun) {
            return Some(shown);
        }
        let (question, requests) = (everywhere.question(), requests(&shown));
        let job = Job {
            text: everywhere.text.clone(),
            steps: Vec::new(),
            bindings: Bindings::default(),
            run: run.clone(),
            called: false,
            confirmed: false,
            trace: Vec::new(),
            speaker: session.speaker,
            place: Place::default(),
        };
        session.pending = Some(Box::new(Pending { job, asked: Asked::Everywhere(everywhere), choices: Vec::new() }));
        let question = format!("{question} ({})", counted(requests, "request", "requests"));
        Some(Answer {
            question: Some(question),
            accounts: shown.accounts,
            ..Answer::new(AnswerStatus::NeedsConfirmation)
        })
    }

    /// Carries out in every account what was asked about, when a reply agrees to it.
    pub(in crate::app) async fn go_on_everywhere(
        &self,
        session: &mut Session,
        reply: &Reply,
        run: &RunOptions,
    ) -> Option<Answer> {
        let pending = session.pending.as_ref()?;
        let Asked::Everywhere(everywhere) = &pending.asked else { return None };
        if !self.0.agreed_by(reply) {
            return None;
        }
        let everywhere = everywhere.clone();
        let asked = pending.job.run.clone();
        session.cancel();
        let run = RunOptions { confirm: true, dry_run: run.dry_run || asked.dry_run, ..asked };
        Some(self.carry_everywhere(&everywhere, &run).await)
    }
}

impl Inner {
    fn only_reads(&self, text: &str) -> bool {
        if !matches!(self.select(text, &self.now()), Ok(None)) {
            return false;
        }
        let intent = self.read(&Session::of_one_line(), text);
        let reads = |step: &crate::intent::Step| self.catalog.operation(step.operation).reads();
        intent.status == Status::Ready && intent.steps.iter().all(reads)
    }
}

impl Everywhere {
    fn question(&self) -> String {
        let names: Vec<&str> = self.accounts.iter().map(|(name, _)| name.as_str()).collect();
        format!("Do that in {} {}: {}?", self.accounts.len(), self.many, names.join(", "))
    }
}

/// How many requests the plans of all accounts are.
fn requests(shown: &Answer) -> u64 {
    let of_one = |answer: &Answer| match answer.bulk.as_ref().and_then(|bulk| bulk["requests"].as_u64()) {
        Some(bulk) => bulk,
        None => answer.steps.len() as u64,
    };
    shown.accounts.iter().map(|(_, answer)| of_one(answer)).sum()
}
