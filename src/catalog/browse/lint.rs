use crate::diagnostic::{Diagnostic, Place, Severity};

use super::super::{Catalog, Operation, Parameter};

/// What is suspicious about a catalog that is formally right: operations that the same words lead to.
pub fn lint(catalog: &Catalog) -> Vec<Diagnostic> {
    let operations: Vec<&Operation> = catalog.ids().map(|id| catalog.operation(id)).collect();
    let mut found = Vec::new();
    for (at, second) in operations.iter().enumerate() {
        if let Some(first) = operations[..at].iter().find(|first| are_twins(first, second)) {
            found.push(warning(first, second));
        }
    }
    found
}

/// Whether nothing that can be said tells one from the other.
fn are_twins(a: &Operation, b: &Operation) -> bool {
    let same_verb = !a.verbs.is_empty() && a.verbs.first() == b.verbs.first() && a.own_verbs == b.own_verbs;
    let same_object = !a.objects.is_empty() && a.objects.first() == b.objects.first();
    let told_apart = !a.keys.is_empty()
        || !b.keys.is_empty()
        || a.prefer_over.contains(&b.name)
        || b.prefer_over.contains(&a.name)
        || a.lifecycle != b.lifecycle;
    a.service == b.service && same_verb && same_object && !told_apart && slots(a) == slots(b)
}

fn slots(operation: &Operation) -> Vec<(&str, String)> {
    let asked = |p: &&Parameter| p.required && !p.supplied && p.default.is_none();
    let mut slots: Vec<(&str, String)> =
        operation.params.iter().filter(asked).map(|p| (p.name.as_str(), format!("{:?}", p.kind))).collect();
    slots.sort();
    slots
}

fn warning(first: &Operation, second: &Operation) -> Diagnostic {
    let verb = second.verbs.first().map_or("", String::as_str);
    let object = second.objects.first().map_or("", String::as_str);
    let message = format!("`{}` and `{}` are both asked for by `{verb} {object}`", first.name, second.name);
    let warning = Diagnostic { severity: Severity::Warning, ..Diagnostic::error(message) };
    let warning = match second.source.rsplit_once(':').and_then(|(file, line)| Some((file, line.parse().ok()?))) {
        Some((file, line)) => {
            let length = 0;
            warning.at(Place { file: file.to_owned(), line, column: 3, start: 0, length, label: String::new() })
        }
        None => warning,
    };
    warning.help(format!("give one of them `keys`, or say `prefer_over: [{}]`", first.name))
}
