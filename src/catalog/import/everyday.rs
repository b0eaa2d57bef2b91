//! Phrase patterns for what nearly every service has: the account of the one who asks, sessions, names, details.

use crate::catalog::Method;

use super::english::{is, is_me};
use super::kinds::Kinds;
use super::model::Model;
use super::noun::{plural_of, singular_words};
use super::op::Op;
use super::properties::{alternatives, choice, main_field};
use super::questions::{records, sent_record};
use super::records::is_name;
use super::shape::Part;

/// The patterns of an operation.
pub(super) fn everyday(model: &Model<'_>, op: &Op<'_>) -> Vec<String> {
    let kinds = &model.kinds;
    let mut says = mine(op, kinds);
    says.extend(rename(op, kinds));
    says.extend(renamed_in_path(op, kinds));
    says.extend(moved(op, kinds));
    says.extend(point(op, kinds));
    says.extend(only_verb(model, op));
    says.extend(details(model, op));
    says.extend(sessions(op, kinds));
    says.extend(letters(op));
    says.extend(super::logins::logins(op));
    says.extend(compound(op, kinds));
    says
}

/// "change my email to ann@x.com", where a path ends in one thing of the account: `/account/email`.
fn mine(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let [.., Part::Fixed(thing)] = op.shape.parts.as_slice() else { return Vec::new() };
    let front: Vec<&[String]> = op.shape.fixed().take(op.shape.parts.len() - 1).collect();
    let me = front.iter().copied().find(|step| is_me(&step.join(" ")));
    let first = me.or_else(|| front.first().copied().filter(|_| front.len() == 1)).unwrap_or_default();
    let whose = first.join(" ");
    if op.shape.variables().count() > 0 || op.shape.parts.len() < 2 {
        return Vec::new();
    }
    if op.act.acted || !(is_me(&whose) || matches!(whose.as_str(), "account" | "user" | "profile")) {
        return Vec::new();
    }
    let mut things = vec![thing.join(" "), singular_words(thing).join(" ")];
    // `/users/me/history/videos` is my history of videos, and not my videos.
    let inner: Vec<&[String]> = match front.iter().position(|step| is_me(&step.join(" "))) {
        Some(me) => front[me + 1..].to_vec(),
        None => Vec::new(),
    };
    if let Some(before) = inner.last() {
        let (before, thing) = (before.join(" "), things[1].clone());
        things = vec![format!("{thing} {before}"), before];
    }
    let object = op.objects.first().and_then(|name| kinds.all.get(name)).filter(|_| inner.is_empty());
    things.extend(object.into_iter().flat_map(|kind| kind.nouns.iter().take(3).cloned()));
    let told = op.act.told.iter().map(|told| told.noun.as_slice());
    let short = told.map(|noun| noun.strip_prefix(first).unwrap_or(noun));
    things.extend(short.filter(|noun| !noun.is_empty() && noun.len() < 4).flat_map(|noun| {
        let one = noun.join(" ");
        [plural_of(&one), one]
    }));
    let plain = |text: &String| text.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, ' ' | '-'));
    things.retain(|thing| plain(thing) && !is_me(thing));
    things.sort();
    if things.is_empty() {
        return Vec::new();
    }
    let things = alternatives(things);
    match op.act.classes.first().map(String::as_str) {
        Some("update") => {
            let to = main_field(op).map_or_else(String::new, |field| format!(" [(to|as) {{{}}}]", field.name));
            vec![format!("(change|update|set|edit) my [account|current] {things}{to}")]
        }
        Some("list" | "get") => {
            vec![format!(
                "(show|list|get|see|view|check|display|what is|what are|what 's) [all] my [account|current] {things}"
            )]
        }
        Some("delete") => vec![format!("(delete|remove|clear) [all] my [account|current] {things}")],
        _ => Vec::new(),
    }
}

