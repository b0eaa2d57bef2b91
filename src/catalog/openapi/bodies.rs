use serde_json::Value;

use super::documents::Part;
use super::read::{Reader, object};
use super::schemas::Schemas;
use super::{SpecBody, SpecResponse, SpecSchema};
use crate::diagnostic::Place;

/// The operation that is read, for messages.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    pub(super) name: &'a str,
    pub(super) place: &'a Place,
}

/// The body that an operation takes.
pub(super) fn body(reader: &mut Reader<'_>, operation: Part<'_>, at: At<'_>) -> Option<SpecBody> {
    let value = operation.value.get("requestBody").filter(|value| !value.is_null())?;
    let part = match reader.documents.follow(Part { document: operation.document, value }) {
        Ok((part, _)) => part,
        Err(astray) => {
            reader.warn_astray(at.place, at.name, &astray);
            return Some(SpecBody {
                content_type: "application/json".to_owned(),
                content_types: Vec::new(),
                required: true,
                schema: SpecSchema::default(),
            });
        }
    };
    let content_types: Vec<String> = object(&part.value["content"]).map(|(name, _)| name.clone()).collect();
    let content_type = content_types.iter().min_by_key(|name| rank(name)).cloned();
    let media = content_type.as_ref().and_then(|name| part.value["content"].get(name));
    let schema = schema(reader, part.document, media, at).unwrap_or_default();
    let binary = content_type.as_deref().is_some_and(|name| rank(name) > 3);
    if schema.says_nothing() && !binary {
        reader.warn(at.place, format!("`{}` has a body without any fields", at.name));
    }
    Some(SpecBody {
        content_type: content_type.unwrap_or_else(|| "application/json".to_owned()),
        content_types,
        required: part.value["required"] == Value::Bool(true),
        schema,
    })
}

/// What an operation answers when all went well.
pub(super) fn response(reader: &mut Reader<'_>, operation: Part<'_>, at: At<'_>) -> Option<SpecResponse> {
    let mut found: Option<(bool, u16, Part<'_>)> = None;
    for (key, value) in object(&operation.value["responses"]) {
        let Some(status) = status(key) else { continue };
        let part = match reader.documents.follow(Part { document: operation.document, value }) {
            Ok((part, _)) => part,
            Err(astray) => {
                reader.warn_astray(at.place, at.name, &astray);
                continue;
            }
        };
        let empty = part.value["content"].as_object().is_none_or(serde_json::Map::is_empty);
        if found.is_none_or(|(no_body, known, _)| (empty, status) < (no_body, known)) {
            found = Some((empty, status, part));
        }
    }
    let (_, status, part) = found?;
    let content_type = object(&part.value["content"]).map(|(name, _)| name).min_by_key(|name| rank(name));
    let media = content_type.and_then(|name| part.value["content"].get(name));
    let schema = schema(reader, part.document, media, at);
    Some(SpecResponse {
        status: if status == DEFAULT { 200 } else { status },
        content_type: content_type.cloned(),
        schema,
    })
}

fn schema(reader: &mut Reader<'_>, document: usize, media: Option<&Value>, at: At<'_>) -> Option<SpecSchema> {
    let media = media?;
    let value = media.get("schema").filter(|value| !value.is_null())?;
    let mut schema = Schemas::new(reader, at).read(Part { document, value });
    if schema.example.is_none() {
        schema.example = media.get("example").cloned();
    }
    Some(schema)
}

/// Which content type is taken first.
fn rank(name: &str) -> u8 {
    let plain = name.split(';').next().unwrap_or(name).trim().to_lowercase();
    match plain.as_str() {
        "application/json" => 0,
        json if json.ends_with("+json") || json.ends_with("/json") || json == "*/*" => 1,
        "application/x-www-form-urlencoded" => 2,
        "multipart/form-data" => 3,
        _ => 4,
    }
}

/// Stands behind every status of its own.
const DEFAULT: u16 = 1_000;

fn status(key: &str) -> Option<u16> {
    match key.to_uppercase().as_str() {
        "2XX" => Some(299),
        "DEFAULT" => Some(DEFAULT),
        other => other.parse().ok().filter(|status| (200..300).contains(status)),
    }
}
