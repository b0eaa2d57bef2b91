use crate::catalog::inflect::Form;
use crate::catalog::{Catalog, Sense, TermId, VerbClass, WordSet};
use crate::language::{Item, ItemKind, Utterance};

use super::super::meaning::{is, noun_at, senses};
use super::super::openers::filler;
use super::stems::{is_empty, stem, words};

/// Items before the verb of an order, at most: "I would really like to …".
const LEAD: usize = 6;

/// What a line says, grammar aside.
#[derive(Debug)]
pub struct Asked {
    /// The stems of its words that say something, each once.
    pub terms: Vec<String>,
    /// The items that are values, with the stem of the word before.
    pub values: Vec<(usize, Option<String>)>,
    /// Verb classes of its order, as bits.
    pub classes: u64,
    /// Whether it orders something other than to be shown something, though it may be with a verb that nobody knows.
    pub orders: bool,
    /// Whether that destroys something.
    pub destroys: bool,
    /// The stem of that verb.
    pub verb: Option<String>,
    /// Whether it asks a question.
    pub question: bool,
}

impl Asked {
    /// What a line says; `known` tells whether an operation of the service goes by a stem.
    pub fn new(line: &Utterance, catalog: &Catalog, known: &dyn Fn(&str) -> bool) -> Self {
        let items = &line.items;
        let mut first = 0;
        while let Some(len) = filler(line, catalog.vocabulary(), first) {
            first += len;
        }
        let (mut terms, mut values) = (Vec::new(), Vec::new());
        let mut before: Option<String> = None;
        for (at, item) in items.iter().enumerate() {
            let spoken = if says(item) { words(line.raw(at)) } else { Vec::new() };
            let told: Vec<String> =
                spoken.iter().filter(|word| !is_empty(catalog, word)).map(|word| stem(word)).collect();
            let nobodys = at != first && item.kind == ItemKind::Word && senses(catalog, &item.folded).is_empty();
            if is_value(item) || nobodys && !told.iter().any(|stem| known(stem)) && !told.is_empty() {
                values.push((at, before.take()));
                continue;
            }
            before = told.last().cloned();
            for stem in told {
                if !terms.contains(&stem) {
                    terms.push(stem);
                }
            }
        }
        let opens = |set: WordSet| items.get(first).is_some_and(|item| is(catalog, item, set));
        let ends = items.last().is_some_and(|item| item.kind == ItemKind::Question);
        let asks = opens(WordSet::Question) || opens(WordSet::Auxiliary) && ends;
        let vocabulary = catalog.vocabulary();
        let ends_with = |last: TermId| items[first..].iter().any(|item| vocabulary.lookup(&item.folded) == Some(last));
        let base = |at: &usize| {
            senses(catalog, &items[*at].folded).iter().fold(0u64, |bits, sense| match sense {
                Sense::Verb { class, form: Form::Base, .. } => bits | 1 << class,
                // "Take role 2 away".
                Sense::Apart { class, form: Form::Base, last, .. } if ends_with(*last) => bits | 1 << class,
                _ => bits,
            })
        };
        let word = items.get(first).filter(|item| item.kind == ItemKind::Word);
        let noun = noun_at(line, first, catalog).is_some();
        let at = (first..items.len().min(first + LEAD)).find(|at| base(at) > 0).filter(|_| !asks);
        let classes = at.map_or(0, |at| base(&at));
        let bits = |of: fn(&VerbClass) -> bool| {
            let classes = catalog.lexicon().verbs.iter().enumerate().filter(|(_, class)| of(class));
            classes.fold(0u64, |bits, (at, _)| bits | 1 << at)
        };
        let read = bits(|class| class.reads);
        let destroys = classes & bits(|class| class.destroys) != 0;
        let orders = !asks && if classes == 0 { word.is_some() && !noun } else { classes & read == 0 };
        let verb = at.map(|at| &items[at]).or(word).map(|item| stem(&item.folded));
        Self { terms, values, classes, orders, destroys, verb, question: asks }
    }
}

/// Whether an item holds words that say what is meant.
fn says(item: &Item) -> bool {
    let plain = matches!(item.kind, ItemKind::Word | ItemKind::Code);
    plain && !item.folded.contains(|c: char| c.is_ascii_digit())
}

/// Whether an item is a value, whatever stands around it.
fn is_value(item: &Item) -> bool {
    use ItemKind::{Code, Email, IsoDate, Json, KeyValue, Money, Number, Percent, Phone, Quoted, Url};
    match item.kind {
        Quoted { .. }
        | Json
        | KeyValue { .. }
        | Email
        | Url
        | Phone
        | Number { .. }
        | Money { .. }
        | Percent { .. }
        | IsoDate => true,
        Code => item.folded.contains(|c: char| c.is_ascii_digit()),
        _ => false,
    }
}
