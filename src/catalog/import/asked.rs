//! Phrase patterns for what is looked for, counted or asked of people: "search videos for oak", "how many photos does product
//! 900 have?", "who follows channel 3?".

use crate::catalog::Method;

use super::english::{all, is_any_verb, is_verbable, pairs};
use super::field::Field;
use super::kinds::Kinds;
use super::model::Model;
use super::noun::plural_of;
use super::op::Op;
use super::properties::{alternatives, choice};
use super::questions::records;
use super::records::is_search;
use super::relations::in_path;
use super::shape::Part;

/// The most names of things that are said in one place.
const MOST_THINGS: usize = 40;

/// The patterns of an operation.
pub(super) fn asked(model: &Model<'_>, op: &Op<'_>) -> Vec<String> {
    let kinds = &model.kinds;
    let mut says = searched(op, kinds);
    says.extend(counted(model, op));
    says.extend(who(op, kinds));
    says.extend(of_value(op, kinds));
    says.extend(measured(op, kinds));
    says.extend(my_deeds(op, kinds));
    says
}

/// What people call what an operation lists, in the plural.
fn many(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let objects = op.objects.iter().take(2).filter_map(|name| kinds.all.get(name));
    let mut found: Vec<String> =
        objects.flat_map(|kind| kind.nouns.iter().take(5)).map(|noun| plural_of(noun)).collect();
    found.retain(|noun| noun.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, ' ' | '-')));
    found
}

/// "search the videos for oak", "find videos about oak", "look for oak in videos".
fn searched(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let query =
        op.sent.fields.iter().find(|field| is_search(&field.name) && !in_path(op, field) && field.values.is_empty());
    let searches = op.act.classes.iter().any(|class| class == "search");
    let nouns = many(op, kinds);
    let Some(query) = query.filter(|_| searches && !nouns.is_empty()) else { return Vec::new() };
    let (nouns, query) = (alternatives(nouns), format!("{{{}}}", query.name));
    vec![
        format!(
            "(search|find|look up|look for|search for) [all|me|the|our|my|any|some] {nouns} [for|about|on|like|by] {query}"
        ),
        format!("(search|look) [for] {query} (in|among|through|within) [all|the|our|my] {nouns}"),
        format!("(is|are) there any {nouns} (about|on|for|like|called|named|with) {query}"),
        format!("(search|look) (in|through) [all|the|our|my] {nouns} for {query}"),
    ]
}

/// "how many photos does product 900 have?", "number of orders so far".
fn counted(model: &Model<'_>, op: &Op<'_>) -> Vec<String> {
    let kinds = &model.kinds;
    if op.act.classes.first().is_none_or(|class| class != "count") || op.spec.method != Method::Get {
        return Vec::new();
    }
    let told = op.act.told.iter().filter_map(|told| kinds.called(&told.noun.join(" ")));
    let path = op.objects.first().and_then(|name| kinds.all.get(name));
    let owner = records(op, kinds).last().copied();
    let own = |kind: &&super::kind::Kind| owner.is_none_or(|owner| owner.kind != kind.name);
    let mut nouns: Vec<String> = path
        .into_iter()
        .chain(told)
        .filter(own)
        .flat_map(|kind| kind.nouns.iter().take(5))
        .map(|noun| plural_of(noun))
        .collect();
    nouns.sort();
    nouns.dedup();
    if nouns.is_empty() {
        return Vec::new();
    }
    let nouns = alternatives(nouns);
    let kept = all("kept").chain(all("having")).collect::<Vec<_>>().join("|");
    let Some(owner) = owner else {
        return vec![
            format!("(how many|number of|total of|the number of|count of) [all] {nouns} [so far|altogether|overall]"),
            format!("how many {nouns} (is|are|do|does|have|has) [there|we|i|you|they] [currently|now] [been] [{kept}]"),
        ];
    };
    let owners = choice(&kinds.all[&owner.kind]);
    let (owners, name) = (owners.trim_matches(['(', ')']), &owner.name);
    vec![
        format!("how many {nouns} (does|do|did|has|have) [the] [{owners}] {{{name}}} ({kept})"),
        format!("how many {nouns} [the] {{{name}}} (has|have|contains|contain|holds|got|had)"),
        format!(
            "how many {nouns} (is|are|was|were) [there|currently|now] [{kept}] [to choose] (in|on|of|for|at|from|under|with|to) [the] [{owners}] {{{name}}}"
        ),
        format!(
            "(number of|total of|the number of|count|count of) [the|all] {nouns} (in|on|of|for|at|from|under|with) [the] [{owners}] {{{name}}}"
        ),
    ]
}

/// "who follows channel 3?", where what is listed are those that do something.
fn who(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let lists = op.spec.method == Method::Get && op.act.many && !op.act.acted && op.act.adjective.is_empty();
    let noun = op.act.noun.last().map(String::as_str).unwrap_or_default();
    let stem = noun.strip_suffix("er").or_else(|| noun.strip_suffix("or"));
    let verb = stem.and_then(|stem| [stem.to_owned(), format!("{stem}e")].into_iter().find(|verb| is_any_verb(verb)));
    let Some(verb) = verb.filter(|_| lists) else { return Vec::new() };
    let going = format!("{}ing", verb.strip_suffix('e').unwrap_or(&verb));
    match records(op, kinds).last().copied() {
        Some(owner) => {
            let owners = choice(&kinds.all[&owner.kind]);
            let owners = owners.trim_matches(['(', ')']);
            vec![
                format!("(who|who all|which people) ({verb}s|{verb}) [to|on|in] [the] [{owners}] {{{}}}", owner.name),
                format!("(who|who all|which people) (is|are) {going} [to|on|in] [the] [{owners}] {{{}}}", owner.name),
            ]
        }
        None if op.act.mine || op.shape.parts.len() > 1 => {
            vec![format!("who ({verb}s|{verb}|is {going}|are {going}) [to|on|in] (me|us|my account)")]
        }
        None => Vec::new(),
    }
}

