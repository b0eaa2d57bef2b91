//! Phrase patterns for records that are called after what they belong to, where no path but a field says to which: rows of
//! sales orders at `/sales_order_rows?sales_order_id=12`, addresses of suppliers at `/supplier_addresses`.

use crate::catalog::Method;

use super::english::{Family, all, words};
use super::field::Field;
use super::kinds::Kinds;
use super::noun::{plural_of, singular_words};
use super::op::Op;
use super::properties::alternatives;
use super::questions::records;
use super::relations::{in_path, is_plain, leads, names, nouns_of};
use super::shape::Part;

/// The patterns of an operation.
pub(super) fn wholes(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    if op.act.acted {
        return Vec::new();
    }
    let path = records(op, kinds);
    match (op.spec.method, path.as_slice()) {
        (Method::Get, []) if op.act.many => listed(op, kinds),
        (Method::Post, []) if op.act.classes.iter().any(|class| matches!(class.as_str(), "create" | "add")) => {
            made(op, kinds)
        }
        (Method::Delete | Method::Get, [one]) if Some(&one.kind) == op.objects.first() => one_of(op, one, kinds),
        _ => Vec::new(),
    }
}

/// The field that says what the records belong to, with what people call the records beside it and what they belong to.
fn filter<'o>(op: &'o Op<'_>, kinds: &Kinds) -> Option<(&'o Field, Vec<String>, Vec<String>)> {
    let field =
        op.sent.fields.iter().find(|field| !in_path(op, field) && names(field, kinds) && leads(field, op, kinds))?;
    let owners = nouns_of(field, kinds);
    let heads = heads(op, &owners);
    (!heads.is_empty() && !owners.is_empty()).then_some((field, heads, owners))
}

/// What is left of the name of the records without what they belong to, of one and of many.
fn heads(op: &Op<'_>, owners: &[String]) -> Vec<String> {
    let own = op.act.noun.join(" ");
    let rest = owners.iter().find_map(|noun| own.strip_prefix(noun.as_str())?.strip_prefix(' '));
    let rest = rest.filter(|rest| is_plain(rest) && !rest.is_empty());
    rest.into_iter().flat_map(|rest| [rest.to_owned(), plural_of(rest)]).collect()
}

/// The longest name of a kind that the records are called after.
fn owner(op: &Op<'_>, kinds: &Kinds) -> Option<(Vec<String>, Vec<String>)> {
    let own = op.act.noun.join(" ");
    let fits = |noun: &&String| own.strip_prefix(noun.as_str()).is_some_and(|rest| rest.starts_with(' '));
    let kind = kinds
        .all
        .values()
        .filter(|kind| kind.id.is_some() || kind.find.is_some())
        .filter_map(|kind| Some((kind.nouns.iter().filter(fits).map(String::len).max()?, kind)))
        .max_by_key(|(length, _)| *length)?
        .1;
    let heads = heads(op, &kind.nouns);
    let nouns: Vec<String> = kind.nouns.iter().filter(|noun| is_plain(noun)).take(4).cloned().collect();
    (!heads.is_empty() && !nouns.is_empty()).then_some((heads, nouns))
}

fn listed(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let mut says = Vec::new();
    let seeing = "(show|list|get|see|view|what are|give me|find)";
    if let Some((filter, heads, owners)) = filter(op, kinds) {
        let (heads, owners, name) = (alternatives(heads), alternatives(owners), &filter.name);
        let kept = all("kept").collect::<Vec<_>>().join("|");
        says.extend([
            format!("{seeing} [all|me] [the|all] {heads} (of|in|on|for|from) [the] {owners} {{{name}}}"),
            format!(
                "(what|which) {heads} (is|are|does|do|has|have|belong|belongs) [in|on|of|to] [the] {owners} {{{name}}} [have|has|contain]"
            ),
            format!(
                "(what|which) {heads} (is|are|was|were) [currently|now] [{kept}] (to|in|on|for|with|under|of|at|by|from) [the] {owners} {{{name}}}"
            ),
            format!(
                "(what|which) {heads} (do|does|did|have|has) (we|i|you|they) [have|got] [on file|on record|saved|stored|there] (for|of|on|in|from|with|under) [the] {owners} {{{name}}}"
            ),
        ]);
    }
    // "Who is on project 7?" asks for its members.
    if let Some((filter, heads, owners)) = filter(op, kinds)
        && heads.iter().any(|head| super::english::is_person(head))
    {
        says.push(format!(
            "who (is|are|works|work|belongs|belong|was) (in|on|at|to|for|part of) [the] {} {{{}}}",
            alternatives(owners),
            filter.name
        ));
    }
    if let Some((heads, owners)) = owner(op, kinds) {
        let owners = alternatives(owners.iter().map(|noun| plural_of(noun)).collect());
        says.push(format!(
            "{seeing} [all|me] [the|all] {} (of|for|on|in) [all|our|my|the|your|all our|all my|all the] {owners}",
            alternatives(heads)
        ));
    }
    says
}