/// "rename team Blue to Red".
fn rename(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let Some((nouns, record, name)) = renamed(op, kinds) else { return Vec::new() };
    let bare = bare(&nouns);
    vec![
        format!("(rename|retitle) {nouns} {{{record}}} [to|as|into] {{{name}}}"),
        format!("call [the] {nouns} {{{record}}} {{{name}}} [from now on|instead|now]"),
        format!("(give|set) [the] {nouns} {{{record}}} (the name|a new name|the title) {{{name}}}"),
        format!(
            "[the] {nouns} {{{record}}} (should be|shall be|is to be|will be|is now|needs to be) (called|named|renamed to) {{{name}}} [from now on]"
        ),
        format!(
            "(change|set|update|edit) [the] (name|title) (of|for|on) [the] [{bare}] {{{record}}} (to|as|into) {{{name}}}"
        ),
    ]
}

/// What a request gives another name: what people call it, its field and that of the name.
fn renamed(op: &Op<'_>, kinds: &Kinds) -> Option<(String, String, String)> {
    let updates = op.act.classes.first().is_some_and(|class| class == "update") || op.spec.method == Method::Put;
    let whole = super::changes::is_itself(op);
    let in_path = records(op, kinds).last().copied().or_else(|| super::relations::owner(op, kinds).filter(|_| whole));
    let record = in_path.or_else(|| sent_record(op, kinds))?;
    // `/tags/{tagId}/name`
    let named =
        matches!(op.shape.last(), Some(Part::Fixed(last)) if matches!(last.join(" ").as_str(), "name" | "title"));
    let own = in_path.is_none() || matches!(op.shape.last(), Some(Part::Variable(last)) if *last == record.name);
    let own = own || whole;
    if !updates || op.act.acted || !(own || named) {
        return None;
    }
    let called = |name: &str| matches!(name, "name" | "title" | "label" | "display name");
    let spoken = |field: &super::field::Field| {
        super::english::words(field.name.rsplit('.').next().unwrap_or(&field.name)).join(" ")
    };
    let free = |field: &&super::field::Field| field.name != record.name && !field.many && field.values.is_empty();
    let plain = op.sent.fields.iter().filter(free).find(|field| called(&spoken(field)) && is_name(&spoken(field)));
    let head = op.act.noun.last().map_or("", String::as_str);
    let own = |field: &super::field::Field| {
        let spoken = spoken(field);
        spoken.ends_with(" display name")
            || spoken.strip_suffix(" name").is_some_and(|lead| lead == head || lead == op.act.noun.join(" "))
    };
    let only = || main_field(op).filter(|field| named && field.name != record.name);
    let name = plain.or_else(|| op.sent.fields.iter().filter(free).find(|field| own(field))).or_else(only)?;
    let object = op.objects.first().filter(|_| in_path.is_none()).unwrap_or(&record.kind);
    let nouns = choice(kinds.all.get(object)?);
    Some((nouns, record.name.clone(), name.name.clone()))
}

/// "rename tag red to crimson" at `/tags/{name}/{new_name}`.
fn renamed_in_path(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let [.., Part::Variable(old), Part::Variable(new)] = op.shape.parts.as_slice() else { return Vec::new() };
    let (spoken, was) = (super::english::words(new), super::english::words(old));
    let fresh = spoken.first().is_some_and(|first| is("renewed", first)) && spoken[1..].iter().any(|w| was.contains(w));
    let sent = |name: &String| op.sent.fields.iter().any(|field| field.name == *name);
    let changes = matches!(op.spec.method, Method::Put | Method::Patch | Method::Post) && sent(old) && sent(new);
    let at = op.shape.parts.len() - 2;
    let Some(before) = op.shape.fixed_before(at).filter(|_| fresh && changes) else { return Vec::new() };
    let one = singular_words(before);
    let nouns = kinds.get(&one).map_or_else(|| one.join(" "), choice);
    vec![
        format!("(rename|retitle) [the] {nouns} {{{old}}} [to|as|into] {{{new}}}"),
        format!("(change|update) [the] [name of] [the] {nouns} {{{old}}} (to|into) {{{new}}}"),
    ]
}

