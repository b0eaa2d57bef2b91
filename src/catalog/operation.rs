use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Batch, Literal, Parameter};

/// One operation of an API: what is sent, what it needs, and how people ask for it.
///
/// Built only by the loader, so every name, template variable and reference in it has been checked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Operation {
    /// Name in the catalog, unique over all services: `contacts.add-tags`.
    pub name: String,
    /// Name of the service it belongs to.
    pub service: String,
    /// Group, the stem of the YAML file: `contacts`.
    pub group: String,
    /// One line for people, in our own words: "Add tags to a contact".
    pub title: String,
    /// HTTP method.
    pub method: Method,
    /// Path as a minijinja template: `/contacts/{{ contactId }}/tags`. Case and trailing slash are significant.
    pub template: String,
    /// Path in `OpenAPI` form: `/contacts/{contactId}/tags`.
    pub path: String,
    /// Value of the service's version header, when the operation sends one.
    pub version: Option<String>,
    /// OAuth scopes the token needs, all of them.
    pub scopes: Arc<[String]>,
    /// Which kind of token the operation takes.
    pub token: TokenKind,
    /// What it does to the account; decides whether it asks first.
    pub risk: Risk,
    /// Official, deprecated or undocumented.
    pub lifecycle: Lifecycle,
    /// How the body is encoded.
    pub body: BodyKind,
    /// Parameters in the order of the YAML file, parameter sets included.
    pub params: Vec<Parameter>,
    /// Limits of the service that it falls under beside the usual one, by name.
    pub rate_limits: Vec<String>,
    /// Whether doing it twice leaves the same as doing it once, so that it may be sent again when an answer was lost.
    pub idempotent: bool,
    /// How to find out whether it was done when an answer was lost.
    pub settle: Option<Settle>,
    /// The operation that does it for many records at once.
    pub batch: Option<Batch>,
    /// How a list is paged, when it is one.
    pub page: Option<Page>,
    /// What the answer holds.
    pub returns: Option<Returns>,
    /// Verb classes of the lexicon that ask for this operation, the primary one first.
    pub verbs: Vec<String>,
    /// Extra verb words that only this operation understands ("void", "enrol"), beside its verb classes.
    pub own_verbs: Vec<String>,
    /// Resource the verb acts on, by name. The first is primary.
    pub objects: Vec<String>,
    /// Words of which one must be present: what tells it from a twin ("bulk", "slug").
    pub keys: Vec<String>,
    /// Words that may be said beside verb and object: where it belongs, what else it is called by ("billing").
    pub beside: Vec<String>,
    /// What people call the part of the program that it is in: said behind a preposition, or not at all ("on the store").
    pub places: Vec<String>,
    /// Phrase patterns for idioms (`grammar/pattern.pest`).
    pub say: Vec<String>,
    /// Phrases that must not lead here.
    pub not: Vec<String>,
    /// Parameters that are never told beside a value of another: the other, its value, and those. "Cancel the appointment on
    /// Friday" gives it no new time.
    pub apart: Vec<(String, String, Vec<String>)>,
    /// Preferred over these operations when both fit equally well.
    pub prefer_over: Vec<String>,
    /// Requests that documents name for what this operation does and that the API does not have, in `OpenAPI` form:
    /// `GET /payments/coupons`. Whoever asks for one is told of this operation.
    pub replaces: Vec<String>,
    /// What undoes it, by operation name.
    pub undo: Option<String>,
    /// One line shown after success, as a minijinja template over the parameters and the response; a default is made
    /// from the verb and the object when it is absent.
    pub done: Option<String>,
    /// Values that are sent whatever the phrase says, by parameter name (`type: SMS` of an operation variant).
    pub fixed: Vec<(String, Literal)>,
    /// File and line of the YAML that declares it, the last to do so, for messages.
    pub source: String,
}

