use crate::execute::{Extent, Sink};

/// What one line asks for beside its words. Everything here adds to the engine's own options.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RunOptions {
    /// Show the request instead of sending it.
    pub dry_run: bool,
    /// Agree to every confirmation.
    pub confirm: bool,
    /// Account by id or by name instead of the engine's.
    pub account: Option<String>,
    /// Keep the record as it is before a write, so that the write can be taken back; it costs a read.
    pub keep_before: bool,
    /// Version of the API to ask for, wherever an operation has a variant for it, instead of the engine's.
    pub api_version: Option<String>,
    /// How much of a list is fetched.
    pub extent: Extent,
    /// Where the records of a list go as they come, when that is all the line asks for; absent: into the answer.
    pub sink: Option<Sink>,
}
