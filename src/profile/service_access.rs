use super::{AccountAccess, LoginClient, TokenPlace};

/// What a profile has for one service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceAccess {
    /// Name of the service in the catalog.
    pub service: String,
    /// The one place its tokens go to: scheme, host and port. Absent: where the catalog's own entry says.
    pub host: Option<String>,
    /// Tokens that are not of one account alone.
    pub tokens: Vec<TokenPlace>,
    /// Accounts by name.
    pub accounts: Vec<AccountAccess>,
    /// The account that is meant when none is named, as it stands in the file.
    pub account: Option<String>,
    /// Context values: (name, value).
    pub context: Vec<(String, String)>,
    /// ISO code of the country whose phone numbers need no country code.
    pub country: Option<String>,
    /// How the program logs in.
    pub login: Option<LoginClient>,
    /// File and line.
    pub source: String,
}

impl ServiceAccess {
    /// The account of that id or name.
    #[must_use]
    pub fn account_named(&self, said: &str) -> Option<&AccountAccess> {
        self.accounts.iter().find(|account| account.is(said))
    }

    /// The account that is meant when none is named: the one that is marked, or the only one.
    #[must_use]
    pub fn usual(&self) -> Option<&AccountAccess> {
        match (&self.account, self.accounts.as_slice()) {
            (Some(said), _) => self.account_named(said),
            (None, [only]) => Some(only),
            (None, _) => None,
        }
    }
}
