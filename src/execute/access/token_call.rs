use reqwest::Response;
use serde_json::{Map, Value};
use url::Url;

use super::Secret;
use crate::catalog::{Service, TokenRequest};
use crate::execute::limit::{Pace, Told};
use crate::execute::wire::{Clients, message_of, stopped, told, wait_asked};
use crate::execute::{Failure, FailureKind, Settings};
use crate::plan::fill_text;

/// Longest answer that is read.
const MOST: usize = 1024 * 1024;

/// Why a request for a token brought none.
#[derive(Debug)]
pub(super) enum NoToken {
    /// The service says no: another try brings nothing.
    Refused(u16, String),
    /// The way to it failed, or it is busy.
    Failed(Failure),
}

/// Asks a service for tokens. What is sent and answered is never told to the log.
#[derive(Debug, Default)]
pub(super) struct TokenCall {
    clients: Clients,
}

/// What a request for a token is filled with, and what must not come out again.
pub(super) struct Filling<'a> {
    /// Address of the service.
    pub(super) base: &'a str,
    /// Values of its templates.
    pub(super) values: Map<String, Value>,
    /// Id and secret, for HTTP basic.
    pub(super) client: (&'a str, &'a str),
    /// Token that goes along.
    pub(super) bearer: Option<&'a Secret>,
}

impl TokenCall {
    /// The answer to one request for a token.
    pub(super) async fn ask(
        &self,
        request: &TokenRequest,
        service: &Service,
        filling: &Filling<'_>,
        settings: &Settings,
        pace: Option<Pace<'_>>,
    ) -> Result<Value, NoToken> {
        let address =
            if request.url.starts_with('/') { format!("{}{}", filling.base, request.url) } else { request.url.clone() };
        let bad = |why: String| NoToken::Failed(Failure::new(FailureKind::Credentials, why));
        let url = Url::parse(&address).map_err(|e| bad(format!("the address of the login is wrong: {e}")))?;
        let client = self.clients.of(&url, service, settings).map_err(NoToken::Failed)?;
        let mut builder = client.post(url).header("Accept", "application/json");
        for (name, value) in &request.headers {
            builder = builder.header(name.as_str(), value.as_str());
        }
        if let Some(bearer) = filling.bearer {
            builder = builder.bearer_auth(bearer.reveal());
        }
        if request.basic {
            builder = builder.basic_auth(filling.client.0, Some(filling.client.1));
        }
        let fields = fields(request, &filling.values).map_err(bad)?;
        builder = if request.json { builder.json(&fields) } else { builder.form(&fields) };
        let now_ms = || (settings.clock_ms)();
        let turn = match pace {
            Some(pace) => Some(pace.turn().await),
            None => None,
        };
        let turn =
            turn.transpose().map_err(|stop| NoToken::Failed(stopped(stop, service, now_ms(), &settings.zone)))?;
        let sent = builder.send().await;
        if let Some(turn) = turn {
            turn.answered(|names| {
                let Ok(answer) = &sent else { return Told::default() };
                let (status, headers) = (answer.status().as_u16(), answer.headers());
                told(names, headers, status, wait_asked(status, headers, service, now_ms()))
            });
        }
        let sent = sent.map_err(|error| {
            let what = if error.is_timeout() { "did not answer in time" } else { "cannot be reached" };
            let failure = Failure::new(FailureKind::Network, format!("{} {what} for a token", service.title));
            NoToken::Failed(failure.hint("Try again later."))
        })?;
        let status = sent.status().as_u16();
        let body = read(sent).await.map_err(NoToken::Failed)?;
        match status {
            200..=299 => Ok(body),
            408 | 429 | 500.. => Err(NoToken::Failed(
                Failure::new(
                    FailureKind::Network,
                    format!("{} answered {status} when asked for a token", service.title),
                )
                .hint("Try again later."),
            )),
            _ => Err(NoToken::Refused(status, hidden(&message_of(&body), &fields, filling.bearer))),
        }
    }
}

fn fields(request: &TokenRequest, values: &Map<String, Value>) -> Result<Map<String, Value>, String> {
    let over = Value::Object(values.clone());
    let mut out = Map::new();
    for (name, template) in &request.fields {
        let text = fill_text(template, &over)?;
        if !text.is_empty() {
            out.insert(name.clone(), text.into());
        }
    }
    Ok(out)
}

async fn read(mut response: Response) -> Result<Value, Failure> {
    let broken = || Failure::new(FailureKind::Network, "the answer to a request for a token cannot be read");
    let mut bytes: Vec<u8> = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|_| broken())? {
        if bytes.len() + chunk.len() > MOST {
            return Err(broken());
        }
        bytes.extend_from_slice(&chunk);
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Ok(serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

/// A message without anything that was sent: a service may repeat what it refuses.
fn hidden(said: &str, fields: &Map<String, Value>, bearer: Option<&Secret>) -> String {
    let sent = fields.values().filter_map(Value::as_str).filter(|text| text.len() >= 12).map(Secret::new);
    sent.chain(bearer.cloned()).fold(said.to_owned(), |said, secret| secret.redact(&said))
}
