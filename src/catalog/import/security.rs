//! How requests of a service prove who is asking.

use std::collections::BTreeMap;

use crate::catalog::openapi::{SchemeKind, Spec, SpecOperation, SpecScheme};

use super::yaml_text::scalar;

/// The credential of a service and what goes beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Security {
    /// `auth:`, as YAML; empty: none.
    pub(super) auth: String,
    /// Variables of the environment that the credential comes from, for people.
    pub(super) variables: Vec<String>,
    /// Further headers: name, context value that fills it.
    pub(super) headers: Vec<(String, String)>,
    /// Further query parameters: name, context value that fills it.
    pub(super) queries: Vec<(String, String)>,
    /// Context values: name, environment variable.
    pub(super) context: Vec<(String, String)>,
    /// What could not be taken over.
    pub(super) faults: Vec<String>,
}

/// Chooses the scheme that most operations can use; of several, the one that is easiest to give. `prefix` begins the
/// names of environment variables.
pub(super) fn security(spec: &Spec, prefix: &str) -> Security {
    let mut out = Security::default();
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    for name in spec.operations.iter().flat_map(|o| &o.security).flat_map(|r| &r.schemes).map(|(name, _)| name) {
        *uses.entry(name).or_default() += 1;
    }
    let used = |scheme: &&SpecScheme| uses.is_empty() || uses.contains_key(scheme.name.as_str());
    let mut known: Vec<&SpecScheme> =
        spec.schemes.iter().filter(used).filter(|scheme| rank(&scheme.kind) < 9).collect();
    known.sort_by_key(|scheme| {
        (std::cmp::Reverse(uses.get(scheme.name.as_str()).copied().unwrap_or(0)), rank(&scheme.kind))
    });
    let best = uses.values().copied().max().unwrap_or(0);
    let frequent = |scheme: &&&SpecScheme| uses.get(scheme.name.as_str()).copied().unwrap_or(0) * 2 >= best;
    let Some(main) = known.iter().filter(frequent).min_by_key(|scheme| rank(&scheme.kind)) else {
        for scheme in spec.schemes.iter().filter(used) {
            out.faults.push(format!(
                "the security scheme `{}` cannot be used; requests go without a credential",
                scheme.name
            ));
        }
        return out;
    };
    (out.auth, out.variables) = auth(main, prefix);
    for (name, kind) in beside(spec, main) {
        let variable = format!("{prefix}_{}", upper(&name));
        let value = lower(&name);
        match kind {
            SchemeKind::Header(header) => out.headers.push((header, value.clone())),
            SchemeKind::Query(query) => out.queries.push((query, value.clone())),
            _ => continue,
        }
        out.context.push((value, variable));
    }
    out
}

/// Schemes that are always needed together with the main one.
fn beside(spec: &Spec, main: &SpecScheme) -> Vec<(String, SchemeKind)> {
    let mut found: Vec<(String, SchemeKind)> = Vec::new();
    let with_main =
        spec.operations.iter().flat_map(|o| &o.security).filter(|r| r.schemes.iter().any(|(n, _)| *n == main.name));
    let together: Vec<_> = with_main.collect();
    for name in together.iter().flat_map(|r| &r.schemes).map(|(name, _)| name).filter(|name| **name != main.name) {
        let always = together.iter().filter(|r| r.schemes.iter().any(|(n, _)| n == name)).count() * 2 > together.len();
        if let Some(scheme) = spec.scheme(name).filter(|_| always && found.iter().all(|(known, _)| known != name)) {
            found.push((name.clone(), scheme.kind.clone()));
        }
    }
    found
}

fn rank(kind: &SchemeKind) -> u8 {
    match kind {
        SchemeKind::Bearer => 0,
        SchemeKind::Header(_) => 1,
        SchemeKind::Query(_) => 2,
        SchemeKind::Basic => 3,
        SchemeKind::Cookie(_) | SchemeKind::Other(_) => 9,
    }
}

fn auth(scheme: &SpecScheme, prefix: &str) -> (String, Vec<String>) {
    let token = format!("{prefix}_TOKEN");
    let key = format!("{prefix}_API_KEY");
    let bearer = || (format!("{{bearer: [{token}, {key}]}}"), vec![token.clone()]);
    match &scheme.kind {
        SchemeKind::Header(name) if name.eq_ignore_ascii_case("authorization") => {
            let says = format!("{} {}", scheme.name, scheme.description).to_lowercase();
            if says.contains("bearer") || says.contains("jwt") {
                return bearer();
            }
            (format!("{{header: {}, env: [{key}, {token}]}}", scalar(name)), vec![key])
        }
        SchemeKind::Header(name) => (format!("{{header: {}, env: [{key}, {token}]}}", scalar(name)), vec![key]),
        SchemeKind::Query(name) => (format!("{{query: {}, env: [{key}, {token}]}}", scalar(name)), vec![key]),
        SchemeKind::Basic => {
            let (user, password) = (format!("{prefix}_USER"), format!("{prefix}_PASSWORD"));
            (format!("{{basic: {{user: [{user}], password: [{password}]}}}}"), vec![user, password])
        }
        _ => bearer(),
    }
}

/// Whether an operation of a service with a credential goes without.
pub(super) fn is_open(spec: &Spec, operation: &SpecOperation) -> bool {
    let said = spec.operations.iter().any(|operation| operation.security.iter().any(|r| !r.schemes.is_empty()));
    said && (operation.security.is_empty() || operation.security.iter().all(|r| r.schemes.is_empty()))
}

/// `corner-shop` → `CORNER_SHOP`.
pub(super) fn upper(name: &str) -> String {
    lower(name).to_uppercase()
}

fn lower(name: &str) -> String {
    let spoken = crate::catalog::inflect::spoken(name);
    let plain: String = spoken.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    if plain.starts_with(|c: char| c.is_ascii_digit()) { format!("_{plain}") } else { plain }
}
