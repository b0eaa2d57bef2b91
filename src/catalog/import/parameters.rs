//! The parameters of an operation: path, query, headers and body in one list, as the catalog has them.

use serde_json::Value;

use crate::catalog::Method;
use crate::catalog::openapi::{SpecBody, SpecKind, SpecOperation, SpecParameter, SpecPlace, SpecSchema};

use super::english::{is, is_adjective, pairs, words};
use super::field::Field;
use super::kinds::Kinds;
use super::noun::singular_words;
use super::shape::Shape;
use super::typed::{help, literal, typed};

/// What an operation sends.
#[derive(Debug, Clone, Default)]
pub(super) struct Sent {
    /// The path as a template.
    pub(super) template: String,
    /// The path as it goes out, where the template is only how a call is read.
    pub(super) goes: Option<String>,
    /// Parameters in order.
    pub(super) fields: Vec<Field>,
    /// `body:`, when it is not the default.
    pub(super) body: Option<&'static str>,
    /// Values that are sent whatever is said: name, YAML.
    pub(super) fixed: Vec<(String, String)>,
    /// What could not be taken over.
    pub(super) faults: Vec<String>,
}

/// How much of a description is looked at, in words.
const LONGEST: usize = 16;
/// The most parameters that an operation is given.
const MOST: usize = 120;
/// Objects are laid out as fields with dotted names so deep.
const DEEPEST: usize = 3;

/// Gathers the parameters. `left_out` are those that the pagination style or the service brings.
pub(super) fn sent(
    operation: &SpecOperation,
    shape: &Shape,
    kinds: &Kinds,
    left_out: &dyn Fn(&SpecParameter) -> bool,
) -> Sent {
    let mut sent = Sent { template: operation.path.clone(), ..Sent::default() };
    if let Some((path, query)) = operation.path.split_once('?') {
        path.clone_into(&mut sent.template);
        let pairs = query.split('#').next().unwrap_or(query).split('&').filter_map(|pair| pair.split_once('='));
        sent.fixed
            .extend(pairs.filter(|(_, v)| !v.contains('{')).map(|(k, v)| (k.to_owned(), super::yaml_text::flow(v))));
    }
    if let Some((path, _)) = sent.template.clone().split_once('#') {
        path.clone_into(&mut sent.template);
    }
    for param in operation.params.iter().filter(|param| !left_out(param)) {
        // `?account_id=` of `/accounts/{accountId}`: the file spells what the path takes in two ways.
        let twin = |other: &&SpecParameter| {
            other.place == SpecPlace::Path && other.name != param.name && words(&other.name) == words(&param.name)
        };
        let twin = operation.params.iter().find(twin).filter(|_| param.place == SpecPlace::Query && param.required);
        if let Some(twin) = twin {
            let message = format!("`{}` is taken for `{{{}}}` of its path", param.name, twin.name);
            sent.faults.push(message);
            continue;
        }
        match param.place {
            SpecPlace::Path => variable(&mut sent, shape, param, kinds),
            SpecPlace::Query | SpecPlace::Header => plain(&mut sent, operation, param, kinds),
            SpecPlace::Cookie => sent.faults.push(format!("the cookie `{}` is left out", param.name)),
        }
    }
    if let Some(body) = &operation.body {
        let mut added = content(&mut sent, operation, body, kinds);
        added.retain(|field| !meet(&mut sent, field, "body"));
        sent.fields.extend(added);
        whole_name(&mut sent);
    }
    super::ranges::join(&mut sent.fields);
    sent.template = braces(&sent.template);
    if sent.fields.len() > MOST {
        sent.faults.push(format!("only {MOST} of its {} parameters are taken over", sent.fields.len()));
        let mut room = MOST - sent.fields.iter().filter(|field| field.required).count().min(MOST);
        sent.fields.retain(|field| {
            let kept = field.required || room > 0;
            room = if field.required { room } else { room.saturating_sub(1) };
            kept
        });
        sent.fields.truncate(MOST);
    }
    sent
}

