use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::oneshot;

use super::bucket::{Bucket, Coming, Taken, Wants};
use super::window::Allowance;
use super::{FairQueue, Told};
use crate::execute::ClockMs;
use crate::store::Store;

/// How long what answers told is kept before it is written down for all processes, in milliseconds.
const FLUSH_MS: i64 = 50;
/// Places are not used in the last part of the time in which they stand for a request that reaches the API, in
/// milliseconds: the request has yet to be made and to travel.
const STALE_MS: i64 = 3_000;
/// Shortest and longest pause before asking for places again.
const PAUSES: (i64, i64) = (2, 100);
/// A longer wait than this, in milliseconds, is told instead of waited out.
const PATIENCE_MS: i64 = 120_000;

/// Why a request may not leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::execute) enum Stop {
    /// The day's allowance is used up; when the next one begins.
    DayOver(i64),
    /// The API turns everything away until then.
    Blocked(i64),
}

type Place = Result<i64, Stop>;

/// The requests of this process that wait for one limit.
pub(super) struct Line {
    name: String,
    allowance: Allowance,
    store: Arc<Store>,
    process: u64,
    clock_ms: ClockMs,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    queue: FairQueue<u64, oneshot::Sender<Place>>,
    /// Whether somebody is at work on getting places.
    busy: bool,
    /// Places that were got ahead of need, and the moment they stand under.
    ahead: (u32, i64),
    /// How many of those that wait have a place that becomes free soon.
    coming: u32,
    /// How often the API turned a request away: places that were to become free are void then.
    refusals: u64,
    /// Places to give back.
    unused: Vec<Coming>,
    /// Places handed out since the account was last looked at, and when that was.
    handed: u32,
    looked_ms: i64,
    /// Answers that are not written down yet: (the moment a place stands under, when the answer came, how many).
    answers: Vec<(i64, i64, u32)>,
    told: Option<(i64, Told)>,
    /// Whether writing down is planned.
    flushing: bool,
    /// The account as last seen, should the store fail.
    seen: Option<Bucket>,
}

impl Line {
    pub(super) fn new(
        name: String,
        allowance: Allowance,
        store: Arc<Store>,
        process: u64,
        clock_ms: ClockMs,
    ) -> Arc<Self> {
        Arc::new(Self { name, allowance, store, process, clock_ms, state: Mutex::default() })
    }

    /// Waits for a place; the moment it stands under.
    pub(super) async fn place(self: &Arc<Self>, speaker: u64) -> Place {
        let waiting = {
            let mut state = self.state();
            if let Some(held) = self.take_ahead(&mut state) {
                return Ok(held);
            }
            let (place, waiting) = oneshot::channel();
            state.queue.push(speaker, place);
            if !state.busy {
                state.busy = true;
                tokio::spawn(Arc::clone(self).work());
            }
            waiting
        };
        // Whoever is at work never drops a request that waits; should the runtime end, nothing leaves any more.
        waiting.await.unwrap_or(Err(Stop::Blocked(i64::MAX)))
    }

    /// Whether a place that stands under that moment must not be used any more.
    pub(super) fn is_stale(held_ms: i64, now_ms: i64) -> bool {
        held_ms - now_ms <= STALE_MS
    }

    /// Gives back a place under which nothing left.
    pub(super) fn give_back(&self, held_ms: i64) {
        self.state().unused.push(Coming { places: 1, from_ms: 0, held_ms });
    }

    fn take_ahead(&self, state: &mut State) -> Option<i64> {
        let (places, held_ms) = &mut state.ahead;
        let fresh = !Self::is_stale(*held_ms, (self.clock_ms)());
        if *places == 0 || !fresh || !state.queue.is_empty() {
            return None;
        }
        *places -= 1;
        state.handed += 1;
        Some(*held_ms)
    }

