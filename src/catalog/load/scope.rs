use rustc_hash::FxHashSet;

use crate::catalog::yaml::{Key, Node, Report, Span, suggest};
use crate::catalog::{Lexicon, PageStyle, Resource, ServiceVariant};

use super::choices::Choices;
use super::extends::Outline;
use super::templates::Templates;

/// Names of the whole catalog that any service may refer to.
pub(super) struct Known<'a> {
    /// The shared English.
    pub(super) lexicon: &'a Lexicon,
    /// Names of all operations.
    pub(super) operations: FxHashSet<&'a str>,
    /// The services, for one that extends another.
    pub(super) services: Vec<Outline<'a>>,
    /// Compiles templates.
    pub(super) templates: Templates,
    /// The lexicon could not be read.
    pub(super) lexicon_unread: bool,
    /// Some operations could not be read.
    pub(super) group_unread: bool,
}

/// What the operations of one service may refer to.
pub(super) struct Scope<'a> {
    /// Names of the whole catalog.
    pub(super) known: &'a Known<'a>,
    /// The service.
    pub(super) service: &'a str,
    /// Its kinds of records; those derived from paths are added as they turn up.
    pub(super) resources: Vec<Resource>,
    /// Names of its context values.
    pub(super) context: Vec<&'a str>,
    /// Its pagination styles.
    pub(super) styles: Vec<PageStyle>,
    /// Names of its further rate limits.
    pub(super) rate_limits: Vec<&'a str>,
    /// Its parameter sets.
    pub(super) sets: &'a [(Key, Node)],
    /// What people call the part of the program that a group's operations are in, by group.
    pub(super) places: Vec<(&'a str, Vec<String>)>,
    /// Words that its patterns share.
    pub(super) choices: Choices<'a>,
    /// Version of operations that do not name one.
    pub(super) version: Option<String>,
    /// Its variants.
    pub(super) variants: &'a [ServiceVariant],
}

impl Known<'_> {
    /// Reports an operation that nobody declares.
    pub(super) fn operation(&self, name: &str, span: Span, report: &mut Report) {
        if !self.group_unread && !self.operations.contains(name) {
            let mut names: Vec<&str> = self.operations.iter().copied().collect();
            names.sort_unstable();
            report.error(span, format!("no operation is called `{name}`"), "");
            suggest_near(name, &names, report);
        }
    }

    /// Reports a verb class that the lexicon does not have.
    pub(super) fn verb(&self, name: &str, span: Span, report: &mut Report) {
        if !self.lexicon_unread && self.lexicon.verbs.get(name).is_none() {
            let names: Vec<&str> = self.lexicon.verbs.iter().map(|verb| verb.name.as_str()).collect();
            report.error(span, format!("no verb class is called `{name}`"), "");
            suggest(name, &names, "the classes of the lexicon are", report);
        }
    }
}

impl Scope<'_> {
    /// The resource of that name.
    pub(super) fn resource(&self, name: &str) -> Option<&Resource> {
        self.resources.iter().find(|r| r.name == name)
    }

    /// Reports a resource that the service does not have.
    pub(super) fn check_resource(&self, name: &str, span: Span, report: &mut Report) {
        if self.resource(name).is_none() {
            report.error(span, format!("no resource is called `{name}`"), "");
            suggest(name, &self.resource_names(), "the resources are", report);
        }
    }

    /// Names of its resources.
    pub(super) fn resource_names(&self) -> Vec<&str> {
        self.resources.iter().map(|r| r.name.as_str()).collect()
    }
}

/// Adds the nearest known name to the finding before; nothing when none is near.
pub(super) fn suggest_near(word: &str, known: &[&str], report: &mut Report) {
    if let Some(help) = crate::diagnostic::did_you_mean(word, known.iter().copied()) {
        report.help(help);
    }
}
