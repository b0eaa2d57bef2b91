use std::sync::Arc;

use serde_json::json;

use crate::app::bulk::{BulkPlan, BulkReport, BulkWatch};
use crate::app::job::Job;
use crate::app::pending::{Asked, Pending};
use crate::app::place::Place;
use crate::app::{Answer, AnswerStatus, Engine, Failure, FailureKind, Reply, RunOptions, Session};
use crate::execute::Bindings;
use crate::present::counted;

/// Rows that failed of which an answer tells why.
const MOST: usize = 5;

impl Engine {
    /// Answers a line that asks for one thing to be done to each of many records: with the plan, as a question, or with
    /// what came of it when somebody agreed already. Nothing when the line is about no such thing.
    pub(in crate::app) async fn say_of_many(
        &self,
        session: &mut Session,
        text: &str,
        run: &RunOptions,
    ) -> Option<Answer> {
        let plan = match self.plan_selection(text, run).await {
            Ok(plan) => plan?,
            Err(failure) => return Some(Answer::refused(failure)),
        };
        let options = &self.0.options;
        if plan.rows == 0 {
            let note = plan.in_words().lines().last().map(|why| format!("{why}: nothing is to be done"));
            return Some(Answer { note, bulk: Some(json!(plan)), ..Answer::new(AnswerStatus::Done) });
        }
        if run.dry_run || options.dry_run || plan.dry {
            let note = Some(plan.in_words().replace('\n', ": "));
            return Some(Answer { note, bulk: Some(json!(plan)), ..Answer::new(AnswerStatus::DryRun) });
        }
        if (run.confirm || options.assume_yes) && !plan.whole {
            return Some(self.begin_and_carry(plan).await);
        }
        let why = plan.asks.clone().unwrap_or_default();
        let number = if plan.whole { format!(" Answer with their number, {}.", plan.rows) } else { String::new() };
        let question = Some(format!("{}\nGo on? ({why}){number}", plan.in_words()));
        let answer = Answer { question, bulk: Some(json!(plan)), ..Answer::new(AnswerStatus::NeedsConfirmation) };
        let job = Job {
            text: text.to_owned(),
            steps: Vec::new(),
            bindings: Bindings::default(),
            run: run.clone(),
            called: false,
            confirmed: false,
            trace: Vec::new(),
            speaker: session.speaker,
            place: Place::default(),
        };
        session.pending = Some(Box::new(Pending { job, asked: Asked::Run(Box::new(plan)), choices: Vec::new() }));
        Some(answer)
    }

    /// Begins the run that was asked about, when a reply agrees to it.
    pub(in crate::app) async fn begin_asked(
        &self,
        session: &mut Session,
        reply: &Reply,
        run: &RunOptions,
    ) -> Option<Answer> {
        let asked = match &session.pending.as_ref()?.asked {
            Asked::Run(plan) if run.dry_run || !self.agrees_to(plan, reply) => return None,
            Asked::Run(plan) => plan.clone(),
            _ => return None,
        };
        session.cancel();
        Some(self.begin_and_carry(*asked).await)
    }

    fn agrees_to(&self, plan: &BulkPlan, reply: &Reply) -> bool {
        if !plan.whole {
            return self.0.agreed_by(reply);
        }
        match reply {
            Reply::Number(number) => *number as u64 == plan.rows,
            Reply::Text(text) => text.trim() == plan.rows.to_string(),
            Reply::Yes | Reply::No | Reply::Id(_) => false,
        }
    }

    async fn begin_and_carry(&self, plan: BulkPlan) -> Answer {
        let run = match self.begin_rows(plan, true) {
            Ok(run) => run,
            Err(failure) => return Answer::refused(failure),
        };
        match self.carry_rows(run, Arc::new(BulkWatch::new(|_, _, _| {}))).await {
            Ok(report) => told(&report),
            Err(failure) => Answer::failed(failure),
        }
    }
}

fn told(report: &BulkReport) -> Answer {
    let tally = &report.tally;
    let all = counted(tally.all(), &report.one, &report.many);
    let mut note = format!("{} of {all} done · run {}", tally.done, report.run);
    let bulk = Some(report.to_json());
    if tally.done == tally.all() {
        return Answer { note: Some(note), bulk, ..Answer::new(AnswerStatus::Done) };
    }
    let others = [(tally.failed, "failed"), (tally.unknown, "unknown"), (tally.waiting, "not sent")];
    note.extend(others.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!(" · {count} {what}")));
    let rows = report.failed.iter().chain(&report.unknown).take(MOST);
    let mut hints: Vec<String> = rows.map(|row| format!("{}.", report.why(row))).collect();
    if tally.waiting + tally.unknown > 0 {
        hints.push(format!("`sayso resume {}` carries it on.", report.run));
    }
    let kind = report.stopped.as_ref().map_or(FailureKind::Api, |stopped| stopped.kind);
    Answer { bulk, ..Answer::failed(Failure::new(kind, note).hint(hints.join(" "))) }
}
