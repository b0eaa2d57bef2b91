//! Catalogs for tests: one operation is loaded as a user's would be, and bent into what a test needs.

use std::sync::LazyLock;

use crate::catalog::{Catalog, Kind, Layer, Lexicon, Method, Operation, Parameter, Place, Service};

const SERVICE: &str = "service: shop\ntitle: Shop\nbase_url: https://shop.example/v2\nauth: {bearer: [SHOP_TOKEN]}\n";
const GROUP: &str = "operations:\n  bend: {request: 'POST /bend', params: {it: {in: body}}}\n";
const LEXICON: &str = include_str!("../../endpoints/lexicon.yaml");

static LOADED: LazyLock<Catalog> = LazyLock::new(|| {
    let files = [("lexicon.yaml", LEXICON), ("shop/service.yaml", SERVICE), ("shop/bend.yaml", GROUP)];
    let files = files.map(|(name, text)| (name.to_owned(), text.to_owned())).into();
    Catalog::of_layers(&[Layer::new("endpoints", files)]).unwrap_or_else(|found| panic!("{found:#?}")).catalog
});

fn loaded() -> &'static Operation {
    LOADED.operation(LOADED.by_name("bend").unwrap())
}

/// An operation of the service `shop` that takes its path variables and nothing else.
pub(super) fn operation(line: &str) -> Operation {
    let (method, path) = line.split_once(' ').unwrap();
    let mut operation = loaded().clone();
    line.clone_into(&mut operation.name);
    operation.method = [Method::Get, Method::Post, Method::Put, Method::Patch, Method::Delete]
        .into_iter()
        .find(|m| m.as_str() == method)
        .unwrap();
    operation.template = path.replace('{', "{{ ").replace('}', " }}");
    path.clone_into(&mut operation.path);
    let variables = path.split('/').filter_map(|s| s.strip_prefix('{')?.strip_suffix('}'));
    operation.params = variables.map(|v| param(v, Place::Path, Kind::Text, true)).collect();
    operation.verbs.clear();
    operation
}

/// A parameter of that kind.
pub(super) fn param(name: &str, place: Place, kind: Kind, required: bool) -> Parameter {
    Parameter { name: name.to_owned(), place, kind, required, ..loaded().params[0].clone() }
}

/// A catalog of the service `shop` with a bearer token and base path `/v2`.
pub(super) fn catalog(operations: impl IntoIterator<Item = Operation>) -> Catalog {
    let services: Vec<Service> = LOADED.services().to_vec();
    Catalog::new(services, operations.into_iter().collect(), Vec::new(), Lexicon::default())
}
