//! Parameters under other names, with everything in an operation that speaks of them. The name of an object stands for
//! what is written under it with dots too.

use crate::catalog::yaml::{Node, Report, Span, Value, wrong};

use super::variants::within;

/// An operation with parameters renamed. `names` is a map from old to new; `media.caption` is a field of `media`, whose
/// new name is written with `media.` too.
pub(super) fn renamed(mut operation: Node, names: Option<&Node>, report: &mut Report) -> Node {
    let Some(names) = names else { return operation };
    if !matches!(names.value, Value::Map(_)) {
        wrong(names, "`rename`", "a map from old to new names", report);
    }
    for (old, node) in names.entries() {
        let Some(new) = node.text() else {
            wrong(node, &format!("the new name of `{}`", old.text), "a text", report);
            continue;
        };
        for (old_name, new_name) in with_those_under(&operation, &old.text, new) {
            rename(&mut operation, (&old_name, old.span), (&new_name, node.span), report);
        }
    }
    operation
}

/// A name with its new one, or those of the parameters that are written under it, when it is none itself.
fn with_those_under(operation: &Node, old: &str, new: &str) -> Vec<(String, String)> {
    let params = operation.get("params").map_or(&[][..], Node::entries);
    let itself = params.iter().any(|(key, _)| key.text == old);
    let under = |name: &str| {
        let rest = name.strip_prefix(old).filter(|rest| rest.starts_with('.'))?;
        Some((name.to_owned(), format!("{new}{rest}")))
    };
    let found: Vec<_> = params.iter().filter_map(|(key, _)| under(&key.text)).collect();
    if itself || found.is_empty() { vec![(old.to_owned(), new.to_owned())] } else { found }
}

fn rename(operation: &mut Node, (old, at): (&str, Span), (new, new_at): (&str, Span), report: &mut Report) {
    let Value::Map(entries) = &mut operation.value else { return };
    let mut found = false;
    for (key, node) in entries.iter_mut() {
        match key.text.as_str() {
            "params" => match in_params(node, old, new) {
                Some(Ok(())) => found = true,
                Some(Err(above)) => {
                    report.error(new_at, format!("`{new}` is not in `{}`", above.trim_end_matches('.')), "");
                    return report.help(format!("a field keeps its object: write `{above}` and the new name"));
                }
                None => {}
            },
            "fixed" => found |= key_in(node, old, new),
            "request" | "done" => each_text(node, &|text| in_template(text, old, new)),
            "say" => each_text(node, &|text| in_pattern(text, old, new)),
            "settle" | "batch" => in_sources(node, old, new),
            _ => {}
        }
    }
    if !found {
        report.error(at, format!("no parameter under `params` is called `{old}`"), "");
        report.help("what a parameter set brings is named anew by another `use`");
    }
}

/// Renames a parameter, or a field inside one, and the neighbours' references to it. `None` when there is none of that
/// name; the object's address when the new name is not a field of it.
fn in_params(params: &mut Node, old: &str, new: &str) -> Option<Result<(), String>> {
    if !key_in(params, old, new) {
        let Value::Map(entries) = &mut params.value else { return None };
        let mut outcome = None;
        within(entries, old, |fields, rest| {
            let above = &old[..old.len() - rest.len()];
            outcome = match new.strip_prefix(above) {
                Some(new) => in_params(fields, rest, new).map(|found| found.map_err(|inner| above.to_owned() + &inner)),
                None => Some(Err(above.to_owned())),
            };
            outcome.is_some()
        });
        return outcome;
    }
    let Value::Map(entries) = &mut params.value else { return None };
    let keys = entries
        .iter_mut()
        .filter_map(|(_, param)| if let Value::Map(keys) = &mut param.value { Some(keys) } else { None });
    for (key, node) in keys.flatten() {
        match key.text.as_str() {
            "range_end" | "unit" | "splits" | "rest_of_address" => {
                each_text(node, &|text| (text == old).then(|| new.to_owned()));
            }
            "fills" => each_text(node, &|text| {
                let field = text.strip_prefix(old).filter(|rest| rest.starts_with('.'))?;
                Some(format!("{new}{field}"))
            }),
            "derive" => each_text(node, &|text| {
                let rest = text.strip_prefix(old).filter(|rest| rest.is_empty() || rest.starts_with(' '))?;
                Some(format!("{new}{rest}"))
            }),
            _ => {}
        }
    }
    Some(Ok(()))
}

/// The look-up that settles a write, and what does it for many records, take values of this operation's parameters.
fn in_sources(sources: &mut Node, old: &str, new: &str) {
    let Value::Map(keys) = &mut sources.value else { return };
    for (_, node) in keys.iter_mut().filter(|(key, _)| matches!(key.text.as_str(), "with" | "match")) {
        let Value::Map(pairs) = &mut node.value else { continue };
        for (_, from) in pairs {
            each_text(from, &|text| (text == old).then(|| new.to_owned()));
        }
    }
}

fn key_in(map: &mut Node, old: &str, new: &str) -> bool {
    let Value::Map(entries) = &mut map.value else { return false };
    let Some((key, _)) = entries.iter_mut().find(|(key, _)| key.text == old) else { return false };
    new.clone_into(&mut key.text);
    true
}

/// Changes the texts of a value: of itself, or of the items of a list.
fn each_text(node: &mut Node, change: &dyn Fn(&str) -> Option<String>) {
    if let Some(text) = node.text().and_then(change) {
        node.value = Value::Text(text);
    } else if let Value::List(items) = &mut node.value {
        for item in items {
            each_text(item, change);
        }
    }
}

/// `{{ old | filter }}` under the new name.
fn in_template(text: &str, old: &str, new: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut parts = text.split("{{");
    out.push_str(parts.next()?);
    for part in parts {
        let (inside, rest) = part.split_once("}}").unwrap_or((part, ""));
        let name: &str = inside.trim_start().split(|c: char| !(c.is_alphanumeric() || c == '_')).next()?;
        let inside = if name == old { inside.replacen(old, new, 1) } else { inside.to_owned() };
        out.push_str("{{");
        out.push_str(&inside);
        if part.contains("}}") {
            out.push_str("}}");
        }
        out.push_str(rest);
    }
    (out != text).then_some(out)
}

/// `{old}`, `{old=value}` and `<choice:old>` under the new name.
fn in_pattern(text: &str, old: &str, new: &str) -> Option<String> {
    let out = text.replace(&format!("{{{old}}}"), &format!("{{{new}}}"));
    let out = out.replace(&format!("{{{old}="), &format!("{{{new}="));
    let out = out.replace(&format!(":{old}>"), &format!(":{new}>"));
    (out != text).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_and_patterns_follow_whole_names_only() {
        let told = in_template("/a/{{ id }}/b/{{ idx }}/{{id | upper}}", "id", "key");
        assert_eq!(told.as_deref(), Some("/a/{{ key }}/b/{{ idx }}/{{key | upper}}"));
        assert_eq!(in_template("/a/{{ idx }}", "id", "key"), None);
        assert_eq!(in_template("no end {{ id", "id", "key").as_deref(), Some("no end {{ key"));
        let told = in_pattern("close {a_b} {a_b=x} {a_bc} <deal:a_b>", "a_b", "aB");
        assert_eq!(told.as_deref(), Some("close {aB} {aB=x} {a_bc} <deal:aB>"));
    }
}
