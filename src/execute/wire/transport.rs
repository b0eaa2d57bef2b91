use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use reqwest::{RequestBuilder, Response};
use tokio::time::Instant;
use url::Url;

use super::api_error::{passing, wants_fresh_token};
use super::client::Clients;
use super::outgoing::{header_map, method, secret_header, with_body};
use super::read_body::read_body;
use super::retry::{Next, Repeat, Tries};
use super::{Attempt, Doubt, Lost, MadeIds, NoResult, Received};
use crate::catalog::{Operation, Service};
use crate::execute::{Credentials, Failure, FailureKind, Gate, Need, Secret, Settings};
use crate::request::{CredentialPlace, Draft, ValidRequest};

/// The way to the network. Connections are made at the first request.
#[derive(Debug)]
pub struct Transport {
    settings: Settings,
    credentials: Credentials,
    gate: Gate,
    clients: Clients,
    made: MadeIds,
    /// How far the clock of the API is ahead of ours, in milliseconds, as its last answer showed.
    clock_offset_ms: AtomicI64,
}

impl Transport {
    /// A transport that has not sent anything.
    pub fn new(settings: Settings, credentials: Credentials, gate: Gate) -> Self {
        Self {
            settings,
            credentials,
            gate,
            clients: Clients::default(),
            made: MadeIds::default(),
            clock_offset_ms: AtomicI64::new(0),
        }
    }

    /// What it was made with.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The credentials it sends.
    pub fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    /// What every request has to pass.
    pub fn gate(&self) -> &Gate {
        &self.gate
    }

    /// Ids of records that its answers said were made.
    pub(in crate::execute) fn made(&self) -> &MadeIds {
        &self.made
    }

    /// How far the clock of the API is ahead of ours, in milliseconds.
    pub(in crate::execute) fn clock_offset_ms(&self) -> i64 {
        self.clock_offset_ms.load(Ordering::Relaxed)
    }

    /// Sends a request, again where that is safe, and reads the answer, whatever its status.
    ///
    /// # Errors
    /// When there is no credential, the address is not allowed, no answer comes, or nobody knows whether a write was
    /// done.
    pub(in crate::execute) async fn send(
        &self,
        request: &ValidRequest,
        operation: &Operation,
        service: &Service,
    ) -> Result<Received, NoResult> {
        let draft = request.draft();
        let mut tries = Tries::new(repeat(operation));
        loop {
            let repeated = tries.unsure;
            let started = Instant::now();
            let attempt = self.try_once(draft, service).await;
            match tries.next(&attempt, started.elapsed(), &self.settings) {
                Next::Again(pause) => {
                    tracing::debug!(operation = draft.operation, ?attempt, ?pause, "trying again");
                    tokio::time::sleep(pause).await;
                }
                Next::Unsure => return Err(NoResult::Doubt(Box::new(Doubt::of(attempt)))),
                Next::Take => {
                    let received = attempt.map_err(|lost| lost.failure)?;
                    return Ok(Received { repeated, ..received });
                }
            }
        }
    }

    /// Sends a request once: what is only nice to know is not waited for.
    ///
    /// # Errors
    /// As for [`Self::send`].
    pub(in crate::execute) async fn send_once(
        &self,
        request: &ValidRequest,
        service: &Service,
    ) -> Result<Received, Failure> {
        self.try_once(request.draft(), service).await.map_err(|lost| lost.failure)
    }

    /// One try. A token that expired before its time is renewed, and the request goes out once more: it was not
    /// carried out.
    async fn try_once(&self, draft: &Draft, service: &Service) -> Attempt {
        let (received, token) = self.try_with_token(draft, service).await?;
        let need = Need::of(draft, service);
        match token.filter(|_| received.status == 401 && wants_fresh_token(&received, service)) {
            Some(token) if self.credentials.renew(&need, &token).await => {
                Ok(self.try_with_token(draft, service).await?.0)
            }
            _ => Ok(received),
        }
    }

