//! Two orders of which each is understood only by itself: "the folder Old has to go, and the tag vip should be called gold".

use crate::catalog::inflect::Form;
use crate::catalog::{AGREEMENT, CHANGES, Catalog, Risk, Sense, VerbClass, WordSet};
use crate::language::{Item, ItemKind, Utterance, read};

use super::clauses::MOST_MISSING;
use super::guards;
use super::leftout;
use super::meaning::{capital, class_of, is, longest, noun_at, senses};
use super::reader::writes;
use super::reading::own;
use super::wishes;
use super::{Argument, Context, Intent, Memory, Reader, Status, Step, Value};

/// Places where a line is tried to be parted, at most.
const MOST: usize = 2;
/// Items of either part, at least.
const FEWEST: usize = 2;
/// Words of a verb, at most: "let me see".
const LONGEST_VERB: usize = 3;

impl Reader {
    /// The two orders of a line of which a reading carries out one: it lets a record of the other go ("the task 6f1a is done, and
    /// leave a note on Ann: …"), misses the noun of the second ("… and create one called Intro"), or took its words into a name.
    pub(super) fn both_orders(
        &self,
        intent: &Intent,
        line: &Utterance,
        catalog: &Catalog,
        context: &Context<'_>,
    ) -> Option<Intent> {
        let ready = intent.status == Status::Ready;
        let two = |both: &Intent| both.status == Status::Ready && both.steps.len() > 1;
        let in_noun = || {
            let text = leftout::with_noun(line, catalog).filter(|_| ready && writes(intent, catalog));
            self.again(text, line, catalog, context).filter(two)
        };
        let let_go = || {
            let [step] = intent.steps.as_slice() else { return None };
            let both =
                (ready && guards::lets_go(intent, line)).then(|| self.halves(line, catalog, context)).flatten()?;
            let (same, others): (Vec<&Step>, Vec<&Step>) =
                both.steps.iter().partition(|other| other.operation == step.operation);
            let writes = others.iter().all(|other| !catalog.operation(other.operation).reads());
            (writes && !same.is_empty() && !others.is_empty()).then_some(both)
        };
        let swallowed = || {
            let swallowed = leftout::swallowed(intent, line, catalog);
            swallowed.then(|| self.in_full(line, catalog, context)).flatten()
        };
        // "The deal Pool Deck is lost. Also tag Nina …": what was taken for a remark orders something by itself.
        let next = || {
            let [step] = intent.steps.as_slice() else { return None };
            let shows = || writes(intent, catalog) && shows_more(line, catalog);
            let told = ready && ((0..line.items.len()).any(|at| adds_an_order(line, at, catalog)) || shows());
            let both = told.then(|| self.halves(line, catalog, context)).flatten()?;
            let heard = both.steps.iter().any(|other| other.operation == step.operation);
            (heard && both.steps.len() > 1).then_some(both)
        };
        in_noun().or_else(let_go).or_else(swallowed).or_else(next)
    }

    /// What a line means that nothing else explains, as two orders one after the other. Both must be understood whole: a part
    /// that forbids, depends on something or only tells something is no order.
    pub(super) fn halves(&self, line: &Utterance, catalog: &Catalog, context: &Context<'_>) -> Option<Intent> {
        let joints = joints(line, catalog);
        // What lacks a value is looked at only where nothing is understood whole.
        let mut ways = [false, true].into_iter().flat_map(|asking| joints.iter().map(move |joint| (asking, *joint)));
        ways.find_map(|(asking, (end, from))| {
            let part = |items: &[Item]| Utterance { text: line.text.clone(), items: items.to_vec() };
            let understood = |half: &Utterance, context: &Context<'_>| {
                let intent = self.understood(half, catalog, context);
                let clear = intent.status == Status::Ready || asking && lacks_little(&intent, half, catalog);
                let whole = clear && (writes(&intent, catalog) || !changes(half, catalog));
                whole.then_some(intent)
            };
            let first = understood(&part(&line.items[..end]), context)?;
            let memory = first.steps.iter().fold(context.memory.clone(), |memory: Memory, step| {
                memory.after(catalog, catalog.operation(step.operation), &step.arguments)
            });
            let context = Context { memory: &memory, ..*context };
            let whole = || in_full(line, end, from, catalog).and_then(|text| understood(&read(&text).ok()?, &context));
            // "… and hand it over to Dana": the deal that the first part names.
            let named = || {
                let request = read(&line.text[line.items[from].start..]).ok()?;
                let (text, surely) = wishes::with_name(&part(&line.items[..end]), &request, catalog)?;
                understood(&read(&text).ok()?, &context).filter(|then| surely && !guards::destroys(then, catalog))
            };
            let then = understood(&part(&line.items[from..]), &context).or_else(whole).or_else(named)?;
            // "… and take off lead" deletes nobody whom only the first part names.
            let rest = &line.items[from..];
            let pronoun = |item: &Item| is(catalog, item, WordSet::Thing) || is(catalog, item, WordSet::Person);
            let said = || line.slice(from, line.items.len() - 1);
            if !rest.iter().any(pronoun) && then.steps.iter().any(|step| destroys_unsaid(step, said(), catalog)) {
                return None;
            }
            let lacking = if first.status == Status::Ready { then.clone() } else { first.clone() };
            let steps: Vec<_> = first.steps.into_iter().chain(then.steps).collect();
            Some(Intent { text: line.text.clone(), steps, ..lacking })
        })
    }
}

