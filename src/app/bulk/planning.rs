use std::collections::HashSet;

use super::phrase::Phrase;
use super::settings::Settings;
use super::{BulkPlan, Rate, SourceRow, UnreadRow};
use crate::app::inner::Inner;
use crate::app::job::Job;
use crate::app::place::Place;
use crate::app::{Engine, Failure, FailureKind, RunOptions};
use crate::catalog::{RateLimit, Risk};
use crate::execute::Bindings;
use crate::intent::Step;
use crate::plan::Context;
use crate::store::NewRun;

impl Engine {
    /// Reads a phrase over every row and says what carrying it out takes. Nothing is sent but what it takes to find an
    /// account by its name.
    ///
    /// # Errors
    /// When no row can be read, or what they ask for is not allowed.
    pub async fn plan_rows(&self, phrase: &str, rows: Vec<SourceRow>, run: &RunOptions) -> Result<BulkPlan, Failure> {
        let engine = self.for_line(run.api_version.as_deref())?;
        engine.0.plan_rows(phrase, rows, run).await
    }

    /// Writes a plan that was agreed to into the journal; the number of its run. Nothing is sent yet. `agreed`: new names
    /// may be made too.
    ///
    /// # Errors
    /// When the journal cannot be written.
    pub fn begin_rows(&self, plan: BulkPlan, agreed: bool) -> Result<i64, Failure> {
        let wrong = |error: &dyn std::fmt::Display| Failure::new(FailureKind::Internal, error.to_string());
        let settings = Settings { agreed, ..plan.settings };
        let settings = serde_json::to_string(&settings).map_err(|error| wrong(&error))?;
        let said = self.redact(&plan.phrase);
        let base = self.0.options.base_url.as_deref().unwrap_or_default();
        let at_ms = (self.0.transport.settings().clock_ms)();
        let run = NewRun { at_ms, said: &said, base, settings: Some(&settings) };
        let run = self.0.store().begin_run(&run).map_err(|error| wrong(&error))?;
        let rows = plan.ready.into_iter().map(|row| (row.number, self.0.kept(&row.columns)));
        self.0.store().add_rows(run, rows).map_err(|error| wrong(&error))?;
        Ok(run)
    }
}

impl Inner {
    async fn plan_rows(&self, phrase: &str, rows: Vec<SourceRow>, run: &RunOptions) -> Result<BulkPlan, Failure> {
        let template = Phrase::new(phrase).map_err(|why| Failure::new(FailureKind::NotUnderstood, why))?;
        let now = self.now();
        let mut plan = BulkPlan::new(phrase, now.timestamp().as_millisecond(), self.transport.gate().is_dry());
        let mut context = None;
        let mut names = HashSet::new();
        for row in rows {
            let wanted = Some(plan.settings.shape.as_str()).filter(|shape| !shape.is_empty());
            let reading = match self.read_row(&template, &row.columns, &now, wanted) {
                Ok(reading) => reading,
                Err(why) => {
                    plan.unread.push(UnreadRow { row: row.number, why });
                    continue;
                }
            };
            let job = job_of_row(reading.said, reading.steps, run.clone());
            let context = match &context {
                Some(context) => context,
                None => context.insert(self.begin_plan(&mut plan, &job, reading.shape).await?),
            };
            let planned = self.planned(&job, context);
            if let Err(answer) = self.check(&job, &planned, context) {
                let why = answer.error.map_or_else(String::new, |failure| failure.message);
                plan.unread.push(UnreadRow { row: row.number, why });
                continue;
            }
            names.extend(planned.into_iter().flat_map(|step| step.lookups).map(|l| (l.resource, l.text)));
            plan.requests += job.steps.len() as u64 * if job.run.keep_before { 2 } else { 1 };
            plan.ready.push(row);
        }
        if plan.ready.is_empty() {
            let why = plan.unread.first().map_or_else(
                || "there is no row".to_owned(),
                |first| format!("no row can be read; row {}: {}", first.row, first.why),
            );
            return Err(Failure::new(FailureKind::NotUnderstood, why));
        }
        plan.rows = plan.ready.len() as u64;
        plan.look_ups = names.len() as u64;
        self.rated(&mut plan);
        Ok(plan)
    }

    /// Works out what part of the API's allowance a plan takes.
    pub(in crate::app) fn rated(&self, plan: &mut BulkPlan) {
        let first = plan.operations.first().and_then(|name| self.catalog.by_name(name));
        let service = first.map(|id| self.catalog.service_of(self.catalog.operation(id)));
        let all = plan.requests + plan.look_ups;
        plan.rate = service.and_then(|service| service.rate_limit.as_ref()).map(|limit| rate(limit, all));
    }

    /// What the first row that can be read decides for all.
    pub(in crate::app) async fn begin_plan(
        &self,
        plan: &mut BulkPlan,
        job: &Job,
        shape: String,
    ) -> Result<Context, Failure> {
        let refused = |answer: Box<crate::app::Answer>| {
            answer.error.unwrap_or_else(|| Failure::new(FailureKind::Internal, "it is refused"))
        };
        self.guard(job).map_err(refused)?;
        let operations: Vec<_> = job.steps.iter().map(|step| step.operation).collect();
        let context = self.context(&job.run, &operations, 0).await?;
        self.admit(job, &context).map_err(refused)?;
        let named = job.run.account.is_some() || self.options.account.is_some();
        let service = self.catalog.service_of(self.catalog.operation(operations[0]));
        plan.settings.account = context.account(service).filter(|_| named).map(str::to_owned);
        plan.settings.keep_before = job.run.keep_before;
        plan.settings.api_version.clone_from(&job.run.api_version);
        plan.settings.profile = self.options.access.profile.as_ref().map(|profile| profile.name.clone());
        plan.settings.shape = shape;
        let all = || job.steps.iter().map(|step| self.catalog.operation(step.operation));
        plan.operations = all().map(|operation| operation.name.clone()).collect();
        plan.does = all().map(|operation| operation.title.clone()).collect();
        plan.asks = all().filter(|operation| !operation.reads()).map(|operation| operation.risk).max().map(why);
        let doubts = job.steps.iter().filter_map(|step| step.confirm.as_deref());
        plan.asks = plan.asks.take().map(|why| doubts.fold(why, |why, doubt| format!("{why}; {doubt}")));
        Ok(context)
    }
}

pub(super) fn job_of_row(text: String, steps: Vec<Step>, run: RunOptions) -> Job {
    Job {
        text,
        steps,
        bindings: Bindings::default(),
        run,
        called: false,
        confirmed: true,
        trace: Vec::new(),
        speaker: 0,
        place: Place::default(),
    }
}

fn why(risk: Risk) -> String {
    match risk {
        Risk::Read | Risk::Write | Risk::Bulk => "it changes many records",
        Risk::Send => "it reaches people",
        Risk::Money => "it moves money",
        Risk::Destroy => "it cannot be taken back",
    }
    .to_owned()
}

fn rate(limit: &RateLimit, requests: u64) -> Rate {
    let share = |daily: u64| {
        #[expect(clippy::cast_precision_loss, reason = "a percentage for people")]
        let percent = requests as f64 * 100.0 / daily.max(1) as f64;
        (percent * 100.0).round() / 100.0
    };
    Rate {
        max: limit.max,
        per_ms: limit.per_ms,
        daily: limit.daily,
        percent_of_day: limit.daily.map(share),
        seconds: (requests.saturating_mul(limit.per_ms) / u64::from(limit.max.max(1))).div_ceil(1000),
    }
}
