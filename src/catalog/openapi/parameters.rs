use serde_json::Value;

use super::bodies::At;
use super::documents::Part;
use super::read::{Reader, array, object, text};
use super::schemas::Schemas;
use super::{SpecParameter, SpecPlace, SpecSchema};

/// Headers that are no parameters, as the specification has it.
const NO_PARAMETERS: [&str; 3] = ["accept", "content-type", "authorization"];

/// The parameters of an operation: its own, those of its path, those that only the path names.
pub(super) fn of(
    reader: &mut Reader<'_>,
    path: &str,
    item: Part<'_>,
    operation: Part<'_>,
    at: At<'_>,
) -> Vec<SpecParameter> {
    let mut params = list(reader, item, at);
    for param in list(reader, operation, at) {
        match params.iter_mut().find(|known| known.name == param.name && known.place == param.place) {
            Some(known) => *known = param,
            None => params.push(param),
        }
    }
    for variable in variables(path) {
        if params.iter().all(|param| param.place != SpecPlace::Path || param.name != variable) {
            reader.warn(at.place, format!("`{}` never declares its path parameter `{variable}`", at.name));
            params.push(undeclared(variable));
        }
    }
    let unused = |param: &SpecParameter| param.place == SpecPlace::Path && !variables(path).any(|v| v == param.name);
    for param in params.iter().filter(|param| unused(param)) {
        let message = format!("`{}` declares a path parameter `{}` that its path does not have", at.name, param.name);
        reader.warn(at.place, message);
    }
    params.retain(|param| !unused(param));
    for (n, param) in params.iter().enumerate() {
        if params[..n].iter().any(|other| other.name == param.name) {
            reader.warn(at.place, format!("`{}` names its parameter `{}` in two places", at.name, param.name));
        }
    }
    params
}

/// Names of the variables of a path, in their order.
fn variables(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name)).filter(|n| !n.is_empty())
}

fn undeclared(name: &str) -> SpecParameter {
    SpecParameter {
        name: name.to_owned(),
        place: SpecPlace::Path,
        required: true,
        schema: SpecSchema::default(),
        description: String::new(),
        deprecated: false,
        declared: false,
    }
}

fn list(reader: &mut Reader<'_>, owner: Part<'_>, at: At<'_>) -> Vec<SpecParameter> {
    let mut params: Vec<SpecParameter> = Vec::new();
    for value in array(&owner.value["parameters"]) {
        let part = match reader.documents.follow(Part { document: owner.document, value }) {
            Ok((part, _)) => part,
            Err(astray) => {
                reader.warn_astray(at.place, at.name, &astray);
                continue;
            }
        };
        let Some(param) = one(reader, part, at) else { continue };
        if params.iter().any(|known| known.name == param.name && known.place == param.place) {
            reader.warn(at.place, format!("`{}` names its parameter `{}` twice", at.name, param.name));
        } else {
            params.push(param);
        }
    }
    params
}

fn one(reader: &mut Reader<'_>, part: Part<'_>, at: At<'_>) -> Option<SpecParameter> {
    let value = part.value;
    let name = text(&value["name"]);
    let place = match value["in"].as_str() {
        Some("path") => SpecPlace::Path,
        Some("query") => SpecPlace::Query,
        Some("header") => SpecPlace::Header,
        Some("cookie") => SpecPlace::Cookie,
        _ => {
            let name = if name.is_empty() { "without a name" } else { &name };
            reader.warn(at.place, format!("`{}` does not say where its parameter `{name}` is sent", at.name));
            return None;
        }
    };
    if name.is_empty() {
        reader.warn(at.place, format!("`{}` has a parameter without a name", at.name));
        return None;
    }
    if place == SpecPlace::Header && NO_PARAMETERS.contains(&name.to_lowercase().as_str()) {
        return None;
    }
    let content = || object(&value["content"]).next().and_then(|(_, media)| media.get("schema"));
    let schema = value.get("schema").or_else(content);
    let mut read = schema.map_or_else(SpecSchema::default, |value| {
        Schemas::new(reader, at).read(Part { document: part.document, value })
    });
    if read.example.is_none() {
        let named = || object(&value["examples"]).next().map(|(_, example)| example["value"].clone());
        read.example = value.get("example").cloned().or_else(named).filter(|example| !example.is_null());
    }
    let required = place == SpecPlace::Path || value["required"] == Value::Bool(true);
    let deprecated = value["deprecated"] == Value::Bool(true) || read.deprecated;
    let description = text(&value["description"]);
    Some(SpecParameter { name, place, required, schema: read, description, deprecated, declared: true })
}
