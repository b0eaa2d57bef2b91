use super::{SpecBody, SpecParameter, SpecPlace, SpecRequirement, SpecResponse};
use crate::catalog::Method;
use crate::diagnostic::Place;

/// One operation as its file has it.
#[derive(Debug, Clone, PartialEq)]
pub struct SpecOperation {
    /// File it stands in, without folders and ending: `contacts`.
    pub file: String,
    /// HTTP method.
    pub method: Method,
    /// Path, exact: case, trailing slash and names of variables as in the file.
    pub path: String,
    /// `operationId`.
    pub id: Option<String>,
    /// `summary`, trimmed; empty when there is none.
    pub summary: String,
    /// `description`, trimmed; empty when there is none.
    pub description: String,
    /// Tags, in the order of the file.
    pub tags: Vec<String>,
    /// Whether the file asks not to use it any more.
    pub deprecated: bool,
    /// Parameters of the path item and the operation, the operation's own winning; then the variables of the path that
    /// nobody declares. A name stands once a place. `Accept`, `Content-Type` and `Authorization` are left out, as the
    /// specification has it.
    pub params: Vec<SpecParameter>,
    /// The body it takes.
    pub body: Option<SpecBody>,
    /// What it answers.
    pub response: Option<SpecResponse>,
    /// Ways in which it may be authorized, any one of which is enough; those of the file when it has none of its own.
    /// Empty: nothing is said, or nothing is needed.
    pub security: Vec<SpecRequirement>,
    /// Address of its own, when it does not use those of the file.
    pub server: Option<String>,
    /// Where it stands in the file.
    pub place: Place,
}

impl SpecOperation {
    /// `GET /pets/{petId}`.
    #[must_use]
    pub fn request_line(&self) -> String {
        format!("{} {}", self.method.as_str(), self.path)
    }

    /// The parameter of that name and place.
    #[must_use]
    pub fn param(&self, name: &str, place: SpecPlace) -> Option<&SpecParameter> {
        self.params.iter().find(|param| param.place == place && param.name == name)
    }

    /// All scopes that any of its requirements names, each once, in their order.
    #[must_use]
    pub fn scopes(&self) -> Vec<&str> {
        let mut found: Vec<&str> = Vec::new();
        let all = self.security.iter().flat_map(|requirement| &requirement.schemes).flat_map(|(_, scopes)| scopes);
        for scope in all {
            if !found.contains(&scope.as_str()) {
                found.push(scope);
            }
        }
        found
    }

    /// The header that can only have one value, and the value: `("Version", "2021-07-28")`. When there are several,
    /// one that is called a version comes first.
    #[must_use]
    pub fn constant_header(&self) -> Option<(&str, String)> {
        let headers = self.params.iter().filter(|param| param.place == SpecPlace::Header);
        let constants: Vec<(&str, String)> =
            headers.filter_map(|param| Some((param.name.as_str(), param.schema.constant_text()?))).collect();
        let version = constants.iter().position(|(name, _)| name.to_lowercase().contains("version"));
        constants.into_iter().nth(version.unwrap_or(0))
    }
}
