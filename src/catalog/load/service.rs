use crate::catalog::keys::{AUTH, BASIC, CONTEXT, ERROR, LIMIT_HEADERS, RATE_LIMIT, SERVICE, SERVICE_VARIANT, STYLE};
use crate::catalog::yaml::{Fields, Key, Node, Report, Value, suggest, wrong};
use crate::catalog::{
    Auth, ContextValue, ErrorRule, PageAdvance, PageStyle, RateLimit, Resource, Service, ServiceVariant,
};

use super::enums::{FAULTS, TOKENS, names};
use super::extends::extension;
use super::lexicon::section;
use super::oauth::oauth;
use super::request::openapi_line;
use super::scope::Known;
use super::templates::{Templates, regex};

/// What the texts of an error rule may speak of, beside the named groups of its expression.
const TOLD: &[&str] = &["operation", "body", "status", "said", "account", "scopes_at", "near"];
/// What shares a rate limit unless the service says otherwise.
const CREDENTIAL: &str = "credential";
/// Shares one with everybody else who uses the service.
const WHOLE_SERVICE: &str = "service";

const ID_PATTERN: &str = "^[A-Za-z0-9_-]{1,128}$";

/// The parts of a `service.yaml` that operations refer to before they can be read.
pub(super) struct ServiceNode<'a> {
    /// The map.
    pub(super) fields: Fields<'a>,
    /// Its parameter sets.
    pub(super) sets: &'a [(Key, Node)],
    /// What people call the part of the program that a group's operations are in, by group.
    pub(super) places: &'a [(Key, Node)],
    /// Its resources, unread.
    pub(super) resources: &'a [(Key, Node)],
    /// Its pagination styles.
    pub(super) styles: Vec<PageStyle>,
    /// Its variants.
    pub(super) variants: Vec<ServiceVariant>,
}

/// Opens a `service.yaml`.
pub(super) fn open<'a>(folder: &str, root: &'a Node, report: &mut Report) -> ServiceNode<'a> {
    let fields = Fields::new(root, &SERVICE, format!("service `{folder}`"), report);
    let sets = section(&fields, "parameter_sets", report);
    // They were joined with those of the group files when the layers were laid.
    fields.get("choices");
    let resources = section(&fields, "resources", report);
    let places = section(&fields, "places", report);
    let styles = section(&fields, "pagination", report).iter().map(|(key, node)| style(key, node, report)).collect();
    let variants = section(&fields, "variants", report).iter().map(|(key, node)| variant(key, node, report)).collect();
    ServiceNode { fields, sets, places, resources, styles, variants }
}

/// Reads everything but the resources, which `resources` brings read.
pub(super) fn service(
    folder: &str,
    node: ServiceNode<'_>,
    resources: Vec<Resource>,
    known: &Known,
    report: &mut Report,
) -> Service {
    let (fields, templates) = (node.fields, &known.templates);
    let context: Vec<ContextValue> =
        section(&fields, "context", report).iter().map(|(key, node)| context_value(key, node, report)).collect();
    let names: Vec<&str> = context.iter().map(|value| value.name.as_str()).collect();
    check_sources(&fields, &names, report);
    check_name(folder, &fields, report);
    let headers = section(&fields, "headers", report)
        .iter()
        .filter_map(|(key, node)| Some((key.text.clone(), header(key, node, &names, templates, report)?)))
        .collect();
    let service = Service {
        name: folder.to_owned(),
        title: fields.text("title", report).unwrap_or_else(|| folder.to_owned()),
        base_url: base_url(&fields, report),
        path: String::new(),
        auth: fields.get("auth").map_or(Auth::None, |node| auth(node, report)),
        oauth: fields.get("oauth").map(|node| oauth(node, &names, templates, report)),
        scopes_at: fields.text("scopes_at", report),
        version_header: fields.text("version_header", report),
        version: fields.text("version", report),
        headers,
        rate_limit: fields
            .get("rate_limit")
            .filter(|node| node.text() != Some("none"))
            .map(|node| rate_limit(node, &names, report)),
        rate_limits: section(&fields, "rate_limits", report)
            .iter()
            .map(|(key, node)| (key.text.clone(), rate_limit(node, &names, report)))
            .collect(),
        pagination: node.styles,
        errors: errors(&fields, templates, report),
        extends: extension(&fields, folder, known, report),
        resources: resources.into_iter().map(|resource| (resource.name.clone(), resource)).collect(),
        id_pattern: pattern(&fields, report),
        country: country(&fields, report),
        loose: fields.flag("loose", report).unwrap_or(false),
        context,
        variants: node.variants,
    };
    token_kinds(&fields, report);
    fields.finish(report);
    service
}

