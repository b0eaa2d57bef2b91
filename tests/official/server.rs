//! A server made of the official files: whatever comes is judged, and the verdict is the answer.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, Uri};
use axum::response::Json;
use serde_json::{Value, json};

use crate::judge;
use crate::sent::{Sent, SentBody};
use crate::spec::Spec;

/// The token that must come with every request but those that get one.
pub const TOKEN: &str = "pit-official-test";

/// A limit that no test reaches: what is asked here is whether requests are right, not how fast they may come.
const UNHURRIED: [(&str, &str); 2] = [("X-RateLimit-Max", "1000000"), ("X-RateLimit-Interval-Milliseconds", "1000")];

/// A running server.
pub struct Server {
    pub url: String,
    /// Ends it when dropped.
    _runtime: tokio::runtime::Runtime,
}

impl Server {
    pub fn start(spec: Arc<Spec>) -> Self {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let listener =
            runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).expect("a free port of this machine");
        let url = format!("http://{}", listener.local_addr().expect("its address"));
        let app = Router::new().fallback(answer).with_state(spec);
        runtime.spawn(async move { axum::serve(listener, app).await });
        Self { url, _runtime: runtime }
    }
}

async fn answer(
    State(spec): State<Arc<Spec>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    bytes: Bytes,
) -> ([(&'static str, &'static str); 2], Json<Value>) {
    let text = |value: &axum::http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let headers: Vec<(String, String)> = headers.iter().map(|(n, v)| (n.to_string(), text(v))).collect();
    let query = url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).into_owned().collect();
    let body = body(&headers, &bytes);
    let sent = Sent { method: method.to_string(), path: uri.path().to_owned(), query, headers, body };
    let mut faults = judge::faults(&spec, &sent);
    faults.extend(authorization(&sent));
    let fields = match &sent.body {
        SentBody::Json(json) => json.clone(),
        SentBody::Form(fields) | SentBody::Multipart(fields) => json!(fields),
        SentBody::None | SentBody::Broken(_) => Value::Null,
    };
    (UNHURRIED, Json(json!({"faults": faults, "path": sent.path, "query": sent.query, "fields": fields})))
}

fn authorization(sent: &Sent) -> Option<String> {
    let found = sent.headers.iter().find(|(name, _)| name == "authorization").map(|(_, value)| value.as_str());
    let wanted = (sent.path != "/oauth/token").then(|| format!("Bearer {TOKEN}"));
    (found != wanted.as_deref()).then(|| format!("header `authorization` is {found:?}"))
}

fn body(headers: &[(String, String)], bytes: &[u8]) -> SentBody {
    let kind = headers.iter().find(|(name, _)| name == "content-type").map_or("", |(_, value)| value.as_str());
    match kind.split(';').next().unwrap_or_default() {
        "" if bytes.is_empty() => SentBody::None,
        "application/json" => match serde_json::from_slice(bytes) {
            Ok(json) => SentBody::Json(json),
            Err(error) => SentBody::Broken(error.to_string()),
        },
        "application/x-www-form-urlencoded" => {
            SentBody::Form(url::form_urlencoded::parse(bytes).into_owned().collect())
        }
        "multipart/form-data" => {
            let boundary = kind.split("boundary=").nth(1).unwrap_or_default().trim_matches('"');
            parts(bytes, boundary).map_or_else(|| SentBody::Broken("no parts".into()), SentBody::Multipart)
        }
        other => SentBody::Broken(format!("{} bytes of `{other}`", bytes.len())),
    }
}

/// The fields of a multipart body by RFC 7578; files by their content.
fn parts(bytes: &[u8], boundary: &str) -> Option<Vec<(String, String)>> {
    let text = String::from_utf8_lossy(bytes);
    if bytes.is_empty() {
        return Some(Vec::new());
    }
    let whole = text.strip_suffix("--\r\n").or_else(|| text.strip_suffix("--"))?;
    let mut fields = Vec::new();
    for part in format!("\r\n{whole}").split(&format!("\r\n--{boundary}")).skip(1).filter(|p| !p.is_empty()) {
        let (head, content) = part.strip_prefix("\r\n")?.split_once("\r\n\r\n")?;
        let name = head.split("name=\"").nth(1)?.split('"').next()?;
        fields.push((name.to_owned(), content.to_owned()));
    }
    Some(fields)
}
