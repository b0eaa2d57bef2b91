use serde_json::{Map, Value, json};

use super::section::{Declared, Section};
use super::{CASE, GROUP, LEXICON, SERVICE, Shape, sections};
use crate::catalog::load::{KINDS, names};

/// The version of JSON Schema that YAML editors know best.
const DIALECT: &str = "http://json-schema.org/draft-07/schema#";

/// The kinds of YAML files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// `<service>/service.yaml`.
    Service,
    /// `<service>/<group>.yaml`.
    Group,
    /// `<service>/<group>.test.yaml`.
    Test,
    /// `lexicon.yaml`.
    Lexicon,
}

impl FileKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Service, Self::Group, Self::Test, Self::Lexicon];

    /// Which one a file is, by its path in a catalog folder.
    #[must_use]
    pub fn of(path: &str) -> Self {
        let stem = path.trim_end_matches(".yml").trim_end_matches(".yaml");
        match (stem, stem.rsplit('/').next()) {
            ("lexicon", _) => Self::Lexicon,
            (_, Some("service")) => Self::Service,
            (_, Some(file)) if file.rsplit('.').next() == Some("test") => Self::Test,
            _ => Self::Group,
        }
    }

    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Group => "group",
            Self::Test => "test",
            Self::Lexicon => "lexicon",
        }
    }

    /// Where its schema stands in a catalog folder.
    #[must_use]
    pub fn schema_path(self) -> String {
        format!("schema/{}.schema.json", self.name())
    }

    /// The first line of a file of that kind, by which an editor finds the schema in the catalog folder.
    #[must_use]
    pub fn editor_line(self) -> String {
        let up = if self == Self::Lexicon { "" } else { "../" };
        format!("# yaml-language-server: $schema={up}{}", self.schema_path())
    }

    fn root(self) -> Value {
        match self {
            Self::Service => reference(&SERVICE),
            Self::Group => reference(&GROUP),
            Self::Test => {
                json!({"type": "object", "additionalProperties": {"type": "array", "items": reference(&CASE)}})
            }
            Self::Lexicon => reference(&LEXICON),
        }
    }
}

/// The JSON Schema of one kind of file, or of whichever kind a file is.
pub fn schema(kind: Option<FileKind>) -> Value {
    let (title, root) = if let Some(kind) = kind {
        (format!("sayso: a {} file", kind.name()), json!({"allOf": [kind.root()]}))
    } else {
        let any: Vec<Value> = FileKind::ALL.into_iter().map(FileKind::root).collect();
        ("sayso: any file of a catalog".to_owned(), json!({"anyOf": any}))
    };
    let mut whole = json!({"$schema": DIALECT, "title": title});
    let reached = reached(&root);
    let definitions: Map<String, Value> = reached.into_iter().map(|name| (name.clone(), definition(&name))).collect();
    merge(&mut whole, root);
    merge(&mut whole, json!({"definitions": definitions}));
    whole
}

/// Names of the definitions that a schema refers to, through others too, in the order in which they turn up.
fn reached(root: &Value) -> Vec<String> {
    let mut names = Vec::new();
    refers(root, &mut names);
    let mut at = 0;
    while let Some(name) = names.get(at).cloned() {
        refers(&definition(&name), &mut names);
        at += 1;
    }
    names
}

fn refers(schema: &Value, names: &mut Vec<String>) {
    match schema {
        Value::Object(fields) => {
            let own = fields.get("$ref").and_then(Value::as_str).and_then(|r| r.strip_prefix("#/definitions/"));
            names.extend(own.map(str::to_owned).filter(|name| !names.contains(name)));
            fields.values().for_each(|value| refers(value, names));
        }
        Value::Array(items) => items.iter().for_each(|item| refers(item, names)),
        _ => {}
    }
}

fn definition(name: &str) -> Value {
    match name {
        "texts" => json!({"anyOf": [reference_to("text"), {"type": "array", "items": reference_to("text")}]}),
        "text" => json!({"type": ["string", "number", "boolean"]}),
        "type" => json!({"anyOf": [
            {"enum": names(KINDS)},
            {"type": "string", "description": "the name of a resource"},
            {"type": "array", "items": reference_to("type"), "minItems": 1, "maxItems": 1},
        ]}),
        _ => sections().into_iter().find(|section| id(section) == name).map_or(Value::Null, of_section),
    }
}

fn of_section(section: &Section) -> Value {
    let mut properties = Map::new();
    for key in section.keys {
        properties.insert(key.name.to_owned(), described(key, key.about));
        if section.laid && key.shape.is_list() {
            let about = format!("added to `{}` of the layers below", key.name);
            properties.insert(format!("+{}", key.name), described(key, &about));
        }
    }
    let mut schema = json!({"type": "object", "additionalProperties": false});
    let required: Vec<&str> = section.keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    if !section.laid && !required.is_empty() {
        merge(&mut schema, json!({"required": required}));
    }
    merge(&mut schema, json!({"properties": properties}));
    schema
}

fn described(key: &Declared, about: &str) -> Value {
    let mut schema = json!({"description": about});
    let shape = of_shape(&key.shape);
    // Beside a reference, this dialect reads nothing else.
    merge(&mut schema, if shape.get("$ref").is_some() { json!({"allOf": [shape]}) } else { shape });
    schema
}

fn of_shape(shape: &Shape) -> Value {
    match shape {
        Shape::Nothing => json!({"type": "null"}),
        Shape::Text | Shape::Regex | Shape::Template | Shape::Name(_) => reference_to("text"),
        Shape::Word(word) => json!({"const": word}),
        Shape::Fitting(pattern, _) => json!({"type": "string", "pattern": pattern}),
        Shape::Names(_) | Shape::Texts | Shape::Words | Shape::Patterns => reference_to("texts"),
        Shape::Flag => json!({"type": "boolean"}),
        Shape::Number => json!({"type": "number"}),
        Shape::Whole => json!({"type": "integer", "minimum": 0}),
        Shape::Literal => json!({}),
        Shape::Object => json!({"type": "object"}),
        Shape::Choice(words) => json!({"enum": words()}),
        Shape::Type => reference_to("type"),
        Shape::List(shape) => json!({"type": "array", "items": of_shape(shape)}),
        Shape::Map(_, shape) => json!({"type": "object", "additionalProperties": of_shape(shape)}),
        Shape::Section(section) => reference(section),
        Shape::Either(shapes) => json!({"anyOf": shapes.iter().map(of_shape).collect::<Vec<_>>()}),
    }
}

fn reference(section: &Section) -> Value {
    reference_to(&id(section))
}

fn reference_to(name: &str) -> Value {
    json!({"$ref": format!("#/definitions/{name}")})
}

fn id(section: &Section) -> String {
    section.name.replace(' ', "-")
}

fn merge(into: &mut Value, from: Value) {
    if let (Value::Object(into), Value::Object(from)) = (into, from) {
        into.extend(from);
    }
}
