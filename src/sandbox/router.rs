use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use crate::catalog::{Catalog, OpId};

/// Finds the operations of a request by method and path.
#[derive(Debug)]
pub(super) struct Router {
    routes: Vec<Route>,
}

/// One method and path, shared by all the operations that are variants of it.
#[derive(Debug)]
pub(super) struct Route {
    /// `POST /things/{id}`.
    pub(super) line: String,
    method: &'static str,
    /// Path segments after the base path; a variable is `{name}`.
    segments: Vec<String>,
    /// Paths that may stand before them: that of the service, and those of the services that extend it.
    bases: Vec<Vec<String>>,
    /// Operations of this request, in catalog order.
    pub(super) operations: Vec<OpId>,
}

/// What became of a look for a route.
#[derive(Debug)]
pub(super) enum Found<'a> {
    Route(&'a Route, Map<String, Value>),
    /// The path would fit if its letters were in another case.
    WrongCase,
    Nothing,
}

impl Router {
    pub(super) fn new(catalog: &Catalog) -> Self {
        let mut routes: Vec<Route> = Vec::new();
        for id in catalog.ids() {
            let operation = catalog.operation(id);
            let line = operation.request_line();
            let bases = bases(catalog, &operation.service);
            if let Some(route) = routes.iter_mut().find(|r| same(&r.line, &line) && r.bases == bases) {
                route.operations.push(id);
            } else {
                let segments = operation.path.trim_start_matches('/').split('/').map(str::to_owned).collect();
                routes.push(Route { line, method: operation.method.as_str(), segments, bases, operations: vec![id] });
            }
        }
        // Fixed segments win over variables, the leftmost first.
        routes.sort_by_key(|r| r.segments.iter().map(|s| variable(s).is_some()).collect::<Vec<_>>());
        Self { routes }
    }

    pub(super) fn find(&self, method: &str, path: &str) -> Found<'_> {
        let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        for route in self.routes.iter().filter(|r| r.method == method) {
            let nothing = Vec::new();
            for base in std::iter::once(&nothing).chain(&route.bases) {
                let fits = base.is_empty() || (parts.len() > base.len() && base.iter().eq(&parts[..base.len()]));
                if let Some(variables) = fits.then(|| route.fit(&parts[base.len()..], str::eq)).flatten() {
                    return Found::Route(route, variables);
                }
            }
        }
        let other =
            self.routes.iter().any(|r| r.fit(&parts, str::eq_ignore_ascii_case).is_some() && r.method == method);
        if other { Found::WrongCase } else { Found::Nothing }
    }
}

impl Route {
    fn fit(&self, parts: &[&str], equal: impl Fn(&str, &str) -> bool) -> Option<Map<String, Value>> {
        if parts.len() != self.segments.len() {
            return None;
        }
        let mut variables = Map::new();
        for (segment, part) in self.segments.iter().zip(parts) {
            match variable(segment) {
                Some(_) if part.is_empty() => return None,
                Some(name) => {
                    let value = percent_decode_str(part).decode_utf8_lossy().into_owned();
                    variables.insert(name.to_owned(), Value::String(value));
                }
                None if !equal(segment, part) => return None,
                None => {}
            }
        }
        Some(variables)
    }
}

/// Whether two request lines differ at most in the names of their variables.
pub(super) fn same(a: &str, b: &str) -> bool {
    let mut left = a.split('/');
    let mut right = b.split('/');
    loop {
        match (left.next(), right.next()) {
            (None, None) => return true,
            (Some(x), Some(y)) if x == y || (variable(x).is_some() && variable(y).is_some()) => {}
            _ => return false,
        }
    }
}

fn variable(segment: &str) -> Option<&str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}

fn bases(catalog: &Catalog, service: &str) -> Vec<Vec<String>> {
    let own = catalog.service(service).map(|own| base_path(&own.base_url));
    let through = catalog.services().iter().filter_map(|other| {
        let extension = other.extends.as_ref().filter(|extension| extension.service == service)?;
        Some([extension.path.clone(), format!("{}{}", path_of(&other.base_url), extension.path)])
    });
    let through = through.flatten().map(|path| segments(&path));
    own.into_iter().chain(through).collect()
}

fn base_path(base_url: &str) -> Vec<String> {
    segments(path_of(base_url))
}

fn path_of(base_url: &str) -> &str {
    let rest = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
    rest.find('/').map_or("", |at| &rest[at..])
}

fn segments(path: &str) -> Vec<String> {
    path.split('/').filter(|s| !s.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{catalog, operation};
    use super::*;

    fn line(router: &Router, method: &str, path: &str) -> String {
        match router.find(method, path) {
            Found::Route(route, variables) => format!("{} {}", route.line, Value::Object(variables)),
            Found::WrongCase => "case".to_owned(),
            Found::Nothing => "nothing".to_owned(),
        }
    }

    #[test]
    fn paths_are_exact_in_case_and_slash_and_fixed_segments_win() {
        let lines =
            ["GET /things/", "GET /things/{id}", "DELETE /things/{id}/parts/{part}", "DELETE /things/{id}/parts/all"];
        let router = Router::new(&catalog(lines.map(operation)));
        for (method, path, expected) in [
            ("GET", "/things/", "GET /things/ {}"),
            ("GET", "/things", "nothing"),
            ("GET", "/things/a%20b", r#"GET /things/{id} {"id":"a b"}"#),
            ("GET", "/Things/", "case"),
            ("POST", "/things/", "nothing"),
            ("DELETE", "/things/1/parts/all", r#"DELETE /things/{id}/parts/all {"id":"1"}"#),
            ("DELETE", "/things/1/parts/2", r#"DELETE /things/{id}/parts/{part} {"id":"1","part":"2"}"#),
            ("GET", "/v2/things/", "GET /things/ {}"),
        ] {
            assert_eq!(line(&router, method, path), expected, "{method} {path}");
        }
    }

    #[test]
    fn variants_of_a_request_share_a_route() {
        let router = Router::new(&catalog(["POST /things/{id}", "POST /things/{thing}"].map(operation)));
        assert_eq!(router.routes.len(), 1);
        assert_eq!(router.routes[0].operations.len(), 2);
    }
}
