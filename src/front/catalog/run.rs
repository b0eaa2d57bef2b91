use std::path::Path;

use super::browse::{list, show};
use super::cases;
use super::check::check;
use super::diff::diff;
use super::events::events;
use super::import::import;
use super::mutated::Mutated;
use super::new::new;
use super::schema::schema;
use super::tally::Tally;
use super::wrong_calls::WrongCalls;
use crate::app::ExitCode;
use crate::catalog::FileKind;
use crate::front::cli::{CatalogCommand, Options};
use crate::front::failed::Failed;
use crate::front::paths::Paths;
use crate::front::print::out;
use crate::present::clean;

/// Carries out a command on the catalog.
pub(in crate::front) fn run(options: &Options, command: &CatalogCommand) -> Result<ExitCode, Failed> {
    let paths = Paths::of_user();
    match command {
        CatalogCommand::List { words } => list(options, &paths, words),
        CatalogCommand::Show { operation } => show(options, &paths, operation),
        CatalogCommand::Events { words } => events(options, &paths, words),
        CatalogCommand::Check { dir } => check(options, &paths, dir.as_deref()),
        CatalogCommand::Test { dir, mutate, confusion } => {
            test(options, &paths, dir.as_deref(), Also { mutate: *mutate, confusion: *confusion })
        }
        CatalogCommand::Diff { spec } => diff(options, &paths, spec),
        CatalogCommand::Schema { kind, into } => schema(kind.map(FileKind::from), into.as_deref()),
        CatalogCommand::Import { spec, into, force } => import(options, &paths, spec, into.as_deref(), *force),
        CatalogCommand::New { operation, request } => new(options, &paths, operation, request),
    }
}

/// What else is asked about the phrases of cases.
#[derive(Clone, Copy)]
struct Also {
    /// How they fare when they are said in other ways.
    mutate: bool,
    /// Which operations are taken for each other.
    confusion: bool,
}

/// One line a failure, then how many there were: of phrases, and of wrong calls of the operations that the folder has.
fn test(options: &Options, paths: &Paths, folder: Option<&Path>, also: Also) -> Result<ExitCode, Failed> {
    let cases = cases::read(options, paths, folder)?;
    let mut tally = Tally::default();
    for (file, list) in &cases.files {
        tally.add(&cases.engine, &cases.now, file, list);
    }
    let mut wrong = WrongCalls::default();
    let catalog = cases.engine.catalog();
    for id in catalog.ids().filter(|id| cases.declares(catalog.operation(*id))) {
        wrong.try_operation(catalog, id, &cases.now);
    }
    let failures = tally.failures.iter().chain(&wrong.taken);
    let mut text: String = failures.map(|failure| clean(failure) + "\n").collect();
    if also.mutate || also.confusion {
        text.push_str(&clean_lines(&otherwise(options, &cases, also)));
    }
    text.push_str(&format!("{} wrong calls refused, {} not\n", wrong.refused, wrong.taken.len()));
    text.push_str(&format!("{} passed, {} failed\n", tally.passed, tally.failures.len()));
    out(&text);
    let good = tally.failures.is_empty() && wrong.taken.is_empty();
    Ok(if good { ExitCode::Done } else { ExitCode::Failed })
}

/// What comes of saying the phrases in other ways.
fn otherwise(options: &Options, cases: &cases::Cases, also: Also) -> String {
    let mut mutated = Mutated::default();
    for (file, list) in &cases.files {
        mutated.add(&cases.engine, file, list);
    }
    let all = options.verbose > 0;
    let ways = if also.mutate { mutated.report(all) } else { String::new() };
    let pairs = if also.confusion { mutated.confusion.report(cases.engine.catalog(), all) } else { String::new() };
    ways + &pairs
}

fn clean_lines(text: &str) -> String {
    text.lines().map(|line| clean(line) + "\n").collect()
}