impl Operation {
    /// `POST /contacts/{contactId}/tags`, the name a bot may use.
    #[must_use]
    pub fn request_line(&self) -> String {
        format!("{} {}", self.method.as_str(), self.path)
    }

    /// The parameter of that name.
    #[must_use]
    pub fn param(&self, name: &str) -> Option<&Parameter> {
        self.params.iter().find(|p| p.name == name)
    }

    /// Whether it only reads.
    #[must_use]
    pub fn reads(&self) -> bool {
        self.risk == Risk::Read
    }
}

/// HTTP methods an operation may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Method {
    /// Reads.
    Get,
    /// Creates, or does.
    Post,
    /// Replaces, or changes.
    Put,
    /// Changes.
    Patch,
    /// Deletes.
    Delete,
    /// Asks for the headers alone.
    Head,
    /// Asks what is possible.
    Options,
}

impl Method {
    /// All of them.
    pub const ALL: [Self; 7] = [Self::Get, Self::Post, Self::Put, Self::Patch, Self::Delete, Self::Head, Self::Options];

    /// The method and the path of a text like `get /things`; nothing when it does not begin with a method.
    pub fn of_line(line: &str) -> Option<(Self, &str)> {
        let (name, path) = line.trim().split_once(char::is_whitespace)?;
        let method = Self::ALL.into_iter().find(|method| method.as_str().eq_ignore_ascii_case(name))?;
        Some((method, path.trim()))
    }

    /// Upper-case name as it stands in a request line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
            Self::Head => "HEAD",
            Self::Options => "OPTIONS",
        }
    }
}

/// What running an operation does to the account (`DESIGN` section 5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Risk {
    /// Changes nothing; runs.
    Read,
    /// Changes one record; runs, and the answer names what it touched.
    Write,
    /// Reaches a person; asks first.
    Send,
    /// Moves money; asks first.
    Money,
    /// Cannot be taken back; asks first.
    Destroy,
    /// Touches many records; asks first.
    Bulk,
}

impl Risk {
    /// Whether a person must agree before it runs.
    #[must_use]
    pub fn asks_first(self) -> bool {
        self > Self::Write
    }

    /// Lower-case name as in the YAML.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Send => "send",
            Self::Money => "money",
            Self::Destroy => "destroy",
            Self::Bulk => "bulk",
        }
    }
}

/// Token kinds. A service without kinds uses `Any`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TokenKind {
    /// The service's one credential, whatever its kind.
    Any,
    /// A token of one sub-account.
    SubAccount,
    /// A token of the agency.
    Agency,
    /// No credential is sent.
    None,
}

/// Where an operation stands in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lifecycle {
    /// Official and current.
    Official,
    /// Official, but a twin should be used.
    Deprecated,
    /// Not in the official documents; needs `--allow-undocumented`.
    Undocumented,
}

/// Encoding of the request body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BodyKind {
    /// No parameter is in the body.
    None,
    /// A JSON object of the body parameters.
    Json,
    /// The value of the one parameter named `body`, whole: an array, say.
    JsonWhole,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data`.
    Multipart,
}

/// The look-up that tells whether an operation was done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Settle {
    /// The look-up, by operation name; it only reads.
    pub operation: String,
    /// Parameters of the look-up: (its parameter, the parameter of this operation that fills it).
    pub with: Vec<(String, String)>,
    /// What tells the record: (dotted key of the record, parameter whose value stands there).
    pub matches: Vec<(String, String)>,
    /// Dotted key of the moment at which a record was made; what was made before the request is another one.
    pub made: Option<String>,
}

/// How a list operation is paged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// Name of a style in the service's `pagination`.
    pub style: String,
}

/// What the answer holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Returns {
    /// Resource of the record or records, when it is one the service declares.
    pub resource: Option<String>,
    /// Dotted path in the response body where the record or the list is: `contact`, `messages.messages`; empty: the body.
    pub at: String,
    /// Whether there is a list at that place.
    pub many: bool,
}
