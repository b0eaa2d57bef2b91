use crate::diagnostic::{Diagnostic, Place, Sources};

use super::super::{Catalog, Operation};
use super::twins::{Twins, twins};

/// What is wrong with a catalog that is formally right: operations that no phrase tells apart. `sources` are the texts
/// that it was made of, as far as they are at hand.
#[must_use]
pub fn lint(catalog: &Catalog, sources: &Sources) -> Vec<Diagnostic> {
    twins(catalog).into_iter().map(|twins| told(catalog, &twins, sources)).collect()
}

fn told(catalog: &Catalog, twins: &Twins, sources: &Sources) -> Diagnostic {
    let (first, second) = (catalog.operation(twins.first), catalog.operation(twins.second));
    let phrase = &twins.phrase;
    let message = format!("`{phrase}` may mean `{}` as well as `{}`", second.name, first.name);
    let error = Diagnostic::error(message);
    let error = match declared_at(second, sources) {
        Some(place) => error.at(place),
        None => error,
    };
    error
        .help(format!("the other is at {}", first.source))
        .help("give one of them `keys`, a word that must be said for it")
        .help(format!("or let this one win: `prefer_over: {}`", first.name))
}

/// Where an operation is declared.
pub fn declared_at(operation: &Operation, sources: &Sources) -> Option<Place> {
    let (file, line) = operation.source.rsplit_once(':')?;
    let line: usize = line.parse().ok()?;
    let mut place =
        Place { file: file.to_owned(), line, column: 1, start: 0, length: 0, label: "this operation".to_owned() };
    let Some(text) = sources.text(file) else { return Some(place) };
    let before: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let shown = text.get(before..)?.lines().next()?;
    if let Some(at) = shown.find(&operation.name) {
        place.column = shown[..at].chars().count() + 1;
        place.start = before + at;
        place.length = operation.name.len();
    }
    Some(place)
}