    /// Gets places until nobody waits any more.
    async fn work(self: Arc<Self>) {
        let runtime = Handle::current();
        loop {
            let (line, runtime) = (Arc::clone(&self), runtime.clone());
            let pause = tokio::task::spawn_blocking(move || line.serve(&runtime)).await.unwrap_or(None);
            let Some(pause) = pause else { return };
            tokio::time::sleep(pause).await;
        }
    }

    /// Gets places and hands them out; how long to wait before asking for more, nothing when nobody waits.
    fn serve(self: &Arc<Self>, runtime: &Handle) -> Option<Duration> {
        let now_ms = (self.clock_ms)();
        let (now, ahead) = {
            let mut state = self.state();
            let busy = now_ms - state.looked_ms < FLUSH_MS;
            let ahead = if busy { state.handed.saturating_mul(2) } else { 0 };
            state.handed = 0;
            state.looked_ms = now_ms;
            (state.without_place(), ahead)
        };
        let taken = self.settle(Wants { process: self.process, now, ahead }, now_ms);
        let mut state = self.state();
        state.hand_out(&taken, now_ms);
        for coming in taken.coming {
            state.coming += coming.places;
            runtime.spawn(Arc::clone(self).hand_out_later(coming, state.refusals));
        }
        if state.without_place() == 0 {
            state.busy = false;
            return None;
        }
        let pause = (taken.next_ms - (self.clock_ms)()).clamp(PAUSES.0, PAUSES.1);
        Some(Duration::from_millis(pause.unsigned_abs()))
    }

