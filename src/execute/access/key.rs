use super::Secret;
use crate::catalog::TokenKind;

/// A token that may be sent, or the way to one.
#[derive(Debug, Clone)]
pub struct Key {
    /// Its kind; `Any` fits every operation.
    pub kind: TokenKind,
    /// The account it belongs to, when it is of one alone.
    pub account: Option<String>,
    /// Scopes it was given, when they are known; a name may hold `*`.
    pub scopes: Option<Vec<String>>,
    /// Where its scopes are listed: file and line, or how it was come by.
    pub listed: String,
    /// How to come by it.
    pub source: KeySource,
}

/// How to come by a token.
#[derive(Debug, Clone)]
pub enum KeySource {
    /// It is here; the user of HTTP basic first.
    Held(Option<Secret>, Secret),
    /// It should be here: what is wrong, and what to do.
    Broken(String, String),
    /// The one of a login, renewed when it has expired.
    Login,
    /// One of the account, given for the one of a login.
    Exchange,
}
