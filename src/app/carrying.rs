use std::borrow::Cow;

use super::inner::Inner;
use super::job::Job;
use super::pending::{Asked, Pending};
use super::questions::ask_blocked;
use super::settled::Settled;
use super::{Answer, AnswerStatus, Choice, Failure, FailureKind, Session, official_first};
use crate::catalog::{Lifecycle, OpId, Risk};
use crate::execute::{Blocked, Runner, in_step, invalid, missing_context};
use crate::intent::Value;
use crate::plan::{Context, Missing, PlannedStep, brought_along, plan};
use crate::request::{Problem, ValidRequest, draft, validate};

impl Inner {
    /// Plans, checks, asks where that is needed, and runs. Everything is checked before the first step runs.
    pub(super) async fn carry_out(&self, session: &mut Session, job: Job) -> Answer {
        // Apart, so that it is handed on without a copy.
        let mut job = Box::new(job);
        let trace = job.trace.clone();
        match self.prepare(session, &mut job).await {
            Ok((context, steps)) => {
                in_step().await;
                self.run_or_ask(session, job, &context, steps).await
            }
            Err(mut answer) => {
                answer.trace = trace;
                *answer
            }
        }
    }

    /// Everything up to the point where all steps could run; otherwise the question or the refusal.
    pub(super) async fn prepare(
        &self,
        session: &mut Session,
        job: &mut Job,
    ) -> Result<(Context, Vec<Settled>), Box<Answer>> {
        self.guard(job)?;
        let operations: Vec<OpId> = job.steps.iter().map(|s| s.operation).collect();
        let mut context = self.context(&job.run, &operations, job.speaker).await.map_err(refused)?;
        self.admit(job, &context)?;
        let mut planned = self.planned(job, &context);
        let mut requests = self.check(job, &planned, &context)?;
        if self.ask_context(&mut context, &planned, job.speaker).await {
            planned = self.planned(job, &context);
            requests.fill(None);
        }
        self.require(session, job, planned.iter(), &context, false).await?;
        let planned = planned.into_iter().zip(requests);
        let settled = self.settle(session, job, planned, &context).await?;
        self.require(session, job, settled.iter().map(|settled| &settled.step), &context, true).await?;
        Ok((context, settled))
    }

    /// Policy, kind of token and scopes, before a look-up is made for nothing. What is sent passes the same again.
    pub(super) fn admit(&self, job: &Job, context: &Context) -> Result<(), Box<Answer>> {
        for step in &job.steps {
            let operation = self.catalog.operation(step.operation);
            let service = self.catalog.service_of(operation);
            let credentials = self.transport.credentials();
            // On a dry run without any token the request can still be shown.
            if credentials.has(&service.name) {
                let named = service.context.first().is_some_and(|c| step.arguments.iter().any(|a| a.name == c.name));
                let account = context.account(service).filter(|_| !named);
                credentials.check(operation, service, account).map_err(refused)?;
            }
        }
        Ok(())
    }

    /// The steps with everything they get. What a bot leaves out is missing only when the API requires it.
    pub(super) fn planned(&self, job: &Job, context: &Context) -> Vec<PlannedStep> {
        let mut steps = plan(&job.steps, &self.catalog, context).steps;
        for (at, step) in steps.iter_mut().enumerate() {
            job.place.take_over(at, step);
        }
        for step in steps.iter_mut().filter(|_| job.called) {
            let operation = self.catalog.operation(step.operation);
            step.missing.retain(|m| operation.param(&m.parameter).is_some_and(|p| p.required || !p.needed));
        }
        steps
    }

    pub(super) fn guard(&self, job: &Job) -> Result<(), Box<Answer>> {
        for step in &job.steps {
            let operation = self.catalog.operation(step.operation);
            self.transport.gate().judge(operation, &self.catalog.service_of(operation).name).map_err(refused)?;
            if self.options.read_only && operation.risk != Risk::Read {
                let message = format!("`{}` writes, and only reads are allowed", operation.name);
                return Err(refused(Failure::new(FailureKind::ReadOnly, message).hint("Leave --read-only out.")));
            }
            if operation.lifecycle == Lifecycle::Undocumented && !self.options.allow_undocumented {
                let message = official_first::not_official(&format!("`{}`", operation.name), operation);
                return Err(refused(official_first::refusal(message)));
            }
        }
        Ok(())
    }

