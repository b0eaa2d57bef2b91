//! Phrase patterns for what is put to a record with one value that says it all: "comment \"nice\" on video 912", "give product
//! 900 an attachment", "set saw.png as the avatar of channel woodshop".

use crate::catalog::Method;

use super::english::{Family, all, is, is_uploaded, is_verbable, words};
use super::field::Field;
use super::kinds::Kinds;
use super::op::Op;
use super::properties::{alternatives, choice, main_field};
use super::questions::records;
use super::relations::in_path;
use super::shape::Part;

/// The patterns of an operation.
pub(super) fn given(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let makes = matches!(op.spec.method, Method::Post | Method::Put) && !op.act.reads && !op.act.bulk;
    let object = op.objects.first().and_then(|name| kinds.all.get(name));
    let Some(object) = object.filter(|_| makes) else { return Vec::new() };
    let owner = records(op, kinds).last().copied().filter(|owner| owner.kind != object.name);
    let mut nouns: Vec<String> = object.nouns.iter().take(5).cloned().collect();
    nouns.retain(|noun| super::relations::is_plain(noun));
    if nouns.is_empty() {
        return Vec::new();
    }
    let nouns = alternatives(nouns);
    let mut says = sent_file(op, &nouns, owner, kinds);
    says.extend(written(op, kinds));
    let creates = op.act.classes.iter().any(|class| matches!(class.as_str(), "create" | "add")) && !op.act.acted;
    let Some(owner) = owner.filter(|_| creates) else { return says };
    let value = value_of(op).map(|field| format!("{{{}}}", field.name));
    let (owners, name) = (choice(&kinds.all[&owner.kind]), &owner.name);
    let ends = matches!(op.shape.last(), Some(Part::Fixed(_)));
    if ends {
        let slot = value.as_ref().map_or_else(String::new, |value| format!(" [{value}]"));
        says.push(format!("give [the] {owners} {{{name}}} [a|an|another|one|the] [new|more|extra] {nouns}{slot}"));
    }
    if let Some(value) = value.filter(|_| ends) {
        let joint = "(to|on|for|under|in|of|at)";
        says.push(format!(
            "(add|put|create|set|make|enter) {value} as [a|an|another|the] [new] {nouns} {joint} [the] {owners} {{{name}}}"
        ));
        says.push(format!(
            "(add|put|attach|post|write|enter|note|log|record) [a|an|the|another] [new] {nouns} {value} {joint} [the] {owners} {{{name}}}"
        ));
        if op.act.noun.iter().any(|word| is("history", word) || is_verbable(word)) {
            says.push(format!(
                "(note|log|record|write|write down|put down) {value} (in|on|to|for|under|about) [the] [log|history|notes|{}] [of|on|for|to] [{}] {{{name}}}",
                nouns.trim_matches(['(', ')']),
                owners.trim_matches(['(', ')'])
            ));
        }
    }
    says
}

/// The one value that says what is made: the field that carries it, or a text or an address that is needed.
pub(super) fn value_of<'o>(op: &'o Op<'_>) -> Option<&'o Field> {
    let plain = |field: &&Field| {
        !in_path(op, field)
            && field.default.is_none()
            && field.fields.is_empty()
            && field.values.is_empty()
            && !field.many
    };
    let text = |field: &&Field| matches!(field.kind.as_str(), "" | "free-text" | "url");
    main_field(op)
        .or_else(|| op.sent.fields.iter().filter(plain).filter(|field| field.required).find(text))
        .or_else(|| op.sent.fields.iter().filter(plain).find(|field| is("telling", &last_word(field))))
}

fn last_word(field: &Field) -> String {
    words(field.name.rsplit('.').next().unwrap_or(&field.name)).pop().unwrap_or_default()
}

/// "set saw.png as the avatar of channel woodshop", "use face.png as my avatar".
fn sent_file(op: &Op<'_>, nouns: &str, owner: Option<&Field>, kinds: &Kinds) -> Vec<String> {
    let multipart = op.spec.body.as_ref().is_some_and(|body| body.content_type.starts_with("multipart"));
    let file = op.sent.fields.iter().find(|field| {
        let last = last_word(field);
        let plain =
            field.values.is_empty() && field.fields.is_empty() && matches!(field.kind.as_str(), "" | "any" | "url");
        plain && !in_path(op, field) && (is_uploaded(&last) || is("file-field", &last))
    });
    let file = file.or_else(|| {
        let pictured = |field: &&Field| field.kind == "url" && words(&field.name).iter().any(|word| is_uploaded(word));
        op.sent.fields.iter().filter(|field| !in_path(op, field)).find(pictured)
    });
    let Some(file) = file.filter(|file| multipart || file.kind == "url") else { return Vec::new() };
    let verbs = "(set|use|put|make|take|add|upload|change)";
    let file = format!("{{{}}}", file.name);
    match owner {
        Some(owner) => {
            let (owners, name) = (choice(&kinds.all[&owner.kind]), &owner.name);
            vec![
                format!(
                    "{verbs} {file} [as|into|to] [a|the|its|an] [new] {nouns} (of|for|on|across|to|in) [the] {owners} {{{name}}}"
                ),
                format!("{verbs} [the] {nouns} (of|for|on|to) [the] {owners} {{{name}}} [to|with|from] {file}"),
            ]
        }
        None => vec![
            format!("{verbs} {file} (as|for|to be) [my|the|our|a|an] [new] {nouns}"),
            format!("{verbs} [my|the|our|a|an] [new] {nouns} (to|from|with|as) {file}"),
        ],
    }
}

/// "comment \"nice\" on video 912", "reply \"thanks\" to comment 401".
fn written(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let Some(owner) = records(op, kinds).last().copied() else { return Vec::new() };
    let told = op.act.told.iter().filter(|told| told.family() == Family::Own).map(|told| told.verb.clone());
    let own = op.act.own.iter().filter(|verb| is("writing", verb)).cloned();
    let object = op.objects.first().and_then(|name| kinds.all.get(name)).map_or(&[][..], |kind| &kind.nouns);
    let nouns = op.act.noun.iter().chain(object).filter(|word| is("writing", word)).cloned();
    let mut verbs: Vec<String> = told.filter(|verb| is("writing", verb)).chain(own).chain(nouns).collect();
    verbs.sort();
    verbs.dedup();
    let Some(value) = value_of(op).filter(|_| !verbs.is_empty()) else { return Vec::new() };
    let last = matches!(op.shape.last(), Some(Part::Variable(_)));
    if last {
        verbs.extend(all("answering").map(str::to_owned));
    }
    verbs.dedup();
    let (verbs, owners) = (alternatives(verbs), choice(&kinds.all[&owner.kind]));
    let (value, name) = (&value.name, &owner.name);
    vec![
        format!("{verbs} {{{value}}} (on|to|under|for|about|in) [the] {owners} {{{name}}}"),
        format!("{verbs} [on|to|under|for|about|in] [the] {owners} {{{name}}} [with|saying|that says] {{{value}}}"),
    ]
}
