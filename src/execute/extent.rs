/// How much of a list is fetched.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Extent {
    /// What one request answers.
    #[default]
    Page,
    /// At most so many records (`--limit`).
    Limit(usize),
    /// Everything (`--all`).
    All,
}