fn made(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let Some((field, heads, owners)) = filter(op, kinds).filter(|(field, ..)| !field.many) else { return Vec::new() };
    let text = |field: &&Field| {
        field.kind.is_empty() && field.values.is_empty() && !field.many && field.required && !field.name.contains('.')
    };
    let value = op.sent.fields.iter().find(text).map_or_else(String::new, |field| format!(" [{{{}}}]", field.name));
    let kind = op.sent.fields.iter().find(|field| !field.values.is_empty() && !field.many && field.default.is_none());
    let kind = kind.map_or_else(String::new, |field| format!(" [{{{}}}]", field.name));
    let (heads, owners) = (alternatives(heads), alternatives(owners));
    vec![format!(
        "(add|create|make|put|set up|record|enter|register) [a|an|the|another|new|one] [new]{kind} {heads}{value} (to|for|of|on|in) [the] {owners} {{{}}}",
        field.name
    )]
}

fn one_of(op: &Op<'_>, record: &Field, kinds: &Kinds) -> Vec<String> {
    let ends = matches!(op.shape.last(), Some(Part::Variable(last)) if *last == record.name);
    let Some((heads, owners)) = owner(op, kinds).filter(|_| ends) else { return Vec::new() };
    let verbs = if op.spec.method == Method::Delete {
        "(remove|delete|take|drop|pull)"
    } else {
        "(show|get|see|view|open|find|look up)"
    };
    vec![format!(
        "{verbs} [the] {} {{{}}} (from|off|out of|of|on|in) [its|the|their|a|an] {}",
        alternatives(heads),
        record.name,
        alternatives(owners)
    )]
}

/// "save container web-1 as image app", where a summary says that one thing is made from another.
pub(super) fn turned(op: &Op<'_>, kinds: &Kinds) -> Option<String> {
    let told = op.act.told.first().filter(|told| op.act.titled && told.family() == Family::Create)?;
    let (_, from) = told.rest.iter().find(|(joint, _)| joint == "from")?;
    let source = kinds.called(&from.join(" "))?;
    let field = op.sent.fields.iter().find(|field| field.kind == source.name && !field.many)?;
    let made = told.noun.join(" ");
    if made.is_empty() || !is_plain(&made) {
        return None;
    }
    let text = |other: &&Field| {
        other.name != field.name
            && other.kind.is_empty()
            && other.values.is_empty()
            && !other.many
            && !in_path(op, other)
    };
    let called = op.sent.fields.iter().find(text).map_or_else(String::new, |field| format!(" [{{{}}}]", field.name));
    let verbs = alternatives(all("turning").map(str::to_owned).collect());
    let sources = alternatives(nouns_of(field, kinds));
    Some(format!(
        "{verbs} [the|this|my] {sources} {{{}}} (as|into|to) [a|an|the|new|another] [new] {made}{called}",
        field.name
    ))
}

/// What people call the record that a path names, where it stands too: the broadcasts of `/calls/broadcasts/{id}` are call
/// broadcasts.
pub(super) fn told_owners(op: &Op<'_>, owner: &Field, kinds: &Kinds) -> Vec<String> {
    let mut nouns = nouns_of(owner, kinds);
    let at = op.shape.parts.iter().position(|part| *part == Part::Variable(owner.name.clone()));
    if let Some([.., Part::Fixed(scope), Part::Fixed(own)]) = at.map(|at| &op.shape.parts[..at]) {
        let noun = [singular_words(scope), singular_words(own)].concat().join(" ");
        if is_plain(&noun) && !nouns.contains(&noun) {
            nouns.push(noun);
        }
    }
    nouns
}

/// "the calls in broadcast 7", where a path ends in what its records hold: `/broadcasts/{id}/items`, `/broadcasts/{id}/calls`.
pub(super) fn contents(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let [.., Part::Fixed(_), Part::Variable(variable), Part::Fixed(last)] = op.shape.parts.as_slice() else {
        return Vec::new();
    };
    let owner = records(op, kinds).last().copied().filter(|owner| owner.name == *variable);
    let Some(owner) = owner.filter(|_| op.spec.method == Method::Get && op.act.many && !op.act.acted) else {
        return Vec::new();
    };
    let mut things = vec![singular_words(last).join(" ")];
    let objects = op.objects.iter().take(4).filter_map(|name| kinds.all.get(name));
    things.extend(objects.flat_map(|kind| kind.nouns.iter().take(3).cloned()));
    things.retain(|noun| is_plain(noun) && kinds.all.get(&owner.kind).is_none_or(|kind| !kind.nouns.contains(noun)));
    let mut things: Vec<String> = things.iter().map(|noun| plural_of(noun)).collect();
    things.sort();
    things.dedup();
    let owners = told_owners(op, owner, kinds);
    if things.is_empty() || owners.is_empty() {
        return Vec::new();
    }
    let done = all("done-with").filter(|word| words(word).len() == 1).collect::<Vec<_>>().join("|");
    let (things, owners) = (alternatives(things), alternatives(owners));
    vec![
        format!(
            "(show|list|get|see|view|find|give me|what are) [all|me] [the|all] {things} (of|in|on|from|inside|within) [the] {owners} {{{variable}}}"
        ),
        format!(
            "(what|which) {things} (was|were|went|are|is|have been) [{done}] [out|there] (in|on|by|through|with|from|for|as part of) [the] {owners} {{{variable}}}"
        ),
    ]
}
