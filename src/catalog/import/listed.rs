//! Phrase patterns for records that are known by more than an id, and that are spoken of as being on a list: "take
//! jane@example.com off the blocks list".

use crate::catalog::Method;

use super::english::is;
use super::frames::frames;
use super::kinds::Kinds;
use super::noun::plural_of;
use super::op::Op;
use super::properties::{alternatives, choice};
use super::questions::records;
use super::shape::Part;

/// The most names of a list.
const MOST: usize = 5;

/// The patterns of an operation.
pub(super) fn listed(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let Some(Part::Variable(last)) = op.shape.last() else { return Vec::new() };
    let set = match op.spec.method {
        Method::Delete => "unlisted",
        Method::Get => "listed-in",
        _ => return Vec::new(),
    };
    let spoken = super::english::words(last);
    let named = spoken.last().is_some_and(|last| is("named-by", last) && !is("never-listed", last));
    let kind = op.objects.first().and_then(|name| kinds.all.get(name)).filter(|_| named && !op.act.acted);
    let Some(kind) = kind else { return Vec::new() };
    let nouns: Vec<String> = kind.nouns.iter().filter(|n| super::relations::is_plain(n)).take(MOST).cloned().collect();
    if nouns.is_empty() {
        return Vec::new();
    }
    let many = alternatives(nouns.iter().map(|noun| plural_of(noun)).chain(nouns.iter().cloned()).collect());
    let owner = records(op, kinds).into_iter().rfind(|field| field.name != *last);
    let whose = owner.map_or_else(String::new, |owner| {
        format!("(of|for|in|on|from) [the] {} {{{}}}", choice(&kinds.all[&owner.kind]), owner.name)
    });
    let places = [("value", format!("{{{last}}}")), ("many", many), ("name", alternatives(nouns))]
        .map(|(place, text)| (place, text));
    let mut places: Vec<(&str, &str)> = places.iter().map(|(place, text)| (*place, text.as_str())).collect();
    // A place that is left empty leaves a pattern out: here it only says of which list.
    let whose = if whose.is_empty() { "[there|here]".to_owned() } else { whose };
    places.push(("whose", &whose));
    frames(set, &places)
}
