use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::schema;
use crate::app::ExitCode;
use crate::catalog::{FileKind, skeleton};
use crate::front::cli::Options;
use crate::front::failed::Failed;
use crate::front::paths::Paths;
use crate::front::print::out;
use crate::front::setup;

/// Writes a skeleton of an operation into the file of its group: in the last folder of `--endpoints`, in `endpoints/`
/// here, or in the user's own folder.
pub(super) fn new(options: &Options, paths: &Paths, name: &str, request: &str) -> Result<ExitCode, Failed> {
    let folder = folder(options, paths)?;
    let skeleton = skeleton(&setup::catalog(&existing(options), paths)?, name, request)?;
    let file = folder.join(&skeleton.file);
    let before = match fs::read_to_string(&file) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(Failed::machine(format!("{}: {error}", file.display()))),
    };
    let after = skeleton.added_to(before.as_deref())?;
    write(&file, &after).map_err(|error| Failed::machine(format!("{}: {error}", file.display())))?;
    schema::write(&folder, FileKind::Group)?;
    schema::write(&folder, FileKind::Test)?;
    out(&format!("{name} is now in {}\n", file.display()));
    out(&format!("Fill in its parameters, put phrases into {}, then:\n", beside(&file).display()));
    out(&format!("  sayso catalog check {0}\n  sayso catalog test {0}\n", folder.display()));
    Ok(ExitCode::Done)
}

/// The same options without the folders that this command is about to make.
fn existing(options: &Options) -> Options {
    let mut options = options.clone();
    options.endpoints.retain(|folder| folder.exists());
    options
}

fn folder(options: &Options, paths: &Paths) -> Result<PathBuf, Failed> {
    let here = Path::new("endpoints");
    let usual = || here.is_dir().then(|| here.to_owned());
    let found = options.endpoints.last().cloned().or_else(usual).or_else(|| paths.own_endpoints.clone());
    found.ok_or_else(|| Failed::usage("there is no folder to write to; name one with --endpoints"))
}

fn write(file: &Path, text: &str) -> std::io::Result<()> {
    file.parent().map_or(Ok(()), fs::create_dir_all)?;
    fs::write(file, text)
}

fn beside(file: &Path) -> PathBuf {
    file.with_extension("test.yaml")
}
