use serde_json::{Map, Value, json};

use crate::catalog::Method;

/// What was of another type than the specification has it.
pub(super) struct Repaired {
    /// Key of the path or of the component where it is; empty: at the top of the file.
    pub(super) key: String,
    /// Method of the operation; empty outside of operations.
    pub(super) method: String,
    /// What is wrong, and what it is read as.
    pub(super) message: String,
}

/// Reads what has another type than it should as what it was meant as, in place: a text for a list of one, a number for a
/// name, `int` for `integer`. What means nothing is left out. Everything that was changed is told.
pub(super) fn repair(root: &mut Value) -> Vec<Repaired> {
    let mut repair = Repair { key: String::new(), method: String::new(), found: Vec::new() };
    if let Some(root) = root.as_object_mut() {
        repair.top(root);
    }
    repair.found
}

/// Names of types that other languages have, with the type and the format that are meant.
const TYPES: &[(&str, &str, &str)] = &[
    ("int", "integer", ""),
    ("int32", "integer", ""),
    ("int64", "integer", ""),
    ("long", "integer", ""),
    ("float", "number", ""),
    ("double", "number", ""),
    ("decimal", "number", ""),
    ("bool", "boolean", ""),
    ("str", "string", ""),
    ("text", "string", ""),
    ("uuid", "string", "uuid"),
    ("date", "string", "date"),
    ("datetime", "string", "date-time"),
    ("date-time", "string", "date-time"),
    ("timestamp", "string", "date-time"),
    ("list", "array", ""),
    ("dict", "object", ""),
    ("map", "object", ""),
    ("hash", "object", ""),
];

const KNOWN: [&str; 8] = ["string", "integer", "number", "boolean", "array", "object", "null", "file"];

struct Repair {
    key: String,
    method: String,
    found: Vec<Repaired>,
}

impl Repair {
    fn tell(&mut self, what: &str) {
        let owner = match (self.key.is_empty(), self.method.is_empty()) {
            (true, _) => String::new(),
            (false, true) => format!("`{}`: ", self.key),
            (false, false) => format!("`{} {}`: ", self.method, self.key),
        };
        let message = format!("{owner}{what}");
        self.found.push(Repaired { key: self.key.clone(), method: self.method.clone(), message });
    }

    fn top(&mut self, root: &mut Map<String, Value>) {
        if let Some(servers) = root.get_mut("servers") {
            self.servers(servers);
        }
        for (path, item) in entries(root.get_mut("paths")) {
            path.clone_into(&mut self.key);
            let Some(item) = item.as_object_mut() else { continue };
            self.parameters(item);
            for (key, operation) in item.iter_mut() {
                let method = Method::ALL.into_iter().find(|method| method.as_str().eq_ignore_ascii_case(key));
                let (Some(method), Some(operation)) = (method, operation.as_object_mut()) else { continue };
                method.as_str().clone_into(&mut self.method);
                self.operation(operation);
                self.method.clear();
            }
        }
        let Some(components) = root.get_mut("components").and_then(Value::as_object_mut) else { return };
        for (name, parameter) in entries(components.get_mut("parameters")) {
            name.clone_into(&mut self.key);
            parameter.as_object_mut().into_iter().for_each(|parameter| self.parameter(parameter));
        }
        for section in ["requestBodies", "responses"] {
            for (name, holder) in entries(components.get_mut(section)) {
                name.clone_into(&mut self.key);
                self.content(holder);
            }
        }
        if let Some(schemas) = components.get_mut("schemas").and_then(Value::as_object_mut) {
            let names: Vec<String> = schemas.keys().cloned().collect();
            for name in names {
                name.clone_into(&mut self.key);
                self.schema_at(schemas, &name);
            }
        }
    }

