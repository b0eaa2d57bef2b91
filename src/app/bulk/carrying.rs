use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::{Timestamp, Zoned};
use serde_json::{Map, Value as Json};
use tokio::task::JoinSet;

use super::phrase::Phrase;
use super::placing::{complete, records};
use super::planning::job_of_row;
use super::settings::Settings;
use super::{BEFORE, BulkReport, EachOf, in_the_place_of};
use crate::app::place::Place;
use crate::app::{Answer, AnswerStatus, Engine, Failure, FailureKind, RunOptions, Session, Touched};
use crate::intent::Step;
use crate::store::{RowEntry, RunEntry, Standing, Store, StoreError, Tally};

/// Rows under way at one time.
const MOST_RUNNING: usize = 32;
/// Rows read from the journal at one time.
const AHEAD: u32 = 256;
/// So many rows in a row that could not be sent: the way to the API is closed.
const PATIENCE: u32 = 20;

type Told = dyn Fn(&RowEntry, &Answer, &Tally) + Send + Sync;

/// Who watches a bulk run, and may stop it.
pub struct BulkWatch {
    stop: AtomicBool,
    told: Box<Told>,
}

impl BulkWatch {
    /// Told of each row as it ends, with how all of them stand.
    pub fn new(told: impl Fn(&RowEntry, &Answer, &Tally) + Send + Sync + 'static) -> Self {
        Self { stop: AtomicBool::new(false), told: Box::new(told) }
    }

    /// No more rows are begun; those under way are waited for.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

impl std::fmt::Debug for BulkWatch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BulkWatch").field("stop", &self.stop).finish_non_exhaustive()
    }
}

/// What every row of a run needs.
struct Shared {
    engine: Engine,
    store: Arc<Store>,
    run: i64,
    does: Does,
    settings: Settings,
    now: Zoned,
}

/// What is done for each row.
enum Does {
    /// What the phrase says over its columns.
    Phrase(Phrase),
    /// The same steps for each record of a selection.
    Steps(EachOf, Vec<Step>),
}

/// A row that was carried out, or not.
struct Ended {
    before: Standing,
    row: RowEntry,
    answer: Answer,
}

