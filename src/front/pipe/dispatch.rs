use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};

use super::{Asked, Line};
use crate::app::{Answer, Engine, Failure, FailureKind, Session};

/// Lines taken in and not yet answered. Past that the pipe stops reading, and the bot has to wait.
const MOST_WAITING: usize = 1024;
/// Kilobytes of such lines.
const MOST_WAITING_KB: usize = 64 * 1024;
/// Lines carried out at one time.
const MOST_RUNNING: usize = 128;
/// Conversations remembered; past that the one that was silent longest is forgotten.
const MOST_SESSIONS: usize = 1024;

/// Hands lines to conversations: one after another within a session, side by side across sessions.
pub(super) struct Dispatch {
    engine: Engine,
    out: mpsc::Sender<Value>,
    waiting: Arc<Semaphore>,
    waiting_kb: Arc<Semaphore>,
    running: Arc<Semaphore>,
    sessions: HashMap<String, Conversation>,
    turn: u64,
}

struct Conversation {
    jobs: mpsc::UnboundedSender<Job>,
    pending: Arc<AtomicUsize>,
    last_turn: u64,
}

struct Job {
    line: Line,
    /// Given back when the line is answered.
    _room: (OwnedSemaphorePermit, OwnedSemaphorePermit),
}

#[derive(Clone)]
struct Worker {
    engine: Engine,
    out: mpsc::Sender<Value>,
    running: Arc<Semaphore>,
}

impl Dispatch {
    pub(super) fn new(engine: Engine, out: mpsc::Sender<Value>) -> Self {
        Self {
            engine,
            out,
            waiting: Arc::new(Semaphore::new(MOST_WAITING)),
            waiting_kb: Arc::new(Semaphore::new(MOST_WAITING_KB)),
            running: Arc::new(Semaphore::new(MOST_RUNNING)),
            sessions: HashMap::new(),
            turn: 0,
        }
    }

    /// Takes a line of so many bytes in, as soon as there is room for it.
    pub(super) async fn take(&mut self, line: Line, bytes: usize) {
        let kb = u32::try_from(bytes / 1024 + 1).unwrap_or(u32::MAX);
        let room = (self.waiting.clone().acquire_owned().await, self.waiting_kb.clone().acquire_many_owned(kb).await);
        let (Ok(first), Ok(second)) = room else { return };
        let job = Job { line, _room: (first, second) };
        match job.line.session.clone() {
            None => drop(tokio::spawn(self.worker().stand_alone(job))),
            Some(name) => self.queue(&name, job),
        }
    }

    fn worker(&self) -> Worker {
        Worker { engine: self.engine.clone(), out: self.out.clone(), running: self.running.clone() }
    }

    fn queue(&mut self, name: &str, job: Job) {
        self.turn += 1;
        if !self.sessions.contains_key(name) {
            self.make_room();
            let conversation = self.open();
            self.sessions.insert(name.to_owned(), conversation);
        }
        if let Some(conversation) = self.sessions.get_mut(name) {
            conversation.last_turn = self.turn;
            conversation.pending.fetch_add(1, Ordering::SeqCst);
            // The worker listens for as long as this end of the channel is there.
            drop(conversation.jobs.send(job));
        }
    }

    fn open(&self) -> Conversation {
        let (jobs, queue) = mpsc::unbounded_channel();
        let pending = Arc::new(AtomicUsize::new(0));
        tokio::spawn(self.worker().converse(queue, pending.clone()));
        Conversation { jobs, pending, last_turn: self.turn }
    }

    /// Forgets the conversation that was silent longest. One with lines in flight is never forgotten.
    fn make_room(&mut self) {
        if self.sessions.len() < MOST_SESSIONS {
            return;
        }
        let idle = self.sessions.iter().filter(|(_, c)| c.pending.load(Ordering::SeqCst) == 0);
        if let Some(oldest) = idle.min_by_key(|(_, c)| c.last_turn).map(|(name, _)| name.clone()) {
            self.sessions.remove(&oldest);
        }
    }
}

impl Worker {
    async fn stand_alone(self, job: Job) {
        self.answer(Session::new(), job).await;
    }

    async fn converse(self, mut jobs: mpsc::UnboundedReceiver<Job>, pending: Arc<AtomicUsize>) {
        let mut session = Session::new();
        while let Some(job) = jobs.recv().await {
            session = self.answer(session, job).await;
            pending.fetch_sub(1, Ordering::SeqCst);
        }
    }

    /// Answers one line. A fault of ours costs that line its answer's content, never the pipe.
    async fn answer(&self, session: Session, job: Job) -> Session {
        let Ok(_turn) = self.running.acquire().await else { return session };
        let Line { id, asked, run, .. } = job.line;
        let engine = self.engine.clone();
        let task = tokio::spawn(async move {
            let mut session = session;
            let answer = match asked {
                Asked::Say(text) => engine.say(&mut session, &text, run).await,
                Asked::Call { operation, params } => engine.call(&mut session, &operation, params, run).await,
                Asked::Answer(reply) => engine.answer(&mut session, reply, run).await,
            };
            (session, answer)
        });
        let (session, answer) = task.await.unwrap_or_else(|error| (Session::new(), broken(&error)));
        drop(self.out.send(with_id(id, &answer)).await);
        session
    }
}

fn broken(error: &tokio::task::JoinError) -> Answer {
    tracing::error!(%error, "a line could not be carried out");
    Answer::failed(Failure::new(FailureKind::Internal, "sayso broke on this line").hint("please report the line"))
}

/// The answer as a bot gets it, its `id` first.
pub(super) fn with_id(id: Value, answer: &Answer) -> Value {
    let mut object = serde_json::Map::from_iter([("id".to_owned(), id)]);
    if let Value::Object(fields) = answer.to_json() {
        object.extend(fields);
    }
    Value::Object(object)
}
