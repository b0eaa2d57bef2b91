use serde_json::Value;

use super::documents::Part;
use super::read::{Reader, array, object, text};
use super::{SchemeKind, SpecRequirement, SpecScheme};

/// Adds the security schemes of a document.
pub(super) fn schemes(reader: &mut Reader<'_>, document: usize) {
    let root = &reader.documents.all[document].root;
    for (name, value) in object(&root["components"]["securitySchemes"]) {
        let Ok((part, _)) = reader.documents.follow(Part { document, value }) else { continue };
        if reader.spec.scheme(name).is_none() {
            let description = text(&part.value["description"]);
            reader.spec.schemes.push(SpecScheme { name: name.clone(), kind: kind(part.value), description });
        }
    }
}

fn kind(value: &Value) -> SchemeKind {
    let name = text(&value["name"]);
    match text(&value["type"]).to_lowercase().as_str() {
        "http" => match text(&value["scheme"]).to_lowercase().as_str() {
            "basic" => SchemeKind::Basic,
            "bearer" => SchemeKind::Bearer,
            other => SchemeKind::Other(other.to_owned()),
        },
        "oauth2" | "openidconnect" => SchemeKind::Bearer,
        "apikey" => match value["in"].as_str() {
            Some("query") => SchemeKind::Query(name),
            Some("cookie") => SchemeKind::Cookie(name),
            _ => SchemeKind::Header(name),
        },
        other => SchemeKind::Other(other.to_owned()),
    }
}

/// How an operation may be authorized: as it says itself, else as its file says.
pub(super) fn requirements(reader: &Reader<'_>, document: usize, operation: &Value) -> Vec<SpecRequirement> {
    let root = &reader.documents.all[document].root;
    let security = operation.get("security").or_else(|| root.get("security"));
    let requirement = |value: &Value| SpecRequirement {
        schemes: object(value).map(|(name, scopes)| (name.clone(), array(scopes).map(text).collect())).collect(),
    };
    array(security.unwrap_or(&Value::Null)).map(requirement).collect()
}
