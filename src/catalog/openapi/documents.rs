use std::fmt;

use serde_json::Value;

use super::SpecFiles;
use super::spec_files::candidates;

/// The files as trees, and what their references lead to.
pub(super) struct Documents {
    pub(super) all: Vec<Document>,
}

/// One file.
pub(super) struct Document {
    pub(super) name: String,
    pub(super) text: String,
    pub(super) root: Value,
    /// Whether it was named, rather than read for being referred to.
    pub(super) named: bool,
}

/// A part of a document: where it is, and the part.
#[derive(Clone, Copy)]
pub(super) struct Part<'a> {
    pub(super) document: usize,
    pub(super) value: &'a Value,
}

/// References that refer to references are followed so far.
const LONGEST_CHAIN: usize = 32;
/// A reference that leads to nothing.
pub(super) struct Astray {
    reference: String,
    /// Whether it leads back to itself.
    round: bool,
}

impl fmt::Display for Astray {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`, which {}", self.reference, if self.round { "refers to itself" } else { "is nowhere" })
    }
}

impl Document {
    /// Name without folders and ending.
    pub(super) fn stem(&self) -> &str {
        let name = self.name.rsplit(['/', '\\']).next().unwrap_or(&self.name);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// Whether it describes an API, rather than holding parts for others.
    pub(super) fn is_api(&self) -> bool {
        self.root["paths"].is_object() && (self.root["openapi"].is_string() || self.root["info"].is_object())
    }
}

impl Documents {
    /// Reads the trees; `fault` is told of every file that is none.
    pub(super) fn read(files: &SpecFiles, mut fault: impl FnMut(&str, String, Option<(usize, usize)>)) -> Self {
        let mut all = Vec::new();
        for (n, (name, text)) in files.files.iter().enumerate() {
            match super::tree::tree(text) {
                Ok(root) => {
                    all.push(Document { name: name.clone(), text: text.clone(), root, named: n < files.named });
                }
                Err((message, place)) => fault(name, message, place),
            }
        }
        Self { all }
    }

    /// The part itself, or what it refers to when it is a reference; the name of the component it came from last.
    ///
    /// # Errors
    /// The reference that leads nowhere.
    pub(super) fn follow<'a>(&'a self, part: Part<'a>) -> Result<(Part<'a>, Option<&'a str>), Astray> {
        let mut part = part;
        let mut name = None;
        for _ in 0..LONGEST_CHAIN {
            let Some(reference) = part.value.get("$ref").and_then(Value::as_str) else { return Ok((part, name)) };
            part = self
                .target(part.document, reference)
                .ok_or_else(|| Astray { reference: reference.to_owned(), round: false })?;
            name = reference.rsplit('/').next();
        }
        Err(Astray { reference: part.value["$ref"].as_str().unwrap_or_default().to_owned(), round: true })
    }

    /// What a reference in a document leads to.
    fn target(&self, from: usize, reference: &str) -> Option<Part<'_>> {
        let (file, pointer) = reference.split_once('#').unwrap_or((reference, ""));
        let document = if file.is_empty() { from } else { self.document(from, file)? };
        let root = &self.all.get(document)?.root;
        let pointer = percent_encoding::percent_decode_str(pointer).decode_utf8_lossy();
        let value = root.pointer(&pointer).or_else(|| named(root, &pointer))?;
        Some(Part { document, value })
    }

    fn document(&self, from: usize, file: &str) -> Option<usize> {
        let file = percent_encoding::percent_decode_str(file).decode_utf8_lossy();
        let position = |name: &String| self.all.iter().position(|document| document.name == *name);
        candidates(&self.all.get(from)?.name, &file).iter().find_map(position)
    }
}

/// The component of that name, for references that give the name alone.
fn named<'a>(root: &'a Value, name: &str) -> Option<&'a Value> {
    let plain = !name.is_empty() && !name.contains('/');
    plain.then(|| root.pointer(&format!("/components/schemas/{name}"))).flatten()
}
