use crate::catalog::{Operation, Risk};

/// What a policy looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject<'a> {
    /// Name of the operation.
    pub operation: &'a str,
    /// Its group.
    pub group: &'a str,
    /// Its service.
    pub service: &'a str,
    /// What it does to the account.
    pub risk: Risk,
}

impl<'a> From<&'a Operation> for Subject<'a> {
    fn from(operation: &'a Operation) -> Self {
        Self { operation: &operation.name, group: &operation.group, service: &operation.service, risk: operation.risk }
    }
}
