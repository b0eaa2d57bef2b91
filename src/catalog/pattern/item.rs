/// A piece of a pattern.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PatternItem {
    /// A word as it is written: "tag", "what's", or `'s` after a slot.
    Word(String),
    /// One of several ways; what may be left out has an empty way last.
    Choice(Vec<Vec<PatternItem>>),
    /// The value of that parameter.
    Slot(String),
    /// Nothing in the text: that parameter has that value.
    Set(String, String),
}
