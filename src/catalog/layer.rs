use std::io;
use std::path::Path;

use crate::diagnostic::Sources;

/// One folder of catalog files, read into memory. Later layers are laid over earlier ones.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layer {
    /// Folder name shown in messages, without a slash at the end: `endpoints`.
    pub root: String,
    /// The YAML files: path inside the folder with `/` (`highlevel/contacts.yaml`), and the text.
    pub files: Vec<(String, String)>,
}

impl Layer {
    /// A layer of those files.
    pub fn new(root: impl Into<String>, files: Vec<(String, String)>) -> Self {
        Self { root: root.into(), files }
    }

    /// The name of a file in messages: `endpoints/highlevel/contacts.yaml`.
    pub fn shown(&self, file: &str) -> String {
        if self.root.is_empty() { file.to_owned() } else { format!("{}/{file}", self.root) }
    }

    /// The texts, by the names that messages use.
    pub fn sources(layers: &[Self]) -> Sources {
        layers
            .iter()
            .flat_map(|layer| layer.files.iter().map(|(file, text)| (layer.shown(file), text.as_str())))
            .collect()
    }

    /// The test files of the layer (`<service>/<group>.test.yaml`) with their texts.
    pub fn tests(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().filter(|(file, _)| is_test(file)).map(|(file, text)| (file.as_str(), text.as_str()))
    }

    /// The files that make up the catalog, tests left out.
    pub(super) fn parts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().filter(|(file, _)| !is_test(file)).map(|(file, text)| (file.as_str(), text.as_str()))
    }
}

/// Reads the YAML files of a folder: those in it, and those in the folders in it, in the order of their names.
///
/// # Errors
/// When the folder or a file cannot be read, or a file is not UTF-8; the message names it.
pub fn read_layer(folder: &Path) -> io::Result<Layer> {
    let mut files = Vec::new();
    for (name, path) in entries(folder)? {
        if !path.is_dir() {
            files.extend(yaml(&name, &path)?);
            continue;
        }
        for (inner, path) in entries(&path)? {
            files.extend(yaml(&format!("{name}/{inner}"), &path)?);
        }
    }
    Ok(Layer::new(folder.to_string_lossy().trim_end_matches('/'), files))
}

fn is_test(file: &str) -> bool {
    file.ends_with(".test.yaml") || file.ends_with(".test.yml")
}

fn entries(folder: &Path) -> io::Result<Vec<(String, std::path::PathBuf)>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|e| named(folder, &e))? {
        let entry = entry.map_err(|e| named(folder, &e))?;
        found.push((entry.file_name().to_string_lossy().into_owned(), entry.path()));
    }
    found.retain(|(name, _)| !name.starts_with('.'));
    found.sort();
    Ok(found)
}

fn yaml(name: &str, path: &Path) -> io::Result<Option<(String, String)>> {
    let is_yaml = path.extension().is_some_and(|e| e == "yaml" || e == "yml");
    if !is_yaml || !path.is_file() {
        return Ok(None);
    }
    let text = std::fs::read_to_string(path).map_err(|e| named(path, &e))?;
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    Ok(Some((name.to_owned(), text)))
}

fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
