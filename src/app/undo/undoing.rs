use serde_json::Value as Json;

use super::UndoPlan;
use super::inverse::{Inverse, inverse, reader, subject};
use super::reading::given;
use super::undo_plan::StepsBack;
use super::why::Why;
use crate::app::inner::Inner;
use crate::app::job::Job;
use crate::app::place::{Place, values};
use crate::app::{Answer, AnswerStatus, Engine, Failure, FailureKind, RunOptions, Session, Touched};
use crate::catalog::{OpId, Operation};
use crate::execute::{Bindings, Runner, alike};
use crate::intent::{Argument, Step, Value};
use crate::plan::{Context, dotted};
use crate::store::{NewRun, Standing, WriteEntry};

/// Why nothing is to be done about a record.
const AS_BEFORE: &str = "the record is as it was before";

impl Engine {
    /// What taking a run back takes; without a number, the last one that changed something and is not taken back. Records
    /// are read to see that nobody changed them since; nothing is changed.
    ///
    /// # Errors
    /// When there is no such run, or the journal cannot be read.
    pub async fn plan_undo(&self, run: Option<i64>, options: &RunOptions) -> Result<UndoPlan, Failure> {
        let wrong = |error: crate::store::StoreError| Failure::new(FailureKind::Internal, error.to_string());
        let inner = &self.0;
        let done = |write: &WriteEntry| write.standing == Standing::Done && write.undone_by.is_none();
        let run = if let Some(run) = run {
            run
        } else {
            let last = inner.store().last_writes(None, 1_000).map_err(wrong)?;
            let last = last.into_iter().find(|write| done(write) && write.undoes.is_none());
            last.ok_or_else(|| Failure::new(FailureKind::NotFound, "there is nothing to take back"))?.run
        };
        let entry = inner.store().run(run).map_err(wrong)?;
        let Some(entry) = entry else {
            let failure = Failure::new(FailureKind::NotFound, format!("there is no run {run}"));
            return Err(failure.hint("`sayso history` shows the last ones."));
        };
        if entry.base != inner.options.base_url.as_deref().unwrap_or_default() {
            let message = format!("run {run} went to another address");
            return Err(Failure::new(FailureKind::Invalid, message).hint("Take it back with the same --base-url."));
        }
        let mut plan = UndoPlan { run, said: entry.said, writes: Vec::new(), steps: Vec::new() };
        for write in inner.store().last_writes(Some(run), u32::MAX).map_err(wrong)? {
            let back = match (done(&write), write.undone_by) {
                (true, _) => inner.steps_back(&write, options, &mut plan).await,
                (false, Some(by)) => Err(Why::No(format!("it was taken back by run {by}"))),
                (false, None) => Err(Why::No(format!("it is {}", write.standing.as_str()))),
            };
            match back {
                Ok(()) => {}
                Err(Why::No(why)) => plan.writes.push((write.outcome.clone(), Some(why))),
                // What cannot be looked at now may be taken back another time.
                Err(Why::NotNow(failure)) => return Err(failure),
            }
        }
        Ok(plan)
    }

    /// Takes back what a plan found that can be, the last first. It ends with the first that needs an answer or fails.
    ///
    /// # Errors
    /// When the journal cannot be written.
    pub async fn undo(&self, plan: UndoPlan, options: &RunOptions, confirmed: bool) -> Result<Vec<Answer>, Failure> {
        let wrong = |error: crate::store::StoreError| Failure::new(FailureKind::Internal, error.to_string());
        let inner = &self.0;
        let said = format!("undo {}: {}", plan.run, plan.said);
        let mut answers = Vec::new();
        let mut own = None;
        for (row, back) in (0..).zip(plan.steps) {
            let StepsBack { write, steps, whole } = back;
            let account = Some(write.account.clone()).filter(|account| !account.is_empty());
            let run = RunOptions { account: account.or_else(|| options.account.clone()), ..options.clone() };
            let place = Place { run: own, row, undoes: Some(write.run), ..Place::default() };
            let mut job = Job {
                text: said.clone(),
                steps,
                bindings: Bindings::default(),
                run,
                called: true,
                confirmed,
                trace: Vec::new(),
                speaker: 0,
                place,
            };
            if own.is_none() && !inner.rehearses(&job) {
                let at_ms = (inner.transport.settings().clock_ms)();
                let base = inner.options.base_url.as_deref().unwrap_or_default();
                let run = NewRun { at_ms, said: &said, base, settings: None };
                own = Some(inner.store().begin_run(&run).map_err(wrong)?);
                job.place.run = own;
            }
            let answer = self.shown(inner.carry_out(&mut Session::of_one_line(), job).await);
            let (done, rehearsed) = (answer.status == AnswerStatus::Done, answer.status == AnswerStatus::DryRun);
            if let Some(own) = own.filter(|_| done && whole) {
                inner.store().mark_undone(&write, own).map_err(wrong)?;
            }
            answers.push(answer);
            if !done && !rehearsed {
                break;
            }
        }
        Ok(answers)
    }
}

