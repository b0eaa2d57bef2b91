use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;
use tokio::sync::Notify;

use super::dispatch::Job;
use super::out::Out;
use super::{Asked, Line};
use crate::app::{Answer, Engine, Failure, FailureKind, Session};
use crate::execute::{FairQueue, in_step};

/// Lines carried out at one time.
const MOST_RUNNING: usize = 128;
/// Conversations remembered; past that the one that was silent longest is forgotten.
const MOST_SESSIONS: usize = 1024;

/// Whose line it is: a session's, or one that stands alone.
type Name = Option<String>;

/// Carries lines out. Whoever is done with one goes on with the next that may start, and where there is none waits for it.
pub(super) struct Schedule {
    engine: Engine,
    out: Arc<Out>,
    state: Mutex<State>,
}

/// Everything that waits, runs and is remembered. Each session has its turn, and all lines that stand alone have one
/// together, so that nobody waits behind all of what somebody else put in.
#[derive(Default)]
struct State {
    waiting: FairQueue<Name, Job>,
    conversations: HashMap<String, Conversation>,
    /// How many carry lines out.
    workers: usize,
    /// Those of them who wait to be called. Who was at work last comes first: what it works with is still at hand.
    idle: Vec<Arc<Notify>>,
    /// No more lines come.
    over: bool,
    turn: u64,
}

/// Why there is no line to go on with.
enum NoLine {
    /// None may start now.
    Yet,
    /// None comes any more.
    AnyMore,
}

struct Conversation {
    /// Away while one of its lines is carried out.
    session: Option<Session>,
    lines: usize,
    last_turn: u64,
}

/// A line that is carried out. Should that break, its turn and its session are given back all the same, and it is
/// answered.
struct Running {
    schedule: Arc<Schedule>,
    name: Name,
    id: Value,
    over: bool,
}

impl Schedule {
    /// Nothing waits. Answers go to `out`, which is let go with the last line.
    pub(super) fn new(engine: Engine, out: Arc<Out>) -> Arc<Self> {
        Arc::new(Self { engine, out, state: Mutex::default() })
    }

    /// Puts a line in, to be carried out when its turn comes.
    pub(super) fn take(self: &Arc<Self>, job: Job) {
        let mut state = self.state();
        state.put(job);
        if let Some(call) = state.idle.pop() {
            call.notify_one();
        } else if state.workers < MOST_RUNNING {
            state.workers += 1;
            tokio::spawn(Arc::clone(self).work());
        }
    }

    /// Lets everybody go when the lines that were taken in are answered.
    pub(super) fn close(&self) {
        let mut state = self.state();
        state.over = true;
        state.idle.drain(..).for_each(|call| call.notify_one());
    }

    /// Carries lines out until no more can come.
    async fn work(self: Arc<Self>) {
        let call = Arc::new(Notify::new());
        loop {
            match self.next(&call) {
                Ok((name, session, job)) => self.carry_out(name, session, job).await,
                Err(NoLine::Yet) => call.notified().await,
                Err(NoLine::AnyMore) => return,
            }
        }
    }

    async fn carry_out(self: &Arc<Self>, name: Name, mut session: Session, job: Job) {
        let Job { line: Line { id, asked, run, .. }, room: _room } = job;
        let mut running = Running { schedule: Arc::clone(self), name, id, over: false };
        let answer = match asked {
            Asked::Say(text) => self.engine.say(&mut session, &text, run).await,
            Asked::Call { operation, params } => self.engine.call(&mut session, &operation, params, run).await,
            Asked::Answer(reply) => self.engine.answer(&mut session, reply, run).await,
        };
        in_step().await;
        let line = answer.to_line(&running.id);
        drop(answer);
        self.out.give(&line).await;
        running.over = true;
        self.state().finish(running.name.take(), session);
    }

    /// What comes next for whoever waits for that call.
    fn next(&self, call: &Arc<Notify>) -> Result<(Name, Session, Job), NoLine> {
        let mut state = self.state();
        if !self.out.is_closed()
            && let Some(next) = state.start()
        {
            return Ok(next);
        }
        if state.over {
            return Err(NoLine::AnyMore);
        }
        state.idle.push(Arc::clone(call));
        Err(NoLine::Yet)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn put(&mut self, job: Job) {
        self.turn += 1;
        let name = job.line.session.clone();
        if let Some(name) = &name {
            if !self.conversations.contains_key(name) {
                self.make_room();
            }
            let fresh = || Conversation { session: Some(Session::of_bot()), lines: 0, last_turn: 0 };
            let conversation = self.conversations.entry(name.clone()).or_insert_with(fresh);
            conversation.lines += 1;
            conversation.last_turn = self.turn;
        }
        self.waiting.push(name, job);
    }

    /// A line whose session is not at work on another.
    fn start(&mut self) -> Option<(Name, Session, Job)> {
        let conversations = &self.conversations;
        let is_free = |name: &String| conversations.get(name).is_some_and(|c| c.session.is_some());
        let (name, job) = self.waiting.pop_if(|name| name.as_ref().is_none_or(is_free))?;
        let session = name.as_ref().and_then(|name| self.conversations.get_mut(name)?.session.take());
        Some((name, session.unwrap_or_else(Session::of_one_line), job))
    }

    fn finish(&mut self, name: Name, session: Session) {
        if let Some(conversation) = name.and_then(|name| self.conversations.get_mut(&name)) {
            conversation.session = Some(session);
            conversation.lines -= 1;
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

impl Drop for Running {
    /// A fault of ours costs a line its answer's content, never the pipe.
    fn drop(&mut self) {
        if self.over {
            return;
        }
        self.schedule.state().finish(self.name.take(), Session::of_bot());
        let (schedule, id) = (Arc::clone(&self.schedule), self.id.take());
        // Without a runtime nobody is left to answer to.
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        runtime.spawn(async move {
            schedule.out.give(&broken().to_line(&id)).await;
            Box::pin(schedule.work()).await;
        });
    }
}

fn broken() -> Answer {
    tracing::error!("a line could not be carried out");
    Answer::failed(Failure::new(FailureKind::Internal, "sayso broke on this line").hint("please report the line"))
}
