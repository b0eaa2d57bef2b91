//! `alternatives` of an object: the shapes that it may take.

use crate::catalog::yaml::{Fields, Node, Report, Value, suggest, wrong};
use crate::catalog::{Alternative, Kind};

/// Reads `alternatives`: a list of shapes, each a list of fields; those that may be left out end in `?`.
pub(super) fn alternatives(fields: &Fields, kind: &Kind, report: &mut Report) -> Vec<Alternative> {
    let Some(node) = fields.get("alternatives") else { return Vec::new() };
    if !matches!(kind, Kind::Object) {
        report.error(node.span, format!("{} has `alternatives`, so its type is `object`", fields.what()), "");
    }
    let lists = matches!(&node.value, Value::List(items) if items.iter().all(|i| matches!(i.value, Value::List(_))));
    if !lists {
        wrong(node, "`alternatives`", "a list of lists of fields", report);
    }
    node.items().iter().map(alternative).collect()
}

fn alternative(node: &Node) -> Alternative {
    let names = || node.items().iter().filter_map(Node::text);
    Alternative {
        needs: names().filter(|name| !name.ends_with('?')).map(str::to_owned).collect(),
        may: names().filter_map(|name| name.strip_suffix('?')).map(str::to_owned).collect(),
    }
}

/// Every field of a shape must be one of the object's: under its `fields`, or beside it under a dotted name.
pub(super) fn check_alternatives(object: &str, node: &Node, names: &[&str], report: &mut Report) {
    let Some(shapes) = node.get("alternatives") else { return };
    let own = node.get("fields").map_or(&[][..], Node::entries).iter().map(|(key, _)| key.text.as_str());
    let beside = names.iter().filter_map(|name| name.strip_prefix(object)?.strip_prefix('.'));
    let known: Vec<&str> = own.chain(beside).collect();
    for field in shapes.items().iter().flat_map(Node::items) {
        let name = field.text().unwrap_or_default().trim_end_matches('?');
        if !known.contains(&name) {
            report.error(field.span, format!("`{object}` has no field `{name}`"), "");
            suggest(name, &known, "its fields are", report);
        }
    }
}
