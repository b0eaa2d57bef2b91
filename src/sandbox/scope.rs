use std::sync::LazyLock;

use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{Stop, moment, write};

/// The names that templates of the behaviour data may use, and their values.
#[derive(Debug, Clone, Default)]
pub(super) struct Scope(Map<String, Value>);

impl Scope {
    pub(super) fn set(&mut self, name: &str, value: Value) {
        self.0.insert(name.to_owned(), value);
    }

    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// The same names and one more.
    pub(super) fn with(&self, name: &str, value: Value) -> Self {
        let mut scope = self.clone();
        scope.set(name, value);
        scope
    }

    /// Value of an expression; `None` when it names something that is not there.
    pub(super) fn eval(&self, expression: &str) -> Result<Option<Value>, Stop> {
        let expression = expression.strip_prefix("= ").unwrap_or(expression).trim();
        if is_path(expression) {
            return Ok(self.path(expression).cloned());
        }
        let failed = |error: minijinja::Error| Stop::Data(format!("`{expression}`: {error:#}"));
        let compiled = ENVIRONMENT.compile_expression(expression).map_err(failed)?;
        let value = compiled.eval(Serde(&self.0)).map_err(failed)?;
        if value.is_undefined() {
            return Ok(None);
        }
        Value::deserialize(value).map(Some).map_err(failed)
    }

    /// Whether an expression is true.
    pub(super) fn truth(&self, expression: &str) -> Result<bool, Stop> {
        Ok(match self.eval(expression)? {
            None | Some(Value::Null) => false,
            Some(Value::Bool(flag)) => flag,
            Some(Value::String(text)) => !text.is_empty(),
            Some(Value::Array(list)) => !list.is_empty(),
            Some(Value::Object(map)) => !map.is_empty(),
            Some(Value::Number(number)) => number.as_f64() != Some(0.0),
        })
    }

    /// A template with its expressions replaced; what is not there is left out.
    pub(super) fn fill(&self, template: &Value) -> Result<Option<Value>, Stop> {
        Ok(Some(match template {
            Value::String(text) if text.starts_with("= ") => return self.eval(text),
            Value::Array(items) => {
                let filled: Result<Vec<_>, _> = items.iter().map(|item| self.fill(item)).collect();
                filled?.into_iter().flatten().collect()
            }
            Value::Object(fields) => {
                let mut filled = Map::new();
                for (key, field) in fields {
                    if let Some(value) = self.fill(field)? {
                        filled.insert(key.clone(), value);
                    }
                }
                Value::Object(filled)
            }
            other => other.clone(),
        }))
    }

    fn path(&self, path: &str) -> Option<&Value> {
        let mut parts = path.split('.');
        let mut value = self.0.get(parts.next()?)?;
        for part in parts {
            value = value.get(part)?;
        }
        Some(value)
    }
}

/// The value at a dotted key of a record.
pub(super) fn dotted<'a>(record: &'a Value, key: &str) -> Option<&'a Value> {
    let mut value = record;
    for part in key.split('.') {
        value = match value {
            Value::Array(items) => items.get(part.parse::<usize>().ok()?)?,
            other => other.get(part)?,
        };
    }
    Some(value)
}

/// A scalar as text; nothing for lists, objects and null.
pub(super) fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

static ENVIRONMENT: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Chainable);
    environment.set_fuel(Some(50_000));
    environment.add_filter("ms", |Serde(value): Serde<Value>| moment::milliseconds(&value));
    environment.add_filter("utc", |Serde(value): Serde<Value>| moment::milliseconds(&value).map(moment::utc));
    environment.add_filter("phone", |text: String| write::phone(&text));
    environment.add_filter("plus", |text: String, minutes: i64| moment::plus(&text, minutes));
    environment
});

fn is_path(expression: &str) -> bool {
    expression.starts_with(|c: char| c.is_ascii_alphabetic())
        && expression.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.'))
        && !matches!(expression, "true" | "false" | "none")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn fills_templates_and_leaves_out_what_is_not_there() {
        let mut scope = Scope::default();
        scope.set(
            "body",
            json!({"name": "Ada Lovelace", "tags": ["a"], "when": "2026-11-20T09:00:00-05:00", "none": null}),
        );
        let template = json!({
            "whole": "= body.tags", "first": "= (body.name | split(' ') | list)[0]", "gone": "= body.nothing.at.all",
            "either": "= body.nick or body.name", "text": "body.name", "ms": "= body.when | ms", "null": "= body.none",
            "list": ["= body.name", "= body.nick"], "flag": "= true",
        });
        let filled = scope.fill(&template).unwrap().unwrap();
        assert_eq!(
            filled,
            json!({
                "whole": ["a"], "first": "Ada", "either": "Ada Lovelace", "text": "body.name", "ms": 1_795_183_200_000_i64,
                "null": null, "list": ["Ada Lovelace"], "flag": true,
            })
        );
    }

    #[test]
    fn truth_is_what_is_there() {
        let scope = Scope::default().with("query", json!({"a": "x", "b": "", "c": []}));
        for (expression, expected) in
            [("query.a", true), ("query.b", false), ("query.c", false), ("not query.z", true), ("query.a == 'x'", true)]
        {
            assert_eq!(scope.truth(expression).unwrap(), expected, "{expression}");
        }
        assert!(scope.truth("query.a |").is_err());
    }
}