/// Only checked: comparing with a specification reads them from the tree.
fn token_kinds(fields: &Fields, report: &mut Report) {
    let Some(node) = fields.get("token_kinds") else { return };
    let known = names(TOKENS);
    for (scheme, word) in pairs(node, "`token_kinds`", report) {
        if !known.contains(&word.as_str()) {
            let span = node.get(&scheme).unwrap_or(node).span;
            report.error(span, format!("`{word}` is not a kind of token"), "");
            suggest(&word, &known, "the kinds are", report);
        }
    }
}

fn variant(key: &Key, node: &Node, report: &mut Report) -> ServiceVariant {
    let fields = Fields::new(node, &SERVICE_VARIANT, format!("variant `{}`", key.text), report);
    let variant = ServiceVariant {
        name: key.text.clone(),
        version: fields.text("version", report),
        keep: fields.texts("keep", report),
    };
    fields.finish(report);
    variant
}

fn check_name(folder: &str, fields: &Fields, report: &mut Report) {
    match fields.get("service") {
        None => fields.missing("service", report),
        Some(node) if node.text() != Some(folder) => {
            report.error(node.span, format!("`service` must be the name of its folder, `{folder}`"), "");
        }
        Some(_) => {}
    }
}

fn base_url(fields: &Fields, report: &mut Report) -> String {
    let Some(node) = fields.get("base_url") else {
        fields.missing("base_url", report);
        return String::new();
    };
    let text = fields.text("base_url", report).unwrap_or_default();
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or_default();
    let plain = !rest.contains(|c: char| c.is_whitespace() || matches!(c, '?' | '#' | '@' | '{'));
    if rest.is_empty() || rest.starts_with('/') || !plain {
        report.error(node.span, format!("`{text}` is not a base URL"), "");
        report.help("write a scheme, a host and an optional path: `https://api.example.com/v1`");
    }
    text.trim_end_matches('/').to_owned()
}

fn country(fields: &Fields, report: &mut Report) -> String {
    let Some(text) = fields.text("country", report) else { return "US".to_owned() };
    let is_code = text.len() == 2 && text.bytes().all(|c| c.is_ascii_uppercase());
    if let (false, Some(node)) = (is_code, fields.get("country")) {
        report.error(node.span, format!("`{text}` is not the code of a country"), "");
        report.help("write the two capital letters of ISO 3166: `US`, `DE`");
    }
    text
}

fn pattern(fields: &Fields, report: &mut Report) -> String {
    let node = fields.get("id_pattern");
    node.and_then(|node| regex(node, "`id_pattern`", report)).unwrap_or_else(|| ID_PATTERN.to_owned())
}

fn auth(node: &Node, report: &mut Report) -> Auth {
    if node.text() == Some("none") {
        return Auth::None;
    }
    let fields = Fields::new(node, &AUTH, "`auth`", report);
    let (bearer, header, query) = (fields.get("bearer"), fields.get("header"), fields.get("query"));
    let (basic, _) = (fields.get("basic"), fields.get("env"));
    let variables = |report: &mut Report| {
        let env = fields.texts("env", report);
        if env.is_empty() {
            fields.missing("env", report);
            report.help("name the variables that hold the key: `env: [ACME_KEY]`");
        }
        env
    };
    let auth = if let Some(node) = bearer {
        let variables = fields.texts("bearer", report);
        if variables.is_empty() {
            report.error(node.span, "`bearer` names no variable", "");
            report.help("name those that hold the token: `bearer: [ACME_TOKEN]`");
        }
        Auth::Bearer(variables)
    } else if header.is_some() {
        Auth::Header(fields.text("header", report).unwrap_or_default(), variables(report))
    } else if query.is_some() {
        Auth::Query(fields.text("query", report).unwrap_or_default(), variables(report))
    } else if let Some(node) = basic {
        let inner = Fields::new(node, &BASIC, "`basic`", report);
        let (user, password) = (inner.texts("user", report), inner.texts("password", report));
        if user.is_empty() {
            inner.missing("user", report);
            report.help("name the variables that hold it: `user: [ACME_USER]`");
        }
        let auth = Auth::Basic(user, password);
        inner.finish(report);
        auth
    } else {
        report.error(node.span, "`auth` names no way to prove who is asking", "");
        report.help("write `none`, or a map with `bearer`, `header`, `query` or `basic`");
        Auth::None
    };
    if matches!(node.value, Value::Map(_)) {
        fields.finish(report);
    }
    auth
}

