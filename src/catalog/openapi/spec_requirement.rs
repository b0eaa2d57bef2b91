/// One way in which an operation may be authorized: all of these schemes together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SpecRequirement {
    /// Names of the schemes, each with the scopes it needs; none: nothing is needed.
    pub schemes: Vec<(String, Vec<String>)>,
}
