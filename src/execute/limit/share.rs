use serde::{Deserialize, Serialize};

/// A process that has not asked for so long is no longer waiting, in milliseconds.
const GONE_MS: i64 = 1_000;

/// The processes that wait for the same limit, so that none takes all of what becomes free.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Waiting(Vec<Waiter>);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Waiter {
    process: u64,
    wants: u32,
    seen_ms: i64,
    served_ms: i64,
}

impl Waiting {
    /// How many of the free places a process may take: what the others that wait have not had a chance at since places
    /// became free (at `since_ms`) is left for them.
    pub(super) fn share(&self, process: u64, free: u32, since_ms: i64, now_ms: i64) -> u32 {
        let waits =
            |w: &&Waiter| w.process != process && w.wants > 0 && now_ms - w.seen_ms < GONE_MS && w.served_ms < since_ms;
        let others = u32::try_from(self.0.iter().filter(waits).count()).unwrap_or(u32::MAX);
        let each = free / others.saturating_add(1);
        let left = self.0.iter().filter(waits).map(|w| w.wants.min(each)).sum::<u32>();
        free.saturating_sub(left)
    }

    /// Notes that a process got so many places and wants so many more.
    pub(super) fn note(&mut self, process: u64, got: u32, wants: u32, now_ms: i64) {
        self.0.retain(|w| w.process == process || now_ms - w.seen_ms < GONE_MS);
        let at = self.0.iter().position(|w| w.process == process);
        match at {
            Some(at) if wants == 0 => drop(self.0.remove(at)),
            Some(at) => {
                let served_ms = if got > 0 { now_ms } else { self.0[at].served_ms };
                self.0[at] = Waiter { process, wants, seen_ms: now_ms, served_ms };
            }
            None if wants > 0 => {
                let served_ms = if got > 0 { now_ms } else { i64::MIN };
                self.0.push(Waiter { process, wants, seen_ms: now_ms, served_ms });
            }
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_wait_for_is_left_to_them_once() {
        let mut waiting = Waiting::default();
        assert_eq!(waiting.share(1, 100, 0, 0), 100);
        waiting.note(1, 0, 500, 0);
        waiting.note(2, 0, 500, 0);
        assert_eq!(waiting.share(1, 100, 10, 10), 50);
        waiting.note(1, 50, 450, 10);
        assert_eq!(waiting.share(2, 50, 10, 11), 50, "the other has had its share");
        assert_eq!(waiting.share(1, 100, 20, 20), 50, "of the next places everybody has a share again");
    }

    #[test]
    fn who_wants_little_leaves_the_rest() {
        let mut waiting = Waiting::default();
        waiting.note(2, 0, 3, 0);
        assert_eq!(waiting.share(1, 100, 10, 10), 97);
        assert_eq!(waiting.share(1, 100, 10, GONE_MS + 1), 100, "and who is gone leaves everything");
    }
}
