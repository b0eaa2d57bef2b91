use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::Line;
use super::out::Out;
use super::schedule::Schedule;
use crate::app::Engine;

/// Lines taken in and not yet answered. Past that the pipe stops reading, and the bot has to wait.
const MOST_WAITING: usize = 2 * 1024;
/// Room that is taken at once: whoever reads is not woken for every line that is answered.
const ROOM: u32 = 256;
/// Kilobytes of such lines.
const MOST_WAITING_KB: usize = 16 * 1024;

/// Takes lines in and hands them to conversations: one after another within a session, side by side across sessions.
pub(super) struct Dispatch {
    schedule: Arc<Schedule>,
    waiting: Arc<Semaphore>,
    waiting_kb: Arc<Semaphore>,
    /// Room that was taken and is not used yet.
    room: Option<OwnedSemaphorePermit>,
}

/// A line to answer.
pub(super) struct Job {
    pub(super) line: Line,
    /// Given back when the line is answered.
    pub(super) room: (OwnedSemaphorePermit, OwnedSemaphorePermit),
}

impl Dispatch {
    /// Answers go to `out`, which is let go when the last line is answered.
    pub(super) fn new(engine: Engine, out: Arc<Out>) -> Self {
        Self {
            schedule: Schedule::new(engine, out),
            waiting: Arc::new(Semaphore::new(MOST_WAITING)),
            waiting_kb: Arc::new(Semaphore::new(MOST_WAITING_KB)),
            room: None,
        }
    }

    /// Takes a line of so many bytes in, as soon as there is room for it.
    pub(super) async fn take(&mut self, line: Line, bytes: usize) {
        let kb = u32::try_from(bytes / 1024 + 1).unwrap_or(u32::MAX);
        let (Some(first), Ok(second)) = (self.room().await, self.waiting_kb.clone().acquire_many_owned(kb).await)
        else {
            return;
        };
        self.schedule.take(Job { line, room: (first, second) });
    }

    /// Room for a line.
    async fn room(&mut self) -> Option<OwnedSemaphorePermit> {
        if let Some(one) = self.room.as_mut().and_then(|room| room.split(1)) {
            return Some(one);
        }
        let more = self.waiting.clone().acquire_many_owned(ROOM).await.ok()?;
        self.room.insert(more).split(1)
    }
}

impl Drop for Dispatch {
    fn drop(&mut self) {
        self.schedule.close();
    }
}
