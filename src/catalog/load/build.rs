use crate::catalog::yaml::{Key, Node, Report, Value, words};
use crate::catalog::{Catalog, Event, Lexicon, Operation, Service, VariantOperations};

use super::batch::check_batches;
use super::choices::Choices;
use super::event::event;
use super::extends::outlines;
use super::lexicon::lexicon;
use super::merge::{Merged, MergedService};
use super::operation::operation;
use super::parameters::check_sets;
use super::preferences::check_preferences;
use super::resource::{check_finders, check_parents, resource};
use super::scope::{Known, Scope};
use super::service::{open, service};
use super::settle::check_settles;
use super::templates::Templates;
use super::variants::{check_group, check_groups, variants};

/// Reads the joined layers. What is wrong goes to the report; the catalog is only good when nothing is.
pub(super) fn build(merged: &Merged, report: &mut Report) -> Catalog {
    let lexicon = lexicon(merged.lexicon.as_ref(), report);
    let names = || merged.services.iter().flat_map(|s| &s.operations);
    let known = Known {
        lexicon: &lexicon,
        operations: names().map(|o| o.key.text.as_str()).collect(),
        services: outlines(merged),
        templates: Templates::new(),
        lexicon_unread: merged.lexicon_unread,
        group_unread: merged.group_unread,
    };
    check_twins(merged, report);
    let mut found = Found::default();
    for part in &merged.services {
        one(part, &known, &mut found, report);
    }
    finders(merged, &found.services, &found.operations, report);
    check_batches(merged, &found.operations, report);
    check_settles(merged, &found.operations, report);
    check_preferences(merged, &found.operations, report);
    // Words are only compiled for a catalog that nothing is wrong with.
    let Found { services, operations, events, variants } = if report.has_errors() { Found::default() } else { found };
    let lexicon = if report.has_errors() { Lexicon::default() } else { lexicon };
    Catalog::new(services, operations, variants, lexicon).with_events(events)
}

/// What was read so far.
#[derive(Default)]
struct Found {
    services: Vec<Service>,
    operations: Vec<Operation>,
    events: Vec<Event>,
    variants: Vec<VariantOperations>,
}

impl Found {
    /// Adds the variants of one more service; those of the same name are asked for together.
    fn add_variants(&mut self, more: Vec<VariantOperations>) {
        for variant in more {
            match self.variants.iter_mut().find(|known| known.name == variant.name) {
                Some(known) => known.operations.extend(variant.operations),
                None => self.variants.push(variant),
            }
        }
    }
}

/// A folder without a `service.yaml` gives no service, but its operations are read for what is wrong with them; not so
/// when there is one that cannot be read, since then all that they refer to would be found missing.
fn one(part: &MergedService, known: &Known, found: &mut Found, report: &mut Report) {
    if part.unread {
        return;
    }
    let empty = Node { span: part.place, value: Value::Null };
    let root = part.root.as_ref().unwrap_or(&empty);
    let opened = open(&part.name, root, report);
    let names: Vec<&str> = opened.resources.iter().map(|(key, _)| key.text.as_str()).collect();
    let read = |(key, node): &(Key, Node), report: &mut Report| resource(&part.name, key, node, known, &names, report);
    let variants_of = opened.variants.clone();
    let mut scope = Scope {
        known,
        service: &part.name,
        resources: opened.resources.iter().map(|entry| read(entry, report)).collect(),
        context: keys(root, "context"),
        rate_limits: keys(root, "rate_limits"),
        styles: opened.styles.clone(),
        sets: opened.sets,
        places: places(opened.places, part, report),
        choices: Choices::read(&part.choices, report),
        version: root.get("version").and_then(Node::text).map(str::to_owned),
        variants: &variants_of,
    };
    check_parents(opened.resources, &scope.resources, report);
    check_sets(&scope, report);
    check_groups(&opened.variants, part, root, report);
    let operations: Vec<Operation> = part.operations.iter().filter_map(|o| operation(o, &mut scope, report)).collect();
    found.events.extend(events(part, &scope, report));
    if !report.has_errors() {
        found.add_variants(variants(part, &operations, found.operations.len(), &mut scope, report));
    }
    found.operations.extend(operations);
    let resources = scope.resources;
    if part.root.is_none() {
        report.error(part.place, format!("the folder `{}` has no `service.yaml`", part.name), "");
        report.help("a service needs at least `service` and `base_url`");
        return;
    }
    found.services.push(service(&part.name, opened, resources, known, report));
}

fn events(part: &MergedService, scope: &Scope, report: &mut Report) -> Vec<Event> {
    let mut groups: Vec<&str> = part.operations.iter().map(|operation| operation.group.as_str()).collect();
    groups.dedup();
    part.events.iter().map(|given| event(given, scope, &groups, report)).collect()
}

/// What people call the parts of the program, by group.
fn places<'a>(given: &'a [(Key, Node)], part: &MergedService, report: &mut Report) -> Vec<(&'a str, Vec<String>)> {
    let mut read = |(group, node): &'a (Key, Node)| {
        check_group(&group.text, group.span, part, report);
        (group.text.as_str(), words(node, "places", report))
    };
    given.iter().map(&mut read).collect()
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
