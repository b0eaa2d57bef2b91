//! The YAML of a service.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::Method;
use crate::catalog::inflect::spoken;

use super::english::pairs;
use super::field::Field;
use super::kind::Kind;
use super::model::Model;
use super::noun::is_plural;
use super::op::Op;
use super::risk::risk;
use super::shape::Part;
use super::yaml_text::{flow, line, list, quoted, scalar};

/// `service.yaml`.
pub(super) fn service(model: &Model<'_>) -> String {
    let mut out =
        format!("service: {}\ntitle: {}\nbase_url: {}\n", model.name, line(&model.title), scalar_url(&model.base_url));
    if !model.security.auth.is_empty() {
        out.push_str(&format!("auth: {}\n", model.security.auth));
    }
    if let Some((header, version)) = &model.version {
        out.push_str(&format!("version_header: {}\nversion: {}\n", scalar(header), scalar(version)));
    }
    if !model.security.headers.is_empty() {
        out.push_str("headers:\n");
        for (name, value) in &model.security.headers {
            out.push_str(&format!("  {}: {}\n", scalar(name), quoted(&format!("{{{{ {value} }}}}"))));
        }
    }
    if !model.context.is_empty() || !model.security.context.is_empty() {
        out.push_str("context:\n");
        for (name, variable, title) in &model.context {
            out.push_str(&format!("  {name}: {{env: [{variable}], title: {}}}\n", flow(title)));
        }
        for (name, variable) in &model.security.context {
            out.push_str(&format!("  {name}: {{env: [{variable}]}}\n"));
        }
    }
    if !model.security.queries.is_empty() {
        let pairs = model.security.queries.iter();
        let pairs: Vec<String> = pairs
            .map(|(name, value)| {
                format!("{}: {{in: query, default: {}}}", scalar(name), quoted(&format!("{{{{ {value} }}}}")))
            })
            .collect();
        out.push_str(&format!("parameter_sets:\n  credentials: {{{}}}\n", pairs.join(", ")));
    }
    if !model.styles.is_empty() {
        out.push_str("pagination:\n");
        for style in &model.styles {
            out.push_str(&format!("  {}: {}\n", style.name, style.yaml));
        }
    }
    let used = used(model);
    let kinds: Vec<&Kind> = model.kinds.all.values().filter(|kind| used.contains(&kind.name)).collect();
    if !kinds.is_empty() {
        out.push_str("resources:\n");
        for kind in kinds {
            out.push_str(&resource(model, kind));
        }
    }
    out
}

fn scalar_url(url: &str) -> String {
    let plain = url.chars().all(|c| c.is_ascii_alphanumeric() || "/:.-_~%".contains(c));
    if plain { url.to_owned() } else { quoted(url) }
}

fn used(model: &Model<'_>) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for op in &model.operations {
        used.extend(op.objects.iter().cloned());
        used.extend(op.returns.iter().map(|(kind, ..)| kind.clone()));
        add_types(&op.sent.fields, &mut used);
    }
    used
}

fn add_types(fields: &[Field], used: &mut BTreeSet<String>) {
    for field in fields {
        used.insert(field.kind.clone());
        add_types(&field.fields, used);
    }
}

fn resource(model: &Model<'_>, kind: &Kind) -> String {
    let mut out = format!("  {}:\n    nouns: {}\n", scalar(&kind.name), list(&kind.nouns));
    if !kind.plurals.is_empty() {
        out.push_str(&format!("    plurals: {}\n", list(&kind.plurals)));
    }
    if let Some(id) = &kind.id {
        out.push_str(&format!("    id: {}\n", scalar(id)));
    }
    if let Some(key) = &kind.id_key {
        out.push_str(&format!("    id_key: {}\n", scalar(key)));
    }
    if let Some(pattern) = &kind.id_pattern {
        out.push_str(&format!("    id_pattern: {}\n", quoted(pattern)));
    }
    if kind.person {
        out.push_str("    person: true\n");
    }
    if kind.by_name {
        out.push_str("    by_name: true\n");
    }
    if let Some(find) = &kind.find
        && let Some(op) = model.operations.get(find.operation)
    {
        let query = find.query.as_ref().map_or_else(String::new, |query| format!(", query: {}", flow(query)));
        out.push_str(&format!("    find: {{operation: {}{query}, by: {}}}\n", op.name, list(&find.by)));
    }
    if let Some(label) = &kind.label {
        out.push_str(&format!("    label: {}\n", quoted(label)));
    }
    if !kind.columns.is_empty() {
        out.push_str(&format!("    columns: {}\n", list(&kind.columns)));
    }
    out
}

