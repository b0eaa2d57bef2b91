use super::{SpecOperation, SpecScheme, SpecServer};
use crate::diagnostic::Diagnostic;

/// All that some `OpenAPI` files say.
///
/// What can be relied on: operations stand in the order of the files (files in the order of their names) and no two
/// have the same method and path; every `$ref` has been followed; whatever the files have wrong is a warning, and the
/// operation that has the fault is there all the same.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Spec {
    /// Title of the one file; of several, what their titles or names have in common, else that of the first.
    pub title: String,
    /// Servers of the files, in their order, each once.
    pub servers: Vec<SpecServer>,
    /// Security schemes of the files, each name once.
    pub schemes: Vec<SpecScheme>,
    /// Every operation.
    pub operations: Vec<SpecOperation>,
    /// One finding a fault, each with file and line; all of them are warnings.
    pub warnings: Vec<Diagnostic>,
}

impl Spec {
    /// The security scheme of that name.
    #[must_use]
    pub fn scheme(&self, name: &str) -> Option<&SpecScheme> {
        self.schemes.iter().find(|scheme| scheme.name == name)
    }
}
