/// What the headers of an answer tell about a limit; each may be absent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::execute) struct Told {
    /// Requests in a window.
    pub max: Option<u64>,
    /// Requests left in it.
    pub remaining: Option<u64>,
    /// Length of the window in milliseconds.
    pub interval_ms: Option<u64>,
    /// Requests a day.
    pub daily: Option<u64>,
    /// Requests left today.
    pub daily_remaining: Option<u64>,
    /// Milliseconds until the day begins anew.
    pub daily_reset_ms: Option<u64>,
    /// The request was turned away for coming too often.
    pub refused: bool,
    /// How long to wait then, in milliseconds.
    pub wait_ms: Option<u64>,
}

impl Told {
    /// Reads the headers that a service's catalog names; `header` brings a header's text.
    pub fn read<'h>(names: &[(String, String)], header: impl Fn(&str) -> Option<&'h str>) -> Self {
        let number = |meaning: &str| {
            let (_, name) = names.iter().find(|(m, _)| m == meaning)?;
            header(name)?.trim().parse().ok()
        };
        Self {
            max: number("max").filter(|max| *max > 0),
            remaining: number("remaining"),
            interval_ms: number("interval").filter(|ms| (1..=86_400_000).contains(ms)),
            daily: number("daily").filter(|daily| *daily > 0),
            daily_remaining: number("daily_remaining"),
            daily_reset_ms: number("daily_reset").filter(|ms| *ms <= 7 * 86_400_000),
            refused: false,
            wait_ms: None,
        }
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
