use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rustc_hash::FxHashMap;

use super::{Class, Form, Shape};
use crate::catalog::Lexicon;

/// Shapes of one generation.
const MOST: usize = 1024;

/// The shapes of lines that were heard lately.
#[derive(Debug, Default)]
pub(in crate::app) struct Familiar {
    lines: Mutex<Generations>,
    ids_are_words: OnceLock<bool>,
}

/// Once there are too many young ones they are the old ones, and the old ones are forgotten. What is heard is young.
#[derive(Debug, Default)]
struct Generations {
    young: FxHashMap<Shape, Known>,
    old: FxHashMap<Shape, Known>,
}

/// What is known of a shape.
#[derive(Debug, Clone)]
pub(super) enum Known {
    /// It was heard once.
    Once,
    /// Its lines have to be read anew.
    Nothing,
    /// What its lines mean.
    Form(Arc<Form>),
}

impl Familiar {
    /// What is known of a shape that is heard; nothing when it is heard for the first time.
    pub(super) fn hear(&self, shape: &Shape) -> Option<Known> {
        let mut generations = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = generations.young.get(shape) {
            return Some(known.clone());
        }
        let known = generations.old.remove(shape);
        generations.put(shape.clone(), known.clone().unwrap_or(Known::Once));
        known
    }

    /// Remembers what the lines of a shape mean.
    pub(super) fn learn(&self, shape: Shape, form: Option<&Arc<Form>>) {
        let known = form.map_or(Known::Nothing, |form| Known::Form(Arc::clone(form)));
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).put(shape, known);
    }

    /// Whether the English of a catalog has words that look like ids: then none is only an id.
    pub(super) fn ids_are_words(&self, lexicon: &Lexicon) -> bool {
        let mut words = lexicon.words.iter().flatten().flat_map(|phrase| phrase.split_whitespace());
        *self.ids_are_words.get_or_init(|| words.any(Class::may_have))
    }
}

impl Generations {
    fn put(&mut self, shape: Shape, known: Known) {
        if self.young.len() >= MOST {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(shape, known);
    }
}
