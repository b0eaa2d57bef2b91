use crate::catalog::yaml::{Key, Node, Report, Value};
use crate::catalog::{Catalog, Event, Lexicon, Operation, Service};

use super::event::event;
use super::extends::outlines;
use super::lexicon::lexicon;
use super::merge::{Merged, MergedService};
use super::operation::operation;
use super::parameters::check_sets;
use super::preferences::check_preferences;
use super::resource::{check_finders, resource};
use super::scope::{Known, Scope};
use super::service::{open, service};
use super::settle::check_settles;
use super::templates::Templates;

/// Reads the joined layers. What is wrong goes to the report; the catalog is only good when nothing is.
pub(super) fn build(merged: &Merged, report: &mut Report) -> Catalog {
    let lexicon = lexicon(merged.lexicon.as_ref(), report);
    let names = || merged.services.iter().flat_map(|s| &s.operations);
    let known = Known {
        lexicon: &lexicon,
        operations: names().map(|o| o.key.text.as_str()).collect(),
        services: outlines(merged),
        templates: Templates::new(),
    };
    check_twins(merged, report);
    let mut services = Vec::new();
    let mut operations = Vec::new();
    let mut events = Vec::new();
    for part in &merged.services {
        let (service, more, told) = one(part, &known, report);
        services.extend(service);
        operations.extend(more);
        events.extend(told);
    }
    finders(merged, &services, &operations, report);
    check_settles(merged, &operations, report);
    check_preferences(merged, &operations, report);
    finish(services, operations, lexicon, report).with_events(events)
}

/// Words are only compiled for a catalog that nothing is wrong with.
fn finish(services: Vec<Service>, operations: Vec<Operation>, lexicon: Lexicon, report: &Report) -> Catalog {
    if report.has_errors() {
        return Catalog::new(Vec::new(), Vec::new(), Lexicon::default());
    }
    Catalog::new(services, operations, lexicon)
}

/// A folder without a `service.yaml` gives no service, but its operations are read for what is wrong with them.
fn one(part: &MergedService, known: &Known, report: &mut Report) -> (Option<Service>, Vec<Operation>, Vec<Event>) {
    let empty = Node { span: part.place, value: Value::Null };
    let root = part.root.as_ref().unwrap_or(&empty);
    let opened = open(&part.name, root, report);
    let names: Vec<&str> = opened.resources.iter().map(|(key, _)| key.text.as_str()).collect();
    let read = |(key, node): &(Key, Node), report: &mut Report| resource(&part.name, key, node, known, &names, report);
    let mut scope = Scope {
        known,
        service: &part.name,
        resources: opened.resources.iter().map(|entry| read(entry, report)).collect(),
        context: keys(root, "context"),
        styles: opened.styles.clone(),
        sets: opened.sets,
        version: root.get("version").and_then(Node::text).map(str::to_owned),
    };
    check_sets(&scope, report);
    let operations = part.operations.iter().filter_map(|o| operation(o, &mut scope, report)).collect();
    let events = events(part, &scope, report);
    let resources = scope.resources;
    if part.root.is_none() {
        report.error(part.place, format!("the folder `{}` has no `service.yaml`", part.name), "");
        report.help("a service needs at least `service` and `base_url`");
        return (None, operations, events);
    }
    (Some(service(&part.name, opened, resources, known, report)), operations, events)
}

fn events(part: &MergedService, scope: &Scope, report: &mut Report) -> Vec<Event> {
    let mut groups: Vec<&str> = part.operations.iter().map(|operation| operation.group.as_str()).collect();
    groups.dedup();
    part.events.iter().map(|given| event(given, scope, &groups, report)).collect()
}

fn keys<'a>(root: &'a Node, name: &str) -> Vec<&'a str> {
    root.get(name).map_or(&[][..], Node::entries).iter().map(|(key, _)| key.text.as_str()).collect()
}

/// An operation's name is its own over all services.
fn check_twins(merged: &Merged, report: &mut Report) {
    let mut seen: Vec<(&str, &Key)> = Vec::new();
    for part in &merged.services {
        let first = seen.len();
        for operation in &part.operations {
            let twin = seen[..first].iter().find(|(name, _)| *name == operation.key.text);
            if let Some((_, key)) = twin {
                let place = report.source(key.span);
                report.error(operation.key.span, format!("two operations are called `{}`", operation.key.text), "");
                report.help(format!("the first is at {place}"));
            }
            seen.push((&operation.key.text, &operation.key));
        }
    }
}

fn finders(merged: &Merged, services: &[Service], operations: &[Operation], report: &mut Report) {
    for service in services {
        let root = merged.services.iter().find(|part| part.name == service.name).and_then(|part| part.root.as_ref());
        let entries = root.and_then(|root| root.get("resources")).map_or(&[][..], Node::entries);
        check_finders(entries, &service.resources, operations, report);
    }
}
