use std::collections::HashSet;

use serde_json::Value;

use super::documents::{Astray, Document, Documents, Part};
use super::places::{at_line, place_of};
use super::{Spec, SpecFiles, SpecServer, operations, repair, security, swagger};
use crate::diagnostic::{Diagnostic, Place, Severity};

/// Reads all that the files say.
///
/// # Errors
/// When none of the files describes an API: what is wrong with them. Any lesser fault is among the warnings.
pub fn read_spec(files: &SpecFiles) -> Result<Spec, Vec<Diagnostic>> {
    let mut faults = Vec::new();
    let mut documents = Documents::read(files, |file, message, place| {
        let (line, column) = place.unwrap_or((1, 1));
        faults.push(Diagnostic::error(message).at(at_line(file, line, column)));
    });
    documents.all.iter_mut().for_each(|document| swagger::upgrade(&mut document.root));
    if !documents.all.iter().any(|document| document.named && document.is_api()) {
        if faults.is_empty() {
            let names: Vec<&str> = files.files.iter().map(|(name, _)| name.as_str()).collect();
            let message = format!("no OpenAPI description in {}", names.join(", "));
            let help = "a description has `openapi: 3.…` and `paths:` at its top";
            faults.push(Diagnostic::error(message).help(help));
        }
        return Err(faults);
    }
    let repaired: Vec<_> = documents.all.iter_mut().map(|document| repair::repair(&mut document.root)).collect();
    let mut reader = Reader { documents: &documents, spec: Spec::default(), told: HashSet::new() };
    for fault in faults {
        reader.spec.warnings.push(Diagnostic { severity: Severity::Warning, ..fault });
    }
    for (document, repaired) in documents.all.iter().zip(repaired) {
        for fault in repaired {
            reader.warn(&place_of(document, &fault.key, &fault.method), fault.message);
        }
    }
    for (n, document) in documents.all.iter().enumerate() {
        if document.named && document.is_api() {
            reader.document(n, document);
        }
    }
    reader.spec.title = title(&documents);
    Ok(reader.spec)
}

/// What is read so far.
pub(super) struct Reader<'a> {
    pub(super) documents: &'a Documents,
    pub(super) spec: Spec,
    /// Faults that were told, so that what many operations share is told once.
    told: HashSet<String>,
}

impl Reader<'_> {
    fn document(&mut self, n: usize, document: &Document) {
        for server in array(&document.root["servers"]) {
            let server = server_of(server);
            if !server.url.is_empty() && !self.spec.servers.contains(&server) {
                self.spec.servers.push(server);
            }
        }
        security::schemes(self, n);
        for (path, item) in object(&document.root["paths"]) {
            if path.starts_with("x-") {
                continue;
            }
            operations::item(self, n, path, Part { document: n, value: item });
        }
    }

    /// Tells of a fault once.
    pub(super) fn warn(&mut self, place: &Place, message: String) {
        self.warn_of(&message.clone(), place, message);
    }

    /// Tells of a reference that leads nowhere at the first operation that has it, however many do.
    pub(super) fn warn_astray(&mut self, place: &Place, name: &str, astray: &Astray) {
        self.warn_of(&astray.to_string(), place, format!("`{name}` refers to {astray}"));
    }

    fn warn_of(&mut self, key: &str, place: &Place, message: String) {
        if self.told.insert(format!("{}\n{key}", place.file)) {
            let warning = Diagnostic::error(message).at(place.clone());
            self.spec.warnings.push(Diagnostic { severity: Severity::Warning, ..warning });
        }
    }
}

/// The address of a server with the defaults of its variables in it.
pub(super) fn server_of(server: &Value) -> SpecServer {
    let mut url = text(&server["url"]);
    let mut variables = Vec::new();
    for (name, variable) in object(&server["variables"]) {
        let default = match &variable["default"] {
            Value::String(text) => text.clone(),
            Value::Null => text(&variable["enum"][0]),
            other => other.to_string(),
        };
        url = url.replace(&format!("{{{name}}}"), &default);
        variables.push((name.clone(), default));
    }
    SpecServer { url: url.trim_end_matches('/').to_owned(), variables, description: text(&server["description"]) }
}

fn title(documents: &Documents) -> String {
    let named: Vec<&Document> = documents.all.iter().filter(|d| d.named && d.is_api()).collect();
    let titles: Vec<String> = named.iter().map(|document| text(&document.root["info"]["title"])).collect();
    match titles.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first, rest @ ..] if rest.iter().all(|title| title == first) => first.clone(),
        [first, ..] => folder_of(&named).unwrap_or_else(|| first.clone()),
    }
}

/// Name of the folder that all of the files are in.
fn folder_of(documents: &[&Document]) -> Option<String> {
    let folder = |document: &Document| document.name.rsplit_once('/').map(|(folder, _)| folder.to_owned());
    let first = folder(documents.first()?)?;
    let same = documents.iter().all(|document| folder(document).as_ref() == Some(&first));
    let name = first.rsplit('/').next().filter(|name| !name.is_empty() && !name.starts_with('.'))?;
    same.then(|| name.to_owned())
}

/// The text of a value, trimmed; empty for anything but a text.
pub(super) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().trim().to_owned()
}

/// The entries of an object; none of anything else.
pub(super) fn object(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// The items of a list; none of anything else.
pub(super) fn array(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}
