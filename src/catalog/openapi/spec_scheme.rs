use super::SchemeKind;

/// A way to prove who is asking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecScheme {
    /// Name that requirements use.
    pub name: String,
    /// What is sent.
    pub kind: SchemeKind,
    /// What the file says of it.
    pub description: String,
}