    fn servers(&mut self, servers: &mut Value) {
        let one = |value: Value| if value.is_string() { json!({"url": value}) } else { value };
        let (mended, all) = match servers.take() {
            Value::Array(items) => (items.iter().any(Value::is_string), items.into_iter().map(one).collect()),
            Value::Null => (false, Vec::new()),
            other => (true, vec![one(other)]),
        };
        *servers = Value::Array(all);
        if mended {
            self.tell("`servers` is no list of objects; what it holds is taken for addresses");
        }
    }

    fn operation(&mut self, operation: &mut Map<String, Value>) {
        for key in ["operationId", "summary", "description"] {
            self.text(operation, key);
        }
        self.list(operation, "tags");
        self.parameters(operation);
        for key in ["responses", "requestBody"] {
            if operation.get(key).is_some_and(|value| !value.is_object() && !value.is_null()) {
                operation.remove(key);
                self.tell(&format!("its `{key}` is no object; it is left out"));
            }
        }
        if let Some(body) = operation.get_mut("requestBody") {
            self.content(body);
        }
        for (_, response) in entries(operation.get_mut("responses")) {
            self.content(response);
        }
    }

    /// The schemas of a body or an answer.
    fn content(&mut self, holder: &mut Value) {
        for (kind, media) in entries(holder.get_mut("content")) {
            if !media.is_object() && !media.is_null() {
                *media = json!({});
                self.tell(&format!("`{kind}` of its content is no object; it is left out"));
            }
            media.as_object_mut().into_iter().for_each(|media| self.schema_at(media, "schema"));
        }
    }

    fn parameters(&mut self, owner: &mut Map<String, Value>) {
        let Some(given) = owner.get_mut("parameters") else { return };
        let all: Vec<Value> = match given.take() {
            Value::Array(items) => items,
            Value::Object(one) if one.contains_key("name") || one.contains_key("$ref") => {
                self.tell("its `parameters` are no list; they are read as one parameter");
                vec![Value::Object(one)]
            }
            Value::Object(named) => {
                self.tell("its `parameters` are no list; they are read as named by their keys");
                let named = named.into_iter().map(|(name, mut parameter)| {
                    if let Some(fields) = parameter.as_object_mut() {
                        fields.entry("name").or_insert(Value::String(name));
                    }
                    parameter
                });
                named.collect()
            }
            Value::Null => Vec::new(),
            other => {
                self.tell(&format!("its `parameters` are `{}`, no list; they are left out", shown(&other)));
                Vec::new()
            }
        };
        let mut kept = Vec::new();
        for mut parameter in all {
            if let Some(fields) = parameter.as_object_mut() {
                self.parameter(fields);
                kept.push(parameter);
            } else {
                self.tell(&format!("`{}` among its parameters is none; it is left out", shown(&parameter)));
            }
        }
        owner.insert("parameters".to_owned(), Value::Array(kept));
    }

    fn parameter(&mut self, parameter: &mut Map<String, Value>) {
        self.text(parameter, "name");
        self.truth(parameter, "required");
        self.schema_at(parameter, "schema");
        self.content_of(parameter);
    }

    fn content_of(&mut self, holder: &mut Map<String, Value>) {
        for (_, media) in entries(holder.get_mut("content")) {
            media.as_object_mut().into_iter().for_each(|media| self.schema_at(media, "schema"));
        }
    }

    fn schema_at(&mut self, holder: &mut Map<String, Value>, key: &str) {
        let Some(value) = holder.get_mut(key) else { return };
        match value {
            Value::Object(schema) => self.schema(schema),
            Value::Bool(_) | Value::Null => {}
            Value::String(name) => {
                let name = name.clone();
                *value = if name.contains("#/") { json!({"$ref": name}) } else { json!({"type": name}) };
                self.tell(&format!("`{key}` is `{name}`, no object; it is read as {value}"));
                value.as_object_mut().into_iter().for_each(|schema| self.schema(schema));
            }
            other => {
                self.tell(&format!("`{key}` is `{}`, no schema; anything is taken for it", shown(other)));
                *other = json!({});
            }
        }
    }

