use serde::{Deserialize, Serialize};

use super::{Lifecycle, Named, OAuth, Operation, Resource};

/// A REST API: everything its operations share.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Service {
    /// Name, the folder's: `highlevel`.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// Scheme, host and optional base path, without a trailing slash.
    pub base_url: String,
    /// What follows the address, or one that takes its place: `/shop`, empty for most. Set where requests of one service
    /// are sent through another.
    pub path: String,
    /// How a request proves who is asking.
    pub auth: Auth,
    /// How tokens are given to a program that a person lets in.
    pub oauth: Option<OAuth>,
    /// Where a person adds scopes to a token.
    pub scopes_at: Option<String>,
    /// Header that carries an operation's version, when the API has one: `Version`.
    pub version_header: Option<String>,
    /// Version of operations that do not name one.
    pub version: Option<String>,
    /// Headers sent with every request, as templates over context values.
    pub headers: Vec<(String, String)>,
    /// Values such as the account's id that requests take from the environment or the profile.
    pub context: Vec<ContextValue>,
    /// Published limits of every request.
    pub rate_limit: Option<RateLimit>,
    /// Further limits by name, of the operations that name them.
    pub rate_limits: Vec<(String, RateLimit)>,
    /// Pagination styles by name.
    pub pagination: Vec<PageStyle>,
    /// What the API's error answers mean.
    pub errors: Vec<ErrorRule>,
    /// The service whose operations can be sent through this one.
    pub extends: Option<Extension>,
    /// Kinds of records.
    pub resources: Named<Resource>,
    /// Regular expression for ids in a path unless a parameter has its own.
    pub id_pattern: String,
    /// Country used to read a phone number without a country code: `US`.
    pub country: String,
    /// Other versions of the API that its operations can be asked for in.
    pub variants: Vec<ServiceVariant>,
    /// A bot's values are held to their JSON type alone, whatever form the type of their parameter suggests: an API whose
    /// documents call everything a string or a number must not be second-guessed. Phrases are held to the form all the same.
    pub loose: bool,
}

/// How the operations of another service are sent through this one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Extension {
    /// The other service, by name.
    pub service: String,
    /// What stands between this service's address and the paths of the other: `/shop`, or nothing.
    pub path: String,
    /// Context values beside those of the other service.
    pub context: Vec<ContextValue>,
    /// Headers beside those of both, as templates over context values.
    pub headers: Vec<(String, String)>,
}

impl Service {
    /// Where its requests go, as the catalog has it: scheme, host and path.
    #[must_use]
    pub fn address(&self) -> String {
        format!("{}{}", self.base_url, self.path)
    }

    /// The resource of that name.
    #[must_use]
    pub fn resource(&self, name: &str) -> Option<&Resource> {
        self.resources.get(name)
    }
}

/// Another version of an API, in which most operations are as they are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ServiceVariant {
    /// What it is asked for by: `v3`.
    pub name: String,
    /// Version of its operations.
    pub version: Option<String>,
    /// Groups whose operations keep their own version.
    pub keep: Vec<String>,
}

impl ServiceVariant {
    /// The version that an operation takes in it; `None` when it keeps its own. What is not documented has no version
    /// that could be known to have it.
    #[must_use]
    pub fn version_of(&self, operation: &Operation) -> Option<&String> {
        let keeps = self.keep.contains(&operation.group) || operation.lifecycle == Lifecycle::Undocumented;
        self.version.as_ref().filter(|_| !keeps)
    }
}

/// How a request proves who is asking.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Auth {
    /// Nothing is sent.
    None,
    /// `Authorization: Bearer …` from the first of these environment variables that is set.
    Bearer(Vec<String>),
    /// A header of that name, from the first of these environment variables that is set.
    Header(String, Vec<String>),
    /// A query parameter of that name, from the first of these environment variables that is set.
    Query(String, Vec<String>),
    /// HTTP basic: user and password variables.
    Basic(Vec<String>, Vec<String>),
}

/// A value that requests take from outside the phrase.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContextValue {
    /// Name in templates and `default:` lines: `locationId`.
    pub name: String,
    /// Environment variables, first that is set wins.
    pub env: Vec<String>,
    /// `METHOD /path#dotted.key`: a request that tells it when the environment does not.
    pub from: Option<String>,
    /// What it is, for the question or error when it is missing.
    pub title: Option<String>,
}

/// Published limits of an API.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RateLimit {
    /// Requests allowed in `per_ms`.
    pub max: u32,
    /// Window in milliseconds.
    pub per_ms: u64,
    /// Requests allowed a day.
    pub daily: Option<u64>,
    /// What shares a window: the name of a context value (and the credential), `credential`, or `service`.
    pub bucket: String,
    /// Response headers that correct the limiter, by meaning: (`max`, `X-RateLimit-Max`), (`remaining`, …).
    pub headers: Vec<(String, String)>,
}

/// How the next page of a list is asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PageStyle {
    /// Name that operations use.
    pub name: String,
    /// Parameter that bounds a page, and the value to use.
    pub size: Option<(String, u32)>,
    /// Kind of advance.
    pub advance: PageAdvance,
    /// Value may be sent as text.
    pub as_text: bool,
    /// Dotted place of a truth value in the answer: whether there is another page.
    pub more: Option<String>,
    /// Parameters that, when they are given, leave nothing to go on from.
    pub not_with: Vec<String>,
}

/// What changes from one page to the next.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum PageAdvance {
    /// One page only.
    Single,
    /// A parameter that counts pages, with its first value.
    Page(String, u32),
    /// A parameter that counts records passed.
    Offset(String),
    /// Parameters copied from dotted places of the response body: (parameter, place). `$last.` starts at the last
    /// record; of several places with `|` between them the first that holds something counts.
    Cursor(Vec<(String, String)>),
}

/// What an error answer means and what to do. The two texts are templates over the answer and the operation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ErrorRule {
    /// HTTP status; `None` fits any.
    pub status: Option<u16>,
    /// Regular expression found in the body's message; empty fits any.
    pub matches: String,
    /// The true cause.
    pub means: String,
    /// What the person can do.
    pub remedy: String,
    /// Whether the trouble passes, so that the same request may succeed a little later; absent: as the status has it.
    pub passing: Option<bool>,
    /// Whose fault it is; absent: as the status has it.
    pub fault: Option<Fault>,
    /// Whether a fresh token would be taken, so that one of a login is renewed and the request sent again.
    pub renews: bool,
}

/// What an error answer is really about, whatever its status says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fault {
    /// The token, its kind, its scopes or the account.
    Credentials,
    /// The request.
    Api,
    /// The other side was too slow.
    Timeout,
}
