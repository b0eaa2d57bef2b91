use serde_json::{Map, Value};

use crate::catalog::Lexicon;
use crate::catalog::openapi::Spec;
use crate::diagnostic::Diagnostic;

use super::cases::{cases, failing};
use super::model::Model;
use super::naming::{service_name, slug};
use super::twins::decide;
use super::{calls, stamp, write};

/// What a phrase led to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Led {
    /// The operation.
    pub operation: String,
    /// What was said for its parameters.
    pub params: Map<String, Value>,
    /// What is still to be said.
    pub missing: Vec<String>,
}

/// Reads a phrase: where it leads, if anywhere.
pub type ReadPhrase = Box<dyn Fn(&str) -> Option<Led>>;

/// Files that are not written yet, laid over the catalog in use.
pub struct Trial {
    /// Reads a phrase.
    pub read: ReadPhrase,
    /// Operations that no phrase tells apart, by name.
    pub twins: Vec<(String, String)>,
}

/// A service made from a specification, ready to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct Import {
    /// Its name, the folder's.
    pub service: String,
    /// Files inside the catalog folder (`petstore/pets.yaml`) with their texts.
    pub files: Vec<(String, String)>,
    /// How many operations there are.
    pub operations: usize,
    /// How many phrases lead to them.
    pub phrases: usize,
    /// Variables of the environment to set: credential, account.
    pub variables: Vec<String>,
    /// What the files have wrong, and what could not be taken over.
    pub warnings: Vec<Diagnostic>,
}

/// What an import may be told.
#[derive(Debug, Clone, Copy)]
pub struct ImportOptions<'a> {
    /// Name of the service; absent: from its title.
    pub service: Option<&'a str>,
    /// Where requests go; absent: as the file says.
    pub base_url: Option<&'a str>,
    /// What is named in the first line of each file: the specification.
    pub source: &'a str,
    /// The English that all services share.
    pub lexicon: &'a Lexicon,
}

/// The name that a specification gives its service, when none is asked for.
pub fn import_name(spec: &Spec, asked: Option<&str>) -> String {
    let stem = || spec.operations.first().map_or_else(|| "service".to_owned(), |operation| slug(&operation.file));
    let name = asked.map_or_else(|| service_name(&spec.title), slug);
    let name = if name.is_empty() { stem() } else { name };
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        name
    } else {
        format!("service-{name}").trim_end_matches('-').to_owned()
    }
}

/// Makes a service of a specification.
///
/// `reader` reads phrases against the files so far, alone or laid over the catalog in use; with it, every operation is
/// tried, those that nothing leads to get a pattern, and what leads to each is kept as its test.
///
/// # Errors
/// What is wrong with the files as a catalog; none is known.
pub fn import(spec: &Spec, options: &ImportOptions<'_>, reader: Reader<'_>) -> Result<Import, Vec<Diagnostic>> {
    const ROUNDS: usize = 3;
    let name = import_name(spec, options.service);
    let (spec, calls) = calls::spelled(spec, options.lexicon);
    let mut model = Model::build(&spec, &name, options.base_url, options.lexicon);
    model.operations.iter_mut().for_each(|op| calls::restore(op, &calls));
    // Among the services in use at the last: to lay them all takes long, and hardly ever changes anything.
    for round in 0..ROUNDS {
        let trial = accepted(&mut model, reader, Beside::Nothing)?;
        if !settled(&mut model, &trial, round) {
            break;
        }
    }
    let mut trial = accepted(&mut model, reader, Beside::Everything)?;
    if settled(&mut model, &trial, 0) {
        trial = accepted(&mut model, reader, Beside::Everything)?;
    }
    let tests = cases(&mut model, &trial);
    let phrases = tests.iter().map(|(_, _, count)| count).sum();
    let mut files = texts(&model);
    files.extend(tests.into_iter().map(|(group, text, _)| (format!("{name}/{group}.test.yaml"), text)));
    files.sort();
    let files = files.into_iter().map(|(file, text)| {
        let text = stamp::stamped(&file, &text, options.source);
        (file, text)
    });
    let files = files.collect();
    let mut variables = model.security.variables.clone();
    variables.extend(model.security.context.iter().map(|(_, variable)| variable.clone()));
    variables.extend(model.context.iter().map(|(_, variable, _)| variable.clone()));
    Ok(Import {
        service: name,
        files,
        operations: model.operations.len(),
        phrases,
        variables,
        warnings: model.warnings,
    })
}

/// Mends what a trial shows; whether anything changed.
fn settled(model: &mut Model<'_>, trial: &Trial, round: usize) -> bool {
    let lost = failing(model, trial);
    let decided = decide(model, &trial.twins);
    super::mend::mend(model, &lost, round) || decided
}

/// What stands beside the files of a trial.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beside {
    /// The English that all services share.
    Nothing,
    /// The catalog in use.
    Everything,
}

type Reader<'r> = &'r dyn Fn(&[(String, String)], Beside) -> Result<Trial, Vec<Diagnostic>>;

/// Reads the files; an operation that the catalog refuses is left out with a warning, so that it costs the others nothing.
fn accepted(model: &mut Model<'_>, reader: Reader<'_>, beside: Beside) -> Result<Trial, Vec<Diagnostic>> {
    loop {
        let files = texts(model);
        let faults = match reader(&files, beside) {
            Ok(trial) => return Ok(trial),
            Err(faults) => faults,
        };
        let before = model.operations.len();
        for fault in &faults {
            if let Some(name) = operation_at(&files, fault) {
                model.leave_out(&name, &fault.message);
            }
        }
        if model.operations.len() == before {
            return Err(faults);
        }
    }
}

/// The operation whose YAML a finding is about.
fn operation_at(files: &[(String, String)], fault: &Diagnostic) -> Option<String> {
    let place = fault.place.as_ref()?;
    let (_, text) = files.iter().find(|(file, _)| place.file.ends_with(file.as_str()))?;
    let above: Vec<&str> = text.lines().take(place.line).collect();
    let start =
        above.iter().rev().find(|line| line.starts_with("  ") && !line.starts_with("   ") && line.ends_with(':'))?;
    Some(start.trim().trim_end_matches(':').to_owned())
}

fn texts(model: &Model<'_>) -> Vec<(String, String)> {
    let mut files = vec![(format!("{}/service.yaml", model.name), write::service(model))];
    files.extend(write::groups(model).into_iter().map(|(group, text)| (format!("{}/{group}.yaml", model.name), text)));
    files
}
