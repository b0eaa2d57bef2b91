use std::collections::HashMap;

use serde_json::Value;
use tokio::sync::mpsc;

use super::dispatch::{Job, with_id};
use super::{Asked, Line};
use crate::app::{Answer, Engine, Failure, FailureKind, Session};
use crate::execute::FairQueue;

/// Lines carried out at one time.
const MOST_RUNNING: usize = 128;
/// Conversations remembered; past that the one that was silent longest is forgotten.
const MOST_SESSIONS: usize = 1024;

/// Whose line it is: a session's, or one that stands alone.
type Name = Option<String>;

/// Everything that waits, runs and is remembered. Each session has its turn, and all lines that stand alone have one
/// together, so that nobody waits behind all of what somebody else put in.
struct Schedule {
    engine: Engine,
    out: mpsc::Sender<Value>,
    waiting: FairQueue<Name, Job>,
    conversations: HashMap<String, Conversation>,
    running: usize,
    turn: u64,
    done: mpsc::UnboundedSender<(Name, Session)>,
}

struct Conversation {
    /// Away while one of its lines is carried out.
    session: Option<Session>,
    lines: usize,
    last_turn: u64,
}

/// Carries lines out until no more come and the last is answered.
pub(super) async fn schedule(engine: Engine, mut jobs: mpsc::UnboundedReceiver<Job>, out: mpsc::Sender<Value>) {
    let (done, mut finished) = mpsc::unbounded_channel();
    let mut schedule = Schedule {
        engine,
        out,
        waiting: FairQueue::default(),
        conversations: HashMap::new(),
        running: 0,
        turn: 0,
        done,
    };
    let mut open = true;
    while open || schedule.running > 0 {
        tokio::select! {
            job = jobs.recv(), if open => match job {
                Some(job) => schedule.take(job),
                None => open = false,
            },
            Some((name, session)) = finished.recv() => schedule.finish(name, session),
        }
        schedule.start();
    }
}

impl Schedule {
    fn take(&mut self, job: Job) {
        self.turn += 1;
        let name = job.line.session.clone();
        if let Some(name) = &name {
            if !self.conversations.contains_key(name) {
                self.make_room();
            }
            let fresh = || Conversation { session: Some(Session::new()), lines: 0, last_turn: 0 };
            let conversation = self.conversations.entry(name.clone()).or_insert_with(fresh);
            conversation.lines += 1;
            conversation.last_turn = self.turn;
        }
        self.waiting.push(name, job);
    }

    fn finish(&mut self, name: Name, session: Session) {
        self.running -= 1;
        if let Some(conversation) = name.and_then(|name| self.conversations.get_mut(&name)) {
            conversation.session = Some(session);
            conversation.lines -= 1;
        }
    }

    /// Starts what may start: lines whose session is not at work on another.
    fn start(&mut self) {
        while self.running < MOST_RUNNING && !self.out.is_closed() {
            let conversations = &self.conversations;
            let is_free = |name: &String| conversations.get(name).is_some_and(|c| c.session.is_some());
            let Some((name, job)) = self.waiting.pop_if(|name| name.as_ref().is_none_or(is_free)) else { return };
            let session = name.as_ref().and_then(|name| self.conversations.get_mut(name)?.session.take());
            let session = session.unwrap_or_else(Session::of_one_line);
            self.running += 1;
            tokio::spawn(carry_out(self.engine.clone(), self.out.clone(), self.done.clone(), name, session, job));
        }
    }

    /// Forgets the conversation that was silent longest. One with lines in flight is never forgotten.
    fn make_room(&mut self) {
        if self.conversations.len() < MOST_SESSIONS {
            return;
        }
        let idle = self.conversations.iter().filter(|(_, c)| c.lines == 0);
        if let Some(oldest) = idle.min_by_key(|(_, c)| c.last_turn).map(|(name, _)| name.clone()) {
            self.conversations.remove(&oldest);
        }
    }
}

/// Answers one line. A fault of ours costs that line its answer's content, never the pipe.
async fn carry_out(
    engine: Engine,
    out: mpsc::Sender<Value>,
    done: mpsc::UnboundedSender<(Name, Session)>,
    name: Name,
    session: Session,
    job: Job,
) {
    let Job { line: Line { id, asked, run, .. }, .. } = job;
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
    out.send(with_id(id, &answer)).await.ok();
    done.send((name, session)).ok();
}

fn broken(error: &tokio::task::JoinError) -> Answer {
    tracing::error!(%error, "a line could not be carried out");
    Answer::failed(Failure::new(FailureKind::Internal, "sayso broke on this line").hint("please report the line"))
}