impl Engine {
    /// The bulk runs that have rows left, the latest first.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn unfinished(&self) -> Result<Vec<RunEntry>, Failure> {
        self.0.store().unfinished_runs().map_err(|error| internal(&error))
    }

    /// How the rows of a run stand.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn tally(&self, run: i64) -> Result<Tally, Failure> {
        self.0.store().tally(run).map_err(|error| internal(&error))
    }

    /// What came of a run so far.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn bulk_report(&self, run: i64) -> Result<BulkReport, Failure> {
        let store = self.0.store();
        let entry = store.run(run).map_err(|error| internal(&error))?.ok_or_else(|| no_run(run))?;
        let rows = |standing| store.rows(run, standing, None, u32::MAX).map_err(|error| internal(&error));
        let settings = entry.settings.as_deref().and_then(|text| serde_json::from_str::<Settings>(text).ok());
        let each = settings.and_then(|settings| settings.each);
        let selected = each.is_some();
        let tally = match &each {
            Some(each) if each.batch => self.tally_of_records(run)?,
            _ => self.tally(run)?,
        };
        let (one, many) = each.map_or_else(|| ("row".to_owned(), "rows".to_owned()), |each| (each.one, each.many));
        Ok(BulkReport {
            run,
            phrase: entry.said,
            one,
            many,
            selected,
            tally,
            failed: rows(Standing::Failed)?,
            unknown: rows(Standing::Unknown)?,
            stopped: None,
        })
    }

    /// How the records of a run stand whose rows are batches of them.
    fn tally_of_records(&self, run: i64) -> Result<Tally, Failure> {
        let mut tally = Tally::default();
        for standing in [Standing::Waiting, Standing::Sent, Standing::Done, Standing::Failed, Standing::Unknown] {
            let rows = self.0.store().rows(run, standing, None, u32::MAX).map_err(|error| internal(&error))?;
            let held =
                |row: &RowEntry| serde_json::from_str(&row.source).map_or(1, |columns| records(&columns).len() as u64);
            *slot(&mut tally, standing) += rows.iter().map(held).sum::<u64>();
        }
        Ok(tally)
    }

    /// Carries a run on: rows of which nobody knows are settled by look-ups, rows that wait are carried out, and none that
    /// was done is touched again.
    ///
    /// # Errors
    /// When there is no such run, it belongs to another address or profile, or another process is at work on it.
    pub async fn carry_rows(&self, run: i64, watch: Arc<BulkWatch>) -> Result<BulkReport, Failure> {
        let store = Arc::clone(self.0.store());
        let entry = store.run(run).map_err(|error| internal(&error))?.ok_or_else(|| no_run(run))?;
        let settings = self.settings_of(&entry)?;
        let lock = store.lock_run(run).map_err(|error| internal(&error))?;
        let Some(_lock) = lock else {
            let message = format!("another process is at work on run {run}");
            return Err(Failure::new(FailureKind::Invalid, message).hint("Wait for it, or stop it first."));
        };
        let engine = self.for_line(settings.api_version.as_deref())?;
        let at = Timestamp::from_millisecond(settings.at_ms).unwrap_or_default();
        let now = at.to_zoned(engine.0.now().time_zone().clone());
        let does = match &settings.each {
            None => Does::Phrase(Phrase::new(&entry.said).map_err(|why| Failure::new(FailureKind::Invalid, why))?),
            Some(each) => Does::Steps(each.clone(), engine.0.steps_of(&entry.said, each, &now)?),
        };
        for record in store.records_of_run(run).map_err(|error| internal(&error))? {
            if let Ok(record) = serde_json::from_str::<Touched>(&record)
                && record.made
            {
                engine.0.transport.note_made(&record.id);
            }
        }
        let shared = Arc::new(Shared { engine, store, run, does, settings, now });
        let stopped = shared.carry_all(&watch).await.map_err(|error| internal(&error))?;
        Ok(BulkReport { stopped, ..self.bulk_report(run)? })
    }

    /// What a run was begun with, when it may be carried on here.
    fn settings_of(&self, entry: &RunEntry) -> Result<Settings, Failure> {
        let wrong = |message: String, hint: String| Err(Failure::new(FailureKind::Invalid, message).hint(hint));
        let settings = entry.settings.as_deref().and_then(|text| serde_json::from_str::<Settings>(text).ok());
        let Some(settings) = settings else {
            return wrong(format!("run {} is no bulk run", entry.id), "`sayso history` shows it.".to_owned());
        };
        let base = self.0.options.base_url.as_deref().unwrap_or_default();
        if entry.base != base {
            let named = |base: &str| if base.is_empty() { "the service itself".to_owned() } else { base.to_owned() };
            let message = format!("run {} went to {}, not to {}", entry.id, named(&entry.base), named(base));
            return wrong(message, "Carry it on with the same --base-url.".to_owned());
        }
        let profile = self.0.options.access.profile.as_ref().map(|profile| &profile.name);
        if profile != settings.profile.as_ref() {
            let own = settings.profile.as_deref().unwrap_or("none");
            return wrong(
                format!("run {} was begun with another profile", entry.id),
                format!("Carry it on with --profile {own}."),
            );
        }
        Ok(settings)
    }
}

impl Shared {
    /// Carries rows out side by side until none is left; why it stopped before that.
    async fn carry_all(self: &Arc<Self>, watch: &BulkWatch) -> Result<Option<Failure>, StoreError> {
        let mut rows = Rows::new(self.store.clone(), self.run);
        let mut tally = self.store.tally(self.run)?;
        let mut running = JoinSet::new();
        let mut stopped = None;
        let mut unsent = 0;
        loop {
            while running.len() < MOST_RUNNING && stopped.is_none() && !watch.stop.load(Ordering::Relaxed) {
                let Some(row) = rows.next()? else { break };
                running.spawn(Arc::clone(self).carry(row));
            }
            let Some(ended) = running.join_next().await else { break };
            let Ended { before, row, answer } = match ended {
                Ok(ended) => ended?,
                Err(error) => {
                    tracing::error!(%error, "a row could not be carried out");
                    continue;
                }
            };
            count(&mut tally, before, row.standing);
            let waits = row.standing == Standing::Waiting;
            unsent = if waits { unsent + 1 } else { 0 };
            if let Some(failure) = answer.error.as_ref().filter(|_| waits)
                && (failure.kind == FailureKind::RateLimit || failure.capped || unsent >= PATIENCE)
                && stopped.is_none()
            {
                stopped = Some(failure.clone());
            }
            (watch.told)(&row, &answer, &tally);
        }
        Ok(stopped)
    }

    /// Carries one row out, and notes how it stands before anybody is told.
    async fn carry(self: Arc<Self>, row: RowEntry) -> Result<Ended, StoreError> {
        let before = row.standing;
        let answer = self.answer(&row).await?;
        let (standing, outcome) = outcome(&answer);
        let outcome = self.engine.redact(&outcome);
        self.store.settle_row(self.run, row.row, standing, &outcome)?;
        Ok(Ended { before, row: RowEntry { standing, outcome, ..row }, answer })
    }

