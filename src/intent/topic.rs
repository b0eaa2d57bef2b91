//! What is to be done named first and what is to be done to it behind a pause: "recurring invoice schedules, list them",
//! "recurring task 66ee - delete it please".

use crate::catalog::inflect::Form;
use crate::catalog::{Catalog, Sense, WordSet};
use crate::language::{Item, ItemKind, Utterance};

/// The order of such a line with what it names in the place of the pronoun: "list recurring invoice schedules". Nothing
/// when the line is none.
pub fn in_its_place(line: &Utterance, catalog: &Catalog) -> Option<String> {
    use ItemKind::{Comma, Dash};
    let items = &line.items;
    let mark = items.iter().rposition(|item| matches!(item.kind, Comma | Dash)).filter(|mark| *mark > 0)?;
    let order = &items[mark + 1..];
    let pronoun = |item: &Item| has(catalog, item, WordSet::Thing) || has(catalog, item, WordSet::Person);
    let stands = order.iter().position(pronoun)?;
    let filler = |item: &Item| has(catalog, item, WordSet::Filler);
    let verb = order.iter().position(|item| !filler(item))?;
    let orders = senses(catalog, &order[verb]).iter().any(|s| matches!(s, Sense::Verb { form: Form::Base, .. }));
    let topic = &items[..mark];
    let noun = topic.iter().any(|item| senses(catalog, item).iter().any(|s| matches!(s, Sense::Noun { .. })));
    let once = !order[stands + 1..].iter().chain(topic).any(pronoun);
    if !orders || verb >= stands || !noun || !topic.iter().all(|item| names(catalog, item)) || !once {
        return None;
    }
    let text = |from: usize, to: usize| &line.text[from..to];
    let before = text(order[verb].start, order[stands].start);
    let after = text(order[stands].end, items[items.len() - 1].end);
    Some(format!("{before}{}{after}", line.slice(0, mark - 1)))
}

/// Whether a word may belong to what names something: it neither joins two parts nor does anything, unless it is a noun as
/// well ("the note on Ann").
fn names(catalog: &Catalog, item: &Item) -> bool {
    let senses = senses(catalog, item);
    let noun = senses.iter().any(|s| matches!(s, Sense::Noun { .. }));
    let verb = senses.iter().any(|s| matches!(s, Sense::Verb { .. }));
    item.kind != ItemKind::Comma && !has(catalog, item, WordSet::Auxiliary) && (!verb || noun)
}

fn senses<'c>(catalog: &'c Catalog, item: &Item) -> &'c [Sense] {
    let word = Some(item).filter(|item| item.kind == ItemKind::Word);
    let vocabulary = catalog.vocabulary();
    word.and_then(|item| vocabulary.lookup(&item.folded)).map_or(&[], |term| vocabulary.senses(term))
}

fn has(catalog: &Catalog, item: &Item, set: WordSet) -> bool {
    senses(catalog, item).contains(&Sense::Set(set))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::read;

    fn order(text: &str) -> Option<String> {
        in_its_place(&read(text).expect("a line"), &Catalog::builtin())
    }

    #[test]
    fn what_is_named_first_stands_where_the_pronoun_stood() {
        let line = "recurring invoice schedules, list them";
        assert_eq!(order(line).as_deref(), Some("list recurring invoice schedules"));
        let line = "recurring task 66ee10b2 - please switch it off";
        assert_eq!(order(line).as_deref(), Some("switch recurring task 66ee10b2 off"));
    }

    #[test]
    fn what_tells_something_first_is_read_otherwise() {
        for line in
            ["the deal is dead, delete it", "delete the deal, it is dead", "list contacts, please", "get it, now"]
        {
            assert_eq!(order(line), None, "{line}");
        }
    }
}
