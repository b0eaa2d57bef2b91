use super::{Subject, fits};
use crate::catalog::Risk;

/// One line of a policy. It fits an operation that fits everything it says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rule {
    /// Names of operations, with `*`; empty: any.
    pub operations: Vec<String>,
    /// Groups, with `*`; empty: any.
    pub groups: Vec<String>,
    /// Risks; empty: any.
    pub risks: Vec<Risk>,
    /// Services; empty: any.
    pub services: Vec<String>,
    /// Why it is there, for the refusal.
    pub why: Option<String>,
    /// File and line.
    pub source: String,
}

impl Rule {
    /// Whether it speaks of an operation.
    #[must_use]
    pub fn is_about(&self, subject: &Subject<'_>) -> bool {
        let any = |patterns: &[String], text: &str| patterns.is_empty() || patterns.iter().any(|p| fits(p, text));
        any(&self.operations, subject.operation)
            && any(&self.groups, subject.group)
            && any(&self.services, subject.service)
            && (self.risks.is_empty() || self.risks.contains(&subject.risk))
    }
}
