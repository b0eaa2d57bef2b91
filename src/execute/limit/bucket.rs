use serde::{Deserialize, Serialize};

use super::Told;
use super::share::Waiting;
use super::window::{Allowance, HOLD_MS, Window};

const DAY_MS: i64 = 86_400_000;
/// How long before a place becomes free it can be taken, in milliseconds: longer than the longest pause between two looks
/// at the account, so that nobody has to look at it at the very moment, when others do too or the machine is busy.
const SOON_MS: i64 = 250;
/// When to look again for what is left for others, in milliseconds.
const LEFT_MS: i64 = 10;

/// The account of one limit, as all processes share it. Every moment is in milliseconds since 1970.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Bucket {
    /// Requests by the last moment at which the API may have counted them, in order.
    sends: Vec<(i64, u32)>,
    /// What headers told of the limit, which wins over the catalog.
    max: Option<u32>,
    interval_ms: Option<u64>,
    day: Option<Day>,
    /// The API turned a request away: nothing leaves before.
    blocked_ms: i64,
    waiting: Waiting,
    /// When places became free after there were none.
    free_since_ms: Option<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Day {
    left: u64,
    ends_ms: i64,
}

/// Who wants how many places.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wants {
    pub(super) process: u64,
    /// As many as there are requests ready to leave.
    pub(super) now: u32,
    /// As many more as will soon be, taken only where there is plenty.
    pub(super) ahead: u32,
}

/// Places that become free at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Coming {
    /// How many.
    pub(super) places: u32,
    /// When their requests may leave, and not before.
    pub(super) from_ms: i64,
    /// The moment under which they stand in the account.
    pub(super) held_ms: i64,
}

/// What was got.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Taken {
    /// Requests that may leave now.
    pub(super) places: u32,
    /// The moment under which they stand in the account.
    pub(super) held_ms: i64,
    /// Requests that may leave soon, the first ones first.
    pub(super) coming: Vec<Coming>,
    /// When to ask again, when not all got a place.
    pub(super) next_ms: i64,
    /// When the day begins anew, when this one is used up.
    pub(super) day_over_ms: Option<i64>,
    /// Until when nothing leaves, when the API said so.
    pub(super) blocked_ms: Option<i64>,
}

impl Bucket {
    /// Takes places for requests that leave at once.
    pub(super) fn take(&mut self, allowance: &Allowance, wants: Wants, now_ms: i64) -> Taken {
        let window = self.window(allowance);
        self.tidy(&window, now_ms);
        let day_left = self.day_left(allowance, now_ms);
        let mut taken = Taken { held_ms: window.on_grid(now_ms + HOLD_MS), ..Taken::default() };
        if let Some(Day { left: 0, ends_ms }) = self.day {
            taken.day_over_ms = Some(ends_ms);
            return taken;
        }
        if self.blocked_ms > now_ms {
            taken.blocked_ms = Some(self.blocked_ms);
            taken.next_ms = self.blocked_ms;
            self.waiting.note(wants.process, 0, wants.now, now_ms);
            return taken;
        }
        let free = window.max.saturating_sub(self.used());
        let open = free.saturating_add(self.soon(&window, now_ms));
        let since = if open == 0 { None } else { Some(self.free_since_ms.unwrap_or(now_ms)) };
        let share = self.waiting.share(wants.process, open, since.unwrap_or(now_ms), now_ms);
        let most = share.min(u32::try_from(day_left).unwrap_or(u32::MAX));
        let got = wants.now.min(most);
        let now = got.min(free);
        let plenty = free - now > window.max / 2;
        let ahead = if plenty { wants.ahead.min(most - got).min(free - now).min(window.max / 8) } else { 0 };
        taken.places = now + ahead;
        if taken.places > 0 {
            self.add(taken.held_ms, taken.places);
        }
        taken.coming = self.take_soon(&window, got - now, self.used().saturating_sub(window.max));
        if let Some(day) = &mut self.day {
            day.left = day.left.saturating_sub((got + ahead).into());
        }
        self.waiting.note(wants.process, got, wants.now - got, now_ms);
        let left_for_others = open > got + ahead;
        self.free_since_ms = since.filter(|_| left_for_others);
        let first = self.sends.first().map_or(now_ms, |(at, _)| at + window.counts_ms - SOON_MS);
        taken.next_ms = if left_for_others { now_ms + LEFT_MS } else { first };
        taken
    }

