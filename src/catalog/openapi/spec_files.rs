use std::io;
use std::path::{Component, Path, PathBuf};

/// The texts of a specification: the files that were named, and those that may be referred to from them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SpecFiles {
    /// Name in messages, which is also where references start from (`specs/pets.json`), and text.
    pub files: Vec<(String, String)>,
    /// How many of them, from the first, were named; the others are only there to be referred to.
    pub named: usize,
}

impl SpecFiles {
    /// Files that are not on disk. References between them go by their names.
    #[must_use]
    pub fn new(files: Vec<(String, String)>) -> Self {
        let named = files.len();
        Self { files, named }
    }

    /// Reads files and folders. Of a folder, every `.json`, `.yaml` and `.yml` in it and below is taken in the order of
    /// their names; of a file, those which it refers to are read too when they lie in its folder, below it, or beside it.
    ///
    /// # Errors
    /// When one cannot be read, or a folder has no such file; the message names it.
    pub fn read(paths: &[PathBuf]) -> io::Result<Self> {
        let mut found = Self::default();
        for path in paths {
            if path.is_dir() {
                let before = found.files.len();
                found.folder(path, 0)?;
                if found.files.len() == before {
                    let message = format!("{}: no .json, .yaml or .yml in this folder", path.display());
                    return Err(io::Error::new(io::ErrorKind::NotFound, message));
                }
            } else {
                found.file(path)?;
            }
        }
        found.named = found.files.len();
        found.referred();
        Ok(found)
    }

    fn folder(&mut self, folder: &Path, depth: usize) -> io::Result<()> {
        const DEEPEST: usize = 8;
        let named = |e: io::Error| io::Error::new(e.kind(), format!("{}: {e}", folder.display()));
        let entries = std::fs::read_dir(folder).map_err(named)?;
        let mut paths = entries.map(|e| Ok(e?.path())).collect::<io::Result<Vec<_>>>().map_err(named)?;
        paths.sort();
        for path in paths {
            let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
            if path.is_dir() && !hidden && depth < DEEPEST {
                self.folder(&path, depth + 1)?;
            } else if path.is_file() && !hidden && is_spec(&path) {
                self.file(&path)?;
            }
        }
        Ok(())
    }

    fn file(&mut self, path: &Path) -> io::Result<()> {
        let name = path.to_string_lossy().into_owned();
        if self.files.iter().any(|(known, _)| *known == name) {
            return Ok(());
        }
        let bytes = std::fs::read(path).map_err(|e| io::Error::new(e.kind(), format!("{}: {e}", path.display())))?;
        self.files.push((name, decoded(&bytes)));
        Ok(())
    }

    /// Adds the files that are referred to. One that cannot be read is left out: the reference will be told of.
    fn referred(&mut self) {
        const MOST: usize = 2_000;
        let mut next = 0;
        while next < self.files.len() && next < MOST {
            let (name, text) = self.files[next].clone();
            for reference in references(&text) {
                for path in candidates(&name, &reference) {
                    let path = PathBuf::from(path);
                    if is_spec(&path) && path.is_file() {
                        let _ = self.file(&path);
                        break;
                    }
                }
            }
            next += 1;
        }
    }
}

/// The text of a file: UTF-16 where a byte order mark says so, else UTF-8 with a mark for what is none.
fn decoded(bytes: &[u8]) -> String {
    let wide = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = rest.as_chunks::<2>().0.iter().map(|pair| unit(*pair)).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xFF, 0xFE, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => wide(rest, u16::from_be_bytes),
        other => String::from_utf8_lossy(other).into_owned(),
    }
}

fn is_spec(path: &Path) -> bool {
    path.extension().is_some_and(|e| ["json", "yaml", "yml"].iter().any(|known| e.eq_ignore_ascii_case(known)))
}

/// File parts of the references in a text, each once.
fn references(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for rest in text.split("$ref").skip(1) {
        let rest = rest.trim_start_matches(['"', '\'']).trim_start();
        let Some(rest) = rest.strip_prefix(':') else { continue };
        let value = rest.trim_start().trim_start_matches(['"', '\'']);
        let end = value.find(['"', '\'', '\n', '\r', ',', '}', '#']).unwrap_or(value.len());
        let file = value[..end].trim();
        let is_file = !file.is_empty() && !file.contains("://") && !file.starts_with('/');
        if is_file && !found.iter().any(|known| known == file) {
            found.push(file.to_owned());
        }
    }
    found
}

/// Where a file may be that `from` refers to: where the reference says, then, when it leads out of the folder, at the
/// same place inside it, since specifications are often moved without what lay beside them.
pub(super) fn candidates(from: &str, reference: &str) -> Vec<String> {
    let folder = Path::new(from).parent().unwrap_or(Path::new(""));
    let inner = reference.trim_start_matches("./").trim_start_matches("../");
    let mut found = vec![plain(&folder.join(reference))];
    if inner != reference {
        found.push(plain(&folder.join(inner)));
    }
    found
}

/// A path without `.` and, where that can be told, `..`.
fn plain(path: &Path) -> String {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(out.components().next_back(), Some(Component::Normal(_))) => {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_found_in_both_notations() {
        let text =
            "a: {\"$ref\": \"x.json#/A\"}\n$ref: './y.yaml#/B'\n  $ref: z.yml\n$ref: '#/C'\n\"$ref\":\"x.json#/D\"";
        assert_eq!(references(text), ["x.json", "./y.yaml", "z.yml"]);
    }

    #[test]
    fn a_file_that_moved_is_looked_for_inside() {
        let found = candidates("specs/v2/a.json", "../common/c.json");
        assert_eq!(found, ["specs/common/c.json", "specs/v2/common/c.json"]);
        assert_eq!(candidates("a.json", "./b.json"), ["b.json", "b.json"]);
    }
}