fn variable(sent: &mut Sent, shape: &Shape, param: &SpecParameter, kinds: &Kinds) {
    let name = variable_name(&param.name);
    if name != param.name {
        sent.template = sent.template.replace(&format!("{{{}}}", param.name), &format!("{{{name}}}"));
    }
    if sent.fields.iter().any(|field| field.name == name) {
        return;
    }
    let mut field = typed(&name, &param.schema, kinds);
    if let Some(kind) = kinds.of_variable(shape, &param.name).filter(|_| param.schema.values.is_empty()) {
        field.kind.clone_from(&kind.name);
        field.format = None;
        // `/users/{username}` beside `/users/{id}`: a name is no id.
        let numbered =
            kind.id_pattern.as_deref() == Some(super::records::DIGITS) && param.schema.kind == SpecKind::String;
        if numbered && words(&name).last().is_some_and(|last| is("named-by", last)) {
            field.kind.clear();
            field.names = [words(&name).join(" ")].into_iter().chain(kind.nouns.iter().cloned()).collect();
            field.roles = ["of", "for", "from", "to"].map(str::to_owned).to_vec();
            field.bare = true;
        }
    } else if let Some(kind) = kinds.of_variable(shape, &param.name) {
        // `/metrics/{METRIC_ID}`, where the file lists the metrics: "metric views".
        let own = super::act::noun_of_variable(&name).join(" ");
        field.names = vec![own.clone(), words(&name).join(" ")];
        field.names.extend(shorter(&own));
        field.names.extend(kind.nouns.iter().filter(|noun| **noun != own).cloned());
        field.names.dedup();
        field.roles = ["of", "for", "by"].map(str::to_owned).to_vec();
        field.bare = true;
    } else if matches!(field.kind.as_str(), "any" | "object") {
        let kind = if words(&name).last().is_some_and(|last| last == "id") { "id" } else { "" };
        kind.clone_into(&mut field.kind);
    }
    field.wire = None;
    if field.help.is_empty() {
        field.help = help(&param.description);
    }
    (field.min, field.max, field.many, field.required) = (None, None, false, true);
    sent.fields.push(field);
}

/// Other names of what a longer one names: "monitoring metric" and "metric" of "monitoring histogram metric".
fn shorter(name: &str) -> Vec<String> {
    let all: Vec<&str> = name.split(' ').collect();
    let [first, .., last] = all.as_slice() else { return Vec::new() };
    let mut found: Vec<String> = (1..all.len()).map(|cut| all[cut..].join(" ")).collect();
    found.push(format!("{first} {last}"));
    found.retain(|shorter| shorter != name);
    found
}

/// Gives a parameter the name of the record that its description says it is the id of; whether it says so.
fn names_record(field: &mut Field, param: &SpecParameter, kinds: &Kinds) -> bool {
    let Some(named) = described(param, kinds).filter(|_| field.values.is_empty()) else { return false };
    if kinds.called(&named).is_none_or(|kind| kind.name != field.kind) && !field.names.contains(&named) {
        field.names.push(named);
    }
    true
}

/// The record whose id a parameter is by its description: "The ID of the track".
pub(super) fn described(param: &SpecParameter, kinds: &Kinds) -> Option<String> {
    told_of(if param.description.is_empty() { &param.schema.description } else { &param.description }, kinds)
}

