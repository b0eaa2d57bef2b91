use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;
use sha2::{Digest, Sha256};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

use crate::catalog::Service;
use crate::execute::{Failure, FailureKind};
use crate::plan::fill_text;

/// Longest request of a browser that is read, in bytes.
const MOST: usize = 16 * 1024;
/// Longest time a browser may take to send it.
const PATIENCE: Duration = Duration::from_secs(5);

/// A person's visit to a service that lets the program in: the page to open, and the ear that waits for the way back.
#[derive(Debug)]
pub struct Visit {
    address: String,
    redirect: Url,
    state: String,
    verifier: String,
    listener: TcpListener,
}

/// What came back.
#[derive(Debug)]
pub struct Arrived {
    pub(super) code: String,
    pub(super) redirect: String,
    pub(super) verifier: String,
}

enum Heard {
    Code(String),
    Denied(String),
    /// Not the way back, or one that nobody here began.
    Stranger,
}

impl Visit {
    /// Listens on this machine and makes the page's address. `random` is unpredictable.
    ///
    /// # Errors
    /// When the service has no login, or the port of `redirect` is taken.
    pub async fn begin(
        service: &Service,
        client_id: &str,
        redirect: Option<&str>,
        scopes: &[String],
        random: &[u8; 64],
    ) -> Result<Self, Failure> {
        let refused = |message: String| Failure::new(FailureKind::Credentials, message);
        let Some(oauth) = &service.oauth else { return Err(refused(format!("{} has no login", service.title))) };
        let wanted = redirect.unwrap_or("http://127.0.0.1:0/callback");
        let mut redirect = Url::parse(wanted).map_err(|e| refused(format!("`redirect` is no address: {e}")))?;
        let port = redirect.port_or_known_default().unwrap_or(80);
        let host = if redirect.host_str() == Some("[::1]") { "::1" } else { "127.0.0.1" };
        let listener = TcpListener::bind((host, if wanted.contains(":0/") { 0 } else { port })).await.map_err(|e| {
            refused(format!("nobody can listen at {redirect}: {e}")).hint("Another program may have the port.")
        })?;
        let own = listener.local_addr().map_err(|e| refused(e.to_string()))?.port();
        if own != port {
            redirect.set_port(Some(own)).map_err(|()| refused("`redirect` takes no port".into()))?;
        }
        let (state, verifier) = (URL_SAFE_NO_PAD.encode(&random[..32]), URL_SAFE_NO_PAD.encode(&random[32..]));
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
        let values = json!({
            "client_id": client_id, "redirect_uri": redirect.as_str(), "scopes": scopes.join(" "), "state": state,
            "code_challenge": challenge,
        });
        let mut page = Url::parse(&oauth.authorize).map_err(|e| refused(format!("`authorize` is no address: {e}")))?;
        for (name, template) in &oauth.query {
            let text = fill_text(template, &values).map_err(refused)?;
            if !text.is_empty() {
                page.query_pairs_mut().append_pair(name, &text);
            }
        }
        if oauth.pkce {
            let more = [("code_challenge", challenge.as_str()), ("code_challenge_method", "S256")];
            page.query_pairs_mut().extend_pairs(more);
        }
        let verifier = if oauth.pkce { verifier } else { String::new() };
        Ok(Self { address: page.to_string(), redirect, state, verifier, listener })
    }

    /// The page where a person lets the program in.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Waits for the person to come back. A visit that does not carry our state is turned away and not believed.
    ///
    /// # Errors
    /// When the person said no, or does not come in time.
    pub async fn wait(self, longest: Duration) -> Result<Arrived, Failure> {
        let heard = tokio::time::timeout(longest, self.hear()).await;
        match heard {
            Ok(Ok(code)) => Ok(Arrived { code, redirect: self.redirect.to_string(), verifier: self.verifier }),
            Ok(Err(failure)) => Err(failure),
            Err(_) => {
                let message = "nobody came back from the page of the login";
                Err(Failure::new(FailureKind::Timeout, message).hint("Begin again with `sayso login`."))
            }
        }
    }

    async fn hear(&self) -> Result<String, Failure> {
        loop {
            let Ok((mut stream, _)) = self.listener.accept().await else { continue };
            let request = tokio::time::timeout(PATIENCE, read_head(&mut stream)).await.unwrap_or_default();
            let heard = self.understood(&request);
            let (status, text) = match &heard {
                Heard::Code(_) => ("200 OK", "You are logged in. This page can be closed."),
                Heard::Denied(_) => ("200 OK", "Nothing was changed. This page can be closed."),
                Heard::Stranger => ("400 Bad Request", "This is not the answer that is waited for."),
            };
            answer(&mut stream, status, text).await;
            match heard {
                Heard::Code(code) => return Ok(code),
                Heard::Denied(why) => {
                    return Err(Failure::new(
                        FailureKind::Credentials,
                        format!("the service did not let you in: {why}"),
                    ));
                }
                Heard::Stranger => tracing::warn!("a visit to the login's address without its state was turned away"),
            }
        }
    }

    fn understood(&self, head: &str) -> Heard {
        let target = head.strip_prefix("GET ").and_then(|rest| rest.split(' ').next()).unwrap_or_default();
        let Ok(url) = self.redirect.join(target) else { return Heard::Stranger };
        let value = |key: &str| url.query_pairs().find(|(k, _)| k == key).map(|(_, value)| value.into_owned());
        let here = target.starts_with('/') && !target.starts_with("//") && url.path() == self.redirect.path();
        if !here || value("state").as_deref() != Some(self.state.as_str()) {
            return Heard::Stranger;
        }
        match (value("code").filter(|code| !code.is_empty()), value("error")) {
            (_, Some(error)) => Heard::Denied(value("error_description").unwrap_or(error)),
            (Some(code), None) => Heard::Code(code),
            (None, None) => Heard::Stranger,
        }
    }
}

async fn read_head(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut chunk = [0; 2048];
    while bytes.len() < MOST && !bytes.windows(4).any(|w| w == b"\r\n\r\n") {
        match stream.read(&mut chunk).await {
            Ok(count) if count > 0 => bytes.extend_from_slice(&chunk[..count]),
            _ => break,
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

async fn answer(stream: &mut TcpStream, status: &str, text: &str) {
    let page = format!("<!doctype html><meta charset=utf-8><title>sayso</title><p>{text}</p>");
    let head = "Content-Type: text/html; charset=utf-8\r\nCache-Control: no-store\r\nReferrer-Policy: no-referrer";
    let whole =
        format!("HTTP/1.1 {status}\r\n{head}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{page}", page.len());
    // The person has closed the page: nobody is left to tell.
    drop(stream.write_all(whole.as_bytes()).await);
    drop(stream.shutdown().await);
}
