use super::TokenSource;

/// The program as a service knows it when a person lets it in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoginClient {
    /// Its id.
    pub id: String,
    /// Where its secret is kept; services with a code challenge need none.
    pub secret: Option<TokenSource>,
    /// Where the service sends the person back to: an address of this machine. Absent: a free port.
    pub redirect: Option<String>,
    /// Scopes that are asked for.
    pub scopes: Vec<String>,
    /// File and line.
    pub source: String,
}
