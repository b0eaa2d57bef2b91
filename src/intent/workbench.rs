use crate::catalog::OpId;

use super::align::Aligner;
use super::candidates::Candidates;
use super::edges::Store;
use super::landmarks::Landmarks;
use super::outlook::{Most, Outlook};
use super::patterns::Patterns;
use super::wording::Wording;

/// The memory that reading works on, kept from one line to the next so that no line has to ask for it anew.
#[derive(Debug, Default)]
pub struct Workbench {
    /// For the candidates of a stretch.
    pub candidates: Candidates,
    /// For what candidates may earn.
    pub outlook: Outlook,
    /// For what the candidates of a stretch see in it.
    pub views: Vec<View>,
    /// For what a stretch says, word for word.
    pub wording: Wording,
    /// Candidates with what they may earn at most, and which of the views is theirs.
    pub hopes: Vec<(i32, OpId, usize)>,
    /// For the edges of a candidate.
    pub store: Store,
    /// For what is earned on the way through them.
    pub reached: Vec<Most>,
    /// For its alignment.
    pub aligner: Aligner,
}

/// What one candidate sees in a stretch.
#[derive(Debug, Default)]
pub struct View {
    /// Where its words stand.
    pub landmarks: Landmarks,
    /// Its patterns that fit.
    pub patterns: Patterns,
    /// The most it may earn from each item on; nothing where that is unknown.
    pub rest: Vec<Most>,
}
