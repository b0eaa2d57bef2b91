use std::path::Path;

use super::cases::{self, Cases};
use super::few::few;
use super::tally::{operations, told};
use crate::app::{Engine, ExitCode};
use crate::catalog::{Case, Catalog, Layer, Variation, lint};
use crate::diagnostic::{Diagnostic, Severity, Sources, render};
use crate::front::cli::Options;
use crate::front::failed::Failed;
use crate::front::paths::Paths;
use crate::front::print::{complain, out};
use crate::intent::Status;

/// Reports everything that is wrong with the YAML, phrases of the cases that lead elsewhere included.
pub(super) fn check(options: &Options, paths: &Paths, folder: Option<&Path>) -> Result<ExitCode, Failed> {
    let cases = cases::read(options, paths, folder)?;
    let sources = Layer::sources(&cases.layers);
    let found = findings(&cases, &sources);
    if !found.is_empty() {
        complain(&(render(&found, &sources, true) + "\n"));
    }
    let errors = found.iter().filter(|finding| finding.severity == Severity::Error).count();
    let phrases: usize = cases.files.iter().flat_map(|(_, list)| list).map(|case| case.say.len()).sum();
    let operations = cases.engine.catalog().len();
    let mistakes = if errors == 0 { "no mistakes".to_owned() } else { format!("{errors} mistakes") };
    let warnings = match found.len() - errors {
        1 => "1 warning".to_owned(),
        count => format!("{count} warnings"),
    };
    out(&format!("{operations} operations, {phrases} phrases, {warnings}, {mistakes}\n"));
    Ok(if errors == 0 { ExitCode::Done } else { ExitCode::Catalog })
}

fn findings(cases: &Cases, sources: &Sources) -> Vec<Diagnostic> {
    let mut found = cases.warnings.clone();
    found.extend(lint(cases.engine.catalog(), sources));
    found.extend(few(cases, sources));
    for (_, list) in &cases.files {
        found.extend(list.iter().flat_map(|case| strays(&cases.engine, case)));
    }
    found
}

/// Phrases of a case that read to another operation.
fn strays(engine: &Engine, case: &Case) -> Vec<Diagnostic> {
    let stray = |phrase: &crate::catalog::CasePhrase| {
        let intent = engine.route(&phrase.text);
        let led = operations(engine, &intent);
        if led == case.operation || stands_for(engine.catalog(), &led, &case.operation) {
            return None;
        }
        let mut place = phrase.place.clone();
        place.label = format!("this reads to {}", told(engine, &intent));
        let message = format!("a phrase of `{}` leads elsewhere", case.operation);
        let help = if intent.status == Status::Unknown {
            "a phrase needs a verb and a noun of its operation; `words`, `nouns`, `names` and `say` bring in others"
        } else {
            "give one of them `keys`, `words`, a `say` pattern or `prefer_over`"
        };
        Some(Diagnostic::error(message).at(place).help(help))
    };
    case.say.iter().filter_map(stray).collect()
}

/// Whether an operation takes the place of one that the variant in use does not have.
fn stands_for(catalog: &Catalog, led: &str, lacking: &str) -> bool {
    let absent = catalog.by_name(lacking).is_some_and(|id| catalog.variation(id) == Variation::Absent);
    let led = catalog.by_name(led).map(|id| catalog.operation(id));
    absent && led.is_some_and(|led| led.prefer_over.iter().any(|other| other == lacking))
}