/// A value of `context`.
pub(super) fn context_value(key: &Key, node: &Node, report: &mut Report) -> ContextValue {
    let fields = Fields::new(node, &CONTEXT, format!("context value `{}`", key.text), report);
    let value = ContextValue {
        name: key.text.clone(),
        env: fields.texts("env", report),
        from: fields.text("from", report),
        title: fields.text("title", report),
    };
    fields.finish(report);
    value
}

/// Every `from:` must be a request over other context values and a place in its answer.
fn check_sources(fields: &Fields, names: &[&str], report: &mut Report) {
    for (_, node) in fields.get("context").map_or(&[][..], Node::entries) {
        let Some((from, text)) = node.get("from").and_then(|from| Some((from, from.text()?))) else { continue };
        match text.split_once('#').and_then(|(line, place)| Some((openapi_line(line)?, place))) {
            Some((variables, place)) if !place.is_empty() => {
                for name in variables.iter().filter(|name| !names.contains(&name.as_str())) {
                    report.error(from.span, format!("`from` uses `{name}`, which is not a context value"), "");
                    suggest(name, names, "the context values are", report);
                }
            }
            _ => {
                report.error(from.span, "`from` must be a request and a place in its answer", "");
                report.help("write it like `GET /accounts/{accountId}#account.ownerId`");
            }
        }
    }
}

/// A header as a template over those context values.
pub(super) fn header(
    key: &Key,
    node: &Node,
    names: &[&str],
    templates: &Templates,
    report: &mut Report,
) -> Option<String> {
    if node.text().is_none() {
        wrong(node, &format!("header `{}`", key.text), "a text", report);
    }
    templates.over(node, &format!("header `{}`", key.text), names, report)
}

/// `context` names the context values.
fn rate_limit(node: &Node, context: &[&str], report: &mut Report) -> RateLimit {
    let fields = Fields::new(node, &RATE_LIMIT, "`rate_limit`", report);
    let max = fields.number("max", report);
    match fields.get("max") {
        None => fields.missing("max", report),
        Some(node) if max == Some(0) => {
            report.error(node.span, "`max` allows no request at all", "");
            report.help("write how many requests fit into `per`");
        }
        Some(_) => {}
    }
    if let Some(node) = fields.get("bucket") {
        let name = node.text().unwrap_or_default();
        let known: Vec<&str> = context.iter().copied().chain([CREDENTIAL, WHOLE_SERVICE]).collect();
        if !name.is_empty() && !known.contains(&name) {
            report.error(node.span, format!("`{name}` is not a context value"), "");
            suggest(name, &known, "what can share a limit is", report);
        }
    }
    let bucket = fields.text("bucket", report).unwrap_or_else(|| CREDENTIAL.to_owned());
    let limit = RateLimit {
        max: max.unwrap_or(1),
        per_ms: per(&fields, report),
        daily: fields.number("daily", report),
        bucket,
        headers: limit_headers(&fields, report),
    };
    fields.finish(report);
    limit
}

fn per(fields: &Fields, report: &mut Report) -> u64 {
    let Some(text) = fields.text("per", report) else { return 1000 };
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match text[digits.len()..].trim() {
        "ms" => Some(1),
        "s" => Some(1000),
        "m" => Some(60_000),
        "h" => Some(3_600_000),
        "d" => Some(86_400_000),
        _ => None,
    };
    let length = digits.trim().parse::<u64>().ok().zip(unit).and_then(|(number, unit)| number.checked_mul(unit));
    if let (None | Some(0), Some(node)) = (length, fields.get("per")) {
        report.error(node.span, format!("`{text}` is not a length of time"), "");
        report.help("write it like `10s`, `500ms` or `1m`");
    }
    length.unwrap_or(1000)
}

fn limit_headers(fields: &Fields, report: &mut Report) -> Vec<(String, String)> {
    let Some(node) = fields.get("headers") else { return Vec::new() };
    let inner = Fields::new(node, &LIMIT_HEADERS, "`headers` of `rate_limit`", report);
    let meanings = LIMIT_HEADERS.keys.iter().map(|key| key.name);
    let found = meanings.filter_map(|m| Some((m.to_owned(), inner.text(m, report)?))).collect();
    inner.finish(report);
    found
}

