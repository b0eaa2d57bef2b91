use super::{SpecPlace, SpecSchema};

/// A parameter of the path, the query, a header or a cookie.
#[derive(Debug, Clone, PartialEq)]
pub struct SpecParameter {
    /// The API's own name, exact in case.
    pub name: String,
    /// Where it is sent.
    pub place: SpecPlace,
    /// Whether a request without it is refused; always so in a path.
    pub required: bool,
    /// What it may be.
    pub schema: SpecSchema,
    /// What the file says of it.
    pub description: String,
    /// Whether the file asks not to use it any more.
    pub deprecated: bool,
    /// False for a variable of the path that the file never declares: all that is known is its name.
    pub declared: bool,
}