impl Inner {
    /// Adds to a plan what takes a write back; of one for many records, those of them that can be, and why the others
    /// cannot.
    async fn steps_back(&self, write: &WriteEntry, options: &RunOptions, plan: &mut UndoPlan) -> Result<(), Why> {
        let Some(all) = self.singly(write) else {
            let steps = vec![self.step_back(write, options).await?];
            plan.writes.push((write.outcome.clone(), None));
            plan.steps.push(StepsBack { write: write.clone(), steps, whole: true });
            return Ok(());
        };
        let (mut steps, mut left) = (Vec::new(), Vec::new());
        for (id, alone) in all {
            match self.step_back(&alone, options).await {
                Ok(step) => steps.push(step),
                Err(Why::No(why)) => left.push((format!("{}: {id}", write.outcome), Some(why))),
                Err(other) => return Err(other),
            }
        }
        if !steps.is_empty() {
            plan.writes.push((write.outcome.clone(), None));
            let whole = left.iter().all(|(_, why)| why.as_deref() == Some(AS_BEFORE));
            plan.steps.push(StepsBack { write: write.clone(), steps: self.together(steps), whole });
        }
        plan.writes.extend(left);
        Ok(())
    }

    /// The step that takes a write back, or why there is none.
    async fn step_back(&self, write: &WriteEntry, options: &RunOptions) -> Result<Step, Why> {
        let id = self.catalog.by_name(&write.operation).ok_or("the catalog does not have its operation any more")?;
        let operation = self.catalog.operation(id);
        let sent = values(&write.arguments).ok_or("its values were not kept")?;
        let account = Some(write.account.clone()).filter(|account| !account.is_empty());
        let run = RunOptions { account: account.or_else(|| options.account.clone()), ..options.clone() };
        let context: Context = self.context(&run, &[id], 0).await?;
        let runner = self.runner(&context, 0);
        let record: Option<Touched> = write.record.as_deref().and_then(|record| serde_json::from_str(record).ok());
        let made = record.filter(|record| record.made);
        let inverse = inverse(&self.catalog, operation, made.as_ref().map(|record| record.resource.as_str()));
        let back = Back { inner: self, runner: &runner, operation, write, sent: &sent };
        match inverse.ok_or("nothing is known that takes it back")? {
            Inverse::Delete(id) => {
                let made = made.ok_or("what it made is not known")?;
                let record = Value::Given(made.id.clone().into());
                if reader(&self.catalog, operation, &made.resource).is_some() {
                    let now = self.record_now(&runner, operation, &made.resource, &record, &sent).await?;
                    back.unchanged(now.as_ref(), "it is not there any more")?;
                }
                let arguments = self.arguments(id, &made.resource, &record, &sent);
                let arguments = arguments.ok_or("its inverse takes a value that is not known")?;
                Ok(Step { operation: id, arguments, missing: Vec::new(), confirm: None })
            }
            Inverse::Former => back.former(id).await,
            Inverse::Other(id) => back.other(id).await,
        }
    }
}

/// A write that is to be taken back.
struct Back<'a> {
    inner: &'a Inner,
    runner: &'a Runner<'a>,
    operation: &'a Operation,
    write: &'a WriteEntry,
    sent: &'a [(String, Value)],
}

