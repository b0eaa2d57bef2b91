use std::path::PathBuf;

use crate::catalog::TokenKind;

/// A token of a profile: where it is kept, and what it may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenPlace {
    /// Where it is kept.
    pub source: TokenSource,
    /// Its kind; `Any` when the service has no kinds or it is not known.
    pub kind: TokenKind,
    /// Scopes it was given, when they are listed; a name may hold `*`.
    pub scopes: Option<Vec<String>>,
    /// File and line of the profile that names it.
    pub declared: String,
}

/// Where a token is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenSource {
    /// In a variable of the environment.
    Env(String),
    /// Alone in a file, relative to the folder of the profiles.
    File {
        /// The file.
        path: PathBuf,
        /// Others on this machine may read it, and that is wanted.
        shared: bool,
    },
    /// In the keyring of the desktop, under this name.
    Keyring(String),
}

impl TokenSource {
    /// What it is called in messages: "the variable `X`".
    #[must_use]
    pub fn told(&self) -> String {
        match self {
            Self::Env(name) => format!("the variable {name}"),
            Self::File { path, .. } => format!("the file {}", path.display()),
            Self::Keyring(name) => format!("the keyring entry `{name}`"),
        }
    }
}