/// Whether an order that opens with its verb lacks a value or two, which it will be asked for: "email INV-2216".
fn lacks_little(intent: &Intent, half: &Utterance, catalog: &Catalog) -> bool {
    let [step] = intent.steps.as_slice() else { return false };
    let op = catalog.operation(step.operation);
    let plain = |name: &String| name != AGREEMENT && name != CHANGES && op.param(name).is_some_and(|p| !own(op, p));
    intent.status == Status::Incomplete
        && op.risk != Risk::Destroy
        && step.missing.len() <= MOST_MISSING
        && step.missing.iter().all(plain)
        && !step.arguments.is_empty()
        && orders_first(half, catalog)
}

/// Whether a part opens with an order.
fn orders_first(part: &Utterance, catalog: &Catalog) -> bool {
    let acts = |s: &Sense| matches!(s, Sense::Verb { form: Form::Base, .. } | Sense::Own);
    opening(part, catalog).first().is_some_and(|first| senses(catalog, &first.folded).iter().any(acts))
}

/// A part from the first word on that says anything.
fn opening<'p>(part: &'p Utterance, catalog: &Catalog) -> &'p [Item] {
    let small = |item: &Item| [WordSet::Filler, WordSet::Sequence].into_iter().any(|set| is(catalog, item, set));
    let from = part.items.iter().position(|item| !small(item)).unwrap_or(part.items.len());
    &part.items[from..]
}

/// Whether words stand at an item that only lead from one order to the next: "also", "after that". In a text that a mark opens
/// they lead nowhere: "note on Ann: paid. also wants a quote".
fn adds_an_order(line: &Utterance, at: usize, catalog: &Catalog) -> bool {
    at > FEWEST
        && !capital(line, at)
        && longest(line, at, "adds_an_order", catalog).is_some()
        && !line.items[..at].iter().any(|item| item.kind == ItemKind::Colon)
}

/// Whether something is asked to be shown behind a conjunction: "void INV-7 and give me the next invoice number".
fn shows_more(line: &Utterance, catalog: &Catalog) -> bool {
    (FEWEST..line.items.len().saturating_sub(FEWEST)).any(|at| {
        let joined = is(catalog, &line.items[at], WordSet::Conjunction) && !capital(line, at + 1);
        joined && verb(&line.items[at + 1..], catalog).is_some_and(|class| class.reads)
    })
}

/// The class of the verb that opens a part: the longest there is, as "give me" shows what "give" by itself does not.
fn verb<'c>(part: &[Item], catalog: &'c Catalog) -> Option<&'c VerbClass> {
    let phrase = |len: usize| part[..len].iter().map(|item| item.folded.as_str()).collect::<Vec<_>>().join(" ");
    let base = |len: usize, s: &Sense| match s {
        Sense::Verb { form: Form::Base, weak, .. } if len > 1 || !weak => class_of(catalog, *s),
        _ => None,
    };
    let said = |len: usize| senses(catalog, &phrase(len)).iter().find_map(|s| base(len, s));
    (1..=part.len().min(LONGEST_VERB)).rev().find_map(said)
}

/// Whether a step destroys a record that some words do not name.
fn destroys_unsaid(step: &Step, words: &str, catalog: &Catalog) -> bool {
    let op = catalog.operation(step.operation);
    let unsaid = |argument: &Argument| {
        let record = op.param(&argument.name).is_some_and(|param| own(op, param));
        record && matches!(&argument.value, Value::Text(text) if !words.contains(text.as_str()))
    };
    op.risk == Risk::Destroy && step.arguments.iter().any(unsaid)
}

