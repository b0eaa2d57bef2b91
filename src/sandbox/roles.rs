use std::collections::HashMap;

use super::behaviour::{Behaviour, Collection};
use super::derive;
use crate::catalog::{Catalog, Operation, Service};

/// How each service of the catalog is played.
#[derive(Debug)]
pub(super) struct Roles {
    plain: Behaviour,
    by_service: Vec<(String, Behaviour)>,
    id_patterns: HashMap<String, String>,
}

impl Roles {
    /// Takes what the behaviour data says about the services of the catalog, and derives the rest.
    pub(super) fn new(catalog: &Catalog) -> Self {
        let (plain, mut by_service) = Behaviour::built_in();
        by_service.retain(|(name, _)| catalog.service(name).is_some());
        let mut roles = Self { plain, by_service, id_patterns: HashMap::new() };
        for service in catalog.services() {
            if roles.by_service.iter().all(|(name, _)| *name != service.name) {
                let derived = roles.derived(catalog, service);
                roles.by_service.push((service.name.clone(), derived));
            }
        }
        roles
    }

    /// How a service is played.
    pub(super) fn of(&self, service: &Service) -> &Behaviour {
        self.by_service.iter().find(|(name, _)| *name == service.name).map_or(&self.plain, |(_, behaviour)| behaviour)
    }

    /// The role that has the accounts: that of the first service with data of its own.
    pub(super) fn first(&self) -> &Behaviour {
        self.by_service.first().map_or(&self.plain, |(_, behaviour)| behaviour)
    }

    /// What ids of a collection look like, where the catalog says so.
    pub(super) fn id_patterns(&self) -> &HashMap<String, String> {
        &self.id_patterns
    }

    /// The role and full name of a collection that a seed calls `name`.
    pub(super) fn of_collection(&self, name: &str) -> (&Behaviour, String) {
        let first = self.first();
        if first.collections.get(name).is_some() {
            return (first, name.to_owned());
        }
        let of_service = |(service, behaviour): &'_ (String, Behaviour)| {
            let full = format!("{service}/{name}");
            behaviour.collections.get(&full).is_some().then_some(full)
        };
        let found = self.by_service.iter().find_map(|role| Some((&role.1, of_service(role)?)));
        found.unwrap_or_else(|| (first, name.to_owned()))
    }

    /// What the resources of a service without data of its own say about its collections.
    fn derived(&mut self, catalog: &Catalog, service: &Service) -> Behaviour {
        let mut behaviour = self.plain.clone();
        let prefix = prefix(&behaviour, service);
        let own = catalog.ids().map(|id| catalog.operation(id)).filter(|o| o.service == service.name);
        for operation in own {
            let Some(resource) = returned(operation, service) else { continue };
            let collection = derive::collection_of(catalog, operation, &prefix);
            self.id_patterns.insert(collection.clone(), resource.id_pattern.clone());
            if behaviour.collections.get(&collection).is_none() {
                let one = resource.nouns.first().map(|noun| capitalised(noun)).unwrap_or_default();
                let rules = Collection { one, id: resource.id_key.clone(), shared: true, ..Collection::default() };
                behaviour.collections.0.push((collection, rules));
            }
        }
        behaviour
    }
}

/// Collections of services without data of their own are kept apart by the service's name.
pub(super) fn prefix(behaviour: &Behaviour, service: &Service) -> String {
    if behaviour.operations.0.is_empty() { format!("{}/", service.name) } else { String::new() }
}

fn returned<'a>(operation: &Operation, service: &'a Service) -> Option<&'a crate::catalog::Resource> {
    service.resource(operation.returns.as_ref()?.resource.as_deref()?)
}

fn capitalised(noun: &str) -> String {
    let mut letters = noun.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
