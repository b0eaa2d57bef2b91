use super::{Key, Need};
use crate::catalog::TokenKind;
use crate::execute::{Failure, FailureKind};
use crate::profile::fits;

/// The tokens for one service, and the one origin they may be sent to.
#[derive(Debug, Clone, Default)]
pub struct ServiceKeys {
    /// Scheme, host and port.
    pub origin: String,
    /// The tokens.
    pub keys: Vec<Key>,
    /// Name of the profile that they are from; absent: the environment.
    pub profile: Option<String>,
    /// Why one that is there is not sent: what is wrong, and what to do.
    pub withheld: Option<(String, String)>,
    /// What to set when there is none.
    pub variable: Option<String>,
}

impl ServiceKeys {
    /// The token that a request should carry.
    ///
    /// # Errors
    /// When there is none, none of the right kind, or none with the scopes.
    pub(super) fn pick(&self, need: &Need<'_>) -> Result<&Key, Failure> {
        if let Some((message, hint)) = &self.withheld {
            return Err(refused(message.clone()).hint(hint.clone()));
        }
        if self.keys.is_empty() {
            return Err(self.absent(need));
        }
        let of_kind = || self.keys.iter().filter(|key| is_of_kind(key, need.token));
        let fitting = || of_kind().filter(|key| is_of_account(key, need));
        let can = fitting().filter(|key| lacking(key, need).is_empty()).min_by_key(|key| rank(key, need));
        can.ok_or_else(|| match fitting().min_by_key(|key| rank(key, need)) {
            Some(best) => Self::lacks(best, need),
            None if of_kind().next().is_some() => self.wrong_account(need),
            None => self.wrong_kind(need),
        })
    }

    fn who(&self) -> String {
        self.profile.as_ref().map_or_else(|| "the environment".to_owned(), |name| format!("profile `{name}`"))
    }

    fn absent(&self, need: &Need<'_>) -> Failure {
        match (&self.profile, &self.variable) {
            (Some(name), _) => refused(format!("profile `{name}` has no token for {}", need.service.title))
                .hint(format!("Give it one with `sayso setup --profile {name}`, or log in with `sayso login`.")),
            (None, variable) => refused(format!("there is no credential for {}", need.service.title)).hint(format!(
                "Set {}, or try the same with --sandbox.",
                variable.as_deref().unwrap_or("its variable")
            )),
        }
    }

    fn wrong_kind(&self, need: &Need<'_>) -> Failure {
        let (wanted, has) = (told(need.token), self.keys.first().map_or("another", |key| told(key.kind)));
        let message =
            format!("`{}` takes a token of {wanted}, and {} has only one of {has}", need.operation, self.who());
        refused(message).hint(self.remedy(need))
    }

    fn wrong_account(&self, need: &Need<'_>) -> Failure {
        let account = need.account.unwrap_or("this account");
        let message = format!("`{}` takes a token of {account}, and {} has none of it", need.operation, self.who());
        refused(message).hint(self.remedy(need))
    }

    fn remedy(&self, need: &Need<'_>) -> String {
        let name = self.profile.as_deref().unwrap_or("NAME");
        match (need.token, need.account) {
            (TokenKind::Agency, _) => format!("Add one with `sayso setup --profile {name} --kind agency`."),
            (_, Some(id)) => {
                format!("Give the location {id} a token of its own: `sayso setup --profile {name} --location {id}`.")
            }
            (_, None) => format!("Add a location with its token: `sayso setup --profile {name} --location ID`."),
        }
    }

    fn lacks(key: &Key, need: &Need<'_>) -> Failure {
        let missing = lacking(key, need).join(", ");
        let message = format!("`{}` needs the scope {missing}, which the token was not given", need.operation);
        let place = need.service.scopes_at.as_deref().unwrap_or("the settings of the service");
        refused(message).hint(format!("Add {missing} under {place}, then to the scopes at {}.", key.listed))
    }
}

fn is_of_kind(key: &Key, wanted: TokenKind) -> bool {
    wanted == TokenKind::Any || key.kind == TokenKind::Any || key.kind == wanted
}

fn is_of_account(key: &Key, need: &Need<'_>) -> bool {
    key.account.is_none() || need.account.is_none() || key.account.as_deref() == need.account
}

/// The token of the account itself comes first, then one of the very kind.
fn rank(key: &Key, need: &Need<'_>) -> (bool, bool, bool) {
    let of_account = key.account.is_some() && key.account.as_deref() == need.account;
    (!of_account, key.kind != need.token, matches!(key.source, super::KeySource::Exchange))
}

fn lacking(key: &Key, need: &Need<'_>) -> Vec<String> {
    let Some(given) = &key.scopes else { return Vec::new() };
    need.scopes.iter().filter(|scope| !given.iter().any(|pattern| fits(pattern, scope))).cloned().collect()
}

fn told(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::Agency => "the agency",
        TokenKind::SubAccount => "the sub-account",
        TokenKind::Any | TokenKind::None => "any kind",
    }
}

fn refused(message: String) -> Failure {
    Failure::new(FailureKind::Credentials, message)
}
