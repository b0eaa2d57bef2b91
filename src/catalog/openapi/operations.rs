use serde_json::Value;

use super::documents::Part;
use super::places::place_of;
use super::read::{Reader, array, server_of, text};
use super::{SpecOperation, bodies, parameters, security};
use crate::catalog::Method;
use crate::diagnostic::Place;

/// The longest sentence that is taken for a summary, in words.
const LONGEST_SUMMARY: usize = 14;

/// Reads the operations of one path.
pub(super) fn item(reader: &mut Reader<'_>, document: usize, path: &str, part: Part<'_>) {
    let own = &reader.documents.all[document];
    let place = place_of(own, path, "");
    let (part, _) = match reader.documents.follow(part) {
        Ok(found) => found,
        Err(astray) => {
            reader.warn(&place, format!("`{path}` is {astray}"));
            return;
        }
    };
    let Some(entries) = part.value.as_object() else {
        reader.warn(&place, format!("`{path}` holds no operations"));
        return;
    };
    for (key, value) in entries {
        let method = Method::ALL.into_iter().find(|method| method.as_str().eq_ignore_ascii_case(key));
        match method {
            Some(method) if value.is_object() => {
                let operation = Part { document: part.document, value };
                add(reader, document, path, part, method, operation);
            }
            Some(_) => reader.warn(&place, format!("`{key}` of `{path}` is no operation")),
            None if key == "trace" => reader.warn(&place, format!("`TRACE {path}` is left out: nothing can send it")),
            None => {}
        }
    }
}

fn add(reader: &mut Reader<'_>, file: usize, path: &str, item: Part<'_>, method: Method, part: Part<'_>) {
    let own = &reader.documents.all[file];
    let place = place_of(own, path, method.as_str());
    let name = format!("{} {path}", method.as_str());
    if reader.spec.operations.iter().any(|known| known.method == method && known.path == path) {
        reader.warn(&place, format!("`{name}` is in two files; the first one counts"));
        return;
    }
    let stem = own.stem().to_owned();
    let value = part.value;
    let at = bodies::At { name: &name, place: &place };
    let mut operation = SpecOperation {
        file: stem,
        method,
        path: path.to_owned(),
        id: own_id(reader, &name, &place, text(&value["operationId"])),
        summary: text(&value["summary"]),
        description: text(&value["description"]),
        tags: array(&value["tags"]).map(text).filter(|tag| !tag.is_empty()).collect(),
        deprecated: value["deprecated"] == Value::Bool(true),
        params: parameters::of(reader, path, item, part, at),
        body: bodies::body(reader, part, at),
        response: bodies::response(reader, part, at),
        security: security::requirements(reader, file, value),
        server: server(value).or_else(|| server(item.value)),
        place: place.clone(),
    };
    lost(reader, part, at);
    if operation.summary.is_empty() {
        operation.summary = text(&item.value["summary"]);
    }
    if operation.summary.is_empty() {
        operation.summary = first_sentence(&operation.description).unwrap_or_default();
    }
    reader.spec.operations.push(operation);
}

/// The first sentence of a description, where it is as short and as plain as a summary.
fn first_sentence(description: &str) -> Option<String> {
    let line = description.lines().next()?.trim();
    let sentence = line.split(". ").next()?.trim_end_matches('.').trim();
    let plain = !sentence.contains(['#', '<', '[', '{', '|', '*', '`', ':']);
    let starts = sentence.starts_with(|c: char| c.is_ascii_uppercase());
    (plain && starts && sentence.split_whitespace().count() <= LONGEST_SUMMARY).then(|| sentence.to_owned())
}

/// The id of an operation, unless an earlier one of the same file has it: then it says nothing of this one.
fn own_id(reader: &mut Reader<'_>, name: &str, place: &Place, id: String) -> Option<String> {
    let known =
        reader.spec.operations.iter().find(|known| known.place.file == place.file && known.id.as_ref() == Some(&id));
    let taken = known.map(|known| format!("{} {}", known.method.as_str(), known.path));
    if let Some(other) = taken {
        reader.warn(place, format!("`{name}` has the operationId `{id}` of `{other}`; it goes without"));
        return None;
    }
    Some(id).filter(|id| !id.is_empty())
}

fn server(value: &Value) -> Option<String> {
    let first = array(&value["servers"]).next()?;
    Some(server_of(first).url).filter(|url| !url.is_empty())
}

/// Tells of the references written in an operation that lead nowhere, those of error answers too.
fn lost(reader: &mut Reader<'_>, part: Part<'_>, at: bodies::At<'_>) {
    match part.value {
        Value::Object(fields) => {
            if let Err(astray) = reader.documents.follow(part) {
                reader.warn_astray(at.place, at.name, &astray);
            }
            fields.values().for_each(|value| lost(reader, Part { document: part.document, value }, at));
        }
        Value::Array(items) => items.iter().for_each(|value| lost(reader, Part { document: part.document, value }, at)),
        _ => {}
    }
}