/// The second part with what it leaves out: "it" before "should not be the default", the noun of the first part before a code.
fn in_full(line: &Utterance, end: usize, from: usize, catalog: &Catalog) -> Option<String> {
    let rest = &line.text[line.items[from].start..];
    if is(catalog, &line.items[from], WordSet::Auxiliary) {
        let it = catalog.lexicon().set("thing").first()?;
        return Some(format!("{it} {rest}"));
    }
    let code = line.items[from].kind == ItemKind::Code;
    let noun = (0..end).find_map(|at| Some((at, noun_at(line, at, catalog)?.0))).filter(|_| code);
    noun.map(|(first, past)| format!("{} {rest}", line.slice(first, past - 1)))
}

/// Where a line may be parted: one past the last item of the first part, and the first of the second.
fn joints(line: &Utterance, catalog: &Catalog) -> Vec<(usize, usize)> {
    let items = &line.items;
    let joins = |at: usize| {
        matches!(items[at].kind, ItemKind::Comma | ItemKind::Semicolon | ItemKind::Stop | ItemKind::Ampersand)
            || [WordSet::Conjunction, WordSet::Sequence].into_iter().any(|set| is(catalog, &items[at], set))
            || (at - 1..=at).any(|from| longest(line, from, "adds_an_order", catalog).is_some_and(|past| past > at))
    };
    let weighty = |at: usize| items[at].kind != ItemKind::Comma && joins(at);
    let mut found = Vec::new();
    let mut at = FEWEST;
    while at + FEWEST < items.len() && found.len() < MOST {
        if !joins(at) {
            at += 1;
            continue;
        }
        let past = (at..items.len()).find(|at| !joins(*at)).unwrap_or(items.len());
        let next = || (at..past).any(|at| adds_an_order(line, at, catalog));
        if (at..past).any(weighty) && past + FEWEST <= items.len() && (acts(&items[past..], catalog) || next()) {
            found.push((at, past));
        }
        at = past;
    }
    found
}

/// Whether a part opens with a verb that changes something: what is only shown in answer to it was not asked for.
fn changes(part: &Utterance, catalog: &Catalog) -> bool {
    verb(opening(part, catalog), catalog).is_some_and(|class| !class.reads)
}

/// Whether a part says that anything is to be done or shown: "email INV-2216" begins with a verb of its own.
fn acts(part: &[Item], catalog: &Catalog) -> bool {
    let vocabulary = catalog.vocabulary();
    let own = |item: &Item| vocabulary.lookup(&item.folded).is_some_and(|term| vocabulary.is_own_verb(term));
    if part.first().is_some_and(own) {
        return true;
    }
    let verb = |item: &Item| senses(catalog, &item.folded).iter().any(|sense| matches!(sense, Sense::Verb { .. }));
    part.iter().any(|item| item.kind == ItemKind::Word && (verb(item) || is(catalog, item, WordSet::Auxiliary)))
}

#[cfg(test)]
mod tests {
    use super::super::Status;
    use super::super::reading_tests::{meant, read};
    use crate::catalog::Catalog;

    #[test]
    fn what_stands_before_also_is_an_order_too() {
        let line = "Pool Deck deal is lost. also tag Nina Rossi lost-2026";
        let both = r#"opportunities.update-status id="Pool Deck" status="lost"; contacts.add-tags contactId="Nina Rossi" tags=["lost-2026"]"#;
        assert_eq!(meant(line), both);
        let line = "note on Ann: paid. also wants a quote";
        assert!(!meant(line).contains(';'), "{}", meant(line));
    }

    #[test]
    fn an_order_beside_another_may_lack_a_value() {
        let intent = read("record 200 cash on INV-2215 and email INV-2216", &Catalog::builtin());
        assert_eq!(intent.status, Status::Incomplete);
        assert_eq!(intent.steps.len(), 2);
        assert!(!intent.steps[1].missing.is_empty() && intent.steps[0].missing.is_empty());
    }

    #[test]
    fn each_half_is_an_order_of_its_own() {
        let line = "the tag vip has to be deleted, and the tag gold should be called silver";
        let both = "locations.delete-tag tagId=\"vip\"; locations.update-tag tagId=\"gold\" name=\"silver\"";
        assert_eq!(meant(line), both);
        for line in [
            "the tag vip has to be deleted, and the frobnicator should be oiled",
            "don't delete the tag vip, and the tag gold should be called silver",
            "give Ann Lee the tag vip and take off lead",
        ] {
            assert_eq!(meant(line), "unknown", "{line}");
        }
    }
}