/// "move task 7 to section Done", where a field of what changes a record says where it belongs.
fn moved(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let updates = op.act.classes.first().is_some_and(|class| class == "update") && !op.act.acted && !op.act.bulk;
    let path = records(op, kinds);
    let Some(record) = path.last().copied().filter(|record| updates && op.objects.first() == Some(&record.kind)) else {
        return Vec::new();
    };
    let nouns = choice(&kinds.all[&record.kind]);
    let home = |field: &&super::field::Field| {
        let spoken = super::english::words(field.name.rsplit('.').next().unwrap_or(&field.name));
        let part = spoken.iter().any(|word| is("home", word));
        let plain = !field.many && field.fields.is_empty() && field.values.is_empty() && field.default.is_none();
        plain && part && !super::relations::in_path(op, field)
    };
    let homes = op.sent.fields.iter().filter(home).take(3);
    let mut says = handed(op, kinds, record, &nouns);
    says.extend(homes.map(|field| {
            let spoken = super::act::noun_of_variable(&field.name).join(" ");
            let kind = kinds.all.get(&field.kind).map(choice).unwrap_or_default();
            let own = bare(&kind);
            let whole = if own.is_empty() { spoken } else { format!("{own}|{spoken}") };
            format!("(move|transfer|put|file|relocate|shift) [the] {nouns} {{{}}} (to|into|in|under|onto|over to) [the] [{whole}] {{{}}}", record.name, field.name)
        }));
    says
}

/// "give task 7 to Ann", where a field of what changes a record says who has to do with it.
fn handed(op: &Op<'_>, kinds: &Kinds, record: &super::field::Field, nouns: &str) -> Vec<String> {
    let person = |field: &&super::field::Field| {
        let spoken = super::english::words(field.name.rsplit('.').next().unwrap_or(&field.name));
        let doer = spoken.iter().any(|word| is("doer", word));
        doer && field.fields.is_empty()
            && field.values.is_empty()
            && !matches!(field.kind.as_str(), "boolean" | "datetime" | "date")
            && !super::relations::in_path(op, field)
    };
    let Some(field) = op.sent.fields.iter().find(person) else { return Vec::new() };
    let people = kinds.all.values().filter(|kind| kind.person).flat_map(|kind| kind.nouns.iter().take(2).cloned());
    let people: Vec<String> = people.take(8).collect();
    let people = if people.is_empty() { "user".to_owned() } else { people.join("|") };
    let (record, field) = (&record.name, &field.name);
    vec![
        format!(
            "(give|assign|reassign|hand|hand over|pass|delegate) [the] {nouns} {{{record}}} [over] (to) [the] [{people}] {{{field}}}"
        ),
        format!(
            "(make|put) [the] [{people}] {{{field}}} (the owner of|the assignee of|responsible for|in charge of|on) [the] {nouns} {{{record}}}"
        ),
        format!(
            "let [the] [{people}] {{{field}}} (do|handle|take care of|take over|work on|have) [the] {nouns} {{{record}}}"
        ),
    ]
}

/// "point webhook 7 to https://…", where one address of a record is changed.
fn point(op: &Op<'_>, kinds: &Kinds) -> Option<String> {
    let updates = op.act.classes.first().is_some_and(|class| class == "update") && !op.act.acted;
    let record = records(op, kinds).last().copied().filter(|_| updates)?;
    let mut addresses = op.sent.fields.iter().filter(|field| field.kind == "url" && !field.many);
    let address = addresses.next().filter(|_| addresses.next().is_none())?;
    let nouns = choice(&kinds.all[&record.kind]);
    Some(format!("(point|redirect|aim) [the] [{}] {{{}}} (to|at) {{{}}}", bare(&nouns), record.name, address.name))
}

