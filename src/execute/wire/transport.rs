use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use reqwest::header::{AUTHORIZATION, DATE, HeaderMap};
use reqwest::{Request, RequestBuilder};
use tokio::time::Instant;
use url::Url;

use super::address::Addresses;
use super::api_error::{passing, wants_fresh_token};
use super::client::Clients;
use super::limits::{stopped, told, wait_asked};
use super::outgoing::{header_map, header_name, method, secret_header, with_body};
use super::read_body::read_body;
use super::retry::{Next, Repeat, Tries};
use super::{Attempt, Doubt, Lost, MadeIds, NoResult, Received, Sending};
use crate::catalog::{Operation, Service};
use crate::execute::limit::{Limit, Limiter, Pace, Told, Turn};
use crate::execute::{AccountNames, Credentials, Failure, Gate, RecentNames, Secret, Settings, in_step};
use crate::request::{CredentialPlace, Draft};

/// The way to the network. Connections are made at the first request.
#[derive(Debug)]
pub struct Transport {
    settings: Settings,
    credentials: Credentials,
    gate: Gate,
    clients: Clients,
    addresses: Addresses,
    limiter: Limiter,
    made: MadeIds,
    account_names: AccountNames,
    recent_names: RecentNames,
    /// How far the clock of the API is ahead of ours, in milliseconds, as its last answer showed.
    clock_offset_ms: AtomicI64,
}

/// Leave to send a request, with all that it takes.
struct Leave {
    turn: Turn,
    url: Url,
    held: Option<(Option<Secret>, Secret)>,
}