impl Back<'_> {
    /// The body as it was sent.
    fn body(&self) -> Json {
        let request: Json = serde_json::from_str(&self.write.request).unwrap_or_default();
        request["body"].clone()
    }

    fn before(&self) -> Option<Json> {
        self.write.before.as_deref().and_then(|before| serde_json::from_str(before).ok())
    }

    async fn now(&self) -> Result<Option<Json>, Why> {
        let (parameter, resource) = subject(self.operation).ok_or("it is about no record")?;
        let id = self.sent.iter().find(|(name, _)| *name == parameter.name).map(|(_, id)| given(id));
        let id = id.ok_or("the record is not known")?;
        Ok(self.inner.record_now(self.runner, self.operation, resource, &id, self.sent).await?)
    }

    /// The fields of the record that were sent, with what was sent.
    fn fields(&self) -> Vec<(String, Json)> {
        let body = self.body();
        let fields = body.as_object().cloned().unwrap_or_default();
        let said = |name: &str| self.operation.param(name).is_some_and(|p| !p.supplied);
        fields.into_iter().filter(|(name, _)| said(name)).collect()
    }

    /// Every field that was sent still has the value that it was sent with.
    fn unchanged(&self, now: Option<&Json>, gone: &str) -> Result<(), Why> {
        let now = now.ok_or(gone)?;
        for (name, sent) in self.fields() {
            if let Some(found) = dotted(now, &name).filter(|found| is_plain(found) && is_plain(&sent))
                && !alike(&sent, found)
            {
                return Err(format!("`{name}` has changed since").into());
            }
        }
        Ok(())
    }

    /// The same operation with the values of before.
    async fn former(&self, id: OpId) -> Result<Step, Why> {
        let before = self.before().ok_or("how it was before was not kept")?;
        let now = self.now().await?;
        self.unchanged(now.as_ref(), "the record is not there any more")?;
        let fields = self.fields();
        let mut arguments = Vec::new();
        for (name, value) in self.sent {
            let Some(parameter) = self.operation.param(name).filter(|p| !p.supplied) else { continue };
            let value = if fields.iter().any(|(field, _)| field == name) {
                match dotted(&before, name) {
                    None => return Err(format!("how `{name}` was before was not kept").into()),
                    Some(former) if is_plain(former) => Value::Given(former.clone()),
                    Some(former) if !former.is_null() => return Err(format!("`{name}` cannot be put back").into()),
                    _ if parameter.many => Value::Given(Json::Array(Vec::new())),
                    _ => Value::Given("".into()),
                }
            } else {
                given(value)
            };
            arguments.push(Argument { name: name.clone(), value });
        }
        Ok(Step { operation: id, arguments, missing: Vec::new(), confirm: None })
    }

    /// Another operation, over those of the values that the write changed and that are still so.
    async fn other(&self, id: OpId) -> Result<Step, Why> {
        let inverse = self.inner.catalog.operation(id);
        let now = self.now().await?;
        let mut arguments = Vec::new();
        for parameter in inverse.params.iter().filter(|p| !p.supplied) {
            let value = self.sent.iter().find(|(name, _)| *name == parameter.name).map(|(_, value)| value);
            let Some(value) = value else {
                if parameter.required && parameter.default.is_none() {
                    return Err(format!("its inverse takes `{}`, which is not known", parameter.name).into());
                }
                continue;
            };
            let value = match value.to_json() {
                Json::Array(values) if parameter.many => {
                    Value::Given(Json::Array(self.still_so(&parameter.name, values, now.as_ref())?))
                }
                _ => given(value),
            };
            arguments.push(Argument { name: parameter.name.clone(), value });
        }
        Ok(Step { operation: id, arguments, missing: Vec::new(), confirm: None })
    }

    /// The values of a list that were there before and are not now, or the other way round.
    fn still_so(&self, name: &str, sent: Vec<Json>, now: Option<&Json>) -> Result<Vec<Json>, Why> {
        let now = now.ok_or("the record is not there any more")?;
        let Some(found) = dotted(now, name).and_then(Json::as_array) else { return Ok(sent) };
        let before = self.before().ok_or("how it was before was not kept")?;
        let before = match dotted(&before, name) {
            Some(Json::Array(values)) => values.clone(),
            Some(Json::Null) => Vec::new(),
            _ => return Err(format!("how `{name}` was before was not kept").into()),
        };
        let holds = |list: &[Json], value: &Json| list.iter().any(|one| alike(value, one));
        let kept: Vec<Json> = sent.into_iter().filter(|v| holds(&before, v) != holds(found, v)).collect();
        if kept.is_empty() { Err(AS_BEFORE.into()) } else { Ok(kept) }
    }
}

fn is_plain(value: &Json) -> bool {
    match value {
        Json::String(_) | Json::Number(_) | Json::Bool(_) => true,
        Json::Array(items) => items.iter().all(|item| !item.is_array() && is_plain(item)),
        _ => false,
    }
}
