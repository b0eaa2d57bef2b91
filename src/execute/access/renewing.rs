use std::time::Duration;

use serde_json::{Map, Value, json};

use super::logins::broken_store;
use super::token_call::{Filling, NoToken};
use super::visit::Arrived;
use super::{ClientKeys, Logins, Secret};
use crate::catalog::{OAuth, Service, TokenKind, TokenRequest};
use crate::execute::limit::Pace;
use crate::execute::{Failure, FailureKind};
use crate::plan::{dotted, plain_text};
use crate::profile::origin;
use crate::store::Grant;

/// Pauses before a renewal whose answer was lost is tried again. A service that takes a refresh token once answers the
/// same within its grace; the catalog's own is half a minute.
const PAUSES: [Duration; 2] = [Duration::from_millis(500), Duration::from_secs(2)];
/// How long a token is believed that comes without a time, in seconds.
const UNTOLD: i64 = 3600;

/// What goes along with a request for a token, and when it may leave: a person who logs in is not kept waiting.
#[derive(Clone, Copy, Default)]
struct Asking<'a> {
    bearer: Option<&'a Secret>,
    pace: Option<Pace<'a>>,
}

impl Logins {
    /// A token from the file, or a new one; `used` is one that was not taken.
    pub(super) async fn obtained(
        &self,
        service: &Service,
        account: Option<&str>,
        used: Option<&Secret>,
        pace: Pace<'_>,
    ) -> Result<Secret, Failure> {
        match account {
            None => self.login_token(service, used, pace).await,
            Some(id) => self.account_token(service, id, used, pace).await,
        }
    }

    /// Changes a code for tokens, which take the place of those before.
    ///
    /// # Errors
    /// When the service refuses, or the tokens cannot be kept.
    pub async fn take_in(&self, service: &Service, arrived: &Arrived) -> Result<Grant, Failure> {
        let (oauth, client) = self.way(service)?;
        let mut values = Self::client_values(client);
        values.insert("code".into(), arrived.code.clone().into());
        values.insert("redirect_uri".into(), arrived.redirect.clone().into());
        values.insert("code_verifier".into(), arrived.verifier.clone().into());
        let body = self.ask(&oauth.exchange, service, client, values, Asking::default()).await;
        let body = body.map_err(|no| no.told(service, "the code of the login"))?;
        let grant = self.grant(&body, service, oauth, None)?;
        let turn = self.turn().await?;
        turn.drop_accounts(&self.profile, &service.name).map_err(broken_store)?;
        turn.put(self.key(service, None), &grant).map_err(broken_store)?;
        turn.end().map_err(broken_store)?;
        Ok(grant)
    }

    async fn login_token(&self, service: &Service, used: Option<&Secret>, pace: Pace<'_>) -> Result<Secret, Failure> {
        let turn = self.turn().await?;
        let grant = turn.grant(self.key(service, None)).map_err(broken_store)?;
        let grant = self.bound(grant, service)?;
        if self.serves(&grant, used) {
            return Ok(self.remember(service, None, &grant));
        }
        if !grant.refused.is_empty() || grant.refresh.is_empty() {
            return Err(self.over(service, &grant.refused));
        }
        // The turn is kept while the service is asked: nobody else uses this refresh token meanwhile.
        let (oauth, client) = self.way(service)?;
        match self.refresh(service, oauth, client, &grant, pace).await {
            Ok(fresh) => {
                turn.put(self.key(service, None), &fresh).map_err(broken_store)?;
                turn.end().map_err(broken_store)?;
                Ok(self.remember(service, None, &fresh))
            }
            Err(NoToken::Refused(status, said)) => {
                let refused = format!("{} answered {status}: {said}", service.title);
                turn.put(self.key(service, None), &Grant { refused: refused.clone(), ..grant })
                    .map_err(broken_store)?;
                turn.end().map_err(broken_store)?;
                Err(self.over(service, &refused))
            }
            Err(NoToken::Failed(failure)) => Err(failure),
        }
    }

