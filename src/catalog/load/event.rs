use crate::catalog::keys::EVENT;
use crate::catalog::yaml::{Fields, Report, suggest};
use crate::catalog::{Event, Lifecycle};

use super::enums::LIFECYCLES;
use super::merge::MergedEvent;
use super::scope::Scope;

/// Reads one event of a service with these groups of operations.
pub(super) fn event(given: &MergedEvent, scope: &Scope, groups: &[&str], report: &mut Report) -> Event {
    let name = &given.key.text;
    let fields = Fields::new(&given.node, &EVENT, format!("event `{name}`"), report);
    if name.is_empty() || name.contains(char::is_whitespace) {
        report.error(given.key.span, format!("`{name}` cannot be the name of an event"), "");
        report.help("a name is one word, like `ContactCreate` or `contact.created`");
    }
    let tells = fields.text("tells", report);
    if fields.get("tells").is_none() {
        fields.missing("tells", report);
    }
    let resource = fields.text("resource", report);
    if let (Some(name), Some(node)) = (&resource, fields.get("resource")) {
        scope.check_resource(name, node.span, report);
    }
    let event = Event {
        name: name.clone(),
        service: scope.service.to_owned(),
        group: group(given, &fields, groups, report),
        tells: tells.unwrap_or_default(),
        resource,
        kind: fields.text("type", report),
        lifecycle: fields.choice("status", LIFECYCLES, report).unwrap_or(Lifecycle::Official),
    };
    fields.finish(report);
    event
}

fn group(given: &MergedEvent, fields: &Fields, groups: &[&str], report: &mut Report) -> String {
    let said = fields.text("group", report);
    let group = said.unwrap_or_else(|| given.group.clone());
    if !groups.contains(&group.as_str()) {
        let span = fields.get("group").map_or(given.key.span, |node| node.span);
        report.error(span, format!("no group of operations is called `{group}`"), "");
        suggest(&group, groups, "the groups of the service are", report);
    }
    group
}