/// The record that a description speaks of as that whose id it is about.
pub(super) fn told_of(description: &str, kinds: &Kinds) -> Option<String> {
    // "The [Spotify ID](/docs) for the track": a link is its words.
    let mut text = String::with_capacity(description.len());
    let mut link = false;
    for c in description.chars() {
        link = if c == '(' && text.ends_with(']') { true } else { link && c != ')' };
        if !link && !matches!(c, '[' | ')' | '`' | '*') {
            text.extend(c.to_lowercase());
        }
    }
    let text = text.replace(']', " ");
    let said: Vec<&str> = text.split_whitespace().take(LONGEST).collect();
    // "The version number of the service" is no id of it, nor is "the number of the services".
    let counts = |word: &str| matches!(word, "number" | "num" | "no" | "code");
    let names = |word: &&str| is("id-word", word) && !counts(word) || matches!(*word, "uri" | "uris");
    let id = said.iter().position(names);
    let [joint, rest @ ..] = id.map(|at| &said[at + 1..])? else { return None };
    if !matches!(*joint, "of" | "for") {
        return None;
    }
    let rest: Vec<&str> = rest.iter().copied().skip_while(|word| is("determiner", word)).take(2).collect();
    let plain = |words: &[&str]| {
        let text = words.join(" ");
        singular_words(&super::english::words(text.trim_end_matches(|c: char| !c.is_alphanumeric()))).join(" ")
    };
    let whole = (1..=rest.len()).rev().map(|count| plain(&rest[..count]));
    // "The ID of parent folder."
    whole.chain(rest.get(1).map(|head| plain(&[*head]))).find(|noun| kinds.called(noun).is_some())
}

/// A variable of a template is a word.
fn variable_name(name: &str) -> String {
    let mut out: String = name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '_' }).collect();
    if out.starts_with(|c: char| c.is_ascii_digit()) || out.is_empty() {
        out.insert(0, '_');
    }
    out
}

/// `/pets/{petId}` → `/pets/{{ petId }}`.
fn braces(path: &str) -> String {
    path.replace('{', "{{ ").replace('}', " }}")
}

fn plain(sent: &mut Sent, operation: &SpecOperation, param: &SpecParameter, kinds: &Kinds) {
    let mut field = typed(&param.name, &param.schema, kinds);
    let by_method = matches!(operation.method, Method::Get | Method::Delete | Method::Head | Method::Options);
    field.place = match param.place {
        SpecPlace::Header => Some("header"),
        _ if by_method => None,
        _ => Some("query"),
    };
    field.required = param.required;
    super::typed::parted(&mut field, &param.schema, &param.description);
    if field.help.is_empty() {
        field.help = help(&param.description);
    }
    if field.kind == "integer" && !field.many && field.values.is_empty() {
        field.format = super::typed::epoch(&param.description);
    }
    if field.format.is_some_and(|format| format.starts_with("epoch")) {
        "datetime".clone_into(&mut field.kind);
        (field.min, field.max) = (None, None);
    }
    if field.kind == "boolean" && !field.many && operation.method == Method::Get {
        field.flag = flag(&param.name);
    }
    if names_record(&mut field, param, kinds) && param.required {
        field.bare = true;
    }
    if let Some(constant) = param.schema.constant_text().filter(|_| param.required) {
        field.default = literal(&Value::from(constant));
    } else if param.required {
        field.default = param.schema.default.as_ref().and_then(literal);
    }
    let place = if param.place == SpecPlace::Header { "header" } else { "query" };
    if !meet(sent, &field, place) {
        sent.fields.push(field);
    }
}

/// What is said for a filter that is on or off, where its name describes records: `inbound`, `is_archived`.
fn flag(name: &str) -> Option<(Vec<String>, Vec<String>)> {
    let mut spoken = words(name);
    spoken.retain(|word| !is("auxiliary", word));
    let [word] = spoken.as_slice() else { return None };
    let opposite = pairs("opposite", word);
    let describes = is_adjective(&spoken) || is("state", word) || !opposite.is_empty();
    let no = opposite.iter().map(|word| (*word).to_owned()).chain([format!("not {word}")]).collect();
    describes.then(|| (vec![word.clone()], no))
}

/// Whether a parameter of that name is there already. A variable of the path is sent in the other place too; of two others
/// the first stays.
fn meet(sent: &mut Sent, field: &Field, place: &'static str) -> bool {
    let in_path = sent.template.contains(&format!("{{{}}}", field.name));
    let whole = sent.body == Some("json-whole");
    let Some(known) = sent.fields.iter_mut().find(|known| known.name == field.name) else { return false };
    let alike = !field.many && field.fields.is_empty() && field.kind != "object";
    if in_path && known.also.is_none() && alike && !(whole && place == "body") {
        known.also = Some(place);
        if matches!(field.kind.as_str(), "integer" | "number") || field.wire == Some("integer") {
            known.wire = Some("integer");
        }
    } else {
        sent.faults.push(format!("a second parameter `{}` is left out", field.name));
    }
    true
}

