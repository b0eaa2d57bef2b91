/// A value found in a line, before it becomes a [`super::Value`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filled {
    /// Position of the parameter in the operation.
    pub param: u8,
    /// Where it is.
    pub found: Found,
}

/// Where and as what a value was found. Item numbers are of the whole line; ends are one past the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// The user's text from one item to another.
    Span(u16, u16),
    /// Several, separated by commas or conjunctions.
    Many(u16, u16),
    /// The text from one item to another, where the part of the line that is read ends: marks and all.
    Tail(u16, u16),
    /// One of the dates found in the line.
    Date(u16),
    /// An allowed value.
    Allowed(u8),
    /// Several allowed values, one after the other.
    AllowedMany(u16, u16),
    /// The objects of a list, one after the other, as [`super::items`] reads them.
    Items(u16, u16),
    /// Yes or no.
    Boolean(bool),
    /// The value of a `key=value` item.
    Keyed(u16),
    /// One field of a JSON object: the item and the position among the object's keys.
    Json(u16, u16),
    /// A pronoun.
    Pronoun(u16),
    /// Set by a pattern: a text of [`crate::catalog::Frame::set_text`].
    Set(u16),
}

/// A possible value.
#[derive(Debug, Clone, Copy)]
pub struct Span {
    /// One past its last item.
    pub end: usize,
    /// Points.
    pub points: i32,
    /// What it is.
    pub found: Found,
}

/// An item number as it is kept: no line has more items than this holds.
pub fn item(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}