    /// How many places become free soon. What a late answer put there beyond the limit frees none.
    fn soon(&self, window: &Window, now_ms: i64) -> u32 {
        let last = now_ms + SOON_MS - window.counts_ms;
        let over = self.sends.iter().take_while(|(at, _)| *at <= last);
        let over = over.fold(0, |sum: u32, (_, count)| sum.saturating_add(*count));
        over.saturating_sub(self.used().saturating_sub(window.max))
    }

    /// Takes the places that become free first, behind those `beyond` the limit. Each takes the place of a request that no
    /// longer counts when it leaves.
    fn take_soon(&mut self, window: &Window, mut places: u32, mut beyond: u32) -> Vec<Coming> {
        let mut coming = Vec::new();
        let mut nth = 0;
        while let Some((at, count)) = self.sends.get(nth).copied().filter(|_| places > 0) {
            let left = count.saturating_sub(beyond);
            beyond = beyond.saturating_sub(count);
            if left == 0 {
                nth += 1;
                continue;
            }
            let from_ms = at + window.counts_ms;
            let got = Coming { places: left.min(places), from_ms, held_ms: window.on_grid(from_ms + HOLD_MS) };
            self.remove(at, got.places);
            self.add(got.held_ms, got.places);
            places -= got.places;
            nth += usize::from(self.sends.get(nth).is_some_and(|(rest, _)| *rest == at));
            coming.push(got);
        }
        coming
    }

    /// Gives places back that were not used. Those that are not free yet are what they were.
    pub(super) fn give_back(&mut self, allowance: &Allowance, unused: Coming, now_ms: i64) {
        let given = self.remove(unused.held_ms, unused.places);
        if given > 0 && unused.from_ms > now_ms {
            self.add(unused.from_ms - self.window(allowance).counts_ms, given);
        }
        if let Some(day) = &mut self.day {
            day.left += u64::from(given);
        }
    }

    /// Notes that requests which left under `held_ms` were answered at `at_ms`, and so were counted by then. An answer that
    /// took longer than that may have been counted later than was thought.
    pub(super) fn answered(&mut self, allowance: &Allowance, held_ms: i64, places: u32, at_ms: i64) {
        let window = self.window(allowance);
        self.remove(held_ms, places);
        self.add(window.on_grid(at_ms), places);
    }

    /// Takes over what the API told at a moment.
    pub(super) fn told(&mut self, allowance: &Allowance, told: &Told, at_ms: i64) {
        if let Some(max) = told.max {
            self.max = Some(u32::try_from(max).unwrap_or(u32::MAX));
        }
        self.interval_ms = told.interval_ms.or(self.interval_ms);
        let window = self.window(allowance);
        if let Some(remaining) = told.remaining {
            let remaining = u32::try_from(remaining).unwrap_or(u32::MAX);
            let theirs = window.max.saturating_sub(remaining);
            self.tidy(&window, at_ms);
            // Somebody else uses the same limit.
            let unknown = theirs.saturating_sub(self.used());
            if unknown > 0 {
                self.add(window.on_grid(at_ms), unknown);
            }
        }
        if let Some(left) = told.daily_remaining {
            let answered = window.on_grid(at_ms);
            let under_way: u32 = self.sends.iter().filter(|(at, _)| *at > answered).map(|(_, count)| count).sum();
            let known = self.day.map(|day| day.ends_ms).filter(|ends| *ends > at_ms);
            let reset = told.daily_reset_ms.and_then(|ms| i64::try_from(ms).ok()).map(|ms| at_ms.saturating_add(ms));
            let ends_ms = reset.or(known).unwrap_or(at_ms + DAY_MS);
            self.day = Some(Day { left: left.saturating_sub(under_way.into()), ends_ms });
        }
        if told.refused {
            let wait = told.wait_ms.and_then(|ms| i64::try_from(ms).ok()).unwrap_or(window.counts_ms);
            self.blocked_ms = self.blocked_ms.max(at_ms.saturating_add(wait));
        }
    }

    fn window(&self, allowance: &Allowance) -> Window {
        Window::new(self.max.unwrap_or(allowance.max), self.interval_ms.unwrap_or(allowance.per_ms))
    }