/// "which orders are paid?", where a path ends in one of a few values: `/orders/status/{status}`.
fn of_value(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let Some(Part::Variable(last)) = op.shape.last().filter(|_| op.spec.method == Method::Get && !op.act.acted) else {
        return Vec::new();
    };
    let field = op.sent.fields.iter().find(|field| field.name == *last);
    let nouns = many(op, kinds);
    let Some(field) = field.filter(|_| op.act.many && !nouns.is_empty()) else { return Vec::new() };
    let (nouns, value) = (alternatives(nouns), format!("{{{last}}}"));
    if !field.values.is_empty() && !op.act.by.is_empty() {
        return vec![
            format!("(list|show|get|see|view|find|give me) [me] [all|the|my|our] {value} {nouns}"),
            format!(
                "(list|show|get|see|view|find|give me) [me] [all|the|my|our] {nouns} [that|which] (are|is|with status) [currently|still|now] {value}"
            ),
            format!("(what|which) {nouns} (are|is|were|have been) [currently|still|now] {value}"),
        ];
    }
    let owner = kinds.all.get(&field.kind).filter(|kind| op.objects.first() != Some(&kind.name));
    let Some(owners) = owner.map(choice) else { return Vec::new() };
    let kept = all("kept").collect::<Vec<_>>().join("|");
    vec![
        format!(
            "(what|which) {nouns} (is|are|belong|belongs|do i have|do we have) [there] [{kept}] (in|under|of|to|for|with|on) [the] {owners} {value}"
        ),
        format!(
            "(list|show|get|see|view|find|give me) [me] [all|the|my|our] {nouns} (in|under|of|for|with|on|from) [the] {owners} {value}"
        ),
    ]
}

/// "how big is volume 815?"
fn measured(op: &Op<'_>, kinds: &Kinds) -> Option<String> {
    let record = records(op, kinds).last().copied()?;
    let own = matches!(op.shape.last(), Some(Part::Variable(last)) if *last == record.name);
    let gets = op.spec.method == Method::Get && !op.act.many && own && op.objects.first() == Some(&record.kind);
    let nouns = choice(kinds.all.get(&record.kind).filter(|_| gets)?);
    let measures = all("measure").collect::<Vec<_>>().join("|");
    Some(format!("how ({measures}) (is|was|are) [the] {nouns} {{{}}}", record.name))
}

/// "am I subscribed to krita?", "subscribe to krita", "unsubscribe me from krita", where a path is about the one who asks.
fn my_deeds(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let mine = op.act.mine || op.shape.fixed().next().is_some_and(|first| super::english::is_me(&first.join(" ")));
    let mine = mine || op.shape.fixed().any(|fixed| super::english::is_me(&fixed.join(" ")));
    let noun = op.act.noun.last().cloned().unwrap_or_default();
    let itself = Some(noun.as_str()).filter(|noun| is_verbable(noun));
    let verb = pairs("deed", &noun).first().copied().or(itself).filter(|_| !op.act.acted);
    let Some(verb) = verb.filter(|verb| super::relations::is_plain(verb)) else { return Vec::new() };
    let done = crate::catalog::inflect::past(verb);
    let whole = op.spec.method == Method::Get && op.act.many && op.shape.parts.len() == 1;
    if whole {
        return vec![format!("(what|who|which things) (have|did) (i|we|you) [already|recently] ({done}|{verb})")];
    }
    if !mine {
        return Vec::new();
    }
    let free = |field: &&Field| field.values.is_empty() && field.fields.is_empty() && field.default.is_none();
    let slot = op.sent.fields.iter().filter(free).find(|field| field.required || in_path(op, field));
    let slot = slot.map(|field| format!("{{{}}}", field.name));
    // What one subscribes to or follows is some record of the service.
    let listed = kinds.all.values().filter(|kind| kind.id.is_some() && op.objects.first() != Some(&kind.name));
    let mut things: Vec<String> = all("things").map(str::to_owned).collect();
    things.extend(
        listed.filter_map(|kind| kind.nouns.first()).filter(|noun| super::relations::is_plain(noun)).flat_map(|noun| {
            let head = noun.rsplit(' ').next().unwrap_or(noun);
            [plural_of(noun), plural_of(head)]
        }),
    );
    things.sort();
    things.dedup();
    things.truncate(MOST_THINGS);
    let things = format!("[{}]", things.join("|"));
    match (op.spec.method, slot) {
        (Method::Get, None) if op.act.many => vec![
            format!("(what|which|who) {things} (am|are) (i|we) {done} [to|for|in|on|with]"),
            format!("(what|which|who) {things} (do|did|have) (i|we) ({verb}|{done}) [to|for|in|on|with]"),
        ],
        (Method::Post | Method::Put, Some(slot)) => vec![format!("{verb} [me|us] (to|for|in|on|with) {slot}")],
        (Method::Delete, Some(slot)) => vec![format!("(un{verb}|un-{verb}) [me|us] [from|to|of] {slot}")],
        _ => Vec::new(),
    }
}
