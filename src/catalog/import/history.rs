//! Phrase patterns for lists of what was done with a record, and of what failed: "what has happened to server 42?", "what went
//! wrong with batch 7?".

use crate::catalog::Method;

use super::english::{all, is};
use super::kinds::Kinds;
use super::noun::{plural_of, singular_words};
use super::op::Op;
use super::properties::{alternatives, choice};
use super::questions::records;
use super::shape::Part;

/// The patterns of an operation.
pub(super) fn history(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let Some(Part::Fixed(last)) = op.shape.last().filter(|_| op.spec.method == Method::Get && !op.act.acted) else {
        return Vec::new();
    };
    let one = singular_words(last).join(" ");
    let Some(head) = one.rsplit(' ').next() else { return Vec::new() };
    let owner = records(op, kinds).last().copied();
    let of = owner.map(|owner| (choice(&kinds.all[&owner.kind]), &owner.name));
    if is("failing", head) {
        let Some((owners, name)) = of else { return Vec::new() };
        let owners = owners.trim_matches(['(', ')']);
        return vec![format!(
            "(what|anything|something) (went|has gone|gone|goes|is|was) wrong (with|in|on) [the] [{owners}] {{{name}}}"
        )];
    }
    if !is("history", head) {
        return Vec::new();
    }
    let done = all("happened").collect::<Vec<_>>().join("|");
    let (many, some) = (plural_of(&one), "what|everything|anything|all");
    let when = "[so far|lately|recently|until now|to date|in the past]";
    let Some((owners, name)) = of else {
        return vec![format!("({some}) [that] ({done}) {when}"), format!("(past|recent|latest|previous) {many}")];
    };
    let owners = owners.trim_matches(['(', ')']);
    let whose = format!("(of|on|for|with|from|to|in) [the] [{owners}] {{{name}}}");
    let mut nouns = vec![one.clone(), many];
    nouns.extend(
        op.objects
            .first()
            .and_then(|name| kinds.all.get(name))
            .into_iter()
            .flat_map(|kind| kind.nouns.iter().skip(1).take(3).map(|noun| plural_of(noun)).collect::<Vec<_>>()),
    );
    let nouns = alternatives(nouns);
    vec![
        format!("({some}) [that] ({done}) (to|with|on|in|at|for) [the] [{owners}] {{{name}}} {when}"),
        format!(
            "(history|past|record|log|timeline) [of] [the] [all|past] [{}] {whose}",
            nouns.trim_matches(['(', ')'])
        ),
        format!("(past|previous|recent|latest|earlier) {nouns} {whose}"),
        format!(
            "(what|which) (changes|operations|actions|work) (was|were|has been|have been) (run|done|made|carried out|performed) {whose}"
        ),
        format!("{{{name}}} 's (history|past)"),
    ]
}
