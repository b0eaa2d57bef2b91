//! A strict API counts requests at any moment between their leaving and their answer; whatever order things happen in,
//! no window of its own may hold more than it allows.

use proptest::prelude::*;

use super::bucket::{Bucket, Wants};
use super::window::Allowance;

/// What happens to one request, in milliseconds.
#[derive(Debug, Clone, Copy)]
struct Fate {
    /// From its leaving to where the API counts it.
    arrives: i64,
    /// From there to its answer; none when no answer comes.
    answered: Option<i64>,
}

/// Something that happens.
#[derive(Debug, Clone, Copy)]
enum Event {
    /// A process wants so many places.
    Wants(u64, u32),
    /// Time passes.
    Passes(i64),
}

fn fates() -> impl Strategy<Value = Vec<Fate>> {
    let fate = (0..4_900_i64, prop::option::weighted(0.8, 0..9_000_i64))
        .prop_map(|(arrives, answered)| Fate { arrives, answered });
    prop::collection::vec(fate, 1..40)
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let event = prop_oneof![
        3 => (1..4_u64, 1..30_u32).prop_map(|(process, places)| Event::Wants(process, places)),
        4 => (0..2_500_i64).prop_map(Event::Passes),
        1 => Just(Event::Passes(1)),
    ];
    prop::collection::vec(event, 1..120)
}

/// Moments at which the API counted requests, when processes share one account.
fn play(allowance: &Allowance, events: &[Event], fates: &[Fate]) -> Vec<i64> {
    let mut bucket = Bucket::default();
    let mut now = 1_000_000;
    let mut arrivals = Vec::new();
    let mut answers: Vec<(i64, i64)> = Vec::new();
    let mut sent = 0;
    for event in events {
        match event {
            Event::Wants(process, now_wanted) => {
                let wants = Wants { process: *process, now: *now_wanted, ahead: 0 };
                let taken = bucket.take(allowance, wants, now);
                let at_once = (taken.places, now, taken.held_ms);
                let coming = taken.coming.iter().map(|soon| (soon.places, soon.from_ms, soon.held_ms));
                for (places, leaves, held_ms) in std::iter::once(at_once).chain(coming) {
                    for _ in 0..places {
                        let fate = fates[sent % fates.len()];
                        sent += 1;
                        arrivals.push(leaves + fate.arrives);
                        answers.extend(fate.answered.map(|after| (leaves + fate.arrives + after, held_ms)));
                    }
                }
            }
            Event::Passes(ms) => {
                let until = now + ms;
                answers.sort_unstable();
                while let Some((at, held_ms)) = answers.first().copied().filter(|(at, _)| *at <= until) {
                    bucket.answered(allowance, held_ms, 1, at);
                    answers.remove(0);
                }
                now = until;
            }
        }
    }
    arrivals
}

