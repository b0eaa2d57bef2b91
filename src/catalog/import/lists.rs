//! Where the records are in an answer that holds many.

use crate::catalog::openapi::{SpecKind, SpecSchema};

use super::english::{is, words};
use super::noun::{is_plural, singular_words};

/// Where in an answer the list is, and what it holds: the answer itself, or the one list among its fields, or the one that
/// is called as what is listed.
pub(super) fn list_of<'a>(schema: &'a SpecSchema, noun: &[String]) -> Option<(String, &'a SpecSchema)> {
    fn inner<'a>(schema: &'a SpecSchema, noun: &[String], at: &str, depth: usize) -> Option<(String, &'a SpecSchema)> {
        if schema.kind == SpecKind::Array {
            return Some((at.to_owned(), schema.items.as_deref()?));
        }
        if depth == 0 {
            return None;
        }
        let join = |name: &str| if at.is_empty() { name.to_owned() } else { format!("{at}.{name}") };
        let fields = schema.fields();
        let lists: Vec<_> = fields.iter().filter(|(_, field, _)| field.kind == SpecKind::Array).collect();
        let called = |name: &str| is_plural(&words(name)) && singular_words(&words(name)) == noun;
        let named = lists.iter().find(|(name, ..)| called(name) || is("listing", &name.to_lowercase()));
        // A record may have a list too (an order its lines): only what looks like an envelope counts.
        let envelope = |name: &str| {
            let others = fields.iter().filter(|(other, ..)| *other != name).count();
            let plain = fields.iter().filter(|(other, ..)| *other != name).all(|(other, ..)| is_envelope(other));
            others == 0 || plain
        };
        let only = (lists.len() == 1).then(|| lists[0]).filter(|(name, ..)| envelope(name));
        if let Some((name, field, _)) = named.copied().or(only) {
            return Some((join(name), field.items.as_deref()?));
        }
        let wrapped = fields
            .iter()
            .find(|(name, field, _)| field.kind == SpecKind::Object && is("listing", &name.to_lowercase()));
        wrapped.and_then(|(name, field, _)| inner(field, noun, &join(name), depth - 1))
    }
    inner(schema, noun, "", 2)
}

/// Names of fields that stand beside the list in an answer.
fn is_envelope(name: &str) -> bool {
    let spoken = words(name).join(" ");
    spoken.split(' ').any(|word| is("envelope", &singular_words(&[word.to_owned()])[0]))
}