/// The files of operations, by group.
pub(super) fn groups(model: &Model<'_>) -> BTreeMap<String, String> {
    let mut out: BTreeMap<String, String> = BTreeMap::new();
    for op in &model.operations {
        let file = out.entry(op.group.clone()).or_insert_with(|| "operations:\n".to_owned());
        if file.len() > "operations:\n".len() {
            file.push('\n');
        }
        file.push_str(&operation(model, op));
    }
    out
}

fn operation(model: &Model<'_>, op: &Op<'_>) -> String {
    let mut out = format!("  {}:\n    title: {}\n", op.name, line(&op.title));
    let mut key = |name: &str, value: String| out.push_str(&format!("    {name}: {value}\n"));
    key("request", format!("{} {}", op.spec.method.as_str(), op.sent.goes.as_ref().unwrap_or(&op.sent.template)));
    if let Some(version) = &op.version {
        key("version", scalar(version));
    }
    let scopes = op.spec.scopes();
    if !scopes.is_empty() {
        key("scopes", list(&scopes));
    }
    if op.open && !model.security.auth.is_empty() {
        key("token", "none".to_owned());
    }
    if let Some(risk) = risk(op) {
        key("risk", risk.to_owned());
    }
    if op.spec.deprecated {
        key("status", "deprecated".to_owned());
    }
    if let Some(body) = op.sent.body {
        key("body", body.to_owned());
    }
    if let Some(set) = op.uses {
        key("use", format!("[{set}]"));
    }
    if let Some(page) = &op.page {
        key("page", page.clone());
    }
    if let Some((kind, at, many)) = &op.returns {
        let mut parts = vec![format!("resource: {}", flow(kind))];
        if !at.is_empty() {
            parts.push(format!("at: {}", flow(at)));
        }
        if *many && op.page.is_none() {
            parts.push("many: true".to_owned());
        } else if !many && op.page.is_some() {
            parts.push("many: false".to_owned());
        }
        key("returns", format!("{{{}}}", parts.join(", ")));
    }
    if let Some(verb) = verb(op) {
        key("verb", verb);
    }
    if !op.act.own.is_empty() {
        key("words", list(&op.act.own));
    }
    let objects: Vec<String> = op.objects.clone();
    match objects.as_slice() {
        [] => {}
        [one] => key("object", scalar(one)),
        several => key("object", list(several)),
    }
    if !op.keys.is_empty() {
        key("keys", list(&op.keys));
    }
    if !op.beside.is_empty() {
        key("beside", list(&op.beside));
    }
    if !op.prefer_over.is_empty() {
        key("prefer_over", list(&op.prefer_over));
    }
    if !op.sent.fixed.is_empty() {
        let pairs: Vec<String> = op.sent.fixed.iter().map(|(name, value)| format!("{}: {value}", flow(name))).collect();
        key("fixed", format!("{{{}}}", pairs.join(", ")));
    }
    if !op.sent.fields.is_empty() {
        key("params", String::new());
        out = out.trim_end().to_owned() + "\n";
        for field in &op.sent.fields {
            let goes = op.sent.goes.as_ref().unwrap_or(&op.sent.template);
            let in_path = goes.contains(&format!("{{{{ {} }}}}", field.name));
            let field = Field { required: field.required && !in_path, ..field.clone() };
            out.push_str(&format!("      {}: {}\n", scalar(&field.name), parameter(&field)));
        }
    }
    if !op.says.is_empty() {
        out.push_str("    say:\n");
        op.says.iter().for_each(|say| out.push_str(&format!("      - {}\n", say_line(say))));
    }
    out
}

fn say_line(say: &str) -> String {
    let plain = say.starts_with(|c: char| c.is_ascii_alphabetic() || c == '(') && !say.contains([':', '#', '"', '\'']);
    if plain { say.to_owned() } else { quoted(say) }
}

