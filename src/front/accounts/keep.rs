use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// Writes a file that nobody else may read: whole or not at all.
pub(super) fn keep(file: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    // A link is followed, so that a file that is kept elsewhere stays there.
    let file = fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
    let part = file.with_extension(format!("{}.part", std::process::id()));
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(&part).and_then(|mut out| {
        out.write_all(text.as_bytes())?;
        out.sync_all()
    });
    written.and_then(|()| fs::rename(&part, &file)).inspect_err(|_| drop(fs::remove_file(&part)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_file_is_whole_and_closed_to_others() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("tokens/acme");
        keep(&file, "one").expect("kept");
        keep(&file, "two").expect("kept again");
        assert_eq!(fs::read_to_string(&file).expect("there"), "two");
        assert_eq!(fs::read_dir(folder.path().join("tokens")).expect("a folder").count(), 1, "nothing is left over");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&file).expect("there").permissions().mode() & 0o777, 0o600);
        }
    }
}
