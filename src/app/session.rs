use std::sync::atomic::{AtomicU64, Ordering};

use super::pending::Pending;
use super::{Answer, RunOptions, Shown, Touched};
use crate::catalog::Service;
use crate::intent::{Memory, Referent};
use crate::plan::id_of;

/// Records whose names are remembered.
const MOST: usize = 50;

/// One conversation: what was talked about last, and the question that is open. Never shared between users.
#[derive(Debug)]
pub struct Session {
    /// What tells it from others where everybody has a turn.
    pub(super) speaker: u64,
    pub(super) memory: Memory,
    /// Apart, as few conversations have any: so a conversation is small enough to be handed on.
    pub(super) pending: Option<Box<Pending>>,
    /// The account that is worked in, by its id, since somebody said so.
    account: Option<String>,
    recent: Vec<Touched>,
    /// Whether there is another line to remember anything for.
    lasts: bool,
    /// Whether the last answer is kept.
    keeps: bool,
    last: Option<Box<Answer>>,
}

impl Default for Session {
    fn default() -> Self {
        Self::new()
    }
}

impl Session {
    /// A conversation in which nothing was said yet.
    #[must_use]
    pub fn new() -> Self {
        Self { keeps: true, ..Self::of_bot() }
    }

    /// One with a bot, which never asks for the last answer again.
    #[must_use]
    pub fn of_bot() -> Self {
        static SPEAKERS: AtomicU64 = AtomicU64::new(1);
        Self { speaker: SPEAKERS.fetch_add(1, Ordering::Relaxed), lasts: true, ..Self::of_one_line() }
    }

    /// One for a line that stands alone: all such lines have one turn together.
    pub fn of_one_line() -> Self {
        let (memory, recent) = (Memory::default(), Vec::new());
        Self { speaker: 0, memory, pending: None, account: None, recent, lasts: false, keeps: false, last: None }
    }

    /// Whether what is said may be spoken of in another line.
    pub(super) fn lasts(&self) -> bool {
        self.lasts
    }

    /// Whether a question is open, so that the next line may be its reply.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.pending.is_some()
    }

    /// The version of the API that the open question is about, when its line named one.
    pub(super) fn asked_in(&self) -> Option<String> {
        self.pending.as_ref()?.job.run.api_version.clone()
    }

    /// Drops the open question.
    pub fn cancel(&mut self) {
        self.pending = None;
    }

    /// The last answer that ran something.
    #[must_use]
    pub fn last(&self) -> Option<&Answer> {
        self.last.as_deref()
    }

    /// Records talked about, the most recent first.
    #[must_use]
    pub fn recent(&self) -> &[Touched] {
        &self.recent
    }

    /// What a line asks for, in the account that the conversation works in.
    pub(super) fn settled(&self, run: RunOptions) -> RunOptions {
        RunOptions { account: run.account.or_else(|| self.account.clone()), ..run }
    }

    /// Works in another account from now on. What was spoken of is not in it.
    pub(super) fn work_in(&mut self, account: String) {
        if self.account.as_ref() != Some(&account) {
            self.memory = Memory::default();
            self.recent.clear();
        }
        self.account = Some(account);
    }

    /// Remembers what a step touched: the record that was made counts as the latest.
    pub(super) fn touched(&mut self, service: &Service, touched: &[Touched]) {
        for record in touched {
            self.know(record);
            let resource = service.resource(&record.resource);
            if !resource.is_some_and(|r| r.by_name) {
                self.memory.note(Referent {
                    resource: record.resource.clone(),
                    handle: record.id.clone(),
                    label: record.label.clone(),
                    person: resource.is_some_and(|r| r.person),
                });
            }
        }
    }

    /// Remembers what was shown: "the second one". A record shown by itself leaves the `list` as it was.
    pub(super) fn shown(&mut self, service: &Service, shown: &Shown, list: bool) {
        let Some(resource) = shown.resource.as_ref().and_then(|name| service.resource(name)) else { return };
        let ids = shown.records.iter().map(|record| id_of(resource, record).unwrap_or_default());
        let records: Vec<Touched> = ids
            .zip(&shown.labels)
            .map(|(id, label)| Touched { resource: resource.name.clone(), id, label: label.clone(), made: false })
            .collect();
        if let [one] = records.as_slice() {
            self.touched(service, std::slice::from_ref(one));
        }
        for record in records.iter().take(MOST / 2).filter(|r| !r.id.is_empty()) {
            self.know(record);
        }
        let referents = records.into_iter().map(|r| Referent {
            resource: r.resource,
            handle: r.id,
            label: r.label,
            person: resource.person,
        });
        if list {
            self.memory.show(referents.collect());
        }
    }

    pub(super) fn ran(&mut self, answer: &Answer) {
        if self.keeps {
            self.last = Some(Box::new(answer.clone()));
        }
    }

    fn know(&mut self, record: &Touched) {
        let known = self.recent.iter().position(|r| r.resource == record.resource && r.id == record.id);
        let known = known.map(|at| self.recent.remove(at));
        let nameless = record.label == record.id;
        self.recent.insert(0, known.filter(|_| nameless).unwrap_or_else(|| record.clone()));
        self.recent.truncate(MOST);
    }
}
