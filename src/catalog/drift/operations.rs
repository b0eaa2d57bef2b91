use std::collections::BTreeSet;

use super::accounts::{Accounts, unexcused};
use super::compare::Comparison;
use super::{Aspect, Difference};
use crate::catalog::load::TOKENS;
use crate::catalog::openapi::{Spec, SpecOperation};
use crate::catalog::{Catalog, Lifecycle, Operation, Service, TokenKind};

/// What a comparison found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drift {
    /// What differs, in the order of the specification; then what only the catalog has.
    pub differences: Vec<Difference>,
    /// Accounts of differences that are no longer there: `operation: key`.
    pub idle: Vec<String>,
    /// Operations that both sides have.
    pub compared: usize,
}

/// Compares the operations of a service with a specification of its API. Undocumented operations, and those of a version
/// that the specification never speaks of, are nothing that it could have.
pub fn drift(catalog: &Catalog, service: &Service, accounts: &Accounts, spec: &Spec) -> Drift {
    let header = service.version_header.as_deref();
    let versions: BTreeSet<String> = spec.operations.iter().flat_map(|theirs| versions(theirs, header)).collect();
    let own: Vec<&Operation> = catalog
        .ids()
        .map(|id| catalog.operation(id))
        .filter(|op| op.service == service.name && op.lifecycle != Lifecycle::Undocumented)
        .collect();
    let mut drift = Drift::default();
    let mut met: BTreeSet<&str> = BTreeSet::new();
    let mut found = Vec::new();
    for theirs in &spec.operations {
        let exact = own.iter().find(|op| op.method == theirs.method && op.path == theirs.path);
        let Some(ours) = exact.or_else(|| own.iter().find(|op| is_same(op, theirs))) else {
            found.push(only_in_spec(theirs));
            continue;
        };
        met.insert(&ours.name);
        drift.compared += 1;
        let mut comparison = Comparison { ours, theirs, found: Vec::new() };
        comparison.operation(service, accounts);
        comparison.parameters(header);
        comparison.body();
        found.extend(comparison.found);
    }
    let foreign = |op: &Operation| !versions.is_empty() && op.version.as_ref().is_some_and(|v| !versions.contains(v));
    for op in own.iter().filter(|op| !met.contains(op.name.as_str()) && !foreign(op)) {
        found.push(only_in_catalog(op));
    }
    (drift.differences, drift.idle) = unexcused(found, &accounts.excused);
    drift
}

impl Comparison<'_> {
    fn operation(&mut self, service: &Service, accounts: &Accounts) {
        let (ours, theirs) = (self.ours, self.theirs);
        if ours.path != theirs.path {
            self.note("", Aspect::Path, ours.path.as_str(), theirs.path.as_str());
        }
        let status = |deprecated: bool| if deprecated { "deprecated" } else { "current" };
        let deprecated = ours.lifecycle == Lifecycle::Deprecated;
        if deprecated != theirs.deprecated {
            self.note("", Aspect::Status, status(deprecated), status(theirs.deprecated));
        }
        self.version(service.version_header.as_deref());
        self.scopes();
        self.token(accounts);
    }

    fn version(&mut self, header: Option<&str>) {
        let known = versions(self.theirs, header);
        let own = self.ours.version.clone();
        let fits = match &own {
            Some(own) => known.contains(own),
            None => known.is_empty(),
        };
        if header.is_some() && !fits {
            let or_none = |text: String| if text.is_empty() { "none".to_owned() } else { text };
            self.note("", Aspect::Version, or_none(own.unwrap_or_default()), or_none(known.join(" or ")));
        }
    }

    fn scopes(&mut self) {
        let ours: BTreeSet<&str> = self.ours.scopes.iter().map(String::as_str).collect();
        let theirs: BTreeSet<&str> = self.theirs.scopes().into_iter().collect();
        if ours != theirs {
            let listed = |scopes: &BTreeSet<&str>| {
                let all: Vec<&str> = scopes.iter().copied().collect();
                if all.is_empty() { "none".to_owned() } else { all.join(", ") }
            };
            self.note("", Aspect::Scopes, listed(&ours), listed(&theirs));
        }
    }

    /// The kind of token, as far as the service says which schemes ask for which.
    fn token(&mut self, accounts: &Accounts) {
        if accounts.token_kinds.is_empty() || self.theirs.security.is_empty() {
            return;
        }
        let schemes: Vec<&str> =
            self.theirs.security.iter().flat_map(|r| &r.schemes).map(|(name, _)| name.as_str()).collect();
        let kind = |name: &&str| accounts.token_kinds.iter().find(|(known, _)| known == name).map(|(_, kind)| *kind);
        if let Some(unknown) = schemes.iter().find(|name| kind(name).is_none()) {
            let own = word(self.ours.token);
            return self.note("", Aspect::Token, own, format!("`{unknown}`, which is not under `token_kinds`"));
        }
        let kinds: BTreeSet<&str> = schemes.iter().filter_map(kind).map(word).collect();
        let wanted = match kinds.iter().collect::<Vec<_>>().as_slice() {
            [] => word(TokenKind::None),
            [only] => only,
            _ => word(TokenKind::Any),
        };
        if word(self.ours.token) != wanted {
            self.note("", Aspect::Token, word(self.ours.token), wanted);
        }
    }
}

fn word(kind: TokenKind) -> &'static str {
    TOKENS.iter().find(|(_, known)| *known == kind).map_or("any", |(word, _)| word)
}

/// The values that the version header may have.
fn versions(operation: &SpecOperation, header: Option<&str>) -> Vec<String> {
    let Some(header) = header else { return Vec::new() };
    let param = operation.params.iter().find(|param| param.name.eq_ignore_ascii_case(header));
    let values = param.map_or(&[][..], |param| &param.schema.values);
    values.iter().map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned)).collect()
}

/// Whether both are one request; what variables are called and a slash at the end is compared later.
fn is_same(ours: &Operation, theirs: &SpecOperation) -> bool {
    let shape = |path: &str| {
        let segments = path.trim_end_matches('/').split('/');
        segments.map(|s| if s.starts_with('{') { "{}".to_owned() } else { s.to_owned() }).collect::<Vec<_>>()
    };
    ours.method == theirs.method && shape(&ours.path) == shape(&theirs.path)
}

fn only_in_spec(theirs: &SpecOperation) -> Difference {
    Difference {
        operation: None,
        request: theirs.request_line(),
        aspect: Aspect::Presence,
        at: String::new(),
        catalog: "nothing".to_owned(),
        spec: if theirs.deprecated { "a deprecated operation" } else { "an operation" }.to_owned(),
        source: None,
    }
}

fn only_in_catalog(ours: &Operation) -> Difference {
    Difference {
        operation: Some(ours.name.clone()),
        request: ours.request_line(),
        aspect: Aspect::Presence,
        at: String::new(),
        catalog: "an operation".to_owned(),
        spec: "nothing".to_owned(),
        source: Some(ours.source.clone()),
    }
}
