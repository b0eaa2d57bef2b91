use std::path::Path;

use super::cases::test;
use crate::app::ExitCode;
use crate::front::cli::{CatalogCommand, Options};
use crate::front::failed::Failed;
use crate::front::paths::Paths;
use crate::front::print::out;
use crate::present::clean;

/// Carries out a command on the catalog.
pub(in crate::front) fn run(options: &Options, command: &CatalogCommand) -> Result<ExitCode, Failed> {
    let paths = Paths::of_user();
    match command {
        CatalogCommand::Test { dir } => run_cases(options, &paths, dir.as_deref()),
        _ => Err(Failed::usage("being built")),
    }
}

/// One line a failure, then how many there were.
fn run_cases(options: &Options, paths: &Paths, folder: Option<&Path>) -> Result<ExitCode, Failed> {
    let tally = test(options, paths, folder)?;
    let mut text: String = tally.failures.iter().map(|failure| clean(failure) + "\n").collect();
    text.push_str(&format!("{} passed, {} failed\n", tally.passed, tally.failures.len()));
    out(&text);
    Ok(if tally.failures.is_empty() { ExitCode::Done } else { ExitCode::Failed })
}