    /// All problems of all steps at once, before anything is sent. Names that wait for look-ups are no problem yet; of a
    /// step that waits for nothing, the request.
    pub(super) fn check(
        &self,
        job: &Job,
        planned: &[PlannedStep],
        context: &Context,
    ) -> Result<Vec<Option<ValidRequest>>, Box<Answer>> {
        let mut problems: Vec<Problem> = Vec::new();
        let mut requests = Vec::with_capacity(planned.len());
        for step in planned {
            let whole = step.missing.is_empty();
            if whole && step.lookups.is_empty() && step.made.is_empty() {
                match validate(step, &self.catalog, context) {
                    Ok(request) => requests.push(Some(request)),
                    Err(found) => problems.extend(found),
                }
                continue;
            }
            requests.push(None);
            let mut step = Cow::Borrowed(step);
            if !whole && job.called {
                let waiting = self.waiting(&step, false);
                step.to_mut().missing.retain(|m| m.context.is_none() && waiting.contains(m));
            } else if !whole {
                step.to_mut().missing.clear();
            }
            match draft(&step, &self.catalog, context) {
                Ok(_) => {}
                Err(found) => problems.extend(found.into_iter().filter(|p| whole || !p.is_of_path())),
            }
        }
        if problems.is_empty() { Ok(requests) } else { Err(refused(invalid(&problems))) }
    }

    /// Asks the API for context values that it can tell itself; whether that brought any.
    async fn ask_context(&self, context: &mut Context, planned: &[PlannedStep], speaker: u64) -> bool {
        let mut brought = false;
        for step in planned {
            let service = self.catalog.service_of(self.catalog.operation(step.operation));
            let wanted = step.missing.iter().filter_map(|m| m.context.as_ref());
            for name in wanted {
                let declared =
                    service.context.iter().find(|c| c.name == *name && context.get(&service.name, name).is_none());
                let Some(from) = declared.and_then(|c| c.from.as_ref()) else { continue };
                if let Some(value) = self.runner(context, speaker).ask_context(service, from).await {
                    context.set(&service.name, name, value);
                    brought = true;
                }
            }
        }
        brought
    }

    /// Asks for the first value that is missing. A parent that a child's look-up will bring is not, before that.
    async fn require(
        &self,
        session: &mut Session,
        job: &mut Job,
        planned: impl Iterator<Item = &PlannedStep>,
        context: &Context,
        settled: bool,
    ) -> Result<(), Box<Answer>> {
        for (at, step) in planned.enumerate() {
            let Some(missing) = self.waiting(step, settled).into_iter().next() else { continue };
            let service = self.catalog.service_of(self.catalog.operation(step.operation));
            if let Some(name) = missing.context.as_ref().filter(|n| !n.is_empty()) {
                return Err(refused(missing_context(service, name)));
            }
            let choices = self.options_for(job, step, &missing, context).await;
            return Err(Box::new(self.ask_value(session, job.clone(), at, step, &missing, choices)));
        }
        Ok(())
    }

    fn waiting(&self, step: &PlannedStep, settled: bool) -> Vec<Missing> {
        if step.missing.is_empty() {
            return Vec::new();
        }
        let operation = self.catalog.operation(step.operation);
        let brought =
            if settled { Vec::new() } else { brought_along(step, operation, self.catalog.service_of(operation)) };
        step.missing.iter().filter(|m| !brought.iter().any(|(name, _)| *name == m.parameter)).cloned().collect()
    }

    /// Records to choose from, when the missing value is one of a few. Those of one record are listed only once that
    /// record is known.
    async fn options_for(&self, job: &Job, step: &PlannedStep, missing: &Missing, context: &Context) -> Vec<Choice> {
        let service = self.catalog.service_of(self.catalog.operation(step.operation));
        if !self.transport.credentials().has(&service.name) {
            return Vec::new();
        }
        let runner = self.runner(context, job.speaker);
        let mut known = step.clone();
        if runner.resolve(&mut known, &job.bindings, &service.title).await.is_err() {
            known = step.clone();
        }
        runner.options(&known, &missing.parameter).await
    }

