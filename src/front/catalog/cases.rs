use std::path::{Path, PathBuf};

use jiff::Zoned;

use crate::app::Engine;
use crate::catalog::{Case, Catalog, Layer, Operation, read_cases};
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

/// The cases of some folders, with everything that running them needs.
pub(super) struct Cases {
    /// An engine over the catalog with those folders on top, its clock pinned.
    pub(super) engine: Engine,
    /// The moment of the cases.
    pub(super) now: Zoned,
    /// The folders.
    pub(super) layers: Vec<Layer>,
    /// The cases of each file, by the file's name.
    pub(super) files: Vec<(String, Vec<Case>)>,
    /// What is worth knowing about the catalog but does not stop it.
    pub(super) warnings: Vec<Diagnostic>,
}

impl Cases {
    /// Whether one of the folders declares an operation.
    pub(super) fn declares(&self, operation: &Operation) -> bool {
        let file = operation.source.rsplit_once(':').map_or("", |(file, _)| file);
        self.layers.iter().any(|layer| layer.files.iter().any(|(own, _)| layer.shown(own) == file))
    }
}

/// The cases of a folder, of the folders of `--endpoints`, or of `endpoints/` here.
pub(super) fn read(options: &Options, paths: &Paths, folder: Option<&Path>) -> Result<Cases, Failed> {
    let options = pinned(options, folder);
    let layers = options.endpoints.iter().map(|folder| setup::layer(folder)).collect::<Result<Vec<_>, _>>()?;
    let loaded = setup::load(&options, paths)?;
    let files =
        read_all(&layers, &loaded.catalog).map_err(|found| Failed::catalog(&found, &Layer::sources(&layers)))?;
    let zone = clock::zone(ZONE).map_err(Failed::machine)?;
    let now = clock::moment(NOW, Some(&zone)).map_err(Failed::machine)?;
    let engine = setup::reader(&options, setup::in_version(loaded.catalog, &options)?, paths)?;
    Ok(Cases { engine, now, layers, files, warnings: loaded.warnings })
}

/// The same options with the clock of the cases and the folder among the layers.
pub(super) fn pinned(options: &Options, folder: Option<&Path>) -> Options {
    let mut options = options.clone();
    options.now = Some(NOW.to_owned());
    options.timezone = Some(ZONE.to_owned());
    // Undocumented operations have cases too; allowing them changes no reading that leads to another.
    options.allow_undocumented = true;
    if let Some(folder) = folder {
        options.endpoints.push(folder.to_owned());
    } else if options.endpoints.is_empty() && Path::new(USUAL_FOLDER).is_dir() {
        options.endpoints.push(PathBuf::from(USUAL_FOLDER));
    }
    options
}

type CaseFiles = Vec<(String, Vec<Case>)>;

fn read_all(layers: &[Layer], catalog: &Catalog) -> Result<CaseFiles, Vec<Diagnostic>> {
    let mut files = Vec::new();
    let mut mistakes = Vec::new();
    for layer in layers {
        for (file, text) in layer.tests() {
            if let Some(fault) = layer.fault(file) {
                mistakes.push(fault.clone());
                continue;
            }
            match read_cases(&layer.shown(file), text, catalog) {
                Ok(cases) => files.push((layer.shown(file), cases)),
                Err(found) => mistakes.extend(found),
            }
        }
    }
    if mistakes.is_empty() { Ok(files) } else { Err(mistakes) }
}