    fn used(&self) -> u32 {
        self.sends.iter().fold(0, |sum, (_, count)| sum.saturating_add(*count))
    }

    /// Forgets what no longer counts. A moment too far ahead comes from a clock that was set back.
    fn tidy(&mut self, window: &Window, now_ms: i64) {
        let oldest = now_ms - window.counts_ms;
        self.sends.retain(|(at, count)| *at > oldest && *count > 0);
        let latest = window.on_grid(now_ms + 2 * HOLD_MS);
        for (at, _) in self.sends.iter_mut().rev().take_while(|(at, _)| *at > latest) {
            *at = latest;
        }
    }

    fn day_left(&mut self, allowance: &Allowance, now_ms: i64) -> u64 {
        let Some(daily) = allowance.daily else {
            self.day = self.day.filter(|day| day.ends_ms > now_ms);
            return self.day.map_or(u64::MAX, |day| day.left);
        };
        match self.day {
            Some(day) if day.ends_ms > now_ms => day.left,
            _ => {
                self.day = Some(Day { left: daily, ends_ms: now_ms + DAY_MS });
                daily
            }
        }
    }

    fn add(&mut self, at_ms: i64, places: u32) {
        match self.sends.binary_search_by_key(&at_ms, |(at, _)| *at) {
            Ok(found) => self.sends[found].1 = self.sends[found].1.saturating_add(places),
            Err(place) => self.sends.insert(place, (at_ms, places)),
        }
    }

