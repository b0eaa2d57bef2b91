use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, Place, Sources};

/// One folder of catalog files, read into memory. Later layers are laid over earlier ones.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layer {
    /// Folder name shown in messages, without a slash at the end: `endpoints`.
    pub root: String,
    /// The YAML files: path inside the folder with `/` (`highlevel/contacts.yaml`), and the text.
    pub files: Vec<(String, String)>,
    /// Those that are not UTF-8, with what is wrong; of their text, only what stands before it is kept.
    #[serde(skip)]
    pub garbled: Vec<(String, Diagnostic)>,
}

impl Layer {
    /// A layer of those files.
    pub fn new(root: impl Into<String>, files: Vec<(String, String)>) -> Self {
        Self { root: root.into(), files, garbled: Vec::new() }
    }

    /// The name of a file in messages: `endpoints/highlevel/contacts.yaml`.
    #[must_use]
    pub fn shown(&self, file: &str) -> String {
        if self.root.is_empty() { file.to_owned() } else { format!("{}/{file}", self.root) }
    }

    /// What is wrong with a file that is not UTF-8.
    #[must_use]
    pub fn fault(&self, file: &str) -> Option<&Diagnostic> {
        self.garbled.iter().find(|(name, _)| name == file).map(|(_, fault)| fault)
    }

    /// The texts, by the names that messages use.
    #[must_use]
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

    /// Adds a file when it is YAML.
    fn read(&mut self, name: String, path: &Path) -> io::Result<()> {
        if !is_yaml(path) {
            return Ok(());
        }
        let bytes = std::fs::read(path).map_err(|e| named(path, &e))?;
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(error) => {
                let (text, fault) = garbled(self.shown(&name), bytes, error.valid_up_to());
                self.garbled.push((name.clone(), fault));
                text
            }
        };
        self.files.push((name, text));
        Ok(())
    }

    /// The files that make up the catalog, tests left out.
    pub(super) fn parts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().filter(|(file, _)| !is_test(file)).map(|(file, text)| (file.as_str(), text.as_str()))
    }
}

/// Reads the YAML files of a folder: those in it, and those in the folders in it, in the order of their names.
///
/// # Errors
/// When the folder or a file cannot be read; the message names it. A file that is not UTF-8 is only noted.
pub fn read_layer(folder: &Path) -> io::Result<Layer> {
    let mut layer = Layer::new(folder.to_string_lossy().trim_end_matches('/'), Vec::new());
    for (name, path) in entries(folder)? {
        if !path.is_dir() {
            layer.read(name, &path)?;
            continue;
        }
        for (inner, path) in entries(&path)? {
            layer.read(format!("{name}/{inner}"), &path)?;
        }
    }
    Ok(layer)
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

fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|e| e == "yaml" || e == "yml") && path.is_file()
}

/// The part of a file before the first byte that is not UTF-8, and a finding that points there.
fn garbled(file: String, bytes: &[u8], good: usize) -> (String, Diagnostic) {
    let text = String::from_utf8_lossy(&bytes[..good]).into_owned();
    let line = text.rsplit('\n').next().unwrap_or_default();
    let place = Place {
        file,
        line: text.matches('\n').count() + 1,
        column: line.chars().count() + 1,
        start: good,
        length: 0,
        label: String::new(),
    };
    let wide = matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..]);
    let byte = bytes.get(good).copied().unwrap_or_default();
    let (message, help) = if wide {
        ("this file is UTF-16".to_owned(), "save it as UTF-8")
    } else {
        (format!("the byte {byte:#04x} is not UTF-8"), "save the file as UTF-8, or type the character anew")
    };
    (text, Diagnostic::error(message).at(place).help(help))
}

fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
