//! Values made from the official schemas alone: this knows nothing of the catalog.

use serde_json::{Map, Value, json};

use crate::schema::Schemas;

/// What values look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// The dullest value of each type.
    Plain,
    /// The documents' own examples, where they fit their schema.
    Examples,
    /// Anything that the schema allows.
    Wild,
}

/// Makes values that fit schemas.
pub struct Generator<'a> {
    pub schemas: &'a Schemas,
    pub style: Style,
    /// Everything that is declared, or only what is required; wild values throw a coin.
    pub all: bool,
    /// Picks among alternatives.
    pub turn: usize,
    /// Tells apart the elements of a list in which none may come twice.
    pub nth: usize,
    pub random: Random,
}

const TEXTS: &[&str] = &[
    "",
    " ",
    "string",
    "0",
    "-1",
    "1e5",
    "true",
    "null",
    "Jane Doe",
    "a\"b\\c",
    "two\nlines",
    "\u{e9}\u{2713} \u{6f22}\u{5b57} \u{1f600}",
    "' OR 1=1 --",
    "{{ locationId }}",
    "a&b=c;d",
    "@nobody",
    "tomorrow",
    "jane@example.com",
    "[]",
    "{}",
    "100%",
    "+1 (555) 010-2001",
    "2026-02-30",
    "\u{202e}abc",
    "../../etc",
    "https://example.com/?a=b#c",
    "x,y",
    "\t",
    "{% if %}",
];
const IDS: &[&str] =
    &["a", "0", "string", "A-b_9", "-", "_x", "6578278e879ad2646715ba9c", "ocQHyuzHvysMo5N5VsXc", "true"];
const MOMENTS: &[&str] = &["2026-11-25T14:00:00.000Z", "1999-12-31T23:59:59+05:30", "2030-01-01T00:00:00Z"];
/// Texts for every pattern that the files hold.
const PATTERNS: &[(&str, &[&str])] = &[
    ("^([01]?[0-9]|2[0-3]):[0-5][0-9]$", &["09:30", "23:59", "7:00"]),
    ("^\\d{4}-\\d{2}-\\d{2}$", &["2026-11-25", "2026-99-99"]),
    ("^[A-Za-z_]+/[A-Za-z_]+$", &["America/New_York", "Nowhere/Else"]),
];

