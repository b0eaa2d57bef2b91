//! What words mean by themselves, before a line is annotated.

use crate::catalog::{Catalog, Sense, WordSet};
use crate::language::Item;

/// The senses of some words; none where nobody declared them.
pub fn senses<'c>(catalog: &'c Catalog, words: &str) -> &'c [Sense] {
    let vocabulary = catalog.vocabulary();
    vocabulary.lookup(words).map_or(&[], |term| vocabulary.senses(term))
}

/// Whether an item belongs to a word set.
pub fn is(catalog: &Catalog, item: &Item, set: WordSet) -> bool {
    senses(catalog, &item.folded).contains(&Sense::Set(set))
}
