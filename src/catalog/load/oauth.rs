use crate::catalog::keys::{OAUTH, TOKEN_ANSWER, TOKEN_REQUEST};
use crate::catalog::yaml::{Fields, Node, Report, suggest};
use crate::catalog::{OAuth, TokenAnswer, TokenKind, TokenRequest};

use super::enums::TOKENS;
use super::service::pairs;
use super::templates::Templates;

const CLIENT: [&str; 2] = ["client_id", "client_secret"];

/// Reads `oauth`; `context` names the service's context values.
pub(super) fn oauth(node: &Node, context: &[&str], templates: &Templates, report: &mut Report) -> OAuth {
    let fields = Fields::new(node, &OAUTH, "`oauth`", report);
    let over = |more: &[&'static str]| -> Vec<&str> { CLIENT.iter().chain(more).copied().collect() };
    let request = |key: &'static str, names: &[&str], report: &mut Report| {
        fields.get(key).map(|node| token_request(node, key, names, templates, report))
    };
    let exchange = request("exchange", &over(&["code", "redirect_uri", "code_verifier"]), report);
    let refresh = request("refresh", &over(&["refresh_token"]), report);
    let account = request("account", context, report);
    let asked = ["client_id", "redirect_uri", "scopes", "state", "code_challenge"];
    let oauth = OAuth {
        authorize: address(&fields, report),
        query: filled(&fields, "query", &asked, templates, report),
        pkce: fields.flag("pkce", report).unwrap_or(false),
        exchange: exchange.unwrap_or_else(|| {
            fields.missing("exchange", report);
            nothing()
        }),
        refresh,
        account,
        answer: answer(fields.get("answer"), context, report),
        kinds: kinds(&fields, report),
    };
    if !oauth.query.iter().any(|(_, template)| template.contains("state")) {
        report.error(node.span, "`query` of `oauth` sends no `state`", "");
        report.help("without it a stranger could slip in a code of their own: write `state: \"{{ state }}\"`");
    }
    fields.finish(report);
    oauth
}

fn address(fields: &Fields, report: &mut Report) -> String {
    let Some(node) = fields.get("authorize") else {
        fields.missing("authorize", report);
        return String::new();
    };
    let text = fields.text("authorize", report).unwrap_or_default();
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or_default();
    if !rest.is_empty() && !rest.starts_with('/') && !rest.contains(|c: char| c.is_whitespace() || "?#@{".contains(c)) {
        return text;
    }
    report.error(node.span, format!("`{text}` is not a web address without a query"), "");
    text
}

fn token_request(node: &Node, key: &str, names: &[&str], templates: &Templates, report: &mut Report) -> TokenRequest {
    let fields = Fields::new(node, &TOKEN_REQUEST, format!("`{key}` of `oauth`"), report);
    let url = fields.text("url", report).unwrap_or_default();
    match fields.get("url") {
        None => fields.missing("url", report),
        Some(_) if url.starts_with('/') || url.starts_with("https://") => {}
        Some(node) => {
            report.error(node.span, format!("`{url}` is neither a path nor an https address"), "");
            report.help("write a path below `base_url`, like `/oauth/token`, or the whole address");
        }
    }
    if fields.get("fields").is_none() {
        fields.missing("fields", report);
    }
    let request = TokenRequest {
        url,
        json: fields.flag("json", report).unwrap_or(false),
        basic: fields.flag("basic", report).unwrap_or(false),
        headers: fields.get("headers").map_or_else(Vec::new, |node| pairs(node, "`headers`", report)),
        fields: filled(&fields, "fields", names, templates, report),
    };
    fields.finish(report);
    request
}

fn filled(
    fields: &Fields,
    key: &'static str,
    names: &[&str],
    templates: &Templates,
    report: &mut Report,
) -> Vec<(String, String)> {
    let Some(node) = fields.get(key) else { return Vec::new() };
    for (name, node) in node.entries() {
        let what = format!("`{}` of `{key}`", name.text);
        templates.knowing(node, &what, names, "known there", report);
    }
    pairs(node, &format!("`{key}`"), report)
}

fn answer(node: Option<&Node>, context: &[&str], report: &mut Report) -> TokenAnswer {
    let empty = Node::empty();
    let fields = Fields::new(node.unwrap_or(&empty), &TOKEN_ANSWER, "`answer` of `oauth`", report);
    let place = |key: &'static str, usual: &str, report: &mut Report| {
        fields.text(key, report).unwrap_or_else(|| usual.to_owned())
    };
    let answer = TokenAnswer {
        access: place("access", "access_token", report),
        refresh: place("refresh", "refresh_token", report),
        expires_in: place("expires_in", "expires_in", report),
        scopes: place("scopes", "scope", report),
        kind: place("kind", "", report),
        context: fields.get("context").map_or_else(Vec::new, |node| pairs(node, "`context`", report)),
    };
    for (key, _) in fields.get("context").map_or(&[][..], Node::entries) {
        if !context.contains(&key.text.as_str()) {
            report.error(key.span, format!("`{}` is not a context value of the service", key.text), "");
            suggest(&key.text, context, "the context values are", report);
        }
    }
    fields.finish(report);
    answer
}

fn kinds(fields: &Fields, report: &mut Report) -> Vec<(String, TokenKind)> {
    let Some(node) = fields.get("kinds") else { return Vec::new() };
    let mut found = Vec::new();
    for (key, node) in node.entries() {
        let text = node.text().unwrap_or_default();
        if let Some((_, kind)) = TOKENS.iter().find(|(name, _)| *name == text) {
            found.push((key.text.clone(), *kind));
            continue;
        }
        let names: Vec<&str> = TOKENS.iter().map(|(name, _)| *name).collect();
        report.error(node.span, format!("`{text}` is no kind of token"), "");
        suggest(text, &names, "it is one of", report);
    }
    found
}

fn nothing() -> TokenRequest {
    TokenRequest { url: String::new(), json: false, basic: false, headers: Vec::new(), fields: Vec::new() }
}
