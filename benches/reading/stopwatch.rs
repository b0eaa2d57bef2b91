use std::hint::black_box;
use std::time::Instant;

use jiff::Zoned;
use sayso::catalog::Catalog;
use sayso::intent::{Context, Intent, Memory, Reader, Status};
use sayso::language;
use serde_json::Value;

use super::lines::Line;

/// How often every line is read; the first time warms up and does not count.
pub const ROUNDS: usize = 7;

/// Times the reading of lines, with a clock that stands still.
pub struct Stopwatch<'a> {
    lines: &'a [Line],
    now: Zoned,
    memory: Memory,
}

impl<'a> Stopwatch<'a> {
    pub fn new(lines: &'a [Line]) -> Self {
        let now = "2026-11-20T09:00:00[America/New_York]".parse().expect("a zoned date-time");
        Self { lines, now, memory: Memory::default() }
    }

    /// Times some work a line.
    pub fn time(&self, mut work: impl FnMut(&Line)) -> Times {
        let mut best = vec![f64::INFINITY; self.lines.len()];
        for round in 0..=ROUNDS {
            self.round(round, &mut best, &mut work);
        }
        Times(best)
    }

    /// Times the whole reading.
    pub fn reading(&self, catalog: &Catalog) -> Times {
        let reader = Reader::new();
        self.time(|line| _ = black_box(self.read(&reader, catalog, line)))
    }

    /// Times the whole reading with two catalogs that take turns.
    pub fn readings(&self, one: &Catalog, other: &Catalog) -> (Times, Times) {
        let (reader, second) = (Reader::new(), Reader::new());
        let mut best = [vec![f64::INFINITY; self.lines.len()], vec![f64::INFINITY; self.lines.len()]];
        for round in 0..=ROUNDS {
            self.round(round, &mut best[0], &mut |line| _ = black_box(self.read(&reader, one, line)));
            self.round(round, &mut best[1], &mut |line| _ = black_box(self.read(&second, other, line)));
        }
        let [one, other] = best;
        (Times(one), Times(other))
    }

    fn round(&self, round: usize, best: &mut [f64], work: &mut impl FnMut(&Line)) {
        for (line, best) in self.lines.iter().zip(best) {
            let start = Instant::now();
            work(line);
            let time = start.elapsed().as_secs_f64() * 1e6;
            if round > 0 {
                *best = best.min(time);
            }
        }
    }

    fn read(&self, reader: &Reader, catalog: &Catalog, line: &Line) -> Option<Intent> {
        let utterance = language::read(&line.text).ok()?;
        let context = Context { now: &self.now, memory: &self.memory, hidden: false, service: None, explain: false };
        Some(reader.read(&utterance, catalog, &context))
    }

    /// The operation that a line is read as; none for a refusal or a question between two.
    pub fn reads_as(&self, catalog: &Catalog, line: &Line) -> Option<String> {
        let intent = self.understood(catalog, line)?;
        Some(catalog.name(intent.steps[0].operation).to_owned())
    }

    /// Whether a line is read as its operation with just the values of its label.
    pub fn exact(&self, catalog: &Catalog, line: &Line) -> bool {
        let Some(intent) = self.understood(catalog, line) else { return false };
        let step = &intent.steps[0];
        let said = |(name, value): (&String, &Value)| {
            step.arguments.iter().any(|a| a.name == *name && a.value.to_json() == *value)
        };
        line.operation.as_deref() == Some(catalog.name(step.operation))
            && step.arguments.len() == line.params.len()
            && line.params.iter().all(said)
    }

    fn understood(&self, catalog: &Catalog, line: &Line) -> Option<Intent> {
        let understood = |intent: &Intent| matches!(intent.status, Status::Ready | Status::Incomplete);
        self.read(&Reader::new(), catalog, line).filter(|i| understood(i) && i.steps.len() == 1)
    }
}

/// Microseconds, one a line.
pub struct Times(Vec<f64>);

impl Times {
    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn median(&self) -> f64 {
        self.part(0.5)
    }

    /// The time that this part of the lines stays below.
    pub fn part(&self, part: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        #[expect(clippy::cast_precision_loss, reason = "there are never so many lines")]
        let wanted = part * sorted.len() as f64;
        let at = (0..sorted.len()).rev().find(|at| u32::try_from(*at).is_ok_and(|at| f64::from(at) <= wanted));
        at.and_then(|at| sorted.get(at)).copied().unwrap_or(f64::NAN)
    }

    /// Those of some lines.
    pub fn only(&self, lines: &[Line], wanted: impl Fn(&Line) -> bool) -> Self {
        Self(self.0.iter().zip(lines).filter(|(_, line)| wanted(line)).map(|(time, _)| *time).collect())
    }

    /// The lines with their times, the slowest first.
    pub fn slowest<'a>(&self, lines: &'a [Line]) -> impl Iterator<Item = (f64, &'a Line)> + use<'a> {
        let mut all: Vec<(f64, &Line)> = self.0.iter().copied().zip(lines).collect();
        all.sort_by(|a, b| b.0.total_cmp(&a.0));
        all.into_iter()
    }
}
