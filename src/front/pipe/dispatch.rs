use std::sync::Arc;

use serde_json::Value;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};

use super::Line;
use super::schedule::schedule;
use crate::app::{Answer, Engine};

/// Lines taken in and not yet answered. Past that the pipe stops reading, and the bot has to wait.
const MOST_WAITING: usize = 8 * 1024;
/// Kilobytes of such lines.
const MOST_WAITING_KB: usize = 16 * 1024;

/// Takes lines in and hands them to conversations: one after another within a session, side by side across sessions.
pub(super) struct Dispatch {
    jobs: mpsc::UnboundedSender<Job>,
    waiting: Arc<Semaphore>,
    waiting_kb: Arc<Semaphore>,
}

/// A line to answer.
pub(super) struct Job {
    pub(super) line: Line,
    /// Given back when the line is answered.
    _room: (OwnedSemaphorePermit, OwnedSemaphorePermit),
}

impl Dispatch {
    /// Answers go to `out`, which is let go when the last line is answered.
    pub(super) fn new(engine: Engine, out: mpsc::Sender<Value>) -> Self {
        let (jobs, queue) = mpsc::unbounded_channel();
        tokio::spawn(schedule(engine, queue, out));
        Self {
            jobs,
            waiting: Arc::new(Semaphore::new(MOST_WAITING)),
            waiting_kb: Arc::new(Semaphore::new(MOST_WAITING_KB)),
        }
    }

    /// Takes a line of so many bytes in, as soon as there is room for it.
    pub(super) async fn take(&self, line: Line, bytes: usize) {
        let kb = u32::try_from(bytes / 1024 + 1).unwrap_or(u32::MAX);
        let room = (self.waiting.clone().acquire_owned().await, self.waiting_kb.clone().acquire_many_owned(kb).await);
        let (Ok(first), Ok(second)) = room else { return };
        // The other end listens for as long as this one is there.
        self.jobs.send(Job { line, _room: (first, second) }).ok();
    }
}

/// The answer as a bot gets it, its `id` first.
pub(super) fn with_id(id: Value, answer: &Answer) -> Value {
    let mut object = serde_json::Map::from_iter([("id".to_owned(), id)]);
    if let Value::Object(fields) = answer.to_json() {
        object.extend(fields);
    }
    Value::Object(object)
}