/// The verb classes, unless they are those that the request gives by itself.
fn verb(op: &Op<'_>) -> Option<String> {
    let plain_end = match op.shape.last() {
        Some(Part::Variable(_)) => true,
        Some(Part::Fixed(words)) => is_plural(words) && !op.spec.path.contains(':'),
        None => false,
    };
    let variable = matches!(op.shape.last(), Some(Part::Variable(_)));
    let usual = match op.spec.method {
        Method::Get | Method::Head | Method::Options if op.act.many || op.returns.is_none() && !variable => "list",
        Method::Get | Method::Head | Method::Options => "get",
        Method::Post => "create",
        Method::Put | Method::Patch => "update",
        Method::Delete => "delete",
    };
    match op.act.classes.as_slice() {
        [one] if one == usual && plain_end => None,
        [] => Some("none".to_owned()),
        [one] => Some(one.clone()),
        several => Some(list(several)),
    }
}

/// The allowed values; a map where people have other words for some of them: an editor is who may edit.
fn allowed(values: &[String]) -> String {
    let plain = |value: &String| value.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    let bare: Vec<String> = values.iter().map(|value| value.trim_matches('"').to_lowercase()).collect();
    let words = |value: &str| -> Vec<String> {
        let said = pairs("value-as", value).iter().filter(|word| !bare.iter().any(|other| other == *word));
        said.map(|word| (*word).to_owned()).collect()
    };
    let known = values.iter().all(plain) && bare.iter().any(|value| !words(value).is_empty());
    if !known {
        return format!("[{}]", values.join(", "));
    }
    let pairs: Vec<String> =
        values.iter().zip(&bare).map(|(value, bare)| format!("{value}: {}", list(&words(bare)))).collect();
    format!("{{{}}}", pairs.join(", "))
}

fn parameter(field: &Field) -> String {
    let kind = match field.kind.as_str() {
        "" => "text".to_owned(),
        kind => kind.to_owned(),
    };
    let kind = if field.many { format!("[{kind}]") } else { kind };
    let mut parts: Vec<String> = Vec::new();
    let mut key = |name: &str, value: String| parts.push(format!("{name}: {value}"));
    if let Some(place) = field.place {
        key("in", place.to_owned());
    }
    if let Some(place) = field.also {
        key("also", place.to_owned());
    }
    if !field.splits.is_empty() {
        key("splits", list(&field.splits));
    }
    if field.required {
        key("required", "true".to_owned());
    }
    if field.needed && !field.required {
        key("needed", "true".to_owned());
    }
    if !field.values.is_empty() {
        key("enum", allowed(&field.values));
    }
    if let Some((yes, no)) = &field.flag {
        key("enum", format!("{{\"true\": {}, \"false\": {}}}", list(yes), list(no)));
    }
    if let Some(format) = field.format {
        key("format", format.to_owned());
    }
    if let Some(wire) = field.wire {
        key("wire", wire.to_owned());
    }
    if let Some(default) = &field.default {
        key("default", default.clone());
    }
    if let Some(min) = field.min {
        key("min", min.to_string());
    }
    if let Some(max) = field.max {
        key("max", max.to_string());
    }
    if let Some(pattern) = &field.pattern {
        key("pattern", quoted(pattern));
    }
    if !field.names.is_empty() {
        key("names", list(&field.names));
    }
    if !field.roles.is_empty() {
        key("roles", list(&field.roles));
    }
    if field.bare {
        key("bare", "true".to_owned());
    } else if field.led {
        key("bare", "false".to_owned());
    }
    if !field.help.is_empty() && field.help.to_lowercase() != spoken(&field.name) {
        key("help", quoted(&field.help));
    }
    if let Some(each) = &field.each {
        key("each", format!("{{text: {}}}", flow(each)));
    }
    if let Some(end) = &field.range_end {
        key("range_end", flow(end));
    }
    if !field.fields.is_empty() {
        let inner: Vec<String> =
            field.fields.iter().map(|inner| format!("{}: {}", flow(&inner.name), parameter(inner))).collect();
        key("fields", format!("{{{}}}", inner.join(", ")));
    }
    if parts.is_empty() {
        return kind;
    }
    parts.insert(0, format!("type: {kind}"));
    format!("{{{}}}", parts.join(", "))
}