fn style(key: &Key, node: &Node, report: &mut Report) -> PageStyle {
    let fields = Fields::new(node, &STYLE, format!("pagination style `{}`", key.text), report);
    let size = number_of(&fields, "size", report);
    let page = number_of(&fields, "page", report);
    let offset = fields.text("offset", report);
    let cursor = fields.get("cursor").map(|node| pairs(node, "`cursor`", report));
    if usize::from(page.is_some()) + usize::from(offset.is_some()) + usize::from(cursor.is_some()) > 1 {
        report.error(key.span, format!("{} advances in more than one way", fields.what()), "");
        report.help("give one of `page`, `offset` and `cursor`");
    }
    let advance = match (page, offset, cursor) {
        (Some((param, first)), _, _) => PageAdvance::Page(param, first),
        (_, Some(param), _) => PageAdvance::Offset(param),
        (_, _, Some(places)) => PageAdvance::Cursor(places),
        _ => PageAdvance::Single,
    };
    let style = PageStyle {
        name: key.text.clone(),
        size,
        advance,
        as_text: fields.flag("as_text", report).unwrap_or(false),
        more: fields.text("more", report),
        not_with: fields.texts("not_with", report),
    };
    fields.finish(report);
    style
}

/// `{param: N}` under a key.
fn number_of(fields: &Fields, key: &'static str, report: &mut Report) -> Option<(String, u32)> {
    let node = fields.get(key)?;
    let found = match node.entries() {
        [(param, number)] => number.text().and_then(|n| n.parse().ok()).map(|n| (param.text.clone(), n)),
        _ => None,
    };
    if found.is_none() {
        report.error(node.span, format!("`{key}` of {} must be a parameter with a number", fields.what()), "");
        report.help(format!("write it like `{key}: {{limit: 100}}`"));
    }
    found
}

/// A map of texts.
pub(super) fn pairs(node: &Node, what: &str, report: &mut Report) -> Vec<(String, String)> {
    if !matches!(node.value, Value::Map(_)) {
        wrong(node, what, "a map of texts", report);
    }
    let mut found = Vec::new();
    for (key, value) in node.entries() {
        match value.text() {
            Some(text) => found.push((key.text.clone(), text.to_owned())),
            None => wrong(value, &format!("`{}` in {what}", key.text), "a text", report),
        }
    }
    found
}

fn errors(fields: &Fields, templates: &Templates, report: &mut Report) -> Vec<ErrorRule> {
    let Some(node) = fields.get("errors") else { return Vec::new() };
    if !matches!(node.value, Value::List(_)) {
        wrong(node, "`errors`", "a list", report);
    }
    node.items().iter().map(|node| error_rule(node, templates, report)).collect()
}

fn error_rule(node: &Node, templates: &Templates, report: &mut Report) -> ErrorRule {
    let fields = Fields::new(node, &ERROR, "an error rule", report);
    let named = fields.get("matches").map_or_else(Vec::new, groups);
    let known: Vec<&str> = TOLD.iter().copied().chain(named.iter().map(String::as_str)).collect();
    let told = |key: &'static str, report: &mut Report| {
        let node = fields.get(key)?;
        if node.text().is_none() {
            wrong(node, &format!("`{key}`"), "a text", report);
        }
        templates.knowing(node, &format!("`{key}`"), &known, "known to an error rule", report)
    };
    let rule = ErrorRule {
        status: fields.number("status", report),
        matches: fields.get("matches").and_then(|node| regex(node, "`matches`", report)).unwrap_or_default(),
        means: told("means", report).unwrap_or_default(),
        remedy: told("do", report).unwrap_or_default(),
        fault: fields.choice("fault", FAULTS, report),
        renews: fields.flag("renews", report).unwrap_or(false),
        passing: fields.flag("passing", report),
    };
    if rule.means.is_empty() {
        fields.missing("means", report);
    }
    fields.finish(report);
    rule
}

/// Names of the groups of an expression.
fn groups(node: &Node) -> Vec<String> {
    let expression = node.text().and_then(|text| regex::Regex::new(text).ok());
    expression.map_or_else(Vec::new, |e| e.capture_names().flatten().map(str::to_owned).collect())
}
