use super::Slot;

/// A name that has to become an id before the request can be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lookup {
    /// Where the id goes.
    pub slot: Slot,
    /// Kind of record.
    pub resource: String,
    /// The name, as it was given.
    pub text: String,
    /// What is done with what is found.
    pub mode: LookupMode,
}

/// What is done with what is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LookupMode {
    /// The id takes the name's place; nothing found is a refusal.
    Id,
    /// Looks like a code: the id takes its place, and when nothing is found the code itself is tried as an id.
    IdOrCode,
    /// The name goes on the wire in the account's spelling; an unknown one is a refusal.
    Name,
    /// The same, but an unknown one would be created for the whole account.
    NameOrNew,
}

impl LookupMode {
    /// Whether the name itself is sent.
    #[must_use]
    pub fn by_name(self) -> bool {
        matches!(self, Self::Name | Self::NameOrNew)
    }
}