impl Transport {
    /// A transport that has not sent anything.
    pub fn new(settings: Settings, credentials: Credentials, gate: Gate) -> Self {
        let limiter = Limiter::new(Arc::clone(&settings.clock_ms));
        Self {
            settings,
            credentials,
            gate,
            limiter,
            clients: Clients::default(),
            addresses: Addresses::default(),
            made: MadeIds::default(),
            account_names: AccountNames::default(),
            recent_names: RecentNames::default(),
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

    /// What accounts are called, where that was asked.
    pub(in crate::execute) fn account_names(&self) -> &AccountNames {
        &self.account_names
    }

    /// What look-ups found a moment ago.
    pub(in crate::execute) fn recent_names(&self) -> &RecentNames {
        &self.recent_names
    }

    /// Remembers that a record is of a request that is settled, so that it is not taken for that of another.
    pub fn note_made(&self, id: &str) {
        self.made.note(id);
    }

    /// How far the clock of the API is ahead of ours, in milliseconds.
    pub(in crate::execute) fn clock_offset_ms(&self) -> i64 {
        self.clock_offset_ms.load(Ordering::Relaxed)
    }

    /// Sends a request, again where that is safe, and reads the answer, whatever its status.
    ///
    /// # Errors
    /// When there is no credential, the address is not allowed, no answer comes, the API allows no more requests for
    /// now, or nobody knows whether a write was done.
    pub(in crate::execute) async fn send(&self, sending: &Sending<'_>) -> Result<Received, NoResult> {
        let mut tries = Tries::new(repeat(sending.operation));
        loop {
            let repeated = tries.unsure;
            let leave = match self.leave(sending).await {
                Ok(leave) => leave,
                Err(stop) if repeated && !sending.operation.reads() => {
                    return Err(NoResult::Doubt(Box::new(Doubt::of(Err(stop.into())))));
                }
                Err(stop) => return Err(stop.into()),
            };
            let limited = leave.turn.is_limited();
            let started = Instant::now();
            let attempt = self.try_once(sending, leave).await;
            match tries.next(&attempt, started.elapsed(), &self.settings) {
                Next::Again(pause) => {
                    tracing::debug!(operation = sending.operation.name, ?attempt, ?pause, "trying again");
                    // After a refusal the limiter knows how long to wait, and for everybody at once.
                    let refused = attempt.is_ok_and(|received| received.status == 429);
                    if !(limited && refused) {
                        tokio::time::sleep(pause).await;
                    }
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
    pub(in crate::execute) async fn send_once(&self, sending: &Sending<'_>) -> Result<Received, Failure> {
        let leave = self.leave(sending).await?;
        self.try_once(sending, leave).await.map_err(|lost| lost.failure)
    }

    /// Waits until the request may leave. A token that has to be fetched for it leaves first, under the same limits.
    async fn leave(&self, sending: &Sending<'_>) -> Result<Leave, Failure> {
        let (draft, now_ms) = (sending.request.draft(), || (self.settings.clock_ms)());
        self.gate.admit(draft, now_ms())?;
        let url = self.addresses.of(draft)?;
        let limits = self.limits(sending);
        let pace = self.pace(sending, &limits);
        let held = self.credentials.of(&sending.need(), &draft.credential, &url, pace).await?;
        in_step().await;
        let turn = pace.turn().await;
        let turn = turn.map_err(|stop| stopped(stop, sending.service, now_ms(), &self.settings.zone))?;
        Ok(Leave { turn, url, held })
    }

    fn limits<'s>(&self, sending: &Sending<'s>) -> Vec<Limit<'s>> {
        sending.limits(|| self.credentials.identity(&sending.need()))
    }

    fn pace<'p>(&'p self, sending: &Sending<'p>, limits: &'p [Limit<'p>]) -> Pace<'p> {
        Pace { limiter: &self.limiter, store: sending.store, limits, speaker: sending.speaker }
    }

    /// One try. A token that expired before its time is renewed, and the request goes out once more: it was not
    /// carried out.
    async fn try_once(&self, sending: &Sending<'_>, leave: Leave) -> Attempt {
        let (received, token) = self.exchange(sending, leave).await?;
        let Some(token) = token.filter(|_| received.status == 401 && wants_fresh_token(&received, sending.service))
        else {
            return Ok(received);
        };
        let limits = self.limits(sending);
        if !self.credentials.renew(&sending.need(), &token, self.pace(sending, &limits)).await {
            return Ok(received);
        }
        let leave = self.leave(sending).await?;
        Ok(self.exchange(sending, leave).await?.0)
    }

    async fn exchange(&self, sending: &Sending<'_>, leave: Leave) -> Result<(Received, Option<Secret>), Lost> {
        let Leave { turn, url, held } = leave;
        match self.exchange_headers(sending, url, held.as_ref()).await {
            Ok((headers, received)) => {
                turn.answered(|names| told(names, &headers, received.status, received.wait));
                Ok((received, held.map(|(_, token)| token)))
            }
            Err(lost) => {
                turn.answered(|_| Told::default());
                Err(lost)
            }
        }
    }

    async fn exchange_headers(
        &self,
        sending: &Sending<'_>,
        url: Url,
        held: Option<&(Option<Secret>, Secret)>,
    ) -> Result<(HeaderMap, Received), Lost> {
        let (draft, service) = (sending.request.draft(), sending.service);
        let builder = self.authorised(draft, service, url, held)?;
        let sent = with_body(builder, draft.body.as_ref())?.send().await;
        let mut response = sent.map_err(|error| Lost::unanswered(&error, service))?;
        let status = response.status().as_u16();
        let headers = std::mem::take(response.headers_mut());
        let wait = wait_asked(status, &headers, service, (self.settings.clock_ms)());
        self.compare_clocks(&headers);
        let body = read_body(response, &self.credentials, self.settings.most_bytes).await?;
        let passing = passing(status, &body, service);
        let received = Received { status, body: Arc::new(body), wait, passing, repeated: false };
        Ok((headers, received))
    }

    fn compare_clocks(&self, headers: &HeaderMap) {
        let date = headers.get(DATE).and_then(|date| date.to_str().ok());
        if let Some(date) = date.and_then(|date| jiff::fmt::rfc2822::parse(date).ok()) {
            let offset = date.timestamp().as_millisecond().saturating_sub((self.settings.clock_ms)());
            self.clock_offset_ms.store(offset, Ordering::Relaxed);
        }
    }

    /// The request with its headers, those of the catalog before the credential, and without its body.
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
        let mut headers = header_map(&draft.headers)?;
        let mut basic = None;
        if let Some((user, token)) = held {
            match &draft.credential {
                CredentialPlace::None | CredentialPlace::Query(..) => {}
                CredentialPlace::Bearer(_) => {
                    let value = secret_header(&["Bearer ", token.reveal()].concat(), service)?;
                    headers.entry(AUTHORIZATION).or_insert(value);
                }
                CredentialPlace::Header(name, _) => {
                    headers.entry(header_name(name)?).or_insert(secret_header(token.reveal(), service)?);
                }
                CredentialPlace::Basic(..) => {
                    basic = Some((user, token)).filter(|_| !headers.contains_key(AUTHORIZATION));
                }
            }
        }
        let mut request = Request::new(method(draft.method), url);
        *request.headers_mut() = headers;
        let builder = RequestBuilder::from_parts(client.clone(), request);
        Ok(match basic {
            Some((user, token)) => builder
                .basic_auth(user.as_ref().map_or("", |u| u.reveal()), Some(token.reveal()).filter(|t| !t.is_empty())),
            None => builder,
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
