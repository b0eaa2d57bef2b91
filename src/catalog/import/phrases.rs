//! Phrases that should lead to an operation, made from what it does.

use serde_json::{Map, Value};

use super::field::Field;
use super::kinds::Kinds;
use super::model::Model;
use super::noun::plural_of;
use super::op::Op;

/// A phrase with what it says.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Phrase {
    pub(super) text: String,
    pub(super) params: Map<String, Value>,
}

const NAMES: &[&str] = &["Alpha", "Beta", "Gamma", "Delta"];

/// Phrases for an operation, the plainest first.
pub(super) fn phrases(model: &Model<'_>, op: &Op<'_>) -> Vec<Phrase> {
    let writer = Writer { op, kinds: &model.kinds };
    let noun = writer.noun();
    let many = plural_of(&noun);
    let first = op.act.classes.first().map(String::as_str).unwrap_or_default();
    let mut out = Vec::new();
    let key = op.keys.first().cloned().unwrap_or_default();
    let named = |noun: &str| if key.is_empty() { noun.to_owned() } else { format!("{key} {noun}") };
    if let Some(say) = op.says.iter().find(|say| !say.contains(['{', '('])) {
        out.push(Phrase { text: say.clone(), params: Map::new() });
    }
    if let Some(own) = op.act.own.first() {
        out.push(writer.phrase(own, &named(&noun), "of"));
        out.push(writer.phrase(&format!("{own} the"), &named(&noun), "of"));
    }
    match first {
        "list" | "search" | "count" => {
            let verbs: &[&str] = match first {
                "list" => &["list", "show"],
                "search" => &["search", "find"],
                _ => &["count"],
            };
            out.extend(verbs.iter().map(|verb| writer.phrase(verb, &named(&many), "of")));
        }
        "get" => {
            out.push(writer.phrase("show", &named(&noun), "of"));
            out.push(writer.phrase("get", &named(&noun), "of"));
        }
        "create" | "add" => {
            out.push(writer.phrase(&format!("create {}", article(&named(&noun))), &named(&noun), "for"));
            out.push(writer.phrase(&format!("add {}", article(&named(&noun))), &named(&noun), "to"));
        }
        "update" => {
            let named = named(if op.act.bulk { &many } else { &noun });
            out.push(writer.phrase("update", &named, "of"));
            out.push(writer.phrase("change the", &named, "of"));
            out.extend(writer.change(&noun));
            out.extend(["update", "modify"].into_iter().filter_map(|verb| writer.with_field(verb, &named)));
        }
        "delete" | "remove" => {
            let noun = named(if op.act.bulk { &many } else { &noun });
            out.push(writer.phrase(first, &noun, "from"));
            out.push(writer.phrase(&format!("{first} the"), &noun, "from"));
        }
        "" => {}
        other => out.push(writer.phrase(other, &named(&noun), "of")),
    }
    out.dedup();
    out
}

fn article(noun: &str) -> &'static str {
    if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}

struct Writer<'a, 'm> {
    op: &'a Op<'m>,
    kinds: &'a Kinds,
}

impl Writer<'_, '_> {
    fn noun(&self) -> String {
        let own = || self.op.act.noun.join(" ");
        self.op
            .objects
            .first()
            .and_then(|name| self.kinds.all.get(name))
            .and_then(|kind| kind.nouns.first().cloned())
            .unwrap_or_else(own)
    }

    fn in_path(&self, field: &Field) -> bool {
        self.op.sent.template.contains(&format!("{{{{ {} }}}}", field.name))
    }

    /// Verb, noun, the record, the records it belongs to, what else is needed.
    fn phrase(&self, verb: &str, noun: &str, preposition: &str) -> Phrase {
        let mut params = Map::new();
        let mut text = format!("{verb} {noun}");
        let path: Vec<&Field> =
            self.op.sent.fields.iter().filter(|field| self.in_path(field) && field.default.is_none()).collect();
        let own = path.iter().rposition(|field| Some(&field.kind) == self.op.objects.first());
        let mut used = 0;
        if let Some(own) = own {
            let value = self.example(path[own], &mut used);
            text.push_str(&format!(" {}", shown(&value)));
            params.insert(path[own].name.clone(), value);
        } else if let Some(name) = self.op.sent.fields.iter().find(|field| {
            field.required && matches!(field.name.rsplit('.').next(), Some("name" | "title")) && !self.in_path(field)
        }) {
            let value = Value::from(NAMES[0]);
            used += 1;
            text.push_str(&format!(" called {}", NAMES[0]));
            params.insert(name.name.clone(), value);
        }
        for (at, field) in path.iter().enumerate().rev() {
            if Some(at) == own {
                continue;
            }
            let value = self.example(field, &mut used);
            let noun = self.kinds.all.get(&field.kind).and_then(|kind| kind.nouns.first().cloned());
            let noun = noun.unwrap_or_else(|| super::english::words(&field.name).join(" "));
            text.push_str(&format!(" {preposition} {noun} {}", shown(&value)));
            params.insert(field.name.clone(), value);
        }
        self.rest(&mut text, &mut params);
        Phrase { text, params }
    }

