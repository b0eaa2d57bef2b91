use std::mem::{Discriminant, discriminant};

use super::Class;
use crate::catalog::Vocabulary;
use crate::language::{ItemKind, Utterance};

/// Longest line that is kept in mind, in bytes.
const LONGEST: usize = 400;
/// Ids of a line at most.
const MOST: usize = 8;

/// A line with its ids blotted out, and the items that it comes apart into.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Shape {
    text: String,
    items: Vec<(Discriminant<ItemKind>, u16, u16)>,
}

/// A line, seen as one of a shape.
#[derive(Debug)]
pub(super) struct Seen<'t> {
    pub(super) shape: Shape,
    pub(super) text: &'t str,
    pub(super) ids: Vec<&'t str>,
    classes: Vec<Class>,
}

impl<'t> Seen<'t> {
    /// Sees a line as one of its shape. Nothing when the line is long, or when an id in it stands there twice.
    pub(super) fn of(text: &'t str, line: &Utterance, vocabulary: &Vocabulary) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        let (mut blotted, mut from) = (String::with_capacity(text.len()), 0);
        let (mut ids, mut classes): (Vec<&str>, Vec<Class>) = (Vec::new(), Vec::new());
        let mut items = Vec::with_capacity(line.items.len());
        for item in &line.items {
            // Places are those of the blotted line: addresses are not equally long.
            blotted.push_str(text.get(from..item.start)?);
            let first = u16::try_from(blotted.len()).ok()?;
            let id = text.get(item.start..item.end)?;
            match Class::of(&item.kind, id, &item.folded, vocabulary) {
                None => blotted.push_str(id),
                Some(class) => {
                    let alike = ids.iter().any(|other| other.eq_ignore_ascii_case(id));
                    if alike || text.matches(id).nth(1).is_some() || ids.len() == MOST {
                        return None;
                    }
                    class.blot(id.len(), &mut blotted);
                    ids.push(id);
                    classes.push(class);
                }
            }
            items.push((discriminant(&item.kind), first, u16::try_from(blotted.len()).ok()?));
            from = item.end;
        }
        blotted.push_str(&text[from..]);
        Some(Self { shape: Shape { text: blotted, items }, text, ids, classes })
    }

    /// Ids to read the line with, that have as little as can be in common with each other and with its own: `nth` is 0 or 1.
    pub(super) fn other_ids(&self, nth: u64, vocabulary: &Vocabulary) -> Option<Vec<String>> {
        let each = self.ids.iter().zip(&self.classes).zip(1..);
        each.map(|((id, class), at)| class.made_up(id.len(), nth == 0, at * 2 + nth, vocabulary)).collect()
    }

    /// The line with other ids in the place of its own.
    pub(super) fn with(&self, ids: &[String]) -> String {
        let pairs = self.ids.iter().zip(ids);
        pairs.fold(self.text.to_owned(), |text, (own, other)| text.replacen(own, other, 1))
    }
}
