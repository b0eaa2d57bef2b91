use std::fs;
use std::path::Path;

use crate::app::ExitCode;
use crate::catalog::{FileKind, schema as of};
use crate::front::failed::Failed;
use crate::front::print::out;

/// Prints the JSON Schema of one kind of file, or of all as one; with a folder, writes that of each kind into it.
pub(super) fn schema(kind: Option<FileKind>, into: Option<&Path>) -> Result<ExitCode, Failed> {
    let Some(folder) = into else {
        out(&printed(kind)?);
        return Ok(ExitCode::Done);
    };
    for kind in FileKind::ALL.into_iter().filter(|one| kind.is_none_or(|kind| kind == *one)) {
        let file = write(folder, kind)?;
        out(&format!("{}\n", file.display()));
    }
    Ok(ExitCode::Done)
}

/// Writes the schema of a kind of file into a catalog folder, where the first lines of its files point to.
pub(super) fn write(folder: &Path, kind: FileKind) -> Result<std::path::PathBuf, Failed> {
    let file = folder.join(kind.schema_path());
    let text = printed(Some(kind))?;
    let written = file.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&file, text));
    written.map_err(|error| Failed::machine(format!("{}: {error}", file.display())))?;
    Ok(file)
}

fn printed(kind: Option<FileKind>) -> Result<String, Failed> {
    Ok(serde_json::to_string_pretty(&of(kind)).map_err(Failed::machine)? + "\n")
}
