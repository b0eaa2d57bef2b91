//! The official files, read as they are, faults and all.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::schema::Schemas;

/// All operations of the official files.
pub struct Spec {
    pub operations: Vec<SpecOperation>,
    schemas: HashMap<String, Schemas>,
    /// Ways to prove who calls, by file and name.
    schemes: HashMap<(String, String), Value>,
}

/// One operation as its file has it.
pub struct SpecOperation {
    /// Stem of the file.
    pub file: String,
    /// Upper case.
    pub method: String,
    /// Path with variables in braces.
    pub path: String,
    /// Parameters, those of the path item included.
    pub params: Vec<Value>,
    /// Its request body.
    pub body: Option<Value>,
    /// Everything else.
    pub whole: Value,
}

impl SpecOperation {
    /// `POST /contacts/{contactId}/tags`.
    pub fn request_line(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// The parameters that are declared in that place, with their names.
    pub fn declared<'a>(&'a self, place: &'a str) -> impl Iterator<Item = (&'a str, &'a Value)> {
        let here = self.params.iter().filter(move |p| p["in"] == place);
        here.filter_map(|p| p["name"].as_str().map(|name| (name, p)))
    }

    /// The version that it declares.
    pub fn version(&self) -> Option<&str> {
        self.declared("header").find(|(name, _)| *name == "Version")?.1["schema"]["enum"][0].as_str()
    }

    /// Names of the variables of the path, declared or not.
    pub fn variables(&self) -> impl Iterator<Item = &str> {
        self.path.split('/').filter_map(variable)
    }

    /// Content type and schema of the body; a body without a schema takes anything.
    pub fn media(&self) -> Option<(&str, Value)> {
        let (kind, media) = self.body.as_ref()?["content"].as_object()?.iter().next()?;
        Some((kind, media.get("schema").cloned().unwrap_or_else(|| serde_json::json!({}))))
    }
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
        let mut spec = Self { operations: Vec::new(), schemas: HashMap::new(), schemes: HashMap::new() };
        folders.iter().filter(|folder| folder.is_dir()).for_each(|folder| spec.read_folder(folder));
        spec
    }

    fn read_folder(&mut self, folder: &Path) {
        let common = json(&folder.join("common/common-schemas.json"));
        let entries = std::fs::read_dir(folder).expect("the folder can be listed");
        let mut files: Vec<PathBuf> = entries.map(|e| e.expect("an entry").path()).collect();
        files.sort();
        for path in files.iter().filter(|path| path.extension().is_some_and(|e| e == "json")) {
            let stem = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
            self.add(stem, &json(path), &common);
        }
    }

    fn add(&mut self, file: String, document: &Value, common: &Value) {
        let mut schemas = Schemas::new(document, common);
        for (path, item) in document["paths"].as_object().into_iter().flatten() {
            for (method, operation) in item.as_object().into_iter().flatten().filter(|(m, _)| is_method(m)) {
                schemas.forgive(operation);
                if self.operations.iter().any(|o| o.method == method.to_uppercase() && shape(&o.path) == shape(path)) {
                    continue;
                }
                let lists = [&item["parameters"], &operation["parameters"]];
                self.operations.push(SpecOperation {
                    file: file.clone(),
                    method: method.to_uppercase(),
                    path: path.clone(),
                    params: lists.iter().filter_map(|l| l.as_array()).flatten().cloned().collect(),
                    body: operation.get("requestBody").cloned(),
                    whole: operation.clone(),
                });
            }
        }
        for (name, scheme) in document["components"]["securitySchemes"].as_object().into_iter().flatten() {
            self.schemes.insert((file.clone(), name.clone()), scheme.clone());
        }
        self.schemas.insert(file, schemas);
    }

    /// The operation that a request is for. A trailing slash counts; of several, those of the version that was sent go
    /// first, then those with fewest variables.
    pub fn operation(&self, method: &str, path: &str, version: Option<&str>) -> Option<&SpecOperation> {
        let sent: Vec<&str> = path.split('/').collect();
        let fits = |o: &&SpecOperation| {
            let template: Vec<&str> = o.path.split('/').collect();
            let same =
                |(wanted, came): (&&str, &&str)| wanted == came || (variable(wanted).is_some() && !came.is_empty());
            o.method == method && template.len() == sent.len() && template.iter().zip(&sent).all(same)
        };
        let other = |o: &SpecOperation| version.is_some_and(|sent| o.version().is_some_and(|own| own != sent));
        self.operations.iter().filter(fits).min_by_key(|o| (other(o), o.variables().count()))
    }

    /// A way to prove who calls, by the name that an operation has for it.
    pub fn scheme(&self, operation: &SpecOperation, name: &str) -> &Value {
        self.schemes.get(&(operation.file.clone(), name.to_owned())).unwrap_or(&Value::Null)
    }

    /// The schemas that an operation's own refer to.
    pub fn schemas(&self, operation: &SpecOperation) -> &Schemas {
        &self.schemas[&operation.file]
    }
}

/// The name of a segment that is a variable.
pub fn variable(segment: &str) -> Option<&str> {
    segment.strip_prefix('{').and_then(|s| s.strip_suffix('}'))
}

fn json(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn is_method(key: &str) -> bool {
    ["get", "post", "put", "patch", "delete", "head", "options"].contains(&key)
}

fn shape(path: &str) -> String {
    let plain = |segment: &str| if variable(segment).is_some() { "{}".to_owned() } else { segment.to_owned() };
    path.split('/').map(plain).collect::<Vec<_>>().join("/")
}
