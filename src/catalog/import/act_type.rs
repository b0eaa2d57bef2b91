use super::told::Told;

/// What an operation does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is told by other words of the specification")]
pub(super) struct Act {
    /// Verb classes of the lexicon, the primary one first.
    pub(super) classes: Vec<String>,
    /// Verbs of its own.
    pub(super) own: Vec<String>,
    /// What it acts on, in the singular: the words of a path.
    pub(super) noun: Vec<String>,
    /// Other names that its summary and id give to that.
    pub(super) named: Vec<Vec<String>>,
    /// Words of the path that describe it: `latest`, `public`.
    pub(super) adjective: Vec<String>,
    /// Whether it answers with many records.
    pub(super) many: bool,
    /// Whether it changes many records at once.
    pub(super) bulk: bool,
    /// Whether it only reads, whatever its method.
    pub(super) reads: bool,
    /// Whether it is about the one who asks.
    pub(super) mine: bool,
    /// What stands behind "check if".
    pub(super) clause: Vec<String>,
    /// What it marks a record as.
    pub(super) state: String,
    /// Whether the path ends in what is done.
    pub(super) acted: bool,
    /// What the path ends in, where that is a verb with more: `change`, `ip range`.
    pub(super) thing: Vec<String>,
    /// Whether its summary is a command.
    pub(super) titled: bool,
    /// The field by which it finds a record, where that is not the record's own id.
    pub(super) by: Vec<String>,
    /// The words of its tag, in the singular.
    pub(super) tag: Vec<String>,
    /// What its summary and its id say.
    pub(super) told: Vec<Told>,
}
