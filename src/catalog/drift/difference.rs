use serde::Serialize;

/// One thing that a catalog and a specification say otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Operation by its name in the catalog, when it has it.
    pub operation: Option<String>,
    /// `POST /pets/{petId}`, as the specification has it where it has it.
    pub request: String,
    /// What is said otherwise.
    pub aspect: Aspect,
    /// The parameter, by place and dotted name: `body owner.email`; empty for the operation itself.
    pub at: String,
    /// What the catalog says.
    pub catalog: String,
    /// What the specification says.
    pub spec: String,
    /// File and line of the catalog, when it has the operation.
    pub source: Option<String>,
}

/// What may differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Aspect {
    /// Only one side has the operation or the parameter.
    Presence,
    /// Names of path variables, case, a slash at the end.
    Path,
    /// Whether it is deprecated.
    Status,
    /// Value of the version header.
    Version,
    /// What the token must be allowed.
    Scopes,
    /// The kind of token.
    Token,
    /// The content type of the body.
    Body,
    /// The JSON type.
    Type,
    /// Whether a request without it is refused.
    Required,
    /// The allowed values.
    Enum,
}

impl Aspect {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Presence => "presence",
            Self::Path => "path",
            Self::Status => "status",
            Self::Version => "version",
            Self::Scopes => "scopes",
            Self::Token => "token",
            Self::Body => "body",
            Self::Type => "type",
            Self::Required => "required",
            Self::Enum => "enum",
        }
    }
}

impl Difference {
    /// The name under which `differs` of the operation accounts for it: `body owner.email type`, `version`.
    pub fn key(&self) -> String {
        if self.at.is_empty() { self.aspect.name().to_owned() } else { format!("{} {}", self.at, self.aspect.name()) }
    }
}

impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: catalog {}, spec {}", self.key(), self.catalog, self.spec)
    }
}
