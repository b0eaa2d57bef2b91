use serde::Serialize;

use super::settings::Settings;
use super::{SourceRow, UnreadRow};
use crate::present::{counted, grouped, span};

/// What carrying out a phrase for every row of a file takes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BulkPlan {
    /// The phrase with its columns.
    pub phrase: String,
    /// What is done for each row: the titles of the operations.
    pub does: Vec<String>,
    /// The same by their names in the catalog.
    pub operations: Vec<String>,
    /// Why somebody has to agree first; absent when it only reads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asks: Option<String>,
    /// Rows that can be carried out.
    pub rows: u64,
    /// Requests for them, look-ups not counted.
    pub requests: u64,
    /// Look-ups of names at most: what is known already is not looked up again.
    pub look_ups: u64,
    /// What the API allows, where the catalog says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate: Option<Rate>,
    /// Rows that no request can be made of.
    pub unread: Vec<UnreadRow>,
    /// The policy of the profile lets nothing leave but look-ups.
    pub dry: bool,
    /// The operation that found the records, when they come from a selection.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found_by: Option<String>,
    /// The operation that takes many of them at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch: Option<String>,
    /// What the records of a selection hold, by dotted keys.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub holds: Vec<(String, String)>,
    /// It destroys every record of a kind: somebody has to say how many that are.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub whole: bool,
    #[serde(skip)]
    pub(in crate::app) names: Vec<String>,
    #[serde(skip)]
    pub(in crate::app) ready: Vec<SourceRow>,
    #[serde(skip)]
    pub(in crate::app) settings: Settings,
}

impl BulkPlan {
    /// A plan for nothing so far.
    pub(in crate::app) fn new(phrase: &str, at_ms: i64, dry: bool) -> Self {
        Self {
            phrase: phrase.to_owned(),
            does: Vec::new(),
            operations: Vec::new(),
            asks: None,
            rows: 0,
            requests: 0,
            look_ups: 0,
            rate: None,
            unread: Vec::new(),
            dry,
            found_by: None,
            batch: None,
            holds: Vec::new(),
            names: Vec::new(),
            whole: false,
            ready: Vec::new(),
            settings: Settings { at_ms, ..Settings::default() },
        }
    }

    /// The records of a selection in the words of the line: "all contacts tagged lead".
    #[must_use]
    pub fn records(&self) -> Option<&str> {
        self.settings.each.as_ref().map(|each| each.records.as_str())
    }

    /// What one row is called, and what several are.
    #[must_use]
    pub fn nouns(&self) -> (&str, &str) {
        self.settings.each.as_ref().map_or(("row", "rows"), |each| (&each.one, &each.many))
    }

    /// The plan in two lines: what is done for which, and what that takes.
    #[must_use]
    pub fn in_words(&self) -> String {
        let what = self.does.iter().zip(&self.operations).map(|(title, name)| format!("{title} ({name})"));
        let mut text = what.collect::<Vec<_>>().join(", then ");
        if let Some(records) = self.records() {
            let by = match &self.batch {
                Some(batch) if self.operations.contains(batch) => ", many at once".to_owned(),
                Some(batch) => format!(", many at once by {batch}"),
                None => String::new(),
            };
            text.push_str(&format!(", for {records}{by}"));
        }
        let (one, many) = self.nouns();
        if self.rows == 0 {
            let holds: Vec<String> =
                self.holds.iter().map(|(key, value)| format!("{key} \u{ab}{value}\u{bb}")).collect();
            let with = if holds.is_empty() { String::new() } else { format!(" with {}", holds.join(" and ")) };
            return format!("{text}\nThere is no {one}{with}");
        }
        let look_ups = match self.look_ups {
            0 => String::new(),
            some => format!(" and {} at most", counted(some, "look-up", "look-ups")),
        };
        let requests = counted(self.requests, "request", "requests");
        text.push_str(&format!("\n{}{}, {requests}{look_ups}", counted(self.rows, one, many), self.named()));
        if let Some(rate) = &self.rate {
            if let (Some(percent), Some(daily)) = (rate.percent_of_day, rate.daily) {
                let percent = if percent < 0.01 { "less than 0.01".to_owned() } else { percent.to_string() };
                text.push_str(&format!(" · {percent} % of the day's {}", grouped(daily)));
            }
            let per = rate.per_ms.div_ceil(1000);
            text.push_str(&format!(" · about {} at {} in {per} s", span(rate.seconds), rate.max));
        }
        text
    }

    /// The first records of a selection by their names: " (Jane Doe, Bob Lee, …)".
    fn named(&self) -> String {
        let names: Vec<&str> = self.names.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
        if names.is_empty() {
            return String::new();
        }
        let more = if self.rows > names.len() as u64 { ", …" } else { "" };
        format!(" ({}{more})", names.join(", "))
    }
}

/// What the API allows, and what part of it a plan takes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Rate {
    /// Requests in a window.
    pub max: u32,
    /// Length of the window in milliseconds.
    pub per_ms: u64,
    /// Requests a day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub daily: Option<u64>,
    /// Part of the day's requests, in percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percent_of_day: Option<f64>,
    /// Seconds that it takes at that rate.
    pub seconds: u64,
}
