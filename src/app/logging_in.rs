use std::time::Duration;

use super::access::logins;
use super::{Engine, Failure, FailureKind};
use crate::catalog::Service;
use crate::execute::Visit;
use crate::store::{Grant, GrantKey, Tokens};

/// Longest time a person may take on the page of a login.
const LONGEST: Duration = Duration::from_mins(5);

/// How a login stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoginState {
    /// Kind of its token, as the catalog names kinds.
    pub kind: String,
    /// When its token expires, in milliseconds since 1970. It is renewed by itself.
    pub expires_ms: i64,
    /// Scopes that were given, separated by spaces.
    pub scopes: String,
    /// Context values that came along, as a JSON object.
    pub context: String,
    /// Why it is not renewed any more; empty while it is.
    pub refused: String,
}

impl From<Grant> for LoginState {
    fn from(grant: Grant) -> Self {
        let Grant { kind, expires_ms, scopes, context, refused, .. } = grant;
        Self { kind, expires_ms, scopes, context, refused }
    }
}

impl Engine {
    /// Lets a person log in to a service: `open` is told the address of the page. The tokens are kept before this
    /// returns.
    ///
    /// # Errors
    /// When the profile has no login for it, the person says no or does not come back, or the service refuses.
    pub async fn log_in(
        &self,
        service: &Service,
        random: &[u8; 64],
        open: impl FnOnce(&str),
    ) -> Result<LoginState, Failure> {
        let options = self.options();
        let client = options.access.profile.as_ref().and_then(|p| p.service(&service.name)?.login.as_ref());
        let Some((client, logins)) = client.zip(logins(self.catalog(), options)) else {
            let message = format!("the profile has no `login` for {}", service.title);
            let hint = "Give it one: `sayso setup --profile NAME --client-id ID`.";
            return Err(Failure::new(FailureKind::Credentials, message).hint(hint));
        };
        logins.check(service)?;
        let visit = Visit::begin(service, &client.id, client.redirect.as_deref(), &client.scopes, random).await?;
        open(visit.address());
        let arrived = visit.wait(LONGEST).await?;
        Ok(logins.take_in(service, &arrived).await?.into())
    }

    /// How the login of the profile with a service stands; nothing when nobody has logged in.
    #[must_use]
    pub fn login_state(&self, service: &str) -> Option<LoginState> {
        let access = &self.options().access;
        let (profile, file) = access.profile.as_ref().zip(access.tokens.as_ref())?;
        let key = GrantKey { profile: &profile.name, service, account: "" };
        let grant = Tokens::at(file).grant(key).inspect_err(|error| tracing::warn!("{error}")).ok()??;
        Some(grant.into())
    }

    /// Forgets the tokens of the profile's logins; how many there were.
    ///
    /// # Errors
    /// When the file of tokens cannot be written.
    pub fn log_out(&self) -> Result<usize, crate::store::StoreError> {
        let access = &self.options().access;
        let Some((profile, file)) = access.profile.as_ref().zip(access.tokens.as_ref()) else { return Ok(0) };
        Tokens::at(file).forget(&profile.name)
    }
}
