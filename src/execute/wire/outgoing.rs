use reqwest::RequestBuilder;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};

use super::form::form;
use crate::catalog::{Method, Service};
use crate::execute::{Failure, FailureKind};
use crate::request::Body;

/// Headers that a request has besides those of the catalog: its credential, and what the client adds.
const USUAL: usize = 4;

/// The request with its body.
pub(super) fn with_body(builder: RequestBuilder, body: Option<&Body>) -> Result<RequestBuilder, Failure> {
    Ok(match body {
        None => builder,
        Some(Body::Json(json)) => builder.body(json.to_string()),
        Some(Body::Form(fields)) => {
            let mut text = url::form_urlencoded::Serializer::new(String::new());
            text.extend_pairs(fields);
            builder.body(text.finish())
        }
        // The client writes nothing for a form without parts, which is no multipart body at all.
        Some(Body::Multipart(parts)) if parts.is_empty() => {
            builder.header(CONTENT_TYPE, "multipart/form-data; boundary=none").body("--none--\r\n")
        }
        Some(Body::Multipart(parts)) => builder.multipart(form(parts)?),
    })
}

/// The headers of a request, without the credential.
pub(super) fn header_map(headers: &[(String, String)]) -> Result<HeaderMap, Failure> {
    let mut map = HeaderMap::with_capacity(headers.len() + USUAL);
    for (name, value) in headers {
        let value = HeaderValue::from_str(value).or_else(|_| HeaderValue::from_bytes(value.as_bytes()));
        map.append(header_name(name)?, value.map_err(|_| bad("a header's value cannot be sent".into()))?);
    }
    Ok(map)
}

/// The name of a header.
pub(super) fn header_name(name: &str) -> Result<HeaderName, Failure> {
    name.parse().map_err(|_| bad(format!("`{name}` is no name of a header")))
}

/// A header that holds a credential.
pub(super) fn secret_header(text: &str, service: &Service) -> Result<HeaderValue, Failure> {
    let mut value = HeaderValue::from_str(text).map_err(|_| {
        Failure::new(
            FailureKind::Credentials,
            format!("the credential of {} holds a character it cannot", service.title),
        )
    })?;
    value.set_sensitive(true);
    Ok(value)
}

/// The method as the client names it.
pub(super) fn method(method: Method) -> reqwest::Method {
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

fn bad(message: String) -> Failure {
    Failure::new(FailureKind::Network, message)
}