    async fn answer(&self, row: &RowEntry) -> Result<Answer, StoreError> {
        let inner = &self.engine.0;
        let columns: Map<String, Json> = serde_json::from_str(&row.source).unwrap_or_default();
        let run = RunOptions {
            confirm: self.settings.agreed,
            keep_before: self.settings.keep_before,
            account: self.settings.account.clone(),
            api_version: self.settings.api_version.clone(),
            ..RunOptions::default()
        };
        let mut job = match &self.does {
            Does::Steps(each, steps) => in_the_place_of(each, steps, &columns, run),
            Does::Phrase(phrase) => match inner.read_row(phrase, &columns, &self.now, Some(&self.settings.shape)) {
                Ok(reading) => job_of_row(reading.said, reading.steps, run),
                Err(why) => return Ok(Answer::refused(Failure::new(FailureKind::NotUnderstood, why))),
            },
        };
        let recorded = self.store.writes_of(self.run, row.row)?;
        // A file may have a column of that name.
        let before = columns.get(BEFORE).filter(|_| matches!(self.does, Does::Steps(..))).cloned();
        job.place = Place { run: Some(self.run), row: row.row, undoes: None, before, recorded };
        let answer = inner.carry_out(&mut Session::of_one_line(), job).await;
        let answer = match &self.does {
            Does::Steps(each, _) => complete(each, &columns, answer),
            Does::Phrase(_) => answer,
        };
        Ok(self.engine.shown(answer))
    }
}

/// The rows of a run that are not settled, those that were sent before first.
struct Rows {
    store: Arc<Store>,
    run: i64,
    standings: VecDeque<Standing>,
    after: Option<u64>,
    ahead: VecDeque<RowEntry>,
}

impl Rows {
    fn new(store: Arc<Store>, run: i64) -> Self {
        let standings = VecDeque::from([Standing::Unknown, Standing::Waiting]);
        Self { store, run, standings, after: None, ahead: VecDeque::new() }
    }

    fn next(&mut self) -> Result<Option<RowEntry>, StoreError> {
        while self.ahead.is_empty() {
            let Some(standing) = self.standings.front() else { return Ok(None) };
            self.ahead = self.store.rows(self.run, *standing, self.after, AHEAD)?.into();
            self.after = self.ahead.back().map(|row| row.row);
            if self.ahead.is_empty() {
                self.standings.pop_front();
            }
        }
        Ok(self.ahead.pop_front())
    }
}

fn count(tally: &mut Tally, before: Standing, now: Standing) {
    let old = slot(tally, before);
    *old = old.saturating_sub(1);
    *slot(tally, now) += 1;
}

fn slot(tally: &mut Tally, standing: Standing) -> &mut u64 {
    match standing {
        Standing::Waiting | Standing::Sent => &mut tally.waiting,
        Standing::Done => &mut tally.done,
        Standing::Failed => &mut tally.failed,
        Standing::Unknown => &mut tally.unknown,
    }
}

/// How a row stands after its answer. What was surely not sent waits for the next time.
fn outcome(answer: &Answer) -> (Standing, String) {
    let failure = answer.error.as_ref();
    let told = || failure.map_or_else(String::new, |failure| failure.message.clone());
    match answer.status {
        AnswerStatus::Done | AnswerStatus::DryRun => {
            let done: Vec<&str> = answer.steps.iter().map(|step| step.done.as_str()).collect();
            (Standing::Done, done.join("; "))
        }
        AnswerStatus::Refused | AnswerStatus::Failed => {
            let turned_away = failure.and_then(|f| f.api.as_ref()).is_some_and(|api| api.status == 429);
            let standing = match failure.map(|f| f.kind) {
                Some(FailureKind::Unknown) => Standing::Unknown,
                Some(FailureKind::RateLimit | FailureKind::Network | FailureKind::Timeout) => Standing::Waiting,
                _ if turned_away || failure.is_some_and(|f| f.capped) => Standing::Waiting,
                _ => Standing::Failed,
            };
            (standing, told())
        }
        AnswerStatus::NeedsChoice | AnswerStatus::NeedsValue | AnswerStatus::NeedsConfirmation => {
            let question = answer.question.clone().unwrap_or_default();
            let choices: Vec<&str> = answer.choices.iter().map(|choice| choice.label.as_str()).collect();
            let choices = if choices.is_empty() { String::new() } else { format!(" {}", choices.join("; ")) };
            (Standing::Failed, format!("{question}{choices}"))
        }
    }
}

fn internal(error: &StoreError) -> Failure {
    Failure::new(FailureKind::Internal, error.to_string())
}

fn no_run(run: i64) -> Failure {
    Failure::new(FailureKind::NotFound, format!("there is no run {run}")).hint("`sayso history` shows the last ones.")
}
