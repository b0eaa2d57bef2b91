use std::ops::Range;

/// Why a pattern cannot be read, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct PatternError {
    /// Bytes of the pattern that are to blame.
    pub range: Range<usize>,
    /// What is wrong with them, in a phrase.
    pub message: String,
}