impl Generator<'_> {
    /// A value that fits a schema.
    pub fn value(&mut self, schema: &Value, depth: usize) -> Value {
        let resolved = self.schemas.resolved(schema);
        let example = resolved.get("example").filter(|_| self.style == Style::Examples && self.nth == 0);
        if let Some(example) = example.filter(|e| self.schemas.faults(&resolved, e).is_empty()) {
            return example.clone();
        }
        if let Some(values) = resolved["enum"].as_array() {
            return self.pick(values).clone();
        }
        for key in ["oneOf", "anyOf"] {
            if let Some(branches) = resolved[key].as_array() {
                return self.branch(branches, depth);
            }
        }
        if let Some(parts) = resolved["allOf"].as_array() {
            return self.joined(parts, &resolved, depth);
        }
        match resolved["type"].as_str() {
            Some("string") => self.text(&resolved).into(),
            Some("number") => self.number(&resolved, false),
            Some("integer") => self.number(&resolved, true),
            Some("boolean") => (self.style != Style::Wild || self.random.coin()).into(),
            Some("array") => self.list(&resolved, depth),
            Some("object") => self.object(&resolved, depth),
            None if resolved["type"].is_array() => self.object(&resolved, depth),
            _ if resolved.get("properties").is_some() => self.object(&resolved, depth),
            _ => "string".into(),
        }
    }

    /// A text that may stand in a path.
    pub fn id(&mut self, schema: &Value, example: &Value) -> Value {
        let resolved = self.schemas.resolved(schema);
        match (self.style, resolved["enum"].as_array()) {
            (_, Some(values)) => self.pick(values).clone(),
            (Style::Plain, _) => "string".into(),
            (Style::Examples, _) => [example, &resolved["example"]]
                .into_iter()
                .find(|e| e.is_string())
                .map_or_else(|| "ocQHyuzHvysMo5N5VsXc".into(), Value::clone),
            (Style::Wild, _) => (*self.random.of(IDS)).into(),
        }
    }

    fn pick<'v>(&mut self, values: &'v [Value]) -> &'v Value {
        match self.style {
            Style::Wild => self.random.of(values),
            Style::Plain | Style::Examples => &values[self.turn % values.len()],
        }
    }

    fn branch(&mut self, branches: &[Value], depth: usize) -> Value {
        let null = |b: &&Value| b["type"] == "null";
        if branches.iter().any(|b| null(&b)) && self.style == Style::Wild && self.random.below(4) == 0 {
            return Value::Null;
        }
        let others: Vec<Value> = branches.iter().filter(|b| !null(b)).cloned().collect();
        let at = if self.style == Style::Wild { self.random.below(others.len()) } else { self.turn % others.len() };
        self.value(&others[at], depth)
    }

    fn joined(&mut self, parts: &[Value], whole: &Value, depth: usize) -> Value {
        let mut out = Map::new();
        let own = whole
            .get("properties")
            .map(|_| json!({"type": "object", "properties": whole["properties"], "required": whole["required"]}));
        for part in parts.iter().chain(&own) {
            match self.value(part, depth) {
                Value::Object(fields) => out.extend(fields),
                other => return other,
            }
        }
        Value::Object(out)
    }

    fn text(&mut self, schema: &Value) -> String {
        if let Some(pattern) = schema["pattern"].as_str() {
            let known = PATTERNS.iter().find(|(p, _)| *p == pattern);
            let texts = known.unwrap_or_else(|| panic!("no texts for the pattern {pattern}")).1;
            return (*if self.style == Style::Wild { self.random.of(texts) } else { &texts[0] }).to_owned();
        }
        if schema["format"] == "date-time" {
            return (*if self.style == Style::Wild { self.random.of(MOMENTS) } else { &MOMENTS[0] }).to_owned();
        }
        let bound = |key: &str| schema[key].as_u64().and_then(|n| usize::try_from(n).ok());
        let text = if self.style == Style::Wild { *self.random.of(TEXTS) } else { "string" };
        let text = if self.nth > 0 { format!("{}{text}", self.nth) } else { text.to_owned() };
        let mut text: String = text.chars().take(bound("maxLength").unwrap_or(usize::MAX)).collect();
        while text.chars().count() < bound("minLength").unwrap_or(0) {
            text.push('x');
        }
        text
    }

    fn number(&mut self, schema: &Value, whole: bool) -> Value {
        let (least, most) = (schema["minimum"].as_f64(), schema["maximum"].as_f64());
        let fits = |n: &&f64| least.is_none_or(|l| **n >= l) && most.is_none_or(|m| **n <= m);
        let wild = [0.0, 1.0, -3.0, 42.0, 1_795_615_200_000.0, 2.5, -0.25, 1e-3];
        let wanted = match self.style {
            Style::Wild => &wild[..if whole { 5 } else { wild.len() }],
            _ => &[1.0],
        };
        let fitting: Vec<f64> = wanted.iter().filter(fits).copied().collect();
        let number = if fitting.is_empty() { least.or(most).unwrap_or_default() } else { *self.random.of(&fitting) };
        #[expect(clippy::cast_possible_truncation, reason = "the numbers are small and whole")]
        if number.fract() == 0.0 { json!(number as i64) } else { json!(number) }
    }

    fn list(&mut self, schema: &Value, depth: usize) -> Value {
        let bound = |key: &str, or: usize| schema[key].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(or);
        let least = bound("minItems", 0);
        let most = bound("maxItems", 3).min(3).max(least);
        let length = if self.style == Style::Wild { self.random.below(most + 1).max(least) } else { least.max(1) };
        let unique = schema["uniqueItems"] == true;
        let element = |n| {
            self.nth = if unique { n } else { self.nth };
            self.value(&schema["items"], depth + 1)
        };
        let list = (0..length).map(element).collect();
        self.nth = 0;
        list
    }

    fn object(&mut self, schema: &Value, depth: usize) -> Value {
        let required: Vec<&str> =
            schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let mut out = Map::new();
        for (name, inner) in schema["properties"].as_object().into_iter().flatten() {
            let more = match self.style {
                Style::Wild => self.random.coin() && depth < 6,
                _ => self.all && depth < 6,
            };
            if required.contains(&name.as_str()) || more {
                out.insert(name.clone(), self.value(inner, depth + 1));
            }
        }
        if out.is_empty() && schema.get("properties").is_none() {
            let more = schema.get("additionalProperties").filter(|a| a.is_object());
            match (self.style, more) {
                (Style::Wild, None) => drop(out.insert("any thing".into(), json!([1, {"x": null}, "\u{e9}"]))),
                (_, None) if self.all => drop(out.insert("key".into(), json!("value"))),
                (_, Some(inner)) => drop(out.insert("key".into(), self.value(inner, depth + 1))),
                _ => {}
            }
        }
        Value::Object(out)
    }
}

/// The same numbers every time.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below another one.
    pub fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits") % most.max(1)
    }

    pub fn coin(&mut self) -> bool {
        self.below(2) == 0
    }

    pub fn of<'v, T>(&mut self, values: &'v [T]) -> &'v T {
        &values[self.below(values.len())]
    }
}