    async fn try_with_token(&self, draft: &Draft, service: &Service) -> Result<(Received, Option<Secret>), Lost> {
        let url = Url::parse(&draft.url())
            .map_err(|e| Failure::new(FailureKind::Network, format!("the address is wrong: {e}")))?;
        self.gate.admit(draft, (self.settings.clock_ms)())?;
        let held = self.credentials.of(&Need::of(draft, service), &draft.credential, &url).await?;
        let builder = self.authorised(draft, service, url, held.as_ref())?.headers(header_map(&draft.headers)?);
        let sent = with_body(builder, draft.body.as_ref())?.send().await;
        let response = sent.map_err(|error| Lost::unanswered(&error, service))?;
        let status = response.status().as_u16();
        let wait = wait_asked(&response, service, (self.settings.clock_ms)());
        self.compare_clocks(&response);
        let body = read_body(response, &self.credentials, self.settings.most_bytes).await?;
        let passing = passing(status, &body, service);
        Ok((Received { status, body, wait, passing, repeated: false }, held.map(|(_, token)| token)))
    }

    fn compare_clocks(&self, response: &Response) {
        let date = response.headers().get(reqwest::header::DATE).and_then(|date| date.to_str().ok());
        if let Some(date) = date.and_then(|date| jiff::fmt::rfc2822::parse(date).ok()) {
            let offset = date.timestamp().as_millisecond().saturating_sub((self.settings.clock_ms)());
            self.clock_offset_ms.store(offset, Ordering::Relaxed);
        }
    }

    fn authorised(
        &self,
        draft: &Draft,
        service: &Service,
        mut url: Url,
        held: Option<&(Option<Secret>, Secret)>,
    ) -> Result<RequestBuilder, Failure> {
        let client = self.clients.of(&url, service, &self.settings)?;
        if let (CredentialPlace::Query(name, _), Some((_, token))) = (&draft.credential, held) {
            url.query_pairs_mut().append_pair(name, token.reveal());
        }
        let builder = client.request(method(draft.method), url);
        let Some((user, token)) = held else { return Ok(builder) };
        Ok(match &draft.credential {
            CredentialPlace::None | CredentialPlace::Query(..) => builder,
            CredentialPlace::Bearer(_) => {
                let value = secret_header(&format!("Bearer {}", token.reveal()), service)?;
                builder.header(reqwest::header::AUTHORIZATION, value)
            }
            CredentialPlace::Header(name, _) => builder.header(name.as_str(), secret_header(token.reveal(), service)?),
            CredentialPlace::Basic(..) => builder
                .basic_auth(user.as_ref().map_or("", |u| u.reveal()), Some(token.reveal()).filter(|t| !t.is_empty())),
        })
    }
}

fn repeat(operation: &Operation) -> Repeat {
    match operation {
        o if o.reads() => Repeat::Freely,
        o if o.idempotent => Repeat::Safely,
        _ => Repeat::Never,
    }
}

/// The pause that an answer asks for: `Retry-After` in seconds or as a date, else the window that the service's header
/// tells.
fn wait_asked(response: &Response, service: &Service, now_ms: i64) -> Option<Duration> {
    let text = |name: &str| response.headers().get(name).and_then(|v| v.to_str().ok()).map(str::trim);
    if let Some(seconds) = text("retry-after").and_then(|t| t.parse::<u64>().ok()) {
        return Some(Duration::from_secs(seconds));
    }
    if let Some(date) = text("retry-after").and_then(|t| jiff::fmt::rfc2822::parse(t).ok()) {
        let wait = date.timestamp().as_millisecond().saturating_sub(now_ms);
        return Some(Duration::from_millis(wait.max(0).unsigned_abs()));
    }
    let limit = service.rate_limit.as_ref().filter(|_| response.status().as_u16() == 429)?;
    let named = |meaning: &str| limit.headers.iter().find(|(m, _)| m == meaning).and_then(|(_, name)| text(name));
    let number = |meaning: &str| named(meaning).and_then(|t| t.parse::<u64>().ok());
    if number("daily_remaining") == Some(0) {
        return Some(Duration::from_millis(number("daily_reset").unwrap_or(86_400_000)));
    }
    number("interval").map(Duration::from_millis)
}
