use super::{Body, CredentialPlace, Draft, File, Part};

/// Bytes of a line besides its address.
const USUAL: usize = 256;

/// A command line for a POSIX shell that sends the same request. The credential is a variable, never its value.
#[must_use]
pub fn curl_line(draft: &Draft) -> String {
    curl_line_to(draft, &draft.url())
}

/// The same to an address that was made of the request already.
#[must_use]
pub fn curl_line_to(draft: &Draft, url: &str) -> String {
    let mut out = String::with_capacity(USUAL + url.len());
    push(&mut out, &["curl -X ", draft.method.as_str()]);
    match &draft.credential {
        CredentialPlace::None => {}
        CredentialPlace::Bearer(v) => push(&mut out, &[" -H \"Authorization: Bearer $", variable(v), "\""]),
        CredentialPlace::Header(name, v) => push(&mut out, &[" -H \"", name, ": $", variable(v), "\""]),
        CredentialPlace::Basic(user, password) => {
            push(&mut out, &[" -u \"$", variable(user), ":$", variable(password), "\""]);
        }
        CredentialPlace::Query(name, v) => {
            let mark = if url.contains('?') { "&" } else { "?" };
            option(&mut out, "", &[url, mark, name, "="]);
            push(&mut out, &["\"$", variable(v), "\""]);
        }
    }
    for (name, value) in &draft.headers {
        option(&mut out, "-H ", &[name, ": ", value]);
    }
    match &draft.body {
        None => {}
        Some(Body::Json(json)) => option(&mut out, "--data-raw ", &[&json.to_string()]),
        Some(Body::Form(fields)) => {
            for (name, value) in fields {
                option(&mut out, "--data-urlencode ", &[name, "=", value]);
            }
        }
        Some(Body::Multipart(parts)) => {
            for part in parts {
                part_option(&mut out, part);
            }
        }
    }
    if !matches!(draft.credential, CredentialPlace::Query(..)) {
        option(&mut out, "", &[url]);
    }
    out
}

fn part_option(out: &mut String, part: &Part) {
    match part {
        Part::Text(name, text) => option(out, "--form-string ", &[name, "=", text]),
        Part::File(name, File::Path(path)) => option(out, "-F ", &[name, "=@", path]),
        Part::File(name, File::Text(text)) => file_option(out, name, "file", text),
        Part::File(name, File::Content { name: file, bytes }) => {
            file_option(out, name, file, &String::from_utf8_lossy(bytes));
        }
    }
}

/// Content that stands in the line itself, sent as a file.
fn file_option(out: &mut String, name: &str, file: &str, content: &str) {
    let inside = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
    option(out, "-F ", &[name, "=\"", &inside(content), "\";filename=\"", &inside(file), "\""]);
}

fn push(out: &mut String, parts: &[&str]) {
    out.extend(parts.iter().copied());
}

fn variable(variables: &[String]) -> &str {
    variables.first().map_or("TOKEN", String::as_str)
}

/// An option with its value in single quotes, inside which a shell expands nothing.
fn option(out: &mut String, name: &str, value: &[&str]) {
    push(out, &[" ", name, "'"]);
    for part in value {
        let mut pieces = part.split('\'');
        out.push_str(pieces.next().unwrap_or_default());
        pieces.for_each(|piece| push(out, &["'\\''", piece]));
    }
    out.push('\'');
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
            scopes: [].into(),
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
