use super::wire_kind::WireKind;
use super::{Aspect, Difference};
use crate::catalog::openapi::{SpecOperation, SpecSchema};
use crate::catalog::{Kind, Literal, Operation, Parameter};

/// Values listed at most.
const MOST_VALUES: usize = 12;

/// Two accounts of one operation, and what they say otherwise so far.
pub(super) struct Comparison<'a> {
    pub(super) ours: &'a Operation,
    pub(super) theirs: &'a SpecOperation,
    pub(super) found: Vec<Difference>,
}

impl Comparison<'_> {
    /// Notes a difference of the operation, or of the parameter at a place.
    pub(super) fn note(&mut self, at: &str, aspect: Aspect, catalog: impl Into<String>, spec: impl Into<String>) {
        self.found.push(Difference {
            operation: Some(self.ours.name.clone()),
            request: self.theirs.request_line(),
            aspect,
            at: at.to_owned(),
            catalog: catalog.into(),
            spec: spec.into(),
            source: Some(self.ours.source.clone()),
        });
    }

    /// Notes a parameter that only the specification has.
    pub(super) fn absent(&mut self, at: &str, schema: &SpecSchema, required: bool) {
        let need = if required { "required " } else { "" };
        self.note(at, Aspect::Presence, "nothing", format!("{need}{}", WireKind::of_schema(schema)));
    }

    /// Notes a parameter that only the catalog has.
    pub(super) fn extra(&mut self, at: &str, parameter: &Parameter) {
        self.note(at, Aspect::Presence, WireKind::of_parameter(parameter).to_string(), "nothing");
    }

    /// Compares whether a parameter is required, its type and its allowed values.
    pub(super) fn value(&mut self, at: &str, parameter: &Parameter, schema: &SpecSchema, required: bool) {
        let need = |required: bool| if required { "required" } else { "optional" };
        if parameter.required != required {
            self.note(at, Aspect::Required, need(parameter.required), need(required));
        }
        let (ours, theirs) = (WireKind::of_parameter(parameter), WireKind::of_schema(schema));
        if ours.fits(&theirs) {
            self.values(at, parameter, schema);
        } else if !takes(parameter, &theirs) {
            self.note(at, Aspect::Type, ours.to_string(), theirs.to_string());
            self.values(at, parameter, schema);
        }
    }

    /// Compares the type of a parameter where its value is sent once more: whether it is required and what it may be is
    /// settled where it is said.
    pub(super) fn echo(&mut self, at: &str, parameter: &Parameter, schema: &SpecSchema) {
        let (ours, theirs) = (WireKind::of_parameter(parameter), WireKind::of_schema(schema));
        if !ours.fits(&theirs) && !takes(parameter, &theirs) {
            self.note(at, Aspect::Type, ours.to_string(), theirs.to_string());
        }
    }

    fn values(&mut self, at: &str, parameter: &Parameter, schema: &SpecSchema) {
        if parameter.open {
            return;
        }
        let ours = sorted(parameter.values.iter().map(|allowed| text(&allowed.value)));
        if parameter.kind == Kind::Boolean && schema.values.is_empty() && ours == ["false", "true"] {
            // Words for yes and no leave both of them allowed.
            return;
        }
        let allowed = schema.items.as_deref().filter(|_| schema.values.is_empty()).unwrap_or(schema);
        let theirs = sorted(allowed.values.iter().map(|value| match value {
            serde_json::Value::String(text) => text.clone(),
            other => other.to_string(),
        }));
        if ours != theirs {
            let only = |some: &[String], others: &[String]| listed(some, |value| !others.contains(value));
            let (catalog, spec) = match (ours.is_empty(), theirs.is_empty()) {
                (true, _) => ("any value".to_owned(), format!("one of {}", listed(&theirs, |_| true))),
                (_, true) => (format!("one of {}", listed(&ours, |_| true)), "any value".to_owned()),
                _ => (format!("also {}", only(&ours, &theirs)), format!("also {}", only(&theirs, &ours))),
            };
            self.note(at, Aspect::Enum, catalog, spec);
        }
    }
}

/// Whether the catalog lets a bot send values of that type as they are.
fn takes(parameter: &Parameter, theirs: &WireKind) -> bool {
    parameter.takes.iter().any(|wire| WireKind::of_wire(*wire).fits(theirs))
}

fn text(literal: &Literal) -> String {
    match literal.to_json() {
        serde_json::Value::String(text) => text,
        other => other.to_string(),
    }
}

fn sorted(values: impl Iterator<Item = String>) -> Vec<String> {
    let mut values: Vec<String> = values.collect();
    values.sort();
    values.dedup();
    values
}

fn listed(values: &[String], wanted: impl Fn(&String) -> bool) -> String {
    let found: Vec<&str> = values.iter().filter(|value| wanted(value)).map(String::as_str).collect();
    match found.as_slice() {
        [] => "nothing".to_owned(),
        few if few.len() <= MOST_VALUES => few.join(", "),
        many => format!("{} … ({} in all)", many[..MOST_VALUES].join(", "), many.len()),
    }
}