    fn schema(&mut self, schema: &mut Map<String, Value>) {
        self.kind(schema);
        self.list(schema, "enum");
        for key in ["allOf", "oneOf", "anyOf"] {
            if schema.get(key).is_some_and(Value::is_object) {
                self.list(schema, key);
            }
            for one in schema.get_mut(key).and_then(Value::as_array_mut).into_iter().flatten() {
                one.as_object_mut().into_iter().for_each(|one| self.schema(one));
            }
        }
        for key in ["minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems"] {
            self.number(schema, key);
        }
        if schema.get("items").is_some_and(Value::is_array) {
            let first = schema["items"].get(0).cloned().unwrap_or_else(|| json!({}));
            schema.insert("items".to_owned(), first);
            self.tell("`items` is a list; only its first schema counts");
        }
        self.schema_at(schema, "items");
        if schema.get("additionalProperties").is_some_and(Value::is_object) {
            self.schema_at(schema, "additionalProperties");
        }
        let needed = self.properties(schema);
        if schema.get("required").is_some_and(|required| !required.is_array()) {
            // `required: true` of a property belongs to the object that has it.
            let named = schema.get("required").is_some_and(Value::is_string);
            if named { self.list(schema, "required") } else { drop(schema.remove("required")) }
        }
        if !needed.is_empty() {
            let list = schema.entry("required").or_insert_with(|| json!([]));
            if let Some(list) = list.as_array_mut() {
                let missing = needed.into_iter().map(Value::String).filter(|name| !list.contains(name));
                let missing: Vec<Value> = missing.collect();
                list.extend(missing);
            }
        }
    }

    /// Mends the properties of an object; names of those that say of themselves that they are required.
    fn properties(&mut self, schema: &mut Map<String, Value>) -> Vec<String> {
        let Some(given) = schema.get_mut("properties") else { return Vec::new() };
        let Some(properties) = given.as_object_mut() else {
            if !given.is_null() {
                let told = format!("`properties` are `{}`, no object; they are left out", shown(given));
                self.tell(&told);
            }
            schema.remove("properties");
            return Vec::new();
        };
        let names: Vec<String> = properties.keys().cloned().collect();
        let mut needed = Vec::new();
        for name in names {
            let is_needed = properties[&name].get("required").is_some_and(|required| *required == Value::Bool(true));
            self.schema_at(properties, &name);
            needed.extend(is_needed.then_some(name));
        }
        needed
    }

    fn kind(&mut self, schema: &mut Map<String, Value>) {
        let Some(kind) = schema.get("type") else { return };
        let Some(name) = kind.as_str() else {
            if !kind.is_array() {
                let told = format!("the type `{}` is none; anything is taken", shown(kind));
                self.tell(&told);
                schema.remove("type");
            }
            return;
        };
        let name = name.trim().to_lowercase();
        if KNOWN.contains(&name.as_str()) || name.is_empty() {
            return;
        }
        let found = TYPES.iter().find(|(known, ..)| *known == name);
        if let Some((_, meant, format)) = found {
            self.tell(&format!("the type `{name}` is none; it is read as `{meant}`"));
            schema.insert("type".to_owned(), json!(meant));
            if !format.is_empty() {
                schema.entry("format").or_insert(json!(format));
            }
        } else if name != "any" {
            self.tell(&format!("the type `{name}` is none; anything is taken"));
            schema.remove("type");
        }
    }

    /// A name or a line: a number counts as its digits, a list as its words.
    fn text(&mut self, owner: &mut Map<String, Value>, key: &str) {
        let Some(value) = owner.get_mut(key).filter(|value| !value.is_string() && !value.is_null()) else { return };
        let text = match &*value {
            Value::Array(items) => items.iter().map(shown).collect::<Vec<_>>().join(", "),
            other => shown(other),
        };
        *value = Value::String(text);
        self.tell(&format!("`{key}` is no text"));
    }

