/// A reply to the question a session is waiting on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// The choice of that number, from 1.
    Number(usize),
    /// Words: part of a choice's label, a missing value, "yes" or "no".
    Text(String),
    /// Go on.
    Yes,
    /// Leave it.
    No,
    /// The choice of that id.
    Id(String),
}
