//! What a record belongs to may be said right behind it, in the middle of a pattern: "mark conversation 3 in account 12 as
//! resolved".

use super::field::Field;
use super::kinds::Kinds;
use super::op::Op;
use super::properties::choice;

/// The longest pattern that is widened, in letters.
const LONGEST: usize = 400;

/// Lets the patterns of an operation take what its record belongs to.
pub(super) fn widen(op: &mut Op<'_>, kinds: &Kinds) {
    let path: Vec<Field> = {
        let mut fields: Vec<&Field> = op
            .sent
            .fields
            .iter()
            .filter(|field| {
                op.sent.template.contains(&format!("{{{{ {} }}}}", field.name)) && kinds.all.contains_key(&field.kind)
            })
            .collect();
        fields.sort_by_key(|field| op.sent.template.find(&format!("{{{{ {} }}}}", field.name)));
        fields.into_iter().cloned().collect()
    };
    let Some((record, owners)) =
        path.split_last().filter(|(record, owners)| record.default.is_none() && !owners.is_empty())
    else {
        return;
    };
    let mut scopes = String::new();
    for owner in owners.iter().rev().take(2) {
        let nouns = choice(&kinds.all[&owner.kind]);
        let nouns = if owner.default.is_none() {
            format!("[{}]", nouns.trim_start_matches('(').trim_end_matches(')'))
        } else {
            nouns
        };
        scopes += &format!(" [(in|of|on|from|for|at|inside) [the] {nouns} {{{}}}]", owner.name);
    }
    let slot = format!("{{{}}}", record.name);
    for say in &mut op.says {
        let said = owners.iter().any(|owner| say.contains(&format!("{{{}}}", owner.name)));
        let Some(at) = say.find(&slot).map(|at| at + slot.len()).filter(|_| !said && say.len() < LONGEST) else {
            continue;
        };
        let rest = &say[at..];
        let goes_on = rest.contains(|c: char| c.is_alphanumeric());
        if goes_on && rest.starts_with(' ') && !rest.starts_with(" 's") {
            say.insert_str(at, &scopes);
        }
    }
}
