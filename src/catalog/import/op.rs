use crate::catalog::openapi::SpecOperation;

use super::act::Act;
use super::parameters::Sent;
use super::shape::Shape;

/// An operation on its way into the YAML.
#[derive(Debug, Clone)]
pub(super) struct Op<'a> {
    /// As the file has it.
    pub(super) spec: &'a SpecOperation,
    /// Its path.
    pub(super) shape: Shape,
    /// What it does.
    pub(super) act: Act,
    /// Name in the catalog.
    pub(super) name: String,
    /// One line for people.
    pub(super) title: String,
    /// File it goes into.
    pub(super) group: String,
    /// What it sends.
    pub(super) sent: Sent,
    /// Kinds it acts on, by name, the primary one first.
    pub(super) objects: Vec<String>,
    /// Words of which one must be said.
    pub(super) keys: Vec<String>,
    /// Words that may be said beside.
    pub(super) beside: Vec<String>,
    /// Phrase patterns.
    pub(super) says: Vec<String>,
    /// Operations that it goes before, by name.
    pub(super) prefer_over: Vec<String>,
    /// Kind of what it answers, where in the answer, whether many.
    pub(super) returns: Option<(String, String, bool)>,
    /// Pagination style.
    pub(super) page: Option<String>,
    /// Whether no credential is sent.
    pub(super) open: bool,
    /// Value of the version header, where it is another than the service's.
    pub(super) version: Option<String>,
    /// Parameter set that it uses.
    pub(super) uses: Option<&'static str>,
}