    /// A list: anything else is the one item of it.
    fn list(&mut self, owner: &mut Map<String, Value>, key: &str) {
        let Some(value) = owner.get_mut(key).filter(|value| !value.is_array() && !value.is_null()) else { return };
        let one = value.take();
        *value = Value::Array(vec![one]);
        self.tell(&format!("`{key}` is no list; it is read as a list of one"));
    }

    fn truth(&mut self, owner: &mut Map<String, Value>, key: &str) {
        let Some(value) = owner.get_mut(key).filter(|value| !value.is_boolean() && !value.is_null()) else { return };
        let yes = matches!(value.as_str(), Some("true" | "yes"));
        *value = Value::Bool(yes);
        self.tell(&format!("`{key}` is neither true nor false; it is read as {yes}"));
    }

    fn number(&mut self, owner: &mut Map<String, Value>, key: &str) {
        let Some(value) = owner.get(key).filter(|value| !value.is_number() && !value.is_null()) else { return };
        let told = format!("`{key}` is `{}`, no number", shown(value));
        let number = value.as_str().and_then(|text| serde_json::from_str::<serde_json::Number>(text.trim()).ok());
        match number {
            Some(number) => drop(owner.insert(key.to_owned(), Value::Number(number))),
            None => drop(owner.remove(key)),
        }
        self.tell(&told);
    }
}

/// The entries of an object that may be changed; none of anything else.
fn entries(value: Option<&mut Value>) -> impl Iterator<Item = (&String, &mut Value)> {
    value.and_then(Value::as_object_mut).into_iter().flatten()
}

/// A value in a message, cut where it is long.
fn shown(value: &Value) -> String {
    const LONGEST: usize = 40;
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    if text.chars().count() > LONGEST { text.chars().take(LONGEST).chain(['…']).collect() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repaired(mut root: Value) -> (Value, Vec<String>) {
        let found = repair(&mut root);
        (root, found.into_iter().map(|fault| fault.message).collect())
    }

    #[test]
    fn what_is_right_is_left_alone() {
        let root = json!({"servers": [{"url": "https://x.test"}], "paths": {"/a": {"get": {"tags": ["a"],
            "parameters": [{"name": "q", "in": "query", "schema": {"type": ["string", "null"], "enum": ["x"]}}],
            "responses": {"200": {"content": {"application/json": {"schema": {"type": "object"}}}}}}}}});
        assert_eq!(repaired(root.clone()), (root, Vec::new()));
    }

    #[test]
    fn what_is_of_another_type_is_read_as_what_was_meant() {
        let (root, told) = repaired(json!({
            "servers": "https://x.test",
            "paths": {"/a": {"get": {"operationId": 7, "tags": "a", "responses": "ok",
                "parameters": {"q": {"in": "query", "schema": "int", "required": "true"}}}}},
            "components": {"schemas": {"A": {"required": "x", "allOf": {"type": "object"},
                "properties": {"x": {"type": "datetime"}, "y": {"required": true, "enum": "one", "maximum": "10"}}}}},
        }));
        assert_eq!(root["servers"], json!([{"url": "https://x.test"}]));
        let get = &root["paths"]["/a"]["get"];
        assert_eq!((&get["operationId"], &get["tags"]), (&json!("7"), &json!(["a"])));
        assert_eq!(
            get["parameters"],
            json!([{"in": "query", "schema": {"type": "integer"}, "required": true, "name": "q"}])
        );
        let schema = &root["components"]["schemas"]["A"];
        assert_eq!(schema["required"], json!(["x", "y"]));
        assert_eq!(schema["properties"]["x"], json!({"type": "string", "format": "date-time"}));
        assert_eq!(schema["properties"]["y"], json!({"enum": ["one"], "maximum": 10}));
        assert!(told.contains(&"`GET /a`: the type `int` is none; it is read as `integer`".to_owned()), "{told:?}");
        assert!(told.contains(&"`A`: `enum` is no list; it is read as a list of one".to_owned()), "{told:?}");
        assert_eq!(told.len(), 13, "{told:#?}");
    }
}
