use minijinja::value::{Serde, ValueKind};
use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior};
use serde_json::{Map, Value};

/// Where a value begins and ends in a filled phrase. Private use: no keyboard has them, and a value that holds one is
/// refused.
const OPENS: char = '\u{e000}';
const CLOSES: char = '\u{e001}';
const NAME: &str = "phrase";

/// A phrase with columns, as a template.
#[derive(Debug)]
pub(super) struct Phrase {
    environment: Environment<'static>,
}

/// A piece of a filled phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// The phrase's own words.
    Words(String),
    /// What a column holds.
    Value(String),
}

impl Phrase {
    /// Reads a phrase.
    ///
    /// # Errors
    /// When it is no template, or names no column.
    pub fn new(text: &str) -> Result<Self, String> {
        if !text.contains("{{") {
            return Err("the phrase names no column: write one as {{ name }}".to_owned());
        }
        if text.contains([OPENS, CLOSES]) {
            return Err("the phrase holds a character of private use".to_owned());
        }
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_fuel(Some(100_000));
        environment.set_formatter(|out, _, value| {
            let text = match value.kind() {
                ValueKind::String | ValueKind::Number => value.to_string(),
                ValueKind::Bool => if value.is_true() { "true" } else { "false" }.to_owned(),
                ValueKind::Undefined => return Err(Error::from(ErrorKind::UndefinedError)),
                ValueKind::None => String::new(),
                kind => return Err(Error::new(ErrorKind::InvalidOperation, format!("a {kind} is no single value"))),
            };
            if text.contains([OPENS, CLOSES]) {
                let why = "a value holds a character of private use";
                return Err(Error::new(ErrorKind::InvalidOperation, why));
            }
            Ok(write!(out, "{OPENS}{text}{CLOSES}")?)
        });
        environment
            .add_template_owned(NAME, text.to_owned())
            .map_err(|error| format!("the phrase cannot be read: {}", told(&error)))?;
        Ok(Self { environment })
    }

    /// The phrase over the columns of a row.
    ///
    /// # Errors
    /// What does not fit, in a sentence.
    pub fn fill(&self, columns: &Map<String, Value>) -> Result<Vec<Piece>, String> {
        let template = self.environment.get_template(NAME).map_err(|error| told(&error))?;
        let text = template.render(Serde(columns)).map_err(|error| match error.kind() {
            ErrorKind::UndefinedError => {
                let names: Vec<&str> = columns.keys().map(String::as_str).collect();
                format!("it lacks a column that the phrase names; it has {}", names.join(", "))
            }
            _ => told(&error),
        })?;
        let mut pieces = Vec::new();
        let mut rest = text.as_str();
        while let Some((words, after)) = rest.split_once(OPENS) {
            let (value, after) = after.split_once(CLOSES).unwrap_or((after, ""));
            pieces.push(Piece::Words(words.to_owned()));
            pieces.push(Piece::Value(value.trim().to_owned()));
            rest = after;
        }
        pieces.push(Piece::Words(rest.to_owned()));
        if pieces.iter().any(|piece| *piece == Piece::Value(String::new())) {
            let empty: Vec<&str> = columns.iter().filter(|(_, v)| is_empty(v)).map(|(name, _)| name.as_str()).collect();
            let which = if empty.is_empty() { String::new() } else { format!(" (empty: {})", empty.join(", ")) };
            return Err(format!("a value that the phrase takes is empty{which}"));
        }
        Ok(pieces)
    }
}

fn is_empty(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty())
}

fn told(error: &Error) -> String {
    error.detail().map_or_else(|| error.kind().to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn fill(phrase: &str, columns: &Value) -> Result<Vec<Piece>, String> {
        Phrase::new(phrase)?.fill(columns.as_object().expect("columns"))
    }

    #[test]
    fn what_a_column_holds_is_kept_apart_from_the_words() {
        let pieces = fill("add tag {{ tag }} to {{ name|upper }}", &json!({"tag": "{{ name }}", "name": "Jane"}));
        let words = |text: &str| Piece::Words(text.into());
        let value = |text: &str| Piece::Value(text.into());
        let wanted = vec![words("add tag "), value("{{ name }}"), words(" to "), value("JANE"), words("")];
        assert_eq!(pieces.expect("filled"), wanted);
    }

    #[test]
    fn what_does_not_fit_is_told() {
        assert!(fill("add tag vip to Jane", &json!({})).expect_err("no column").contains("names no column"));
        assert!(fill("tag {{ nmae }}", &json!({"name": "x"})).expect_err("a typo").contains("it has name"));
        assert!(fill("tag {{ name }}", &json!({"name": "  "})).expect_err("empty").contains("(empty: name)"));
        assert!(fill("tag {{ name }}", &json!({"name": ["a"]})).expect_err("a list").contains("no single value"));
        assert!(fill("tag {{ name }}", &json!({"name": "a\u{e001}b"})).expect_err("private").contains("private use"));
        assert!(fill("tag {{ name", &json!({"name": "x"})).is_err());
        assert!(fill("tag {% for i in range(100000) %}{{ name }}{% endfor %}", &json!({"name": "x"})).is_err());
    }
}
