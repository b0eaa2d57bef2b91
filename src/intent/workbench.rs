use crate::catalog::OpId;

use super::align::Aligner;
use super::candidates::Candidates;
use super::edges::Store;
use super::landmarks::Landmarks;
use super::outlook::Outlook;
use super::patterns::Patterns;

/// The memory that reading works on, kept from one line to the next so that no line has to ask for it anew.
#[derive(Debug, Default)]
pub struct Workbench {
    /// For the candidates of a stretch.
    pub candidates: Candidates,
    /// For what candidates may earn.
    pub outlook: Outlook,
    /// For where a candidate's words stand.
    pub landmarks: Landmarks,
    /// For its patterns that fit.
    pub patterns: Patterns,
    /// Candidates with what they may earn at most.
    pub hopes: Vec<(i32, OpId)>,
    /// For the edges of a candidate.
    pub store: Store,
    /// For its alignment.
    pub aligner: Aligner,
}
