use std::sync::OnceLock;
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, Response, multipart};
use url::{Host, Url};

use super::Received;
use super::read_body::read_body;
use super::retry::pause;
use crate::catalog::{Method, Service};
use crate::execute::{Credentials, Failure, FailureKind, Settings};
use crate::request::{Body, CredentialPlace, Draft, Part, ValidRequest};

const AGENT: &str = concat!("sayso/", env!("CARGO_PKG_VERSION"));

/// The way to the network. Connections are made at the first request.
#[derive(Debug)]
pub struct Transport {
    settings: Settings,
    credentials: Credentials,
    secure: OnceLock<Client>,
    plain: OnceLock<Client>,
}

impl Transport {
    /// A transport that has not sent anything.
    pub fn new(settings: Settings, credentials: Credentials) -> Self {
        Self { settings, credentials, secure: OnceLock::new(), plain: OnceLock::new() }
    }

    /// What it was made with.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The credentials it sends.
    pub fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    /// Sends a request, again where that is safe, and reads the answer, whatever its status.
    ///
    /// # Errors
    /// When there is no credential, the address is not allowed, or no answer comes.
    pub(in crate::execute) async fn send(
        &self,
        request: &ValidRequest,
        service: &Service,
    ) -> Result<Received, Failure> {
        let draft = request.draft();
        let mut tried = 0;
        loop {
            let outcome = self.try_once(draft, service).await;
            match pause(&outcome, draft.method, draft.risk, tried, &self.settings) {
                Some(wait) => {
                    tracing::debug!(operation = draft.operation, tried, ?wait, "trying again");
                    tokio::time::sleep(wait).await;
                    tried += 1;
                }
                None => return outcome,
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
        self.try_once(request.draft(), service).await
    }

    async fn try_once(&self, draft: &Draft, service: &Service) -> Result<Received, Failure> {
        let url = Url::parse(&draft.url()).map_err(|e| bad(format!("the address is wrong: {e}")))?;
        let client = self.client(&url, service)?;
        let builder = self.authorised(client, draft, service, url)?.headers(header_map(&draft.headers)?);
        let response = with_body(builder, draft.body.as_ref())?.send().await.map_err(|e| lost(&e, service))?;
        let status = response.status().as_u16();
        let wait = wait_asked(&response, service);
        let body = read_body(response, &self.credentials).await?;
        Ok(Received { status, body, wait })
    }

    fn authorised(
        &self,
        client: &Client,
        draft: &Draft,
        service: &Service,
        mut url: Url,
    ) -> Result<RequestBuilder, Failure> {
        let held = self.credentials.of(service, &draft.credential, &url)?;
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
            CredentialPlace::Basic(..) => {
                builder.basic_auth(user.map_or("", |u| u.reveal()), Some(token.reveal()).filter(|t| !t.is_empty()))
            }
        })
    }

    fn client(&self, url: &Url, service: &Service) -> Result<&Client, Failure> {
        let loopback = is_loopback(url);
        let slot = match url.scheme() {
            "https" => &self.secure,
            "http" if loopback => &self.plain,
            _ => {
                let message = format!("{} is reached over https only, not at {}", service.title, url.authority());
                return Err(Failure::new(FailureKind::Network, message));
            }
        };
        if let Some(client) = slot.get() {
            return Ok(client);
        }
        let mut builder = Client::builder()
            .user_agent(AGENT)
            .redirect(Policy::none())
            .connect_timeout(self.settings.connect_timeout)
            .timeout(self.settings.timeout);
        if url.scheme() == "http" {
            // Without this a machine that has no CA certificates cannot even reach itself.
            builder = builder.no_proxy().tls_certs_only([]);
        }
        let client = builder.build().map_err(|e| bad(format!("no connection can be made: {}", e.without_url())))?;
        Ok(slot.get_or_init(|| client))
    }
}

/// Whether an address is on this machine.
pub(in crate::execute) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

