use super::cases::Cases;
use crate::catalog::declared_at;
use crate::diagnostic::{Diagnostic, Severity, Sources};

/// Phrases that every operation should have.
const FEWEST: usize = 2;

/// Operations with too few phrases, of the groups that have a file of cases.
pub(super) fn few(cases: &Cases, sources: &Sources) -> Vec<Diagnostic> {
    let catalog = cases.engine.catalog();
    let has_cases = |source: &str| {
        let stem = source.rsplit_once(':').and_then(|(file, _)| file.strip_suffix(".yaml"));
        stem.is_some_and(|stem| cases.files.iter().any(|(file, _)| *file == format!("{stem}.test.yaml")))
    };
    let count = |name: &str| -> usize {
        let all = cases.files.iter().flat_map(|(_, list)| list).filter(|case| case.operation == name);
        all.map(|case| case.say.len()).sum()
    };
    let operations = catalog.ids().map(|id| catalog.operation(id)).filter(|o| has_cases(&o.source));
    let told = |(name, count): (&str, usize), place| {
        let phrases = if count == 1 { "phrase" } else { "phrases" };
        let message = format!("`{name}` has {count} {phrases} in the file of cases");
        let warning = Diagnostic { severity: Severity::Warning, ..Diagnostic::error(message) };
        let warning = if let Some(place) = place { warning.at(place) } else { warning };
        warning.help(format!("give it at least {FEWEST} that people would type"))
    };
    let few = operations.filter_map(|o| {
        let count = count(&o.name);
        (count < FEWEST).then(|| told((&o.name, count), declared_at(o, sources)))
    });
    few.collect()
}
