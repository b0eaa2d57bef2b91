use super::keys::{CAPS, POLICY, RULE};
use super::{Policy, Rule, ServiceAccess, fits};
use crate::catalog::{Catalog, Fields, Node, NodeValue, RISKS, Report, Risk, suggest, wrong};

/// Reads a policy. A rule that fits nothing is a mistake: what it was to forbid would be allowed.
pub(super) fn policy(node: &Node, services: &[ServiceAccess], catalog: &Catalog, report: &mut Report) -> Policy {
    let fields = Fields::new(node, &POLICY, "`policy`", report);
    let place =
        |key: &'static str, report: &Report| fields.get(key).map_or_else(String::new, |n| report.source(n.span));
    let mut policy = Policy {
        allow: rules(&fields, "allow", catalog, report),
        deny: rules(&fields, "deny", catalog, report),
        accounts: accounts(&fields, services, report),
        dry_run: fields.flag("dry_run", report).unwrap_or(false),
        source: report.source(node.span),
        allow_source: place("allow", report),
        accounts_source: place("locations", report),
        caps_source: place("requests", report),
        ..Policy::default()
    };
    // An empty list allows nothing; a key without a value would silently allow everything.
    for key in ["allow", "deny", "locations"] {
        if let Some(node) = fields.get_or_null(key)
            && node.value == NodeValue::Null
        {
            wrong(node, &format!("`{key}`"), "a list", report);
        }
    }
    if let Some(node) = fields.get("requests") {
        let caps = Fields::new(node, &CAPS, "`requests`", report);
        policy.session_cap = caps.number("session", report);
        policy.day_cap = caps.number("day", report);
        caps.finish(report);
    }
    fields.finish(report);
    policy
}

/// The accounts by id and every name, so that either may be compared.
fn accounts(fields: &Fields, services: &[ServiceAccess], report: &mut Report) -> Vec<String> {
    let said = fields.placed_texts("locations", report);
    let known = || services.iter().flat_map(|service| &service.accounts);
    let mut out = Vec::new();
    for (text, span) in said {
        match known().find(|account| account.is(&text)) {
            Some(account) => out.push(account.id.clone()),
            None if text.contains(char::is_whitespace) => {
                report.error(span, format!("no location is called `{text}`"), "");
                let names: Vec<&str> = known().map(|account| account.name.as_str()).collect();
                suggest(&text, &names, "the locations are", report);
            }
            None => out.push(text),
        }
    }
    out
}

fn rules(fields: &Fields, key: &'static str, catalog: &Catalog, report: &mut Report) -> Vec<Rule> {
    let Some(node) = fields.get(key) else { return Vec::new() };
    if !matches!(node.value, NodeValue::List(_)) {
        wrong(node, &format!("`{key}`"), "a list of rules", report);
    }
    node.items().iter().map(|node| rule(node, catalog, report)).collect()
}

fn rule(node: &Node, catalog: &Catalog, report: &mut Report) -> Rule {
    let source = report.source(node.span);
    if let Some(text) = node.text() {
        check(&[text.to_owned()], "operation", &[], node, catalog, report);
        return Rule { operations: vec![text.to_owned()], source, ..Rule::default() };
    }
    let fields = Fields::new(node, &RULE, "a rule", report);
    let rule = Rule {
        operations: fields.texts("operations", report),
        groups: fields.texts("groups", report),
        risks: risks(&fields, report),
        services: fields.texts("services", report),
        why: fields.text("why", report),
        source,
    };
    check(&rule.operations, "operation", &rule.services, fields.get("operations").unwrap_or(node), catalog, report);
    check(&rule.groups, "group", &rule.services, fields.get("groups").unwrap_or(node), catalog, report);
    fields.finish(report);
    if rule.operations.is_empty() && rule.groups.is_empty() && rule.risks.is_empty() && rule.services.is_empty() {
        report.error(node.span, "the rule says nothing", "");
        report.help("give it `operations`, `groups`, `risks` or `services`; `operations: \"*\"` fits all");
    }
    rule
}

fn risks(fields: &Fields, report: &mut Report) -> Vec<Risk> {
    let mut out = Vec::new();
    for (text, span) in fields.placed_texts("risks", report) {
        if let Some((_, risk)) = RISKS.iter().find(|(name, _)| *name == text) {
            out.push(*risk);
        } else {
            report.error(span, format!("`{text}` is no risk"), "");
            let names: Vec<&str> = RISKS.iter().map(|(name, _)| *name).collect();
            suggest(&text, &names, "it is one of", report);
        }
    }
    out
}

/// Every pattern must fit something, unless it is about a service that is not there this time.
fn check(patterns: &[String], what: &str, services: &[String], node: &Node, catalog: &Catalog, report: &mut Report) {
    let absent = |pattern: &String| !catalog.services().iter().any(|service| fits(pattern, &service.name));
    if !services.is_empty() && services.iter().all(absent) {
        return;
    }
    let name_of = |(name, group): (&'_ str, &'_ str)| if what == "group" { group.to_owned() } else { name.to_owned() };
    for pattern in patterns {
        if catalog.names().any(|names| fits(pattern, if what == "group" { names.1 } else { names.0 })) {
            continue;
        }
        report.error(node.span, format!("no {what} is called `{pattern}`"), "");
        let mut names: Vec<String> = catalog.names().map(name_of).collect();
        names.sort();
        names.dedup();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        suggest(pattern, &names, &format!("the {what}s are"), report);
    }
}
