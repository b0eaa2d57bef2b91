use crate::catalog::{Catalog, Kind, OpId, Parameter, Resource, inflect};

/// The words that a person can be offered, taken from the catalog once.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// Verbs, the primary ones of each class.
    pub(super) verbs: Vec<String>,
    /// Prepositions and the like, which stand between the rest.
    pub(super) small: Vec<String>,
    /// Nouns in the singular and the plural.
    pub(super) nouns: Vec<Noun>,
}

/// One way to name a kind of record, with what can be said about it.
#[derive(Debug, Clone, Default)]
pub(super) struct Noun {
    /// "contact", "contacts", "leads".
    pub(super) word: String,
    /// Names of fields and allowed values of the operations on it.
    pub(super) fields: Vec<String>,
}

impl Words {
    pub(super) fn of(catalog: &Catalog) -> Self {
        let mut verbs: Vec<String> = catalog.lexicon().verbs.iter().flat_map(|class| class.words.clone()).collect();
        verbs.retain(|verb| !verb.contains(" .. "));
        let small = catalog.lexicon().set("preposition").to_vec();
        let mut words = Self { verbs, small, nouns: Vec::new() };
        for service in catalog.services() {
            for resource in service.resources.iter() {
                let fields = fields(catalog, resource);
                words.nouns.extend(names(resource).map(|word| Noun { word, fields: fields.clone() }));
            }
        }
        tidy(&mut words.verbs);
        words.nouns.sort_by(|a, b| a.word.cmp(&b.word));
        words
    }
}

/// Everything a resource is called.
pub(super) fn names(resource: &Resource) -> impl Iterator<Item = String> {
    let plurals = resource.nouns.iter().map(|noun| inflect::plural(noun));
    resource.nouns.iter().cloned().chain(plurals).chain(resource.plurals.iter().cloned())
}

/// The operations that act on a resource, in catalog order.
pub(super) fn operations(catalog: &Catalog, resource: &Resource) -> Vec<OpId> {
    let acts = |id: &OpId| {
        let operation = catalog.operation(*id);
        operation.service == resource.service && operation.objects.first() == Some(&resource.name)
    };
    catalog.ids().filter(acts).collect()
}

/// The operations that need such a record but act on something else: notes of a contact, say.
pub(super) fn related(catalog: &Catalog, resource: &Resource) -> Vec<OpId> {
    let own = operations(catalog, resource);
    let needs = |id: &OpId| {
        let operation = catalog.operation(*id);
        let takes = |param: &Parameter| param.required && param.kind == Kind::Entity(resource.name.clone());
        operation.service == resource.service && !own.contains(id) && operation.params.iter().any(takes)
    };
    catalog.ids().filter(needs).collect()
}

fn fields(catalog: &Catalog, resource: &Resource) -> Vec<String> {
    let mut found = Vec::new();
    for id in operations(catalog, resource) {
        for param in catalog.operation(id).params.iter().filter(|param| !param.supplied) {
            found.push(inflect::spoken(&param.name));
            found.extend(param.names.iter().cloned());
            found.extend(param.values.iter().flat_map(|value| value.say.clone()));
        }
    }
    tidy(&mut found);
    found
}

fn tidy(words: &mut Vec<String>) {
    words.sort();
    words.dedup();
}
