use crate::catalog::{Catalog, Kind, Lifecycle, Method, OpId, Operation, Parameter, Place};

/// What takes an operation back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Inverse {
    /// Another operation.
    Other(OpId),
    /// The same with the values of before.
    Former,
    /// Deleting what was made.
    Delete(OpId),
}

/// What takes an operation back: what the catalog names; else deleting what it made, or, for a change of one record,
/// writing what stood there before.
pub(super) fn inverse(catalog: &Catalog, operation: &Operation, made: Option<&str>) -> Option<Inverse> {
    if let Some(name) = &operation.undo {
        let id = catalog.by_name(name)?;
        let same = *name == operation.name;
        let deletes = catalog.operation(id).method == Method::Delete && made.is_some();
        return Some(if same {
            Inverse::Former
        } else if deletes {
            Inverse::Delete(id)
        } else {
            Inverse::Other(id)
        });
    }
    if let Some(resource) = made {
        let deletes = |o: &Operation| {
            o.method == Method::Delete && last_in_path(o).is_some_and(|p| names(p, o, catalog, resource))
        };
        return best(catalog, operation, deletes).map(Inverse::Delete);
    }
    let changes = matches!(operation.method, Method::Put | Method::Patch) && subject(operation).is_some();
    changes.then_some(Inverse::Former)
}

/// The operation that shows one record of a kind.
pub(super) fn reader(catalog: &Catalog, of: &Operation, resource: &str) -> Option<OpId> {
    best(catalog, of, |operation| {
        let returns = operation.returns.as_ref();
        operation.method == Method::Get
            && operation.reads()
            && returns.is_some_and(|r| !r.many && r.resource.as_deref() == Some(resource))
            && last_in_path(operation).is_some_and(|p| names(p, operation, catalog, resource))
    })
}

/// The parameter that says which record an operation is about: the first record in its path.
pub(super) fn subject(operation: &Operation) -> Option<(&Parameter, &str)> {
    operation.params.iter().filter(|p| p.place == Place::Path).find_map(|p| match &p.kind {
        Kind::Entity(resource) if !p.supplied => Some((p, resource.as_str())),
        _ => None,
    })
}

/// Whether a parameter takes the id of a record of that kind.
pub(super) fn names(parameter: &Parameter, operation: &Operation, catalog: &Catalog, resource: &str) -> bool {
    match &parameter.kind {
        Kind::Entity(kind) => kind == resource,
        _ => catalog.resource(&operation.service, resource).is_some_and(|r| r.id == parameter.name),
    }
}

/// The shortest official request of the service that fits.
fn best(catalog: &Catalog, of: &Operation, fits: impl Fn(&Operation) -> bool) -> Option<OpId> {
    let same = |id: &OpId| catalog.operation(*id).service == of.service;
    let found = catalog.ids().filter(same).filter(|id| fits(catalog.operation(*id)));
    found.filter(|id| catalog.operation(*id).lifecycle == Lifecycle::Official).min_by_key(|id| {
        let operation = catalog.operation(*id);
        let required = operation.params.iter().filter(|p| p.required && !p.supplied).count();
        (operation.group != of.group, required, operation.path.len())
    })
}

/// The parameter that a path ends with.
fn last_in_path(operation: &Operation) -> Option<&Parameter> {
    let name = operation.path.trim_end_matches('/').rsplit('/').next()?.strip_prefix('{')?.strip_suffix('}')?;
    operation.param(name)
}
