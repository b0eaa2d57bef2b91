//! A sandbox of the built-in catalog and a client that speaks to it as the real service would be spoken to.

use std::sync::Arc;

use reqwest::{Method, RequestBuilder};
use sayso::catalog::Catalog;
use sayso::sandbox::{Clock, Options, Running, start};
use serde_json::Value;

pub const JANE: &str = "ocQHyuzHvysMo5N5VsXc";

/// A Friday morning in New York.
pub const NOW: &str = "2026-11-20T14:00:00Z";

pub struct Client {
    pub sandbox: Running,
    http: reqwest::Client,
}

pub fn options() -> Options {
    Options::new(Clock::fixed(NOW.parse().unwrap()))
}

pub fn http() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().tls_certs_only([]).build().unwrap()
}

impl Client {
    /// The agency that is built in, without a limit on requests.
    pub fn new() -> Self {
        let limits = sayso::sandbox::RateLimits { max: 100_000, per_ms: 1000, daily: 1_000_000 };
        Self::with(Options { rate: Some(limits), ..options() })
    }

    pub fn with(options: Options) -> Self {
        Self::over(options, Catalog::builtin())
    }

    pub fn over(options: Options, catalog: Catalog) -> Self {
        Self { sandbox: start(options, Arc::new(catalog)).unwrap(), http: http() }
    }

    /// A request with the token and the version of its operation.
    pub fn request(&self, method: &str, path: &str) -> RequestBuilder {
        let bare = path.split('?').next().unwrap_or_default();
        let older = bare.starts_with("/calendars") || bare.starts_with("/conversations") || bare == "/links/search";
        self.bare(method, path)
            .bearer_auth(&self.sandbox.token)
            .header("Version", if older { "2021-04-15" } else { "2021-07-28" })
    }

    /// A request with nothing that it needs.
    pub fn bare(&self, method: &str, path: &str) -> RequestBuilder {
        let path = path.replace("{location}", &self.sandbox.location_id);
        self.http.request(Method::from_bytes(method.as_bytes()).unwrap(), format!("{}{path}", self.sandbox.base_url))
    }

    pub async fn get(&self, path: &str) -> (u16, Value) {
        answer(self.request("GET", path)).await
    }

    pub async fn send(&self, method: &str, path: &str, body: Value) -> (u16, Value) {
        answer(self.request(method, path).json(&self.located(&body))).await
    }

    /// The body of an answer that must be a success.
    pub async fn ok(&self, method: &str, path: &str, body: Value) -> Value {
        let (status, answer) =
            if body.is_null() { answer(self.request(method, path)).await } else { self.send(method, path, body).await };
        assert!((200..300).contains(&status), "{method} {path}: {status} {answer}");
        answer
    }

    fn located(&self, body: &Value) -> Value {
        let text = body.to_string().replace("{location}", &self.sandbox.location_id);
        serde_json::from_str(&text).unwrap()
    }
}

pub async fn answer(request: RequestBuilder) -> (u16, Value) {
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}