/// "push myapp", where no other request of the service goes by the verb.
fn only_verb(model: &Model<'_>, op: &Op<'_>) -> Option<String> {
    let record = records(op, &model.kinds).last().copied().filter(|_| op.act.acted)?;
    let verb = op.act.own.first().filter(|verb| verb.chars().all(|c| c.is_ascii_alphabetic()))?;
    let own = op.objects.first() == Some(&record.kind);
    let others = model.operations.iter().filter(|other| other.act.own.contains(verb)).count();
    (own && others == 1).then(|| format!("{verb} {{{}}}", record.name))
}

/// "the details of file 7", unless another path has them.
fn details(model: &Model<'_>, op: &Op<'_>) -> Option<String> {
    let record = records(op, &model.kinds).last().copied()?;
    let reads = op.spec.method == Method::Get && !op.act.acted && op.act.adjective.is_empty();
    let told = |op: &Op<'_>| matches!(op.shape.last(), Some(Part::Fixed(last)) if is("data-word", &last.join(" ")));
    let own = matches!(op.shape.last(), Some(Part::Variable(last)) if *last == record.name);
    let inner = |other: &Op<'_>| {
        let rest = other.spec.path.strip_prefix(op.spec.path.as_str());
        told(other) && other.spec.method == Method::Get && rest.is_some_and(|rest| rest.matches('/').count() == 1)
    };
    let given = own && !model.operations.iter().any(inner) || told(op);
    let nouns = choice(&model.kinds.all[&record.kind]);
    (reads && given).then(|| format!("(details|detail|info|information) (of|for|on|about) {nouns} {{{}}}", record.name))
}

/// "log me out everywhere", "log user 7 out of all sessions", "end session 5", "where am I logged in?".
fn sessions(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    if op.act.noun.last().is_none_or(|noun| noun != "session") || op.act.acted {
        return Vec::new();
    }
    let all = "[everywhere|of all sessions|from all sessions|of all devices|from all devices]";
    let owner = records(op, kinds).last().copied();
    let own = owner.is_some_and(|owner| op.objects.first() == Some(&owner.kind));
    match (op.spec.method, owner) {
        (Method::Delete, None) => {
            vec![format!("(log|sign) me out {all}"), format!("(log|sign) out [me] {all}")]
        }
        (Method::Delete, Some(owner)) if own => {
            vec![format!("(end|close|revoke|terminate|kill) [my|the] session {{{}}}", owner.name)]
        }
        (Method::Delete, Some(owner)) => {
            let nouns = choice(&kinds.all[&owner.kind]);
            let (nouns, name) = (bare(&nouns), &owner.name);
            vec![
                format!("(log|sign) [{nouns}] {{{name}}} out {all}"),
                format!("(log|sign) out [{nouns}] {{{name}}} {all}"),
            ]
        }
        (Method::Get, None) if op.act.many => vec!["where am i (logged|signed) in".to_owned()],
        _ => Vec::new(),
    }
}

/// "send me a verification email".
fn letters(op: &Op<'_>) -> Option<String> {
    let noun = op.act.noun.last().filter(|noun| is("mailed", noun))?;
    let makes = op.spec.method == Method::Post && op.shape.variables().count() == 0;
    makes.then(|| {
        format!("(send|resend|mail|email) [me] [a|the|another|my] [account|email] {noun} (email|mail|link|message)")
    })
}

/// "phone codes of all countries", where a summary says "country phone codes".
fn compound(op: &Op<'_>, kinds: &Kinds) -> Option<String> {
    let told = op.act.told.first().filter(|_| op.act.titled && op.spec.method == Method::Get)?;
    let [first, rest @ ..] = told.noun.as_slice() else { return None };
    let known = kinds.called(first).is_some() && op.shape.variables().count() == 0 && !rest.is_empty();
    let one = rest.join(" ");
    let plain = told.noun.iter().all(|word| word.chars().all(|c| c.is_ascii_alphabetic()));
    (known && plain && !told.of_me())
        .then(|| format!("({one}|{}) (of|for) [all|the|a|every] ({first}|{})", plural_of(&one), plural_of(first)))
}

fn bare(choice: &str) -> &str {
    choice.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(choice)
}
