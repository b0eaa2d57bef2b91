use serde_json::Value;

use super::SpecKind;

/// What a value may be, with every reference followed.
///
/// What `allOf` lists is merged in. What `oneOf` and `anyOf` list is kept in `alternatives`, save where only one is
/// left when `null` is taken out: that one is merged in too. A schema that refers to itself is cut (`cut`) where it
/// comes round again, and every schema is cut past a depth of twelve or some thousands of parts.
#[derive(Debug, Clone, Default, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a keyword of its own in the files")]
pub struct SpecSchema {
    /// JSON type.
    pub kind: SpecKind,
    /// `format`, as the file has it: `date-time`, `int64`.
    pub format: Option<String>,
    /// `title`, else the name of the component that it refers to: `Pet`.
    pub name: Option<String>,
    /// What the file says of it.
    pub description: String,
    /// Allowed values, `const` as a single one, `null` left out; empty: anything.
    pub values: Vec<Value>,
    /// What a list holds, when the file says.
    pub items: Option<Box<SpecSchema>>,
    /// Fields of an object, in the order of the file.
    pub properties: Vec<(String, SpecSchema)>,
    /// Names of the fields that must be there, those without a schema of their own too.
    pub required: Vec<String>,
    /// What fields beside those listed hold: `Some` when the file allows them, with their schema.
    pub additional: Option<Box<SpecSchema>>,
    /// Any one of these must fit.
    pub alternatives: Vec<SpecSchema>,
    /// Smallest number allowed.
    pub min: Option<f64>,
    /// Largest number allowed.
    pub max: Option<f64>,
    /// Shortest text, in characters, or list allowed.
    pub min_length: Option<u64>,
    /// Longest text, in characters, or list allowed.
    pub max_length: Option<u64>,
    /// Regular expression found in the text (ECMA 262; not anchored).
    pub pattern: Option<String>,
    /// Whether `null` is allowed.
    pub nullable: bool,
    /// Only in answers.
    pub read_only: bool,
    /// Only in requests.
    pub write_only: bool,
    /// Whether the file asks not to use it any more.
    pub deprecated: bool,
    /// Value taken when none is sent.
    pub default: Option<Value>,
    /// The first example.
    pub example: Option<Value>,
    /// More stands in the file than is here: it refers to itself, or is too deep or too large.
    pub cut: bool,
}

impl SpecSchema {
    /// The field of that name, of the schema itself.
    #[must_use]
    pub fn property(&self, name: &str) -> Option<&SpecSchema> {
        self.properties.iter().find(|(known, _)| known == name).map(|(_, schema)| schema)
    }

    /// Whether the field must be there.
    #[must_use]
    pub fn requires(&self, name: &str) -> bool {
        self.required.iter().any(|known| known == name)
    }

    /// Fields of the schema and of all its alternatives, each name once: name, schema, whether it must be there. One
    /// that only some alternatives require is not required.
    #[must_use]
    pub fn fields(&self) -> Vec<(&str, &SpecSchema, bool)> {
        let mut found: Vec<(&str, &SpecSchema, bool)> = Vec::new();
        for (name, schema) in &self.properties {
            let everywhere = !self.alternatives.is_empty() && self.alternatives.iter().all(|a| a.requires(name));
            found.push((name, schema, self.requires(name) || everywhere));
        }
        for alternative in &self.alternatives {
            for (name, schema, _) in alternative.fields() {
                if found.iter().all(|(known, ..)| *known != name) {
                    let needed = |a: &SpecSchema| a.fields().iter().any(|(n, _, needed)| *n == name && *needed);
                    let everywhere = self.requires(name) || self.alternatives.iter().all(needed);
                    found.push((name, schema, everywhere));
                }
            }
        }
        found
    }

    /// Whether the file says nothing of what is in it.
    #[must_use]
    pub fn says_nothing(&self) -> bool {
        self.properties.is_empty()
            && self.alternatives.is_empty()
            && self.items.is_none()
            && self.additional.is_none()
            && self.values.is_empty()
            && !self.cut
            && matches!(self.kind, SpecKind::Any | SpecKind::Object)
    }

    /// The only value that is allowed, as text.
    #[must_use]
    pub fn constant_text(&self) -> Option<String> {
        match self.values.as_slice() {
            [Value::String(text)] => Some(text.clone()),
            [Value::Number(number)] => Some(number.to_string()),
            _ => None,
        }
    }
}
