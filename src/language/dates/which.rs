/// Which one of a row of weeks, months or weekdays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    /// "this", "current".
    This,
    /// "next".
    Next,
    /// "coming": the nearest one, though it be in this week.
    Coming,
    /// "last", "past", "previous".
    Last,
}

impl Which {
    pub(super) fn of(text: &str) -> Self {
        match text {
            "next" => Self::Next,
            "this coming" | "coming" | "upcoming" | "following" => Self::Coming,
            "last" | "past" | "this past" | "previous" | "prev" => Self::Last,
            _ => Self::This,
        }
    }

    /// How many weeks, months or years from the current one.
    pub(super) fn steps(self) -> i64 {
        match self {
            Self::This => 0,
            Self::Next | Self::Coming => 1,
            Self::Last => -1,
        }
    }
}
