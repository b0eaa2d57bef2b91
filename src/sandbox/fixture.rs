//! Catalogs for tests, made by hand.

use crate::catalog::{
    Auth, BodyKind, Catalog, DateFormat, Kind, Lexicon, Lifecycle, Method, Operation, Parameter, Place, Risk, Service,
    TokenKind,
};

/// An operation of the service `shop` that takes its path variables and nothing else.
pub(super) fn operation(line: &str) -> Operation {
    let (method, path) = line.split_once(' ').unwrap();
    let method = [Method::Get, Method::Post, Method::Put, Method::Patch, Method::Delete]
        .into_iter()
        .find(|m| m.as_str() == method)
        .unwrap();
    let variables = path.split('/').filter_map(|s| s.strip_prefix('{')?.strip_suffix('}'));
    Operation {
        name: line.to_owned(),
        service: "shop".to_owned(),
        group: "things".to_owned(),
        title: line.to_owned(),
        method,
        template: path.replace('{', "{{ ").replace('}', " }}"),
        path: path.to_owned(),
        version: None,
        scopes: Vec::new(),
        token: TokenKind::Any,
        risk: Risk::Write,
        lifecycle: Lifecycle::Official,
        body: BodyKind::Json,
        params: variables.map(|v| param(v, Place::Path, Kind::Text, true)).collect(),
        page: None,
        returns: None,
        verbs: Vec::new(),
        own_verbs: Vec::new(),
        objects: Vec::new(),
        keys: Vec::new(),
        say: Vec::new(),
        not: Vec::new(),
        prefer_over: Vec::new(),
        undo: None,
        done: None,
        fixed: Vec::new(),
        source: "test".to_owned(),
    }
}

/// A parameter of that kind.
pub(super) fn param(name: &str, place: Place, kind: Kind, required: bool) -> Parameter {
    Parameter {
        name: name.to_owned(),
        place,
        kind,
        many: false,
        required,
        needed: false,
        values: Vec::new(),
        format: DateFormat::Iso,
        wire: None,
        names: Vec::new(),
        roles: Vec::new(),
        bare: false,
        default: None,
        supplied: false,
        ask: None,
        help: None,
        fields: Vec::new(),
        pattern: None,
        derive: None,
        range_end: None,
        needed: false,
        ahead: None,
        splits: Vec::new(),
        bounds: (None, None),
        unit: None,
        example: None,
    }
}

/// A catalog of the service `shop` with a bearer token and base path `/v2`.
pub(super) fn catalog(operations: impl IntoIterator<Item = Operation>) -> Catalog {
    let shop = Service {
        name: "shop".to_owned(),
        title: "Shop".to_owned(),
        base_url: "https://shop.example/v2".to_owned(),
        auth: Auth::Bearer(vec!["SHOP_TOKEN".to_owned()]),
        version_header: None,
        version: None,
        headers: Vec::new(),
        context: Vec::new(),
        rate_limit: None,
        pagination: Vec::new(),
        errors: Vec::new(),
        resources: Vec::new(),
        id_pattern: "^[A-Za-z0-9_-]{1,128}$".to_owned(),
        country: "US".to_owned(),
    };
    Catalog::new(vec![shop], operations.into_iter().collect(), Lexicon::default())
}
