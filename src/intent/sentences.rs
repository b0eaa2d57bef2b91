//! Several sentences of which one asks for something: "Met a guy at the expo! Save him as …", "price of the kit? lady on
//! line 2".

use crate::catalog::inflect::Form;
use crate::catalog::{Catalog, Sense, WordSet};
use crate::language::{Item, ItemKind, Utterance};

use super::meaning::{capital, class_of, is, is_any, orders, senses};
use super::{Context, Intent, Reader, Status};

/// Sentences that a line has at most to be looked at one by one.
const MOST: usize = 4;

/// Items of a sentence before and behind an emoji that ends it, at least.
const FEWEST: usize = 3;

/// Items of an order that only says to show what was asked about, at most.
const LONGEST_ORDER: usize = 7;

impl Reader {
    /// What a question means behind which the line only says to show the same.
    pub(super) fn asked_then_shown(
        &self,
        line: &Utterance,
        catalog: &Catalog,
        context: &Context<'_>,
    ) -> Option<Intent> {
        let (question, order) = shown_again(line, catalog)?;
        let asked = self.read_alone(&question, catalog, context);
        let shown = self.read_alone(&order, catalog, context);
        let objects = |intent: &Intent| {
            let mut steps = intent.steps.iter().map(|step| catalog.operation(step.operation));
            let first = steps.next().filter(|op| op.reads() && steps.next().is_none());
            first.map(|op| op.objects.first().cloned())
        };
        let twins = || shown.steps.first().map(|step| step.operation) == asked.steps.first().map(|step| step.operation);
        let same = shown.status == Status::Unknown || objects(&shown) == objects(&asked) && !twins();
        let fits = asked.status == Status::Ready && objects(&asked).is_some() && same;
        fits.then(|| Intent { text: line.text.clone(), ..asked })
    }

    /// What the one sentence of a line means that can be understood, where the others only tell something.
    pub(super) fn only_sentence(&self, line: &Utterance, catalog: &Catalog, context: &Context<'_>) -> Option<Intent> {
        let mut understood = None;
        for sentence in split(line) {
            let intent = self.read_alone(&sentence, catalog, context);
            match intent.status {
                Status::Unknown if only_tells(&sentence, catalog) => {}
                Status::Ready if understood.is_none() => understood = Some(intent),
                _ => return None,
            }
        }
        understood.map(|intent| Intent { text: line.text.clone(), ..intent })
    }
}

/// The sentences of a line that holds several, each as a line of its own; none when it holds one.
pub fn split(line: &Utterance) -> Vec<Utterance> {
    let ends = |item: &Item| matches!(item.kind, ItemKind::Stop | ItemKind::Question);
    let sentences: Vec<Utterance> = line
        .items
        .split_inclusive(ends)
        .filter(|items| items.iter().any(|item| !ends(item)))
        .map(|items| Utterance { text: line.text.clone(), items: items.to_vec() })
        .collect();
    if (2..=MOST).contains(&sentences.len()) { sentences } else { Vec::new() }
}

/// The line with the emoji that stand between two sentences as what ends the first: "we start bridal trials 💍 make a calendar
/// group …". Nothing when it has none.
pub fn ended(line: &Utterance, catalog: &Catalog) -> Option<Utterance> {
    let ends = |at: usize| {
        let item = &line.items[at];
        let order = |next: &Item| senses(catalog, &next.folded).iter().copied().any(orders);
        item.kind == ItemKind::Other
            && !item.folded.is_ascii()
            && at >= FEWEST
            && at + FEWEST < line.items.len()
            && order(&line.items[at + 1])
            && !capital(line, at + 1)
    };
    let end = |(at, item): (usize, &Item)| {
        if ends(at) { Item { kind: ItemKind::Stop, ..item.clone() } } else { item.clone() }
    };
    (0..line.items.len())
        .any(ends)
        .then(|| Utterance { text: line.text.clone(), items: line.items.iter().enumerate().map(end).collect() })
}

/// Whether a sentence that nobody understands can be passed over: it neither orders nor denies anything.
pub fn only_tells(sentence: &Utterance, catalog: &Catalog) -> bool {
    let orders = |item: &Item| {
        senses(catalog, &item.folded)
            .iter()
            .any(|s| matches!(s, Sense::Verb { form: Form::Base, .. } | Sense::Apart { form: Form::Base, .. }))
    };
    let small = |item: &Item| {
        use WordSet::{Conjunction, Filler, Preposition, Sequence, Thing};
        is_any(catalog, item, &[Conjunction, Filler, Preposition, Sequence, Thing])
    };
    let first = sentence.items.iter().find(|item| !small(item));
    let denies = |item: &Item| is_any(catalog, item, &[WordSet::Negation, WordSet::False, WordSet::Foreign]);
    // What gives a value tells more than what happened.
    let tells_value = |item: &Item| {
        use ItemKind::{Code, Colon, Email, Money, Phone, Quoted, Url};
        matches!(item.kind, Code | Colon | Email | Money { .. } | Phone | Quoted { .. } | Url)
    };
    first.is_some_and(|first| !orders(first))
        && !sentence.items.iter().any(tells_value)
        && !sentence.items.iter().any(denies)
}

/// The question of a line that says behind it to show the same: "are Google ads connected here? show me the integration".
fn shown_again(line: &Utterance, catalog: &Catalog) -> Option<(Utterance, Utterance)> {
    let mut both = split(line).into_iter();
    let (question, order) = (both.next()?, both.next().filter(|_| both.len() == 0)?);
    let shows = |item: &Item| {
        let reads = |s: &Sense| class_of(catalog, *s).is_some_and(|class| class.reads);
        senses(catalog, &item.folded).iter().any(|s| matches!(s, Sense::Verb { form: Form::Base, .. }) && reads(s))
    };
    let last = question.items.last().is_some_and(|last| last.kind == ItemKind::Question);
    let plain = |item: &Item| {
        matches!(item.kind, ItemKind::Word | ItemKind::Stop | ItemKind::Question) && !is(catalog, item, WordSet::Thing)
    };
    let first = order.items.iter().find(|item| !is(catalog, item, WordSet::Filler));
    let short = order.items.len() <= LONGEST_ORDER && order.items.iter().all(plain);
    (last && short && first.is_some_and(shows)).then_some((question, order))
}

#[cfg(test)]
mod tests {
    use super::super::reading_tests::meant;

    #[test]
    fn the_sentence_that_asks_is_read() {
        for (line, start) in [
            ("Met a guy at the expo! Save him as a contact: Wen Park, wen@x.com", "contacts.create"),
            ("how is our online store set up? show the settings", "store.get-settings"),
            ("Just hung up with Delphine. Bump the Solar deal to Won Back.", "opportunities.update"),
        ] {
            assert!(meant(line).starts_with(start), "{line}: {}", meant(line));
        }
    }

    #[test]
    fn what_another_sentence_orders_or_takes_back_is_not_passed_over() {
        for line in ["delete the tag vip. never mind", "delete the tag vip. Frobnicate it. no"] {
            assert_eq!(meant(line), "unknown", "{line}");
        }
    }
}