    async fn refresh(
        &self,
        service: &Service,
        oauth: &OAuth,
        client: &ClientKeys,
        grant: &Grant,
        pace: Pace<'_>,
    ) -> Result<Grant, NoToken> {
        let Some(request) = &oauth.refresh else {
            return Err(NoToken::Refused(0, "its catalog knows no way to renew a token".into()));
        };
        let mut pauses = PAUSES.iter();
        loop {
            let mut values = Self::client_values(client);
            values.insert("refresh_token".into(), grant.refresh.clone().into());
            match self.ask(request, service, client, values, Asking { bearer: None, pace: Some(pace) }).await {
                Ok(body) => return self.grant(&body, service, oauth, Some(grant)).map_err(NoToken::Failed),
                Err(NoToken::Failed(failure)) => match pauses.next() {
                    Some(pause) => tokio::time::sleep(*pause).await,
                    None => return Err(NoToken::Failed(failure)),
                },
                refused @ Err(_) => return refused.map(|_| grant.clone()),
            }
        }
    }

    /// The token of an account that is given for the login's own.
    async fn account_token(
        &self,
        service: &Service,
        account: &str,
        used: Option<&Secret>,
        pace: Pace<'_>,
    ) -> Result<Secret, Failure> {
        let mut login = self.login_token(service, None, pace).await?;
        let mut tries = 0;
        loop {
            let turn = self.turn().await?;
            let held = turn.grant(self.key(service, Some(account))).map_err(broken_store)?;
            if let Some(held) = held.filter(|held| self.serves(held, used) && self.fits_origin(held, service)) {
                return Ok(self.remember(service, Some(account), &held));
            }
            match self.exchange(service, account, &login, pace).await {
                Ok(grant) => {
                    turn.put(self.key(service, Some(account)), &grant).map_err(broken_store)?;
                    turn.end().map_err(broken_store)?;
                    return Ok(self.remember(service, Some(account), &grant));
                }
                Err(NoToken::Refused(401, _)) if tries == 0 => {
                    drop(turn);
                    tries += 1;
                    login = self.login_token(service, Some(&login), pace).await?;
                }
                Err(no) => return Err(no.told(service, &format!("the login for a token of the location {account}"))),
            }
        }
    }

    async fn exchange(
        &self,
        service: &Service,
        account: &str,
        login: &Secret,
        pace: Pace<'_>,
    ) -> Result<Grant, NoToken> {
        let (oauth, client) = self.way(service).map_err(NoToken::Failed)?;
        let main = self.tokens.grant(self.key(service, None)).map_err(broken_store).map_err(NoToken::Failed)?;
        let Some((request, main)) = oauth.account.as_ref().zip(main) else {
            return Err(NoToken::Refused(0, "its catalog knows no way to such a token".into()));
        };
        let mut values = context_of(&main);
        if let Some(first) = service.context.first() {
            values.insert(first.name.clone(), account.into());
        }
        let body = self.ask(request, service, client, values, Asking { bearer: Some(login), pace: Some(pace) }).await?;
        let grant = self.grant(&body, service, oauth, None).map_err(NoToken::Failed)?;
        Ok(Grant { kind: kind_text(TokenKind::SubAccount), ..grant })
    }

    async fn ask(
        &self,
        request: &TokenRequest,
        service: &Service,
        client: &ClientKeys,
        values: Map<String, Value>,
        asking: Asking<'_>,
    ) -> Result<Value, NoToken> {
        let secret = client.secret.as_ref().map_or("", |secret| secret.reveal());
        let Asking { bearer, pace } = asking;
        let filling = Filling { base: self.base(service), values, client: (&client.id, secret), bearer };
        self.call.ask(request, service, &filling, &self.settings, pace).await
    }

    fn client_values(client: &ClientKeys) -> Map<String, Value> {
        let secret = client.secret.as_ref().map_or("", |secret| secret.reveal());
        Map::from_iter([
            ("client_id".to_owned(), Value::from(client.id.as_str())),
            ("client_secret".to_owned(), Value::from(secret)),
        ])
    }

