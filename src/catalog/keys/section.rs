use super::{Shape, cases, event, lexicon, oauth, operation, parameter, service};

/// A map of the YAML whose keys are known.
#[derive(Debug)]
pub struct Section {
    /// What one of them is called: "resource".
    pub name: &'static str,
    /// Heading of its table in docs/CATALOG.md.
    pub heading: &'static str,
    /// A later layer may give some of its keys and leave the others to those below; so nothing need be there, and a plus
    /// before the name of a list adds to the one below.
    pub laid: bool,
    /// Its keys, in the order in which people want to read of them.
    pub keys: &'static [Declared],
}

/// A key of a section.
#[derive(Debug)]
pub struct Declared {
    /// As it is written.
    pub name: &'static str,
    /// Whether the whole is refused without it, once all layers are laid.
    pub required: bool,
    /// What its value may be.
    pub shape: Shape,
    /// What it does, in a line of Markdown.
    pub about: &'static str,
}

impl Section {
    /// The key of that name.
    #[must_use]
    pub fn key(&self, name: &str) -> Option<&'static Declared> {
        self.keys.iter().find(|key| key.name == name)
    }
}

/// A key that may be left out.
pub(crate) const fn key(name: &'static str, shape: Shape, about: &'static str) -> Declared {
    Declared { name, required: false, shape, about }
}

/// A key that must be there.
pub(crate) const fn needed(name: &'static str, shape: Shape, about: &'static str) -> Declared {
    Declared { name, required: true, shape, about }
}

/// Every section, in the order of docs/CATALOG.md.
#[must_use]
pub fn sections() -> [&'static Section; 31] {
    [
        &service::SERVICE,
        &service::AUTH,
        &service::BASIC,
        &oauth::OAUTH,
        &oauth::TOKEN_REQUEST,
        &oauth::TOKEN_ANSWER,
        &service::CONTEXT,
        &service::RATE_LIMIT,
        &service::LIMIT_HEADERS,
        &service::STYLE,
        &service::ERROR,
        &service::RESOURCE,
        &service::FIND,
        &service::CONDITION,
        &service::SERVICE_VARIANT,
        &service::EXTENSION,
        &operation::GROUP,
        &operation::OPERATION,
        &operation::PAGE,
        &operation::RETURNS,
        &operation::SETTLE,
        &operation::BATCH,
        &operation::VARIANT,
        &parameter::PARAMETER,
        &parameter::EACH,
        &event::EVENT,
        &cases::CASE,
        &cases::CASE_REQUEST,
        &lexicon::LEXICON,
        &lexicon::VERB,
        &lexicon::CONSTRUCTION,
    ]
}