fn with_body(builder: RequestBuilder, body: Option<&Body>) -> Result<RequestBuilder, Failure> {
    Ok(match body {
        None => builder,
        Some(Body::Json(json)) => builder.body(json.to_string()),
        Some(Body::Form(fields)) => {
            let mut text = url::form_urlencoded::Serializer::new(String::new());
            text.extend_pairs(fields);
            builder.body(text.finish())
        }
        Some(Body::Multipart(parts)) => builder.multipart(form(parts)?),
    })
}

fn form(parts: &[Part]) -> Result<multipart::Form, Failure> {
    let mut form = multipart::Form::new();
    for part in parts {
        form = match part {
            Part::Text(name, text) => form.text(name.clone(), text.clone()),
            Part::File(name, path) => {
                let bytes = std::fs::read(path).map_err(|e| {
                    Failure::new(FailureKind::Invalid, format!("the file `{path}` cannot be read: {e}"))
                })?;
                let file =
                    std::path::Path::new(path).file_name().map_or_else(String::new, |n| n.to_string_lossy().into());
                form.part(name.clone(), multipart::Part::bytes(bytes).file_name(file))
            }
        };
    }
    Ok(form)
}

fn header_map(headers: &[(String, String)]) -> Result<HeaderMap, Failure> {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        let name: HeaderName = name.parse().map_err(|_| bad(format!("`{name}` is no name of a header")))?;
        let value = HeaderValue::from_str(value).or_else(|_| HeaderValue::from_bytes(value.as_bytes()));
        map.append(name, value.map_err(|_| bad("a header's value cannot be sent".into()))?);
    }
    Ok(map)
}

fn secret_header(text: &str, service: &Service) -> Result<HeaderValue, Failure> {
    let mut value = HeaderValue::from_str(text).map_err(|_| {
        Failure::new(
            FailureKind::Credentials,
            format!("the credential of {} holds a character it cannot", service.title),
        )
    })?;
    value.set_sensitive(true);
    Ok(value)
}

fn method(method: Method) -> reqwest::Method {
    match method {
        Method::Get => reqwest::Method::GET,
        Method::Post => reqwest::Method::POST,
        Method::Put => reqwest::Method::PUT,
        Method::Patch => reqwest::Method::PATCH,
        Method::Delete => reqwest::Method::DELETE,
        Method::Head => reqwest::Method::HEAD,
        Method::Options => reqwest::Method::OPTIONS,
    }
}

/// The pause that an answer asks for: `Retry-After` in seconds, else the window that the service's header tells.
fn wait_asked(response: &Response, service: &Service) -> Option<Duration> {
    let text = |name: &str| response.headers().get(name).and_then(|v| v.to_str().ok()).map(str::trim);
    if let Some(seconds) = text("retry-after").and_then(|t| t.parse::<u64>().ok()) {
        return Some(Duration::from_secs(seconds));
    }
    let limit = service.rate_limit.as_ref().filter(|_| response.status().as_u16() == 429)?;
    let named = |meaning: &str| limit.headers.iter().find(|(m, _)| m == meaning).and_then(|(_, name)| text(name));
    let number = |meaning: &str| named(meaning).and_then(|t| t.parse::<u64>().ok());
    if number("daily_remaining") == Some(0) {
        return Some(Duration::from_millis(number("daily_reset").unwrap_or(86_400_000)));
    }
    number("interval").map(Duration::from_millis)
}

fn lost(error: &reqwest::Error, service: &Service) -> Failure {
    let title = &service.title;
    if error.is_timeout() {
        return Failure::new(FailureKind::Timeout, format!("{title} did not answer in time")).hint("Try again later.");
    }
    let what = if error.is_connect() { "cannot be reached" } else { "broke the connection off" };
    Failure::new(FailureKind::Network, format!("{title} {what}{}", cause(error))).hint("Check the network.")
}

/// The innermost reason: the outer ones repeat the address.
fn cause(error: &reqwest::Error) -> String {
    let mut inner: Option<&dyn std::error::Error> = std::error::Error::source(error);
    let mut text = String::new();
    while let Some(error) = inner {
        text = format!(": {error}");
        inner = error.source();
    }
    text
}

fn bad(message: String) -> Failure {
    Failure::new(FailureKind::Network, message)
}
