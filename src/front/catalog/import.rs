use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Map;

use super::{cases, schema};
use crate::app::{Engine, ExitCode};
use crate::catalog::import::{Beside, Import, ImportOptions, Led, Trial, import as made, import_name, is_untouched};
use crate::catalog::openapi::{SpecFiles, read_spec};
use crate::catalog::{Catalog, FileKind, Layer, Loaded, twins};
use crate::diagnostic::{Diagnostic, lines};
use crate::front::cli::Options;
use crate::front::failed::Failed;
use crate::front::paths::Paths;
use crate::front::print::{complain, out};
use crate::front::setup;
use crate::intent::{Intent, Status};
use crate::present::clean_lines;

/// Makes a service of a specification and writes it into a catalog folder.
pub(super) fn import(
    options: &Options,
    paths: &Paths,
    specs: &[PathBuf],
    into: Option<&Path>,
    force: bool,
) -> Result<ExitCode, Failed> {
    let folder = into.map(Path::to_owned).or_else(|| paths.own_endpoints.clone());
    let folder = folder.ok_or_else(|| Failed::usage("there is no folder to write to; name one with --into"))?;
    let files = SpecFiles::read(specs).map_err(Failed::usage)?;
    let spec = read_spec(&files).map_err(|faults| Failed::usage(lines(&faults)))?;
    let service = import_name(&spec, options.service.as_deref());
    let below = below(options, paths, &folder)?;
    check_name(&below, &folder, &service)?;
    let source = specs.iter().filter_map(|path| path.file_name()).map(|name| name.to_string_lossy().into_owned());
    let source = source.collect::<Vec<_>>().join(", ");
    let lexicon = Catalog::builtin_under(&below).map_err(|found| Failed::catalog(&found, &Layer::sources(&below)))?;
    let settings = ImportOptions {
        service: Some(&service),
        base_url: options.base_url.as_deref(),
        source: &source,
        lexicon: lexicon.catalog.lexicon(),
    };
    let reader = |files: &[(String, String)], beside| {
        let layers = layers(&below, &folder, files);
        let loaded = match beside {
            Beside::Nothing => Catalog::alone_under(&layers, &service),
            Beside::Everything => Catalog::builtin_under(&layers),
        };
        reader(options, paths, loaded?)
    };
    let made = made(&spec, &settings, &reader).map_err(|found| Failed::usage(lines(&found)))?;
    let written = write(&folder, &made, force)?;
    for kind in [FileKind::Service, FileKind::Group, FileKind::Test] {
        schema::write(&folder, kind)?;
    }
    complain(&clean_lines(&lines(&made.warnings)));
    out(&told(&folder, &made, written));
    Ok(ExitCode::Done)
}

/// The layers that the service will be laid over: those in use, the folder it goes into last.
fn below(options: &Options, paths: &Paths, folder: &Path) -> Result<Vec<Layer>, Failed> {
    let used =
        paths.endpoints.iter().chain(&options.endpoints).filter(|used| used.as_path() != folder && used.exists());
    let mut layers = used.map(|used| setup::layer(used)).collect::<Result<Vec<_>, _>>()?;
    if folder.is_dir() {
        layers.push(setup::layer(folder)?);
    }
    Ok(layers)
}

/// A service that others brought is not to be mixed with.
fn check_name(below: &[Layer], folder: &Path, service: &str) -> Result<(), Failed> {
    if folder.join(service).join("service.yaml").exists() {
        return Ok(());
    }
    let own = format!("{service}/service.yaml");
    let known = Catalog::builtin().service(service).is_some()
        || below.iter().any(|layer| layer.files.iter().any(|(file, _)| *file == own));
    if known {
        return Err(Failed::usage(format!(
            "the catalog has a service `{service}` already; name this one with --service"
        )));
    }
    Ok(())
}

/// The layers as they will be once the files are written.
fn layers(below: &[Layer], folder: &Path, files: &[(String, String)]) -> Vec<Layer> {
    let mut layers = below.to_vec();
    for layer in &mut layers {
        if Path::new(&layer.root) == folder {
            layer.files.retain(|(file, _)| !files.iter().any(|(new, _)| new == file));
        }
    }
    layers.push(Layer::new("", files.to_vec()));
    layers
}

/// Reads phrases as they are read with a catalog.
fn reader(options: &Options, paths: &Paths, loaded: Loaded) -> Result<Trial, Vec<Diagnostic>> {
    let name = |id| loaded.catalog.name(id).to_owned();
    let twins = twins(&loaded.catalog).into_iter().map(|t| (name(t.first), name(t.second))).collect();
    let options = Options { service: None, ..cases::pinned(options, None) };
    let failed = |failed: Failed| vec![Diagnostic::error(failed.text.trim().to_owned())];
    let engine = setup::reader(&options, loaded.catalog, paths).map_err(failed)?;
    Ok(Trial { read: Box::new(move |phrase| led(&engine, &engine.route(phrase))), twins })
}

fn led(engine: &Engine, intent: &Intent) -> Option<Led> {
    let [step] = intent.steps.as_slice() else { return None };
    if !matches!(intent.status, Status::Ready | Status::Incomplete) {
        return None;
    }
    let params: Map<_, _> = step.arguments.iter().map(|a| (a.name.clone(), a.value.to_json())).collect();
    let operation = engine.catalog().operation(step.operation).name.clone();
    Some(Led { operation, params, missing: step.missing.clone() })
}

/// Writes the files that differ; how many those are. Nothing is written when one was edited and that is not forced.
fn write(folder: &Path, made: &Import, force: bool) -> Result<usize, Failed> {
    let machine = |file: &Path, error: &std::io::Error| Failed::machine(format!("{}: {error}", file.display()));
    let mut edited = Vec::new();
    let mut due = Vec::new();
    for (name, text) in &made.files {
        let file = folder.join(name);
        match fs::read_to_string(&file) {
            Ok(before) if before == *text => {}
            Ok(before) if !is_untouched(&before) && !force => edited.push(file),
            _ => due.push((file, text)),
        }
    }
    if !edited.is_empty() {
        let names: Vec<String> = edited.iter().map(|file| format!("  {}\n", file.display())).collect();
        let message = format!(
            "these files were edited since they were imported:\n{}nothing was written; --force writes over them, --into writes elsewhere",
            names.concat()
        );
        return Err(Failed::usage(message));
    }
    for (file, text) in &due {
        file.parent().map_or(Ok(()), fs::create_dir_all).map_err(|error| machine(file, &error))?;
        fs::write(file, text).map_err(|error| machine(file, &error))?;
    }
    Ok(due.len())
}

fn told(folder: &Path, made: &Import, written: usize) -> String {
    let place = folder.join(&made.service);
    let mut text = format!(
        "{}: {} operations, {} phrases, {} warnings; {written} files written to {}\n",
        made.service,
        made.operations,
        made.phrases,
        made.warnings.len(),
        place.display()
    );
    if !made.variables.is_empty() {
        text.push_str(&format!("Set {}, then say what you want.\n", made.variables.join(", ")));
    }
    text
}
