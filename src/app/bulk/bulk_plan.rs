use serde::Serialize;

use super::settings::Settings;
use super::{SourceRow, UnreadRow};

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
    #[serde(skip)]
    pub(super) ready: Vec<SourceRow>,
    #[serde(skip)]
    pub(super) settings: Settings,
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
