use serde_json::Value as Json;

use crate::catalog::{Kind, Literal, Operation, Parameter, Service};

/// Finds the accounts that the values of a request name, wherever they stand.
pub(super) struct Accounts<'a> {
    /// Ids, each once, in the order of the values.
    pub(super) ids: Vec<String>,
    keys: Vec<&'a str>,
}

impl<'a> Accounts<'a> {
    pub(super) fn new(operation: &'a Operation, service: &'a Service) -> Self {
        let Some(first) = service.context.first() else { return Self { ids: Vec::new(), keys: Vec::new() } };
        let named = operation.params.iter().filter(|p| names_account(p, service, &first.name));
        let keys = named.map(|p| last_key(&p.name)).chain([first.name.as_str()]).collect();
        Self { ids: Vec::new(), keys }
    }

    /// Looks at a parameter's value, and into it.
    pub(super) fn note(&mut self, name: &str, json: &Json) {
        if self.keys.contains(&last_key(name)) {
            self.take(json);
        } else {
            self.look_into(json);
        }
    }

    fn look_into(&mut self, json: &Json) {
        match json {
            Json::Object(fields) => fields.iter().for_each(|(name, inner)| self.note(name, inner)),
            Json::Array(items) => items.iter().for_each(|item| self.look_into(item)),
            _ => {}
        }
    }

    fn take(&mut self, json: &Json) {
        match json {
            Json::String(id) if !id.is_empty() && !self.ids.contains(id) => self.ids.push(id.clone()),
            Json::Array(items) => items.iter().for_each(|item| self.take(item)),
            Json::Object(_) => self.look_into(json),
            _ => {}
        }
    }
}

fn names_account(parameter: &Parameter, service: &Service, context: &str) -> bool {
    let is_kind = |name: &String| service.resource(name).is_some_and(|resource| resource.id == context);
    let filled = |literal: &Literal| matches!(literal, Literal::Text(text) if is_template_of(text, context));
    parameter.name == context
        || matches!(&parameter.kind, Kind::Entity(name) if is_kind(name))
        || parameter.default.as_ref().is_some_and(filled)
}

fn is_template_of(text: &str, name: &str) -> bool {
    let inner = text.trim().strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}"));
    inner.is_some_and(|inner| inner.trim() == name)
}

fn last_key(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}
