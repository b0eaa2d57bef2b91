use std::collections::BTreeSet;

use crate::execute::Touched;
use crate::plan::fold;

/// What a conversation has settled about names: choices made, new names agreed to, records spoken of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bindings {
    chosen: Vec<Binding>,
    agreed: BTreeSet<(String, String)>,
    known: Vec<Touched>,
}

/// One name that was chosen a record for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// Kind of record.
    pub resource: String,
    /// The name as it was given.
    pub text: String,
    /// The record's id.
    pub id: String,
    /// What people call it.
    pub label: String,
}

impl Bindings {
    /// Bindings of a conversation in which these records were spoken of.
    #[must_use]
    pub fn new(known: Vec<Touched>) -> Self {
        Self { known, ..Self::default() }
    }

    /// Settles a name.
    pub fn choose(&mut self, binding: Binding) {
        self.chosen.push(binding);
    }

    /// Agrees to a new name.
    pub fn agree(&mut self, resource: &str, name: &str) {
        self.agreed.insert((resource.to_owned(), fold(name)));
    }

    pub(super) fn chosen(&self, resource: &str, text: &str) -> Option<&Binding> {
        let folded = fold(text);
        self.chosen.iter().find(|b| b.resource == resource && fold(&b.text) == folded)
    }

    pub(super) fn is_agreed(&self, resource: &str, name: &str) -> bool {
        self.agreed.contains(&(resource.to_owned(), fold(name)))
    }

    /// What people call the record of that id.
    #[must_use]
    pub fn label(&self, resource: &str, id: &str) -> Option<&str> {
        let chosen = self.chosen.iter().find(|b| b.resource == resource && b.id == id).map(|b| b.label.as_str());
        let known = || self.known.iter().find(|t| t.resource == resource && t.id == id).map(|t| t.label.as_str());
        chosen.or_else(known)
    }
}
