use std::fmt::Write as _;

use super::{Body, CredentialPlace, Draft, File, Part};

/// A command line for a POSIX shell that sends the same request. The credential is a variable, never its value.
#[must_use]
pub fn curl_line(draft: &Draft) -> String {
    let mut url = draft.url();
    let mut out = format!("curl -X {}", draft.method.as_str());
    match &draft.credential {
        CredentialPlace::None => {}
        CredentialPlace::Bearer(v) => push(&mut out, &format!("-H \"Authorization: Bearer ${}\"", variable(v))),
        CredentialPlace::Header(name, v) => push(&mut out, &format!("-H \"{name}: ${}\"", variable(v))),
        CredentialPlace::Basic(user, password) => {
            push(&mut out, &format!("-u \"${}:${}\"", variable(user), variable(password)));
        }
        CredentialPlace::Query(name, v) => {
            let mark = if url.contains('?') { '&' } else { '?' };
            let _ = write!(url, "{mark}{name}=");
            push(&mut out, &format!("{}\"${}\"", quoted(&url), variable(v)));
        }
    }
    for (name, value) in &draft.headers {
        push(&mut out, &format!("-H {}", quoted(&format!("{name}: {value}"))));
    }
    match &draft.body {
        None => {}
        Some(Body::Json(json)) => push(&mut out, &format!("--data-raw {}", quoted(&json.to_string()))),
        Some(Body::Form(fields)) => {
            for (name, value) in fields {
                push(&mut out, &format!("--data-urlencode {}", quoted(&format!("{name}={value}"))));
            }
        }
        Some(Body::Multipart(parts)) => {
            for part in parts {
                push(&mut out, &part_option(part));
            }
        }
    }
    if !matches!(draft.credential, CredentialPlace::Query(..)) {
        push(&mut out, &quoted(&url));
    }
    out
}

fn part_option(part: &Part) -> String {
    match part {
        Part::Text(name, text) => format!("--form-string {}", quoted(&format!("{name}={text}"))),
        Part::File(name, File::Path(path)) => format!("-F {}", quoted(&format!("{name}=@{path}"))),
        Part::File(name, File::Text(text)) => file_option(name, "file", text),
        Part::File(name, File::Content { name: file, bytes }) => {
            file_option(name, file, &String::from_utf8_lossy(bytes))
        }
    }
}

/// Content that stands in the line itself, sent as a file.
fn file_option(name: &str, file: &str, content: &str) -> String {
    let inside = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("-F {}", quoted(&format!("{name}=\"{}\";filename=\"{}\"", inside(content), inside(file))))
}

fn push(out: &mut String, option: &str) {
    out.push(' ');
    out.push_str(option);
}

fn variable(variables: &[String]) -> &str {
    variables.first().map_or("TOKEN", String::as_str)
}

/// In single quotes, inside which a shell expands nothing.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::catalog::{Method, Risk};

    fn draft(credential: CredentialPlace, body: Option<Body>) -> Draft {
        Draft {
            operation: "x.y".into(),
            group: "x".into(),
            service: "x".into(),
            through: None,
            token: crate::catalog::TokenKind::Any,
            scopes: Vec::new(),
            account: None,
            accounts: Vec::new(),
            method: Method::Post,
            base: "https://x.test".into(),
            path: "/a".into(),
            shape: "/a".into(),
            query: vec![("q".into(), "it's $HOME".into())],
            headers: vec![("Version".into(), "1".into())],
            body,
            risk: Risk::Write,
            credential,
        }
    }

    #[test]
    fn the_credential_is_a_variable() {
        let line = curl_line(&draft(CredentialPlace::Bearer(vec!["X_TOKEN".into(), "OLD".into()]), None));
        let expected = "curl -X POST -H \"Authorization: Bearer $X_TOKEN\" -H 'Version: 1' \
                        'https://x.test/a?q=it%27s+%24HOME'";
        assert_eq!(line, expected);
    }

    #[test]
    fn a_quote_in_the_body_stays_inside() {
        let line = curl_line(&draft(CredentialPlace::None, Some(Body::Json(json!({"a": "it's `x` $(y)"})))));
        assert!(line.contains(r#"--data-raw '{"a":"it'\''s `x` $(y)"}'"#), "{line}");
    }

    #[test]
    fn a_credential_in_the_query_is_a_variable_too() {
        let line = curl_line(&draft(CredentialPlace::Query("key".into(), vec!["KEY".into()]), None));
        assert!(line.contains("&key='\"$KEY\""), "{line}");
    }
}