    fn remove(&mut self, at_ms: i64, places: u32) -> u32 {
        let Ok(found) = self.sends.binary_search_by_key(&at_ms, |(at, _)| *at) else { return 0 };
        let count = &mut self.sends[found].1;
        let removed = places.min(*count);
        *count -= removed;
        if *count == 0 {
            self.sends.remove(found);
        }
        removed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: Allowance = Allowance { max: 10, per_ms: 1_000, daily: Some(100) };

    fn wants(now: u32) -> Wants {
        Wants { process: 1, now, ahead: 0 }
    }

    #[test]
    fn a_window_after_the_answers_there_are_places_again() {
        let mut bucket = Bucket::default();
        let taken = bucket.take(&RULE, wants(12), 0);
        assert_eq!(taken.places, 10);
        bucket.answered(&RULE, taken.held_ms, 10, 40);
        let after = bucket.take(&RULE, wants(2), 41);
        assert_eq!((after.places, after.next_ms), (0, 40 + 1_005 - SOON_MS));
        assert_eq!(bucket.clone().take(&RULE, wants(2), 1_044).places, 0);
        assert_eq!(bucket.take(&RULE, wants(2), 1_045).places, 2);
    }

    #[test]
    fn a_place_is_taken_before_it_is_free_and_used_when_it_is() {
        let mut bucket = Bucket::default();
        let taken = bucket.take(&RULE, wants(10), 0);
        bucket.answered(&RULE, taken.held_ms, 4, 40);
        bucket.answered(&RULE, taken.held_ms, 6, 90);
        assert_eq!(bucket.take(&RULE, wants(7), 1_045 - SOON_MS - 1).coming, []);
        let got = bucket.take(&RULE, wants(7), 1_095 - SOON_MS);
        let coming = |places, from_ms| Coming { places, from_ms, held_ms: from_ms + 1 + HOLD_MS };
        assert_eq!((got.places, got.coming), (0, vec![coming(4, 1_045), coming(3, 1_095)]));
        bucket.give_back(&RULE, coming(2, 1_045), 1_000);
        assert_eq!(bucket.clone().take(&RULE, wants(9), 1_044).coming, [coming(2, 1_045), coming(3, 1_095)]);
        bucket.give_back(&RULE, coming(2, 1_045), 1_050);
        assert_eq!(bucket.take(&RULE, wants(9), 1_050).places, 4);
    }

    #[test]
    fn a_late_answer_beyond_the_limit_frees_no_place() {
        let one = Allowance { max: 1, per_ms: 3_632, daily: None };
        let mut bucket = Bucket::default();
        let first = bucket.take(&one, wants(1), 0);
        assert_eq!(bucket.take(&one, wants(1), 9_000).places, 1);
        bucket.answered(&one, first.held_ms, 1, 10_000);
        assert_eq!(bucket.take(&one, wants(1), 13_500).coming, [], "the second may yet have to arrive");
    }

    #[test]
    fn without_an_answer_a_request_counts_as_long_as_it_may_take() {
        let mut bucket = Bucket::default();
        bucket.take(&RULE, wants(10), 0);
        assert_eq!(bucket.clone().take(&RULE, wants(1), 6_004).places, 0);
        assert_eq!(bucket.take(&RULE, wants(1), 6_005).places, 1);
    }

    #[test]
    fn a_late_answer_was_counted_late() {
        let mut bucket = Bucket::default();
        let taken = bucket.take(&RULE, wants(10), 0);
        bucket.answered(&RULE, taken.held_ms, 10, 9_000);
        assert_eq!(bucket.clone().take(&RULE, wants(10), 9_900).places, 0);
        assert_eq!(bucket.take(&RULE, wants(10), 10_005).places, 10);
    }

    #[test]
    fn headers_correct_the_catalog() {
        let mut bucket = Bucket::default();
        let told = Told { max: Some(25), interval_ms: Some(500), remaining: Some(5), ..Told::default() };
        bucket.told(&RULE, &told, 0);
        assert_eq!(bucket.take(&RULE, wants(25), 1).places, 5, "somebody else used the other twenty");
        assert_eq!(bucket.take(&RULE, wants(25), 503).places, 20);
    }

    #[test]
    fn the_end_of_the_day_is_an_end() {
        let mut bucket = Bucket::default();
        let told = Told { daily_remaining: Some(3), daily_reset_ms: Some(60_000), ..Told::default() };
        bucket.told(&RULE, &told, 1_000);
        assert_eq!(bucket.take(&RULE, wants(5), 1_000).places, 3);
        assert_eq!(bucket.take(&RULE, wants(1), 5_000).day_over_ms, Some(61_000));
        assert_eq!(bucket.take(&RULE, wants(1), 61_000).places, 1);
        let mut counted = Bucket::default();
        let places: u32 = (0..20).map(|n| counted.take(&RULE, wants(10), n * 5_000).places).sum();
        assert_eq!(places, 100, "without headers the requests of the day are counted");
    }

    #[test]
    fn what_the_day_has_left_is_what_is_left_after_all_that_was_answered() {
        let rule = Allowance { per_ms: 10_000, ..RULE };
        let mut bucket = Bucket::default();
        let taken = bucket.take(&rule, wants(3), 1_007);
        bucket.answered(&rule, taken.held_ms, 2, 1_011);
        bucket.told(&rule, &Told { daily_remaining: Some(4), ..Told::default() }, 1_011);
        assert_eq!(bucket.take(&rule, wants(9), 1_020).places, 3, "one is under way and will take one of the four");
    }

    #[test]
    fn a_refusal_stops_everybody_for_as_long_as_it_says() {
        let mut bucket = Bucket::default();
        bucket.told(&RULE, &Told { refused: true, wait_ms: Some(700), ..Told::default() }, 100);
        assert_eq!(bucket.take(&RULE, wants(1), 799).blocked_ms, Some(800));
        assert_eq!(bucket.take(&RULE, wants(1), 800).places, 1);
    }

    #[test]
    fn places_that_were_not_used_are_free_again() {
        let mut bucket = Bucket::default();
        let taken = bucket.take(&RULE, wants(10), 0);
        bucket.give_back(&RULE, Coming { places: 4, from_ms: 0, held_ms: taken.held_ms }, 0);
        assert_eq!(bucket.take(&RULE, wants(10), 1).places, 4);
    }

    #[test]
    fn ahead_is_taken_only_where_there_is_plenty() {
        let many = Allowance { max: 1_000, daily: None, ..RULE };
        assert_eq!(Bucket::default().take(&many, Wants { ahead: 500, ..wants(1) }, 0).places, 1 + 125);
        let few = Allowance { daily: None, ..RULE };
        assert_eq!(Bucket::default().take(&few, Wants { ahead: 500, ..wants(6) }, 0).places, 6);
    }

    #[test]
    fn a_clock_that_was_set_back_does_not_block_for_long() {
        let mut bucket = Bucket::default();
        bucket.take(&RULE, wants(10), 1_000_000);
        assert_eq!(bucket.take(&RULE, wants(1), 0).places, 0);
        assert_eq!(bucket.take(&RULE, wants(1), 11_005).places, 1);
    }
}
