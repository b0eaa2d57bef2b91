use super::Difference;
use crate::catalog::{Forest, TokenKind};

/// What a service says of its specification.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Accounts {
    /// Kind of token by the name of a security scheme.
    pub token_kinds: Vec<(String, TokenKind)>,
    /// Differences that operations account for.
    pub excused: Vec<Excused>,
}

/// Differences that an operation accounts for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Excused {
    /// Operation by name.
    pub operation: String,
    /// Key of the difference, and the reason, which is for people.
    pub differs: Vec<(String, String)>,
}

impl Accounts {
    /// Those of a service, from the trees of a checked catalog.
    pub fn of(forest: &Forest, service: &str) -> Self {
        let (token_kinds, operations) = crate::catalog::load::accounts(forest, service);
        let excused = operations.into_iter().map(|(operation, differs)| Excused { operation, differs });
        Self { token_kinds, excused: excused.collect() }
    }
}

/// The differences that no operation accounts for, and the accounts that nothing is left to explain, as `operation: key`.
pub(super) fn unexcused(found: Vec<Difference>, excused: &[Excused]) -> (Vec<Difference>, Vec<String>) {
    let account = |difference: &Difference| {
        let key = difference.key();
        let own = excused.iter().find(|e| Some(&e.operation) == difference.operation.as_ref());
        own.and_then(|own| own.differs.iter().find(|(known, _)| *known == key)).map(|_| key)
    };
    let mut used: Vec<(String, String)> = Vec::new();
    let mut left = Vec::new();
    for difference in found {
        match (account(&difference), &difference.operation) {
            (Some(key), Some(operation)) => used.push((operation.clone(), key)),
            _ => left.push(difference),
        }
    }
    let idle =
        excused.iter().flat_map(|own| own.differs.iter().map(move |(key, _)| (own.operation.clone(), key.clone())));
    let idle =
        idle.filter(|entry| !used.contains(entry)).map(|(operation, key)| format!("{operation}: {key}")).collect();
    (left, idle)
}