    /// Turns the names of all steps into ids. On a dry run without a credential they stay names.
    async fn settle(
        &self,
        session: &mut Session,
        job: &mut Job,
        planned: impl Iterator<Item = (PlannedStep, Option<ValidRequest>)>,
        context: &Context,
    ) -> Result<Vec<Settled>, Box<Answer>> {
        let runner = self.runner(context, job.speaker);
        let mut settled = Vec::new();
        for (mut step, request) in planned {
            if step.lookups.is_empty() {
                let named = runner.given(&step, &job.bindings);
                settled.push(Settled { step, named, request, account: None });
                continue;
            }
            let service = self.catalog.service_of(self.catalog.operation(step.operation));
            let offline = self.rehearses(job) && !self.transport.credentials().has(&service.name);
            if offline {
                settled.push(Settled { step, named: Vec::new(), request: None, account: None });
                continue;
            }
            let account = runner.account_label(service).await;
            loop {
                let called = account.as_deref().unwrap_or(&service.title);
                match runner.resolve(&mut step, &job.bindings, called).await {
                    Ok(named) => {
                        settled.push(Settled { step, named, request: None, account });
                        break;
                    }
                    Err(Blocked::NewName { resource, name, .. }) if self.agrees(job) || self.rehearses(job) => {
                        job.bindings.agree(&resource, &name);
                        take_back(&mut step);
                    }
                    Err(Blocked::Failure(failure)) if self.rehearses(job) && unreachable(&failure) => {
                        take_back(&mut step);
                        settled.push(Settled { step, named: Vec::new(), request: None, account });
                        break;
                    }
                    Err(blocked) => return Err(Box::new(ask_blocked(session, job.clone(), blocked))),
                }
            }
        }
        Ok(settled)
    }

    async fn run_or_ask(
        &self,
        session: &mut Session,
        job: Box<Job>,
        context: &Context,
        mut steps: Vec<Settled>,
    ) -> Answer {
        let runner = self.runner(context, job.speaker);
        if self.rehearses(&job) {
            return self.rehearse(&job, &runner, context, &steps);
        }
        let mut accounts = Vec::new();
        for Settled { step, account, .. } in &mut steps {
            let operation = self.catalog.operation(step.operation);
            let service = self.catalog.service_of(operation);
            accounts.push(match account.take() {
                None if operation.reads() => runner.known_account(service),
                None => runner.account_label(service).await,
                known => known,
            });
        }
        if !job.confirmed
            && !self.agrees(&job)
            && let Some(question) = self.confirmation(&runner, &steps, &accounts)
        {
            let reports = steps.iter().zip(&accounts).map(|(Settled { step, named, .. }, account)| {
                let draft = draft(step, &self.catalog, context).ok();
                runner.rehearse(step, named, account.clone(), draft.as_ref())
            });
            let answer = Answer {
                steps: reports.collect(),
                question: Some(question),
                trace: job.trace.clone(),
                ..Answer::new(AnswerStatus::NeedsConfirmation)
            };
            session.pending = Some(Box::new(Pending { job: *job, asked: Asked::Confirmation, choices: Vec::new() }));
            return answer;
        }
        self.run_steps(session, &job, &runner, steps, &accounts).await
    }

    fn rehearse(&self, job: &Job, runner: &Runner<'_>, context: &Context, steps: &[Settled]) -> Answer {
        let reports = steps.iter().map(|Settled { step, named, .. }| {
            let service = self.catalog.service_of(self.catalog.operation(step.operation));
            let draft = draft(step, &self.catalog, context).ok();
            let account = runner.known_account(service).or_else(|| context.account(service).map(str::to_owned));
            runner.rehearse(step, named, account, draft.as_ref())
        });
        Answer { steps: reports.collect(), trace: job.trace.clone(), ..Answer::new(AnswerStatus::DryRun) }
    }

    pub(super) fn rehearses(&self, job: &Job) -> bool {
        self.options.dry_run || job.run.dry_run || self.transport.gate().is_dry()
    }

    fn agrees(&self, job: &Job) -> bool {
        self.options.assume_yes || job.run.confirm
    }
}

fn unreachable(failure: &Failure) -> bool {
    matches!(failure.kind, FailureKind::Network | FailureKind::Timeout | FailureKind::Credentials)
}

fn refused(failure: Failure) -> Box<Answer> {
    Box::new(Answer::refused(failure))
}

/// Takes back what became of names before one of them stood in the way.
fn take_back(step: &mut PlannedStep) {
    for lookup in step.lookups.clone() {
        step.put(&lookup.slot, Value::Find(lookup.text));
    }
}

/// Puts the id of what an earlier step made into the places that wait for it.
pub(super) fn hand_over(step: &mut PlannedStep, at: usize, id: &str) {
    let slots: Vec<_> = step.made.iter().filter(|m| m.step == at).map(|m| m.slot.clone()).collect();
    for slot in slots {
        step.put(&slot, Value::Given(id.into()));
    }
    step.made.retain(|m| m.step != at);
}
