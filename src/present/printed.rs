/// What an answer looks like, by the stream it goes to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Printed {
    /// Data, for standard output.
    pub out: String,
    /// Questions, errors and explanations, for standard error.
    pub err: String,
}
