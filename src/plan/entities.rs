use super::wording::{is_code, is_id};
use super::{Bound, Lookup, LookupMode, Origin, PlannedStep, Slot, SlotKey};
use crate::catalog::{Catalog, Kind, Lexicon, Method, Operation, Parameter, Resource, Service};
use crate::intent::Value;

/// Finds the names among the values, marks each as waiting, and says which look-ups it takes, in order.
pub(super) fn entities(arguments: &mut [Bound], operation: &Operation, catalog: &Catalog) -> Vec<Lookup> {
    let service = catalog.service_of(operation);
    let mut walk = Walk { service, mode: name_mode(operation, catalog.lexicon()), found: Vec::new() };
    for bound in arguments.iter_mut().filter(|b| b.origin == Origin::Said) {
        if let Some(parameter) = operation.param(&bound.name) {
            walk.value(&mut bound.value, parameter, &Slot::of(&bound.name));
        }
    }
    in_order(walk.found, operation, service)
}

/// How records that go by name are treated: taking one off cannot make a new one, reading asks nothing.
fn name_mode(operation: &Operation, lexicon: &Lexicon) -> Option<LookupMode> {
    if operation.reads() {
        return None;
    }
    let class = operation.verbs.first().and_then(|name| lexicon.verbs.get(name));
    let takes_off = operation.method == Method::Delete || class.is_some_and(|c| c.destroys);
    Some(if takes_off { LookupMode::Name } else { LookupMode::NameOrNew })
}

struct Walk<'a> {
    service: &'a Service,
    mode: Option<LookupMode>,
    found: Vec<Lookup>,
}

impl Walk<'_> {
    fn value(&mut self, value: &mut Value, parameter: &Parameter, slot: &Slot) {
        match value {
            Value::List(values) => {
                for (position, inner) in values.iter_mut().enumerate() {
                    self.value(inner, parameter, &slot.then(SlotKey::Index(position)));
                }
            }
            Value::Map(fields) => {
                for (name, inner) in fields.iter_mut() {
                    if let Some(field) = parameter.fields.iter().find(|f| f.name == *name) {
                        self.value(inner, field, &slot.then(SlotKey::Field(name.clone())));
                    }
                }
            }
            Value::Text(_) | Value::Find(_) => self.name(value, parameter, slot),
            _ => {}
        }
    }

    fn name(&mut self, value: &mut Value, parameter: &Parameter, slot: &Slot) {
        let Kind::Entity(name) = &parameter.kind else { return };
        let Some(resource) = self.service.resource(name) else { return };
        let (text, asked) = match value {
            Value::Text(text) => (text.clone(), false),
            Value::Find(text) => (text.clone(), true),
            _ => return,
        };
        let Some(mode) = self.mode_of(resource, &text, asked) else { return };
        *value = Value::Find(text.clone());
        self.found.push(Lookup { slot: slot.clone(), resource: resource.name.clone(), text, mode });
    }

    fn mode_of(&self, resource: &Resource, text: &str, asked: bool) -> Option<LookupMode> {
        resource.find.as_ref()?;
        if resource.by_name {
            let mode = if asked { Some(LookupMode::Name) } else { self.mode };
            return mode.map(|m| if resource.creates_on_write { m } else { LookupMode::Name });
        }
        match (asked, is_id(resource, text), is_code(text)) {
            (true, _, _) | (false, false, false) => Some(LookupMode::Id),
            (false, true, _) => None,
            (false, false, true) => Some(LookupMode::IdOrCode),
        }
    }
}

/// A look-up that needs what another one finds comes after it.
fn in_order(mut waiting: Vec<Lookup>, operation: &Operation, service: &Service) -> Vec<Lookup> {
    let mut ordered = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let free = waiting.iter().position(|l| !waiting.iter().any(|other| needs(l, other, operation, service)));
        ordered.push(waiting.remove(free.unwrap_or(0)));
    }
    ordered
}

fn needs(lookup: &Lookup, other: &Lookup, operation: &Operation, service: &Service) -> bool {
    if lookup.resource == other.resource {
        return false;
    }
    let Some(resource) = service.resource(&lookup.resource) else { return false };
    let parameter = operation.param(&other.slot.parameter).map(|p| p.name.as_str());
    let fed = resource.find.iter().flat_map(|f| &f.with).any(|(_, source)| {
        Some(source.as_str()) == parameter
            || *source == other.resource
            || service.resource(&other.resource).is_some_and(|r| r.id == *source)
    });
    fed || resource.parent.as_ref() == Some(&other.resource)
}

/// Parents that a child, once found, brings along: (parameter of the parent, position of the child's look-up). A stage
/// told without its pipeline tells the pipeline.
#[must_use]
pub fn brought_along(step: &PlannedStep, operation: &Operation, service: &Service) -> Vec<(String, usize)> {
    let mut out = Vec::new();
    for parameter in operation.params.iter().filter(|p| !p.many && step.value(&p.name).is_none()) {
        let Kind::Entity(parent) = &parameter.kind else { continue };
        if operation.reads() && !parameter.required {
            continue;
        }
        let child = step.lookups.iter().position(|l| {
            service.resource(&l.resource).is_some_and(|r| r.parent.as_ref() == Some(parent) && r.find.is_some())
        });
        out.extend(child.map(|at| (parameter.name.clone(), at)));
    }
    out
}