    /// What an answer gives; what it leaves out stays as it was.
    fn grant(&self, body: &Value, service: &Service, oauth: &OAuth, before: Option<&Grant>) -> Result<Grant, Failure> {
        let answer = &oauth.answer;
        let text = |place: &str| {
            let found = Some(place).filter(|place| !place.is_empty()).and_then(|place| dotted(body, place));
            found.and_then(plain_text).filter(|text| !text.is_empty())
        };
        let Some(access) = text(&answer.access) else {
            let message = format!("{} gave no token (`{}` of its answer)", service.title, answer.access);
            return Err(Failure::new(FailureKind::Api, message));
        };
        let seconds = text(&answer.expires_in).and_then(|text| text.parse::<f64>().ok()).filter(|s| *s > 0.0);
        #[expect(clippy::cast_possible_truncation, reason = "an expiry past the end of time is the end of time")]
        let lasting = seconds.map_or(UNTOLD, |s| s as i64).saturating_mul(1000);
        let scopes = dotted(body, &answer.scopes).and_then(|scopes| match scopes {
            Value::Array(all) => Some(all.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" ")),
            other => plain_text(other),
        });
        let mut context = before.map_or_else(Map::new, context_of);
        let told = answer.context.iter().filter_map(|(name, place)| Some((name.clone(), text(place)?.into())));
        context.extend(told);
        let kind = text(&answer.kind).and_then(|word| oauth.kinds.iter().find(|(w, _)| *w == word).map(|(_, k)| *k));
        let old = |field: fn(&Grant) -> &String| before.map_or_else(String::new, |grant| field(grant).clone());
        Ok(Grant {
            origin: origin(self.base(service)).unwrap_or_default(),
            access,
            refresh: text(&answer.refresh).unwrap_or_else(|| old(|g| &g.refresh)),
            expires_ms: (self.settings.clock_ms)().saturating_add(lasting),
            kind: kind.map_or_else(|| before.map_or_else(|| kind_text(TokenKind::Any), |g| g.kind.clone()), kind_text),
            scopes: scopes.unwrap_or_else(|| old(|g| &g.scopes)),
            context: Value::Object(context).to_string(),
            refused: String::new(),
        })
    }

    fn serves(&self, grant: &Grant, used: Option<&Secret>) -> bool {
        self.is_good(grant.expires_ms) && used.is_none_or(|used| *used != Secret::new(&grant.access))
    }

    fn fits_origin(&self, grant: &Grant, service: &Service) -> bool {
        origin(self.base(service)).as_ref() == Some(&grant.origin)
    }

    fn bound(&self, grant: Option<Grant>, service: &Service) -> Result<Grant, Failure> {
        let Some(grant) = grant else { return Err(self.over(service, "nobody has logged in")) };
        if self.fits_origin(&grant, service) {
            return Ok(grant);
        }
        let message =
            format!("the login of {} is for {} and is not sent to {}", service.title, grant.origin, self.base(service));
        Err(Failure::new(FailureKind::Credentials, message))
    }

    fn over(&self, service: &Service, why: &str) -> Failure {
        let why = if why.is_empty() { String::new() } else { format!(": {why}") };
        let message =
            format!("the login of profile `{}` with {} has come to its end{why}", self.profile, service.title);
        Failure::new(FailureKind::Credentials, message)
            .hint(format!("Log in again with `sayso login --profile {}`.", self.profile))
    }
}

impl NoToken {
    fn told(self, service: &Service, what: &str) -> Failure {
        match self {
            Self::Failed(failure) => failure,
            Self::Refused(status, said) => {
                let message = format!("{} did not take {what} (it answered {status}: {said})", service.title);
                Failure::new(FailureKind::Credentials, message)
            }
        }
    }
}

fn context_of(grant: &Grant) -> Map<String, Value> {
    match serde_json::from_str(&grant.context) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}

/// A kind by its name in the catalog.
fn kind_text(kind: TokenKind) -> String {
    json!(kind).as_str().unwrap_or_default().to_owned()
}