/// People say a name in one; where only its halves are sent, it is split over them.
fn whole_name(sent: &mut Sent) {
    let at = |wanted: &[&str]| sent.fields.iter().position(|f| wanted.contains(&words(&f.name).join(" ").as_str()));
    let halves =
        at(&["first name", "firstname", "given name"]).zip(at(&["last name", "lastname", "surname", "family name"]));
    let Some((first, last)) = halves.filter(|_| at(&["name", "full name", "fullname", "display name"]).is_none())
    else {
        return;
    };
    let splits = vec![sent.fields[first].name.clone(), sent.fields[last].name.clone()];
    let whole = Field {
        name: "name".to_owned(),
        names: vec!["full name".to_owned()],
        roles: ["called", "named"].map(str::to_owned).to_vec(),
        bare: true,
        splits,
        place: sent.fields[first].place,
        ..Field::default()
    };
    sent.fields.insert(first, whole);
}

fn content(sent: &mut Sent, operation: &SpecOperation, body: &SpecBody, kinds: &Kinds) -> Vec<Field> {
    let kind = body.content_type.split(';').next().unwrap_or_default().trim().to_lowercase();
    match kind.as_str() {
        "application/x-www-form-urlencoded" => sent.body = Some("form"),
        "multipart/form-data" => sent.body = Some("multipart"),
        json if json.ends_with("json") || json == "*/*" => {}
        other if !body.schema.fields().is_empty() => {
            sent.faults.push(format!("its body is `{other}`, but has fields; it is sent as JSON"));
        }
        other => {
            sent.faults.push(format!("its body is `{other}`, which cannot be sent; it is left out"));
            sent.body = None;
            return Vec::new();
        }
    }
    let schema = &body.schema;
    let by_method = matches!(operation.method, Method::Get | Method::Delete | Method::Head | Method::Options);
    let place = by_method.then_some("body");
    let listed = schema.kind == SpecKind::Array;
    let open = schema.fields().is_empty();
    if listed || open {
        if sent.body.is_some() || open && schema.says_nothing() && !body.required && !listed {
            return Vec::new();
        }
        let mut field = typed("body", schema, kinds);
        if let Some(items) = schema.items.as_deref().filter(|items| !items.fields().is_empty()) {
            "object".clone_into(&mut field.kind);
            field.fields = object_fields(items, kinds, 2);
            field.each = stands_for(&field.fields).filter(|_| listed);
        }
        if !listed
            && !matches!(schema.kind, SpecKind::String | SpecKind::Integer | SpecKind::Number | SpecKind::Boolean)
        {
            "object".clone_into(&mut field.kind);
        }
        field.place = place;
        field.required = body.required;
        sent.body = Some("json-whole");
        return if listed { with_one(sent, field, schema, kinds) } else { vec![field] };
    }
    let mut fields = Vec::new();
    // A body with fields that are needed is needed, though few files say so.
    let needed = body.required || schema.fields().iter().any(|(.., required)| *required);
    lay_out(&mut fields, sent, schema, kinds, "", needed, 0);
    for field in &mut fields {
        field.place = place;
    }
    fields
}

/// A list of objects, and beside it the fields of one, for whoever speaks of one alone: "create a contact named Ann".
fn with_one(sent: &mut Sent, mut list: Field, schema: &SpecSchema, kinds: &Kinds) -> Vec<Field> {
    let Some(item) = schema.items.as_deref().filter(|item| !item.fields().is_empty()) else { return vec![list] };
    let mut fields = Vec::new();
    lay_out(&mut fields, sent, item, kinds, "body.", true, 1);
    if fields.is_empty() {
        return vec![list];
    }
    for field in &mut fields {
        field.place = list.place;
        // Whoever gives the whole list gives none of them.
        field.needed = field.required && field.default.is_none();
        field.required = false;
    }
    if list.required && !fields.iter().any(|field| field.needed) {
        let name = |field: &&mut Field| super::records::is_name(field.name.rsplit('.').next().unwrap_or(&field.name));
        if let Some(field) = fields.iter_mut().find(name) {
            field.needed = true;
        }
    }
    list.required = false;
    fields.insert(0, list);
    fields
}

