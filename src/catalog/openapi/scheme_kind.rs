/// What a security scheme sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SchemeKind {
    /// `Authorization: Bearer …`, `OAuth` and `OpenID Connect` among them.
    Bearer,
    /// HTTP basic.
    Basic,
    /// A header of that name.
    Header(String),
    /// A query parameter of that name.
    Query(String),
    /// A cookie of that name.
    Cookie(String),
    /// Anything else, by its type.
    Other(String),
}