    /// What else a request needs, as far as it is easily said.
    fn rest(&self, text: &mut String, params: &mut Map<String, Value>) {
        let mut lead = "with";
        for field in
            self.op.sent.fields.iter().filter(|field| field.required && field.default.is_none() && !self.in_path(field))
        {
            if params.contains_key(&field.name) || field.many || !field.fields.is_empty() {
                continue;
            }
            let Some((said, value)) = plain_example(field) else { continue };
            let name = super::english::words(field.name.rsplit('.').next().unwrap_or(&field.name)).join(" ");
            text.push_str(&format!(" {lead} {name} {said}"));
            params.insert(field.name.clone(), value);
            lead = "and";
        }
    }

    /// "update pet Alpha with name Omega"
    fn with_field(&self, verb: &str, noun: &str) -> Option<Phrase> {
        let mut phrase = self.phrase(verb, noun, "of");
        let free = |field: &&Field| {
            !phrase.params.contains_key(&field.name)
                && !self.in_path(field)
                && !field.many
                && field.fields.is_empty()
                && field.default.is_none()
        };
        let (name, said, value) = self.op.sent.fields.iter().filter(free).find_map(|field| {
            let (said, value) = plain_example(field)?;
            Some((&field.name, said, value))
        })?;
        let lead = if phrase.text.contains(" with ") { "and" } else { "with" };
        let spoken = super::english::words(name.rsplit('.').next().unwrap_or(name)).join(" ");
        phrase.text.push_str(&format!(" {lead} {spoken} {said}"));
        phrase.params.insert(name.clone(), value);
        Some(phrase)
    }

    /// "change the name of pet Alpha to Beta"
    fn change(&self, noun: &str) -> Option<Phrase> {
        let path: Vec<&Field> =
            self.op.sent.fields.iter().filter(|field| self.in_path(field) && field.default.is_none()).collect();
        let [record] = path.as_slice() else { return None };
        let field = self.op.sent.fields.iter().find(|field| {
            !self.in_path(field)
                && field.kind.is_empty()
                && field.values.is_empty()
                && !field.many
                && field.fields.is_empty()
                && field.place.is_none()
        })?;
        let mut used = 0;
        let value = self.example(record, &mut used);
        let name = super::english::words(field.name.rsplit('.').next().unwrap_or(&field.name)).join(" ");
        let mut params = Map::new();
        let text = format!("change the {name} of {noun} {} to {}", shown(&value), NAMES[2]);
        params.insert(record.name.clone(), value);
        params.insert(field.name.clone(), Value::from(NAMES[2]));
        Some(Phrase { text, params })
    }

    fn example(&self, field: &Field, used: &mut usize) -> Value {
        *used += 1;
        if let Some(first) = field.values.first() {
            return Value::from(first.trim_matches('"'));
        }
        let kind = self.kinds.all.get(&field.kind);
        let pattern = kind.and_then(|kind| kind.id_pattern.as_deref()).unwrap_or_default();
        if pattern == super::records::ADDRESS {
            return Value::from(format!("user{}@example.com", *used));
        }
        if pattern == super::records::DIGITS || field.kind == "integer" {
            return Value::from(format!("{}", 7 + 5 * *used));
        }
        if let Some(prefix) = pattern.strip_prefix('^').and_then(|p| p.strip_suffix("[0-9]+$")) {
            return Value::from(format!("{prefix}{}", 100 + *used));
        }
        if kind.is_some_and(|kind| kind.by_name && !kind.person) {
            return Value::from(["alpha", "beta", "gamma", "delta"][(*used - 1) % 4]);
        }
        Value::from(NAMES[(*used - 1) % NAMES.len()])
    }
}

fn plain_example(field: &Field) -> Option<(String, Value)> {
    if let Some(first) = field.values.first() {
        let text = first.trim_matches('"').to_owned();
        let value = text.parse::<i64>().map_or_else(|_| Value::from(text.clone()), Value::from);
        return Some((text, value));
    }
    Some(match field.kind.as_str() {
        "" => ("Omega".to_owned(), Value::from("Omega")),
        "free-text" => ("\"all is well\"".to_owned(), Value::from("all is well")),
        "integer" | "number" => {
            let least = field.min.unwrap_or(0.0);
            let number = if least > 5.0 { least.ceil().to_string() } else { "5".to_owned() };
            (number.clone(), serde_json::from_str(&number).unwrap_or(Value::Null))
        }
        "email" => ("jane@example.com".to_owned(), Value::from("jane@example.com")),
        "url" => ("https://example.com/x".to_owned(), Value::from("https://example.com/x")),
        "date" => ("2026-12-24".to_owned(), Value::from("2026-12-24")),
        _ => return None,
    })
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
