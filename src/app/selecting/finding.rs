use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Map, Value as Json};

use super::Selection;
use super::matching::holds;
use crate::app::bulk::{BEFORE, SourceRow};
use crate::app::inner::Inner;
use crate::app::job::Job;
use crate::app::place::Place;
use crate::app::settled::Settled;
use crate::app::{Answer, Extent, Failure, FailureKind, RunOptions, Session, Shown, Sink};
use crate::catalog::Resource;
use crate::execute::Bindings;
use crate::plan::{id_of, label_of};

/// Most records of one run.
const MOST: usize = 100_000;

/// Longest part of a record that is kept as it is before, in bytes of JSON.
const LONGEST: usize = 4 * 1024;
/// The most that is kept of all records together, in bytes of JSON.
const MOST_KEPT: usize = 32 * 1024 * 1024;

/// Records as they come, the ones that are meant.
struct Gathered {
    resource: Resource,
    holds: Vec<(String, String)>,
    /// Keys of what is kept of each record as it is before.
    keys: Vec<String>,
    /// Those of them that some record has.
    shown: HashSet<String>,
    /// How much more of records as they are before may be kept, in bytes of JSON.
    room: usize,
    rows: Vec<SourceRow>,
    seen: HashSet<String>,
    pages: usize,
}

impl Inner {
    /// Lists the records of a selection to the end, each once: rows with `id` and `name`.
    ///
    /// # Errors
    /// When the list cannot be had whole, or a name in it fits several records.
    pub(super) async fn records_of(&self, selection: &Selection, run: &RunOptions) -> Result<Vec<SourceRow>, Failure> {
        let operation = self.catalog.operation(selection.find.operation);
        let service = self.catalog.service_of(operation);
        let no_kind = || Failure::new(FailureKind::Internal, "the list answers with no kind of record");
        let resource = service.resource(&selection.resource).ok_or_else(no_kind)?.clone();
        let mut job = Job {
            text: selection.records.clone(),
            steps: vec![selection.find.clone()],
            bindings: Bindings::default(),
            run: RunOptions { dry_run: false, extent: Extent::All, sink: None, ..run.clone() },
            called: false,
            confirmed: true,
            trace: Vec::new(),
            speaker: 0,
            place: Place::default(),
        };
        let prepared = self.prepare(&mut Session::of_one_line(), &mut job).await;
        let (context, steps) = prepared.map_err(|answer| why(*answer))?;
        let gathered = Gathered {
            resource,
            holds: selection.holds.clone(),
            keys: self.keys_before(&selection.steps),
            shown: HashSet::new(),
            room: MOST_KEPT,
            rows: Vec::new(),
            seen: HashSet::new(),
            pages: 0,
        };
        let gathered = Arc::new(Mutex::new(gathered));
        let into = Arc::clone(&gathered);
        let sink = Sink::new(move |page| into.lock().unwrap_or_else(PoisonError::into_inner).take(&page));
        let runner = self.runner(&context, 0);
        let Some(Settled { step, named, .. }) = steps.into_iter().next() else { return Ok(Vec::new()) };
        let outcome = runner.run(&step, None, &named, None, Extent::All, Some(&sink)).await?;
        if let Some(failure) = outcome.failure {
            return Err(failure);
        }
        let mut gathered = gathered.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(shown) = &outcome.report.result {
            // A list of one page is not handed on.
            if gathered.pages == 0 {
                gathered.take(shown);
            }
            let all = shown.total.and_then(|total| usize::try_from(total).ok());
            if shown.more || gathered.rows.len() > MOST || all.is_some_and(|all| all > shown.count) {
                let message = format!("there are more of them than can be listed ({})", shown.count);
                return Err(Failure::new(FailureKind::Invalid, message).hint("Say more narrowly which ones."));
            }
        }
        Ok(gathered.rows())
    }
}

impl Gathered {
    /// Whether more is wanted.
    fn take(&mut self, page: &Shown) -> bool {
        self.pages += 1;
        let meant: Vec<&Json> = page.records.iter().filter(|record| holds(record, &self.holds)).collect();
        for record in meant {
            let Some(id) = id_of(&self.resource, record).filter(|id| self.seen.insert(id.clone())) else { continue };
            let label = label_of(&self.resource, record);
            let mut columns =
                Map::from_iter([("id".to_owned(), Json::from(id)), ("name".to_owned(), Json::from(label))]);
            if let Some(before) = self.before(record) {
                columns.insert(BEFORE.to_owned(), before.into());
            }
            self.rows.push(SourceRow { number: self.rows.len() as u64 + 1, columns });
        }
        self.rows.len() <= MOST
    }

    /// What a record holds at the keys; nothing when no key is asked for, or when that is too much.
    fn before(&mut self, record: &Json) -> Option<Map<String, Json>> {
        let own = |key: &String| Some((key.clone(), record.get(key)?.clone()));
        let kept: Map<String, Json> = self.keys.iter().filter_map(own).collect();
        let length = Json::from(kept.clone()).to_string().len();
        if self.keys.is_empty() || length > LONGEST || length > self.room {
            return None;
        }
        self.room -= length;
        self.shown.extend(kept.keys().cloned());
        Some(kept)
    }

    /// The rows. What a record does not have is empty where the list shows it of others, and otherwise not known: a list
    /// may leave out what the record has.
    fn rows(&mut self) -> Vec<SourceRow> {
        let mut rows = std::mem::take(&mut self.rows);
        for row in &mut rows {
            if let Some(Json::Object(before)) = row.columns.get_mut(BEFORE) {
                for key in &self.shown {
                    before.entry(key.clone()).or_insert(Json::Null);
                }
            }
        }
        rows
    }
}

/// An answer that stands in the way, as a failure: nobody can be asked in between.
pub(super) fn why(answer: Answer) -> Failure {
    answer.error.unwrap_or_else(|| {
        let choices: Vec<&str> = answer.choices.iter().map(|choice| choice.label.as_str()).collect();
        let question = answer.question.unwrap_or_default();
        let failure = Failure::new(FailureKind::NotUnderstood, question);
        if choices.is_empty() { failure } else { failure.hint(format!("Say which: {}.", choices.join("; "))) }
    })
}
