use std::path::{Path, PathBuf};

use super::tally::Tally;
use crate::catalog::{Case, Layer, read_cases};
use crate::diagnostic::Diagnostic;
use crate::front::cli::Options;
use crate::front::failed::Failed;
use crate::front::paths::Paths;
use crate::front::{clock, setup};

/// The clock of the cases: a Friday morning.
const NOW: &str = "2026-11-20T09:00:00-05:00";
const ZONE: &str = "America/New_York";
/// Where the cases stand in a checkout.
const USUAL_FOLDER: &str = "endpoints";

/// Runs the cases of a folder, of the folders of `--endpoints`, or of `endpoints/` here.
pub(super) fn test(options: &Options, paths: &Paths, folder: Option<&Path>) -> Result<Tally, Failed> {
    let options = pinned(options, folder);
    let layers = layers(&options)?;
    let catalog = setup::catalog(&options, paths)?;
    let known = |name: &str| catalog.by_name(name).is_some();
    let files = read_all(&layers, &known).map_err(|found| Failed::catalog(&found, &Layer::sources(&layers)))?;
    let engine = setup::reader(&options, paths)?;
    let zone = clock::zone(ZONE).map_err(Failed::machine)?;
    let now = clock::moment(NOW, Some(&zone)).map_err(Failed::machine)?;
    let mut tally = Tally::default();
    for (file, cases) in &files {
        tally.add(&engine, &now, file, cases);
    }
    Ok(tally)
}

/// The same options with the clock of the cases and the folder among the layers.
fn pinned(options: &Options, folder: Option<&Path>) -> Options {
    let mut options = options.clone();
    options.now = Some(NOW.to_owned());
    options.timezone = Some(ZONE.to_owned());
    if let Some(folder) = folder {
        options.endpoints = vec![folder.to_owned()];
    } else if options.endpoints.is_empty() {
        options.endpoints = vec![PathBuf::from(USUAL_FOLDER)];
    }
    options
}

fn layers(options: &Options) -> Result<Vec<Layer>, Failed> {
    options.endpoints.iter().map(|folder| setup::layer(folder)).collect()
}

type CaseFiles = Vec<(String, Vec<Case>)>;

fn read_all(layers: &[Layer], known: &dyn Fn(&str) -> bool) -> Result<CaseFiles, Vec<Diagnostic>> {
    let mut files = Vec::new();
    let mut mistakes = Vec::new();
    for layer in layers {
        for (file, text) in layer.tests() {
            match read_cases(&layer.shown(file), text, known) {
                Ok(cases) => files.push((layer.shown(file), cases)),
                Err(found) => mistakes.extend(found),
            }
        }
    }
    if mistakes.is_empty() { Ok(files) } else { Err(mistakes) }
}