/// Lays an object out as fields with dotted names.
fn lay_out(
    out: &mut Vec<Field>,
    sent: &mut Sent,
    schema: &SpecSchema,
    kinds: &Kinds,
    lead: &str,
    needed: bool,
    depth: usize,
) {
    for (name, inner, required) in schema.fields() {
        if inner.read_only && !inner.write_only {
            continue;
        }
        if name.contains('.') || name.is_empty() {
            sent.faults.push(format!("the field `{lead}{name}` is left out: its name has a dot"));
            continue;
        }
        let full = format!("{lead}{name}");
        if out.iter().any(|field| field.name == full) {
            continue;
        }
        let nested = inner.kind == SpecKind::Object && !inner.fields().is_empty() && depth < DEEPEST;
        // A record that was made elsewhere is shown, whatever a file says that shares one schema for both ways.
        if nested && !(needed && required) && is_kept(inner) {
            continue;
        }
        if nested {
            lay_out(out, sent, inner, kinds, &format!("{full}."), needed && required, depth + 1);
            continue;
        }
        let mut field = typed(&full, inner, kinds);
        field.required = needed && required;
        if let Some(items) = inner.items.as_deref().filter(|items| !items.fields().is_empty()) {
            "object".clone_into(&mut field.kind);
            field.fields = object_fields(items, kinds, 2);
            field.each = stands_for(&field.fields).filter(|_| inner.kind == SpecKind::Array);
        }
        if let Some(constant) = inner.constant_text().filter(|_| required) {
            field.default = literal(&Value::from(constant));
        } else if field.required {
            field.default = inner.default.as_ref().and_then(literal);
        }
        out.push(field);
    }
}

/// Whether an object is a record with an id and a day it was made on.
fn is_kept(schema: &SpecSchema) -> bool {
    let names: Vec<String> = schema.fields().iter().map(|(name, ..)| words(name).join(" ")).collect();
    let has = |wanted: &[&str]| names.iter().any(|name| wanted.contains(&name.as_str()));
    has(&["id"]) && has(&["created at", "updated at", "created", "updated", "create time", "update time"])
}

/// The field of an object that says enough of it: the only one that is needed, which names or identifies something.
fn stands_for(fields: &[Field]) -> Option<String> {
    let plain = |field: &&Field| {
        !field.many
            && field.fields.is_empty()
            && field.values.is_empty()
            && field.kind != "object"
            && field.kind != "boolean"
    };
    let says = |field: &&Field| {
        let spoken = words(&field.name);
        spoken.last().is_some_and(|last| is("id-word", last) || is("named-by", last))
    };
    let needed: Vec<&Field> = fields.iter().filter(|field| field.required && field.default.is_none()).collect();
    match needed.as_slice() {
        [one] => Some(*one).filter(plain).filter(says),
        [] => fields.iter().filter(plain).find(says),
        _ => None,
    }
    .map(|field| field.name.clone())
}

fn object_fields(schema: &SpecSchema, kinds: &Kinds, deeper: usize) -> Vec<Field> {
    let mut out = Vec::new();
    for (name, inner, required) in schema.fields() {
        if inner.read_only || name.contains('.') || name.is_empty() {
            continue;
        }
        let mut field = typed(name, inner, kinds);
        field.required = required;
        let items = inner.items.as_deref().filter(|_| inner.kind == SpecKind::Array).unwrap_or(inner);
        if matches!(items.kind, SpecKind::Object) {
            "object".clone_into(&mut field.kind);
            if deeper > 0 {
                field.fields = object_fields(items, kinds, deeper - 1);
            }
        }
        out.push(field);
    }
    out
}
