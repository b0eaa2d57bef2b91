//! The official files, read as they are, faults and all.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::schema::Schemas;

/// All operations of the official files.
pub struct Spec {
    operations: HashMap<(String, String), SpecOperation>,
    schemas: HashMap<String, Schemas>,
}

/// One operation as its file has it.
pub struct SpecOperation {
    /// Stem of the file.
    pub file: String,
    /// Path with variables in braces.
    pub path: String,
    /// Parameters, those of the path item included.
    pub params: Vec<Value>,
    /// Its request body.
    pub body: Option<Value>,
}

/// Where the official files are, unless they are not there.
pub fn folder() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/specs/highlevel-v2");
    let folder = std::env::var_os("SAYSO_SPECS").map_or_else(beside, PathBuf::from);
    let there = folder.is_dir();
    if !there {
        println!("skipped: no official files in {}", folder.display());
    }
    there.then_some(folder)
}

/// Where the official files of the next version of the API are.
pub fn newer(folder: &Path) -> PathBuf {
    folder.with_file_name("highlevel-v3")
}

impl Spec {
    /// The operations of some folders; of one that several have, the first folder tells.
    pub fn read(folders: &[&Path]) -> Self {
        let mut spec = Self { operations: HashMap::new(), schemas: HashMap::new() };
        folders.iter().filter(|folder| folder.is_dir()).for_each(|folder| spec.read_folder(folder));
        spec
    }

    fn read_folder(&mut self, folder: &Path) {
        let common = json(&folder.join("common/common-schemas.json"));
        for entry in std::fs::read_dir(folder).expect("the folder can be listed") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|e| e == "json") {
                let stem = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
                self.add(stem, &json(&path), &common);
            }
        }
    }

    fn add(&mut self, file: String, document: &Value, common: &Value) {
        let mut schemas = Schemas::new(document, common);
        for (path, item) in document["paths"].as_object().into_iter().flatten() {
            for (method, operation) in item.as_object().into_iter().flatten().filter(|(m, _)| is_method(m)) {
                schemas.forgive(operation);
                let lists = [&item["parameters"], &operation["parameters"]];
                let found = SpecOperation {
                    file: file.clone(),
                    path: path.clone(),
                    params: lists.iter().filter_map(|l| l.as_array()).flatten().cloned().collect(),
                    body: operation.get("requestBody").cloned(),
                };
                self.operations.entry((method.to_uppercase(), shape(path))).or_insert(found);
            }
        }
        self.schemas.insert(file, schemas);
    }

    /// The operation of that method and path; a trailing slash counts, names of variables do not.
    pub fn operation(&self, method: &str, path: &str) -> Option<&SpecOperation> {
        self.operations.get(&(method.to_owned(), shape(path)))
    }

    /// The schemas that an operation's own refer to.
    pub fn schemas(&self, operation: &SpecOperation) -> &Schemas {
        &self.schemas[&operation.file]
    }
}

fn json(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn is_method(key: &str) -> bool {
    ["get", "post", "put", "patch", "delete", "head", "options"].contains(&key)
}

fn shape(path: &str) -> String {
    let plain = |segment: &str| if segment.starts_with('{') { "{}".to_owned() } else { segment.to_owned() };
    path.split('/').map(plain).collect::<Vec<_>>().join("/")
}
