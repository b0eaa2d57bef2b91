use jiff::Zoned;
use serde_json::Value as Json;

use super::Selection;
use super::batching::in_batches;
use super::finding::why;
use crate::app::bulk::{BulkPlan, EachOf, SourceRow, in_the_place_of};
use crate::app::inner::Inner;
use crate::app::job::Job;
use crate::app::{AnswerStatus, Engine, Failure, FailureKind, RunOptions, Session};
use crate::catalog::Risk;
use crate::catalog::inflect::plural;
use crate::intent::Step;

/// Records that a plan names.
const MOST_NAMED: usize = 5;

impl Engine {
    /// Reads a line as one thing to be done to each of many records, lists them, and says what carrying it out takes.
    /// Nothing when the line is about no such thing. Only what reads is sent.
    ///
    /// # Errors
    /// When it is, and the records cannot be told apart or listed, or what is asked for is not allowed.
    pub async fn plan_selection(&self, text: &str, run: &RunOptions) -> Result<Option<BulkPlan>, Failure> {
        let engine = self.for_line(run.api_version.as_deref())?;
        let now = engine.0.now();
        let Some(selection) = engine.0.select(text, &now)? else { return Ok(None) };
        engine.0.plan_selection(selection, run, now.timestamp().as_millisecond()).await.map(Some)
    }
}

impl Inner {
    async fn plan_selection(
        &self,
        mut selection: Selection,
        run: &RunOptions,
        at_ms: i64,
    ) -> Result<BulkPlan, Failure> {
        let run = RunOptions { keep_before: false, ..run.clone() };
        let steps = selection.steps.clone();
        let operation = self.catalog.operation(selection.find.operation);
        let resource = self.catalog.service_of(operation).resource(&selection.resource);
        let one = resource.and_then(|r| r.nouns.first()).unwrap_or(&selection.resource).clone();
        let mut each = EachOf {
            written: selection.written.clone(),
            resource: selection.resource.clone(),
            many: plural(&one),
            one,
            records: selection.records.clone(),
            batch: false,
            done: None,
        };
        let mut plan = BulkPlan::new(&selection.said, at_ms, self.transport.gate().is_dry());
        plan.found_by = Some(operation.name.clone());
        plan.holds.clone_from(&selection.holds);
        // What is not allowed is told before anything is listed.
        let mark =
            SourceRow { number: 0, columns: [("id".to_owned(), Json::from(Selection::MARK))].into_iter().collect() };
        let job = job_for(&each, &selection, &mark, run.clone());
        let context = self.begin_plan(&mut plan, &job, String::new()).await?;
        let mut rows = self.records_of(&selection, &run).await?;
        plan.rows = rows.len() as u64;
        plan.names = rows
            .iter()
            .filter_map(|row| Some(row.columns.get("name")?.as_str()?.to_owned()))
            .take(MOST_NAMED)
            .collect();
        let batched = self.batched(&selection.steps).filter(|_| rows.len() > 1);
        if let Some(batched) = batched
            && let job = in_the_place_of(&each, std::slice::from_ref(&batched.step), &mark.columns, run.clone())
            && self.guard(&job).is_ok()
            && self.admit(&job, &context).is_ok()
        {
            plan.batch = Some(self.catalog.name(batched.step.operation).to_owned());
            rows = in_batches(&rows, batched.most);
            (each.batch, each.done) = (true, batched.done);
            selection.steps = vec![batched.step];
        }
        plan.settings.each = Some(each.clone());
        plan.requests = (rows.len() * selection.steps.len()) as u64;
        if let Some(first) = rows.first() {
            self.rehearse_first(&mut plan, job_for(&each, &selection, first, run)).await?;
        }
        let destroys = steps.iter().any(|step| self.catalog.operation(step.operation).risk == Risk::Destroy);
        plan.whole = selection.whole && destroys;
        plan.ready = rows;
        self.rated(&mut plan);
        Ok(plan)
    }

    /// What a run does to each record, read anew from its line when it is carried on.
    ///
    /// # Errors
    /// When the line does not read as it did when the run began.
    pub(in crate::app) fn steps_of(&self, said: &str, each: &EachOf, now: &Zoned) -> Result<Vec<Step>, Failure> {
        let selection = self.select(said, now)?.filter(|selection| selection.written == each.written);
        let steps = |selection: Selection| match self.batched(&selection.steps) {
            Some(batched) if each.batch => vec![batched.step],
            _ => selection.steps,
        };
        selection.map(steps).ok_or_else(|| {
            let failure =
                Failure::new(FailureKind::NotUnderstood, "the line does not read any more as when the run began");
            failure.hint("The catalog has changed since. Say it again.")
        })
    }

    /// Looks up the names that all records share, so that one that fits nothing or several is told before the first is
    /// touched, and one that would be made new is asked about.
    async fn rehearse_first(&self, plan: &mut BulkPlan, mut job: Job) -> Result<(), Failure> {
        match self.prepare(&mut Session::of_one_line(), &mut job).await {
            Ok(_) => Ok(()),
            Err(answer) if answer.status == AnswerStatus::NeedsConfirmation => {
                let question = answer.question.unwrap_or_default();
                plan.asks = Some(plan.asks.take().map_or(question.clone(), |why| format!("{why}; {question}")));
                Ok(())
            }
            Err(answer) => Err(why(*answer)),
        }
    }
}

fn job_for(each: &EachOf, selection: &Selection, row: &SourceRow, run: RunOptions) -> Job {
    Job { confirmed: false, ..in_the_place_of(each, &selection.steps, &row.columns, run) }
}
