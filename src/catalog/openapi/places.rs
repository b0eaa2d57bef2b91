use super::documents::Document;
use crate::diagnostic::Place;

/// Where an operation of a document stands: the key of its method below the key of its path.
///
/// The text is searched rather than read again with places: a finding only has to lead a person there.
pub(super) fn place_of(document: &Document, path: &str, method: &str) -> Place {
    let text = &document.text;
    let quoted = serde_json::Value::from(path).to_string();
    let forms = [format!("{quoted}:"), format!("{quoted} :"), format!("{path}:"), format!("'{path}':")];
    let found = forms.iter().find_map(|form| text.find(form.as_str()).map(|at| (at, form.len())));
    let Some((at, length)) = found.filter(|_| !path.is_empty()) else { return at_byte(document, 0, 0) };
    if method.is_empty() {
        return at_byte(document, at, length);
    }
    let below = &text[at + length..];
    let next = below.find("\"/").into_iter().chain(below.find("\n  /")).min().unwrap_or(below.len());
    let lower = method.to_lowercase();
    let keys = [format!("\"{lower}\":"), format!("\"{lower}\" :"), format!("{lower}:")];
    match keys.iter().find_map(|key| below[..next].find(key.as_str())) {
        Some(inside) => at_byte(document, at + length + inside, lower.len() + 1),
        None => at_byte(document, at, length),
    }
}

/// The place of a line and column, from 1.
pub(super) fn at_line(file: &str, line: usize, column: usize) -> Place {
    Place { file: file.to_owned(), line, column, start: 0, length: 0, label: String::new() }
}

fn at_byte(document: &Document, start: usize, length: usize) -> Place {
    let before = document.text.get(..start).unwrap_or("");
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    Place { file: document.name.clone(), line, column, start, length, label: String::new() }
}
