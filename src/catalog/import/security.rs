//! How requests of a service prove who is asking.

use std::collections::BTreeMap;

use crate::catalog::openapi::{SchemeKind, Spec, SpecOperation, SpecPlace, SpecScheme};

use super::english::{is, words};
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
    /// Headers and query parameters of requests that only carry a credential, in lower case.
    pub(super) carriers: Vec<String>,
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
    let mut undeclared = undeclared(spec);
    out.carriers = undeclared.iter().map(|scheme| scheme.name.to_lowercase()).collect();
    let Some(main) = known.iter().filter(frequent).min_by_key(|scheme| rank(&scheme.kind)) else {
        if !undeclared.is_empty() {
            (out.auth, out.variables) = auth(&undeclared.remove(0), prefix);
            carry(&mut out, undeclared, prefix);
            return out;
        }
        for scheme in spec.schemes.iter().filter(used) {
            out.faults.push(format!(
                "the security scheme `{}` cannot be used; requests go without a credential",
                scheme.name
            ));
        }
        return out;
    };
    (out.auth, out.variables) = auth(main, prefix);
    let mut all = beside(spec, main);
    let own = match &main.kind {
        SchemeKind::Header(name) | SchemeKind::Query(name) => name.to_lowercase(),
        SchemeKind::Bearer | SchemeKind::Basic => "authorization".to_owned(),
        _ => String::new(),
    };
    let said = |scheme: &SpecScheme, all: &[SpecScheme]| {
        let name = scheme.name.to_lowercase();
        name == own
            || all.iter().any(
                |known| matches!(&known.kind, SchemeKind::Header(n) | SchemeKind::Query(n) if n.to_lowercase() == name),
            )
    };
    let more: Vec<SpecScheme> = undeclared.into_iter().filter(|scheme| !said(scheme, &all)).collect();
    all.extend(more);
    carry(&mut out, all, prefix);
    out
}

/// Has context values sent beside the credential.
fn carry(out: &mut Security, schemes: Vec<SpecScheme>, prefix: &str) {
    for scheme in schemes {
        let variable = format!("{prefix}_{}", upper(&scheme.name));
        let value = lower(&scheme.name);
        match scheme.kind {
            SchemeKind::Header(header) => out.headers.push((header, value.clone())),
            SchemeKind::Query(query) => out.queries.push((query, value.clone())),
            _ => continue,
        }
        out.context.push((value, variable));
    }
}

/// Parameters that most requests need and whose names say that they carry a credential, though no scheme does; the likeliest
/// key first.
fn undeclared(spec: &Spec) -> Vec<SpecScheme> {
    let mut counts: BTreeMap<(&str, SpecPlace), usize> = BTreeMap::new();
    let named = |name: &str| {
        let spoken = words(name);
        (0..spoken.len()).any(|at| is("credential", &spoken[at..].join(" ")))
    };
    for param in spec.operations.iter().flat_map(|operation| &operation.params) {
        let carries = matches!(param.place, SpecPlace::Header) || param.place == SpecPlace::Query && param.required;
        let everywhere = param.required && param.schema.default.is_none() && param.schema.values.is_empty();
        if carries && param.schema.constant_text().is_none() && (named(&param.name) || everywhere) {
            *counts.entry((&param.name, param.place)).or_default() += 1;
        }
    }
    // Nothing but a credential is a header of that name; a query parameter may be anything unless most requests need it.
    // What nearly every request needs is no matter of a phrase either.
    let most = spec.operations.len();
    let usual = |name: &str, place: SpecPlace, count: usize| match place {
        _ if !named(name) => most > 5 && count * 10 >= most * 9,
        SpecPlace::Header => count > 1,
        _ => count * 2 > most,
    };
    let counts = counts.into_iter().filter(|((name, place), count)| usual(name, *place, *count));
    let mut found: Vec<(&str, SpecPlace)> = counts.map(|(key, _)| key).collect();
    let key = |name: &str| words(name).last().is_some_and(|last| is("key-word", last));
    found.sort_by_key(|(name, place)| (!key(name), *place != SpecPlace::Header, (*name).to_owned()));
    let scheme = |(name, place): (&str, SpecPlace)| SpecScheme {
        name: name.to_owned(),
        kind: match place {
            SpecPlace::Header => SchemeKind::Header(name.to_owned()),
            _ => SchemeKind::Query(name.to_owned()),
        },
        description: String::new(),
    };
    found.into_iter().map(scheme).collect()
}

/// Schemes that are always needed together with the main one.
fn beside(spec: &Spec, main: &SpecScheme) -> Vec<SpecScheme> {
    let mut found: Vec<SpecScheme> = Vec::new();
    let with_main =
        spec.operations.iter().flat_map(|o| &o.security).filter(|r| r.schemes.iter().any(|(n, _)| *n == main.name));
    let together: Vec<_> = with_main.collect();
    for name in together.iter().flat_map(|r| &r.schemes).map(|(name, _)| name).filter(|name| **name != main.name) {
        let always = together.iter().filter(|r| r.schemes.iter().any(|(n, _)| n == name)).count() * 2 > together.len();
        if let Some(scheme) = spec.scheme(name).filter(|_| always && found.iter().all(|known| known.name != *name)) {
            found.push(scheme.clone());
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