/// The most requests that any window of that length holds.
fn fullest(arrivals: &[i64], per_ms: i64) -> usize {
    let mut sorted = arrivals.to_vec();
    sorted.sort_unstable();
    let within = |from: usize| sorted[from..].iter().take_while(|at| **at < sorted[from] + per_ms).count();
    (0..sorted.len()).map(within).max().unwrap_or(0)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn no_window_ever_holds_too_many(
        max in 1..25_u32, per_ms in 50..12_000_u64, events in events(), fates in fates(),
    ) {
        let allowance = Allowance { max, per_ms, daily: None };
        let arrivals = play(&allowance, &events, &fates);
        let per = i64::try_from(per_ms).expect("a window");
        prop_assert!(fullest(&arrivals, per) <= max as usize, "{arrivals:?}");
    }

    #[test]
    fn places_are_not_lost(max in 1..25_u32, per_ms in 50..12_000_u64, events in events()) {
        let allowance = Allowance { max, per_ms, daily: None };
        let mut bucket = Bucket::default();
        let mut now = 0;
        for event in &events {
            match event {
                Event::Wants(process, wanted) => {
                    bucket.take(&allowance, Wants { process: *process, now: *wanted, ahead: 0 }, now);
                }
                Event::Passes(ms) => now += ms,
            }
        }
        let long_after = now + 20_000 + i64::try_from(per_ms).expect("a window") * 2;
        let wants = Wants { process: 9, now: max, ahead: 0 };
        prop_assert_eq!(bucket.take(&allowance, wants, long_after).places, max);
    }

    #[test]
    fn an_account_survives_being_written_down(events in events(), fates in fates()) {
        let allowance = Allowance { max: 7, per_ms: 1_000, daily: Some(50) };
        let mut bucket = Bucket::default();
        let mut now = 0;
        for (event, fate) in events.iter().zip(fates.iter().cycle()) {
            match event {
                Event::Wants(process, wanted) => {
                    let taken = bucket.take(&allowance, Wants { process: *process, now: *wanted, ahead: 3 }, now);
                    bucket.answered(&allowance, taken.held_ms, 1, now + fate.arrives);
                }
                Event::Passes(ms) => now += ms,
            }
        }
        let text = serde_json::to_string(&bucket).expect("text");
        prop_assert_eq!(serde_json::from_str::<Bucket>(&text).expect("the same"), bucket);
    }

    #[test]
    fn whatever_is_told_there_is_an_answer(
        max in any::<Option<u64>>(), remaining in any::<Option<u64>>(), interval in any::<Option<u64>>(),
        left in any::<Option<u64>>(), reset in any::<Option<u64>>(), wait in any::<Option<u64>>(), now in any::<i32>(),
    ) {
        let header = |name: &str| {
            let number = match name { "m" => max, "r" => remaining, "i" => interval, "d" => left, _ => reset };
            number.map(|n| n.to_string())
        };
        let names: Vec<(String, String)> =
            [("max", "m"), ("remaining", "r"), ("interval", "i"), ("daily_remaining", "d"), ("daily_reset", "x")]
                .map(|(a, b)| (a.into(), b.into())).into();
        let texts: Vec<(String, Option<String>)> = names.iter().map(|(_, n)| (n.clone(), header(n))).collect();
        let told = super::Told::read(&names, |name| texts.iter().find(|(n, _)| n == name)?.1.as_deref());
        let told = super::Told { refused: true, wait_ms: wait, ..told };
        let allowance = Allowance { max: 5, per_ms: 1_000, daily: Some(10) };
        let mut bucket = Bucket::default();
        bucket.told(&allowance, &told, now.into());
        let taken = bucket.take(&allowance, Wants { process: 1, now: 3, ahead: 9 }, i64::from(now) + 1);
        prop_assert!(taken.places <= 3 + u32::MAX / 8);
    }
}

#[test]
fn the_permitted_rate_is_nearly_reached() {
    let allowance = Allowance { max: 100, per_ms: 10_000, daily: None };
    let mut bucket = Bucket::default();
    let (mut now, mut sent) = (0, 0);
    while sent < 2_000 {
        let taken = bucket.take(&allowance, Wants { process: 1, now: 2_000 - sent, ahead: 0 }, now);
        let at_once = (taken.places, now, taken.held_ms);
        let coming = taken.coming.iter().map(|soon| (soon.places, soon.from_ms, soon.held_ms));
        let mut last = now;
        let got = taken.places > 0 || !taken.coming.is_empty();
        for (places, leaves, held_ms) in std::iter::once(at_once).chain(coming) {
            sent += places;
            for n in 0..places {
                bucket.answered(&allowance, held_ms, 1, leaves + 5 + i64::from(n % 40));
                last = leaves;
            }
        }
        now = if got { last + 50 } else { taken.next_ms };
    }
    // The first hundred leave at once, the last after nineteen windows.
    let permitted = 19 * 10_000;
    assert!(now - 50 < permitted * 100 / 97, "{now} ms where {permitted} are permitted");
}

/// Two processes that look at the account when they come to it, each of them late by up to a tenth of a second.
#[test]
fn two_late_processes_lose_no_time() {
    let allowance = Allowance { max: 100, per_ms: 10_000, daily: None };
    let mut bucket = Bucket::default();
    let mut left = [1_000_u32, 1_000];
    let (mut now, mut last, mut answers) = (0, 0, Vec::new());
    while left != [0, 0] {
        now += 50;
        answers.retain(|(at, held_ms)| {
            *at > now || {
                bucket.answered(&allowance, *held_ms, 1, *at);
                false
            }
        });
        // They take turns.
        let process = usize::from(now % 100 == 0);
        let wants = Wants { process: process as u64, now: left[process].min(128), ahead: 0 };
        let taken = bucket.take(&allowance, wants, now);
        let at_once = (taken.places, now, taken.held_ms);
        let coming = taken.coming.iter().map(|soon| (soon.places, soon.from_ms, soon.held_ms));
        for (places, leaves, held_ms) in std::iter::once(at_once).chain(coming) {
            left[process] -= places;
            answers.extend((0..places).map(|n| (leaves + 5 + i64::from(n % 40), held_ms)));
            last = if places > 0 { leaves.max(last) } else { last };
        }
    }
    let permitted = 19 * 10_000;
    assert!(last < permitted * 1_000 / 991, "{last} ms where {permitted} are permitted");
}
