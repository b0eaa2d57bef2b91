//! Canonical phrases and questions, made from the catalog: what is offered surely works.

use crate::catalog::inflect::spoken;
use crate::catalog::{CHANGES, Catalog, Kind, OpId, Operation, Place};

/// Fields named in the question for what is to be changed.
const FEW: usize = 3;

/// A phrase that asks for an operation in the plainest way.
pub fn phrase(catalog: &Catalog, id: OpId) -> String {
    let op = catalog.operation(id);
    let verb =
        op.own_verbs.first().map(String::as_str).or_else(|| op.verbs.first().map(String::as_str)).unwrap_or("do");
    let class = catalog.lexicon().verbs.get(verb);
    let verb = class.and_then(|c| c.words.first()).map_or(verb, String::as_str);
    let object = op.objects.first().and_then(|o| catalog.resource(&op.service, o));
    let many = op.returns.as_ref().is_some_and(|r| r.many);
    let noun = object.and_then(|r| r.nouns.first()).map_or_else(|| spoken(&op.group), Clone::clone);
    let noun = if many { crate::catalog::inflect::plural(&noun) } else { noun };
    let mut out = format!("{verb} {noun}");
    for param in op.params.iter().filter(|p| p.required && !p.supplied && p.default.is_none()).take(3) {
        let own = matches!(&param.kind, Kind::Entity(r) if op.objects.first() == Some(r));
        let name = param.names.first().cloned().unwrap_or_else(|| spoken(&param.name));
        match &param.kind {
            _ if own => out.push_str(" NAME"),
            Kind::Entity(resource) => {
                let noun = catalog.resource(&op.service, resource).and_then(|r| r.nouns.first());
                out.push_str(&format!(" for {} NAME", noun.map_or(resource.as_str(), String::as_str)));
            }
            _ => out.push_str(&format!(" with {name} …")),
        }
    }
    out
}

/// The question for a missing parameter.
pub fn question(catalog: &Catalog, op: &Operation, name: &str) -> String {
    if name == CHANGES {
        return changes(op);
    }
    let Some(param) = op.param(name) else { return format!("Which {name}?") };
    if let Some(ask) = &param.ask {
        return ask.clone();
    }
    if let Kind::Entity(resource) = &param.kind {
        let noun = catalog.resource(&op.service, resource).and_then(|r| r.nouns.first());
        return format!("Which {}?", noun.map_or(resource.as_str(), String::as_str));
    }
    let said = param.names.first().cloned().unwrap_or_else(|| spoken(name));
    format!("What is the {said}?")
}

/// The question for what is to be changed of a record, with a few of its fields.
fn changes(op: &Operation) -> String {
    let own = |kind: &Kind| matches!(kind, Kind::Entity(r) if op.objects.first() == Some(r));
    let fields = op.params.iter().filter(|p| p.place == Place::Body && !p.supplied && !own(&p.kind));
    let named = fields.map(|p| p.names.first().cloned().unwrap_or_else(|| spoken(&p.name)));
    let named: Vec<String> = named.take(FEW).collect();
    format!("What is to be changed? For example: {}.", named.join(", "))
}