    /// Hands places out when they become free, unless the API turned a request away in the meantime.
    async fn hand_out_later(self: Arc<Self>, coming: Coming, refusals: u64) {
        let wait = coming.from_ms - (self.clock_ms)();
        tokio::time::sleep(Duration::from_millis(u64::try_from(wait).unwrap_or(0))).await;
        // Timers and clocks tick in steps of their own.
        while (self.clock_ms)() < coming.from_ms {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        let (left, waiting) = {
            let mut state = self.state();
            state.coming -= coming.places;
            let left =
                if state.refusals == refusals { state.give(coming.places, coming.held_ms) } else { coming.places };
            if left > 0 {
                state.unused.push(Coming { places: left, ..coming });
            }
            let waiting = !state.busy && state.without_place() > 0;
            state.busy |= waiting;
            (left, waiting)
        };
        if waiting {
            self.work().await;
        } else if left > 0 {
            self.flush_later().await;
        }
    }

    /// Notes that a request which left under that moment was answered, and what the answer told.
    pub(super) fn answered(self: &Arc<Self>, held_ms: i64, told: &Told) {
        let now_ms = (self.clock_ms)();
        let urgent = told.refused;
        {
            let mut state = self.state();
            state.refusals += u64::from(urgent);
            if urgent {
                state.drop_ahead();
            }
            match state.answers.last_mut() {
                Some((held, at, count)) if *held == held_ms && *at == now_ms => *count += 1,
                _ => state.answers.push((held_ms, now_ms, 1)),
            }
            if !told.is_empty() {
                state.told = Some((now_ms, *told));
            }
            let soon = now_ms - state.looked_ms < FLUSH_MS;
            if !urgent && (state.busy || state.flushing) {
                return;
            }
            if !urgent && soon {
                state.flushing = true;
                tokio::spawn(Arc::clone(self).flush_later());
                return;
            }
            state.looked_ms = now_ms;
        }
        self.flush();
    }

    async fn flush_later(self: Arc<Self>) {
        tokio::time::sleep(Duration::from_millis(FLUSH_MS.unsigned_abs())).await;
        self.state().flushing = false;
        drop(tokio::task::spawn_blocking(move || self.flush()).await);
    }

    /// Writes down what answers told, and gives back what was got ahead and is no longer needed.
    pub(super) fn flush(&self) {
        let now_ms = (self.clock_ms)();
        self.settle(Wants { process: self.process, now: 0, ahead: 0 }, now_ms);
    }

    /// Gives everything back at the end of the process.
    pub(super) fn close(&self) {
        let quiet = {
            let mut state = self.state();
            state.drop_ahead();
            state.answers.is_empty() && state.unused.is_empty() && state.told.is_none()
        };
        if !quiet {
            self.flush();
        }
    }

    /// Writes down what is known and takes places, in one go.
    fn settle(&self, wants: Wants, now_ms: i64) -> Taken {
        let (answers, told, unused) = {
            let mut state = self.state();
            if Self::is_stale(state.ahead.1, now_ms) {
                state.drop_ahead();
            }
            let unused = std::mem::take(&mut state.unused);
            (std::mem::take(&mut state.answers), state.told.take(), unused)
        };
        let allowance = &self.allowance;
        self.change(now_ms, |bucket| {
            for (held_ms, at_ms, count) in answers {
                bucket.answered(allowance, held_ms, count, at_ms);
            }
            for unused in unused {
                bucket.give_back(allowance, unused, now_ms);
            }
            if let Some((at_ms, told)) = told {
                bucket.told(allowance, &told, at_ms);
            }
            // It may have taken a while to be alone with the account.
            if wants.now == 0 { Taken::default() } else { bucket.take(allowance, wants, (self.clock_ms)()) }
        })
    }

    /// Changes the shared account; without a usable store this process keeps to the limit by itself.
    fn change<T: Default>(&self, now_ms: i64, change: impl FnOnce(&mut Bucket) -> T) -> T {
        let mut seen = self.state().seen.take().unwrap_or_default();
        let mut change = Some(change);
        let mut told = None;
        let changed = self.store.change_cell(&self.name, now_ms, |old| {
            if let Some(bucket) = old.and_then(|text| serde_json::from_str(&text).ok()) {
                seen = bucket;
            }
            told = change.take().map(|change| change(&mut seen));
            (serde_json::to_string(&seen).unwrap_or_default(), ())
        });
        if let Err(error) = changed {
            tracing::warn!("{error}; the limit is kept by this process alone");
            told = told.or_else(|| change.take().map(|change| change(&mut seen)));
        }
        self.state().seen = Some(seen);
        told.unwrap_or_default()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Gives back what was got ahead: it is too old, or the API turned a request away and nothing may leave on it.
    fn drop_ahead(&mut self) {
        let (left, held_ms) = std::mem::take(&mut self.ahead);
        if left > 0 {
            self.unused.push(Coming { places: left, from_ms: 0, held_ms });
        }
    }

    /// How many wait that have no place in view.
    fn without_place(&self) -> u32 {
        u32::try_from(self.queue.len()).unwrap_or(u32::MAX).saturating_sub(self.coming)
    }

    /// Hands out what was got to be used at once; what nobody waits for is kept for those who come.
    fn hand_out(&mut self, taken: &Taken, now_ms: i64) {
        let blocked = taken.blocked_ms.filter(|until| until - now_ms > PATIENCE_MS).map(Stop::Blocked);
        if let Some(stop) = taken.day_over_ms.map(Stop::DayOver).or(blocked) {
            while let Some((_, place)) = self.queue.pop() {
                place.send(Err(stop)).ok();
            }
            return;
        }
        let places = self.give(taken.places, taken.held_ms);
        if places > 0 {
            let (left, held_ms) = self.ahead;
            if left > 0 {
                self.unused.push(Coming { places: left, from_ms: 0, held_ms });
            }
            self.ahead = (places, taken.held_ms);
        }
    }

    /// Gives places to those that wait; how many are left.
    fn give(&mut self, mut places: u32, held_ms: i64) -> u32 {
        while places > 0 {
            let Some((_, place)) = self.queue.pop() else { break };
            // Who gave up waiting leaves the place to the next.
            if place.send(Ok(held_ms)).is_ok() {
                places -= 1;
                self.handed += 1;
            }
        }
        places
    }
}
