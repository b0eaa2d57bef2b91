//! Requests that do one thing to several records: `/alerts/acknowledgeMultiple`, `/vehicles/bulkArchive`.

use crate::catalog::{Lexicon, Method};

use super::english::{Family, family, is, is_particle_of, is_preposition, is_state, is_verb, means_many};
use super::field::Field;
use super::frames::frames;
use super::kinds::Kinds;
use super::noun::plural_of;
use super::op::Op;
use super::properties::alternatives;
use super::relations::{in_path, is_plain};
use super::shape::Part;

/// The verb of a path's last step that says beside it that many records are meant.
pub(super) fn verb_for_many(fixed: &[String], lexicon: &Lexicon) -> Option<String> {
    let rest: Vec<String> = fixed.iter().filter(|word| !means_many(word)).cloned().collect();
    let verb = rest.first().is_some_and(|first| is_verb(lexicon, first)) && rest.len() < 3;
    (verb && rest.len() < fixed.len()).then(|| rest.join(" "))
}

/// What a path's last step says is done, where it goes on as a noun would: `apply_to_resources`, `read-all`.
pub(super) fn deed_beside(fixed: &[String], lexicon: &Lexicon) -> Option<String> {
    match fixed {
        [state, all] if is_state(state) && matches!(all.as_str(), "all" | "everything") => Some(state.clone()),
        [verb, joint, _, ..] => {
            let joins = is_preposition(joint) && is_verb(lexicon, verb) && !is_particle_of(verb, joint);
            joins.then(|| fixed.join(" "))
        }
        _ => None,
    }
}

/// The field that names the records, where they are several.
pub(super) fn several<'o>(op: &'o Op<'_>) -> Option<&'o Field> {
    op.sent.fields.iter().find(|field| {
        field.many
            && field.pattern.as_deref() == Some(super::records::NUMBERED)
            && field.default.is_none()
            && !in_path(op, field)
            && !field.name.contains('.')
    })
}

/// What is done to several at once is done to those that are named behind their noun; so is what is put among one's own. "What
/// is coming up?" asks of no record whether it is kept.
pub(super) fn only_behind_noun(op: &mut Op<'_>) {
    let asks =
        op.act.acted && matches!(op.shape.last(), Some(Part::Fixed(last)) if last.len() == 1 && is("asking", &last[0]));
    let own = op.act.mine && !op.act.reads && op.spec.method != Method::Get;
    if !op.act.bulk && !op.act.acted && !own {
        return;
    }
    let template = op.sent.template.clone();
    for field in &mut op.sent.fields {
        let several = field.pattern.as_deref() == Some(super::records::NUMBERED);
        if (several || asks) && !template.contains(&format!("{{{{ {} }}}}", field.name)) {
            (field.bare, field.led) = (false, true);
        }
    }
}

/// "acknowledge alerts 201, 202 and 203", "undo the acknowledgement of alerts 201 and 202".
pub(super) fn bulk(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let writes = op.spec.method != Method::Get && !op.act.reads && (op.act.bulk || op.act.acted);
    let Some(field) = several(op).filter(|_| writes && op.act.state.is_empty()) else { return Vec::new() };
    let Some(kind) = op.objects.first().and_then(|name| kinds.all.get(name)) else { return Vec::new() };
    let nouns: Vec<String> =
        kind.nouns.iter().filter(|noun| is_plain(noun)).take(4).map(|noun| plural_of(noun)).collect();
    if nouns.is_empty() {
        return Vec::new();
    }
    let (nouns, value) = (alternatives(nouns), format!("{{{}}}", field.name));
    if let [verb, thing] = op.act.thing.as_slice() {
        let verbs = alternatives(super::doings::verbs(verb));
        let things = alternatives(super::doings::names_of_deed(thing));
        return frames("several-of", &[("verb", &verbs), ("name", &things), ("many", &nouns), ("value", &value)]);
    }
    let mut verbs: Vec<String> = op.act.own.iter().filter(|verb| is_plain(verb)).cloned().collect();
    for class in &op.act.classes {
        if matches!(family(class), Family::Delete | Family::Remove) {
            verbs.extend(["delete", "remove"].map(str::to_owned));
        } else if !is("making", class) {
            verbs.push(class.clone());
        }
    }
    verbs.sort();
    verbs.dedup();
    if verbs.is_empty() {
        return Vec::new();
    }
    frames("several", &[("verb", &alternatives(verbs)), ("many", &nouns), ("value", &value)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_for_many_is_no_part_of_the_verb() {
        let verb = |text: &str| {
            let words: Vec<String> = text.split(' ').map(str::to_owned).collect();
            verb_for_many(&words, &Lexicon::default())
        };
        assert_eq!(verb("acknowledge multiple"), Some("acknowledge".to_owned()));
        assert_eq!(verb("bulk archive"), Some("archive".to_owned()));
        assert_eq!(verb("archive"), None);
        assert_eq!(verb("bulk orders"), None);
    }
}
