use jiff::{
    Zoned,
    civil::{Date, Time},
};

use super::{Bias, anchor::Anchor};

/// What a reading is relative to: the clock, its zone, and where undated days are looked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame<'a> {
    /// The clock.
    pub now: &'a Zoned,
    /// Where undated days are looked for.
    pub anchor: Anchor,
}

impl<'a> Frame<'a> {
    /// A frame that looks from today in the direction of the purpose.
    pub(super) fn new(now: &'a Zoned, bias: Bias) -> Self {
        Self { now, anchor: Anchor { date: now.date(), bias, strict: true } }
    }

    /// The same, looking from another day, which may itself be the answer.
    pub(super) fn looking(self, bias: Bias, date: Date) -> Self {
        Self { anchor: Anchor { date, bias, strict: false }, ..self }
    }

    pub(super) fn today(self) -> Date {
        self.now.date()
    }

    pub(super) fn bias(self) -> Bias {
        self.anchor.bias
    }

    /// That time of that day in the clock's zone.
    pub(super) fn moment(self, date: Date, time: Time) -> Option<Zoned> {
        date.to_datetime(time).to_zoned(self.now.time_zone().clone()).ok()
    }
}
