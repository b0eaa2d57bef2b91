//! What descriptions add to summaries: "Abort an upload session", where the summary only has "Remove upload session".

use crate::catalog::{Lexicon, Method};

use super::english::{Family, is_verb};
use super::model::Model;
use super::told::summary;

/// Gives operations the verb that their description begins with, where nothing else is asked for by it.
pub(super) fn verbs(model: &mut Model<'_>, lexicon: &Lexicon) {
    let mut found: Vec<(usize, String)> = Vec::new();
    for (at, op) in model.operations.iter().enumerate() {
        let plain = op.spec.method != Method::Get && op.act.titled && !op.act.acted && !op.act.reads && !op.act.bulk;
        let Some(told) = summary(&op.spec.description, &[], &[], lexicon).filter(|_| plain) else { continue };
        let same = told.noun == op.act.noun || op.act.named.contains(&told.noun);
        let own = told.family() == Family::Own && !told.verb.contains(' ') && is_verb(lexicon, &told.verb);
        if same && own && !op.act.own.contains(&told.verb) {
            found.push((at, told.verb));
        }
    }
    let class = |verb: &str| super::english::class_of(lexicon, verb);
    for (at, verb) in found {
        let object = model.operations[at].objects.first().cloned();
        let taken = model.operations.iter().enumerate().any(|(other, op)| {
            let asks = op.act.own.iter().any(|own| *own == verb || class(own).is_some() && class(own) == class(&verb));
            other != at && asks && object.as_ref().is_some_and(|object| op.objects.contains(object))
        });
        if !taken {
            model.operations[at].act.own.push(verb);
        }
    }
}
