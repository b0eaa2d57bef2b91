//! The keys of the YAML are declared once; what else speaks of them says the same: the JSON Schema that is kept in
//! `endpoints/schema`, the tables of docs/CATALOG.md, the first line of each file.
//!
//! `SAYSO_BLESS=1 cargo test --test catalog_keys` writes schemas and tables anew.

use std::fs;
use std::path::{Path, PathBuf};

use sayso::catalog::{Declared, FileKind, Section, schema, sections};
use serde_json::Value;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn blessing() -> bool {
    std::env::var_os("SAYSO_BLESS").is_some()
}

/// Every YAML file of a catalog folder, by its path inside.
fn files(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == "yaml") {
                let inside = path.strip_prefix(folder).expect("it is inside").to_string_lossy().replace('\\', "/");
                found.push((inside, fs::read_to_string(path).expect("a file")));
            }
        }
    }
    found.sort();
    found
}

fn faults(kind: FileKind, text: &str) -> Vec<String> {
    let options = serde_yaml::options! { strict_booleans: true };
    let value: Value = match serde_yaml::from_str_with_options(text, options) {
        Ok(value) => value,
        Err(error) => return vec![error.to_string()],
    };
    let validator = jsonschema::draft7::new(&schema(Some(kind))).expect("a schema");
    validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn the_schemas_are_schemas() {
    for kind in FileKind::ALL.into_iter().map(Some).chain([None]) {
        jsonschema::draft7::meta::validate(&schema(kind)).unwrap_or_else(|error| panic!("{kind:?}: {error}"));
    }
}

#[test]
fn the_schemas_that_are_kept_are_fresh() {
    for kind in FileKind::ALL {
        let path = root().join("endpoints").join(kind.schema_path());
        let made = serde_json::to_string_pretty(&schema(Some(kind))).expect("it is JSON") + "\n";
        if blessing() {
            fs::write(&path, &made).expect("the schema is written");
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        assert!(kept == made, "{} is stale: run `sayso catalog schema --into endpoints`", path.display());
    }
}

#[test]
fn every_file_of_the_catalog_fits_its_schema_and_names_it() {
    let any = jsonschema::draft7::new(&schema(None)).expect("a schema");
    let files = files(&root().join("endpoints"));
    assert!(files.len() > 40, "the files are there");
    for (path, text) in files {
        let kind = FileKind::of(&path);
        let found = faults(kind, &text);
        assert!(found.is_empty(), "{path}:\n{}", found.join("\n"));
        assert_eq!(text.lines().next(), Some(kind.editor_line().as_str()), "{path}");
        let value: Value = serde_yaml::from_str(&text).expect("it was read before");
        assert!(any.is_valid(&value), "{path} does not fit the schema of all");
    }
}

#[test]
fn the_first_line_leads_to_the_schema() {
    for (path, text) in files(&root().join("endpoints")) {
        let line = text.lines().next().expect("a line");
        let target = line.split_once("$schema=").expect("a schema").1;
        let from = root().join("endpoints").join(&path);
        let schema = from.parent().expect("a folder").join(target);
        assert!(schema.is_file(), "{path}: {} is not there", schema.display());
    }
}

/// What an editor can mark without knowing the rest of the catalog.
#[test]
fn mistakes_of_shape_do_not_fit() {
    let fixtures = root().join("tests/fixtures/catalog_bad");
    let of_shape = [
        ("unknown-key.yaml", FileKind::Group),
        ("wrong-type.yaml", FileKind::Group),
        ("bad-choice.yaml", FileKind::Group),
        ("bad-request.yaml", FileKind::Group),
        ("not-operations.yaml", FileKind::Group),
        ("several.yaml", FileKind::Group),
        ("bad-lexicon/lexicon.yaml", FileKind::Lexicon),
        ("bad-service/acme/service.yaml", FileKind::Service),
    ];
    for (name, kind) in of_shape {
        let text = fs::read_to_string(fixtures.join(name)).expect("the fixture");
        assert!(!faults(kind, &text).is_empty(), "{name} fits");
    }
    for (kind, text) in [
        (FileKind::Test, "a.b: [{say: [x], parms: {}}]"),
        (FileKind::Test, "a.b: {say: [x]}"),
        (FileKind::Test, "a.b: [{say: {x: y}}]"),
        (FileKind::Service, "rate_limit: {per: 10s}"),
        (FileKind::Service, "auth: all"),
        (FileKind::Service, "pagination: {a: {size: 5}}"),
        (FileKind::Lexicon, "verbs: {list: {read: true}}"),
        (FileKind::Group, "operations: {a.b: {request: GET things}}"),
        (FileKind::Group, "operations: {a.b: {request: GET /things, params: {a: {type: [text, text]}}}}"),
    ] {
        assert!(!faults(kind, text).is_empty(), "{text} fits");
    }
}

#[test]
fn layers_may_give_a_part() {
    for (kind, text) in [
        (FileKind::Service, "resources: {pet: {+nouns: [critter]}}"),
        (FileKind::Group, "operations: {a.b: {title: Better}}"),
        (FileKind::Group, "operations: {a.b: {params: {a: '{{ b }}', c: [text], d: , e: {+names: f}}}}"),
        (FileKind::Lexicon, "verbs: {list: [list, show], get: {+words: reveal}}"),
    ] {
        assert_eq!(faults(kind, text), Vec::<String>::new(), "{text}");
    }
}

fn row(key: &Declared) -> String {
    let needed = if key.required { ", required" } else { "" };
    format!("| `{}` | {}{needed} | {} |", key.name, key.shape.told(), key.about)
}

fn table(section: &Section) -> Vec<String> {
    let head = ["| key | value | meaning |".to_owned(), "|---|---|---|".to_owned()];
    head.into_iter().chain(section.keys.iter().map(row)).collect()
}

/// Where the table under a heading begins and ends, by lines.
fn place(lines: &[String], heading: &str) -> Option<(usize, usize)> {
    let title = |line: &String| line.trim_start_matches('#').trim() == heading && line.starts_with('#');
    let at = lines.iter().position(title)?;
    let first = at + 1 + lines[at + 1..].iter().take_while(|l| !l.starts_with('#')).position(|l| l.starts_with('|'))?;
    Some((first, first + lines[first..].iter().take_while(|line| line.starts_with('|')).count()))
}

/// Holds a document to its sections, or writes their tables into it.
fn hold(document: &str, sections: &[&'static Section]) {
    let path = root().join(document);
    let mut lines: Vec<String> = fs::read_to_string(&path).expect("the document").lines().map(str::to_owned).collect();
    for section in sections {
        let (first, past) = place(&lines, section.heading)
            .unwrap_or_else(|| panic!("no table under the heading `{}`", section.heading));
        if blessing() {
            lines.splice(first..past, table(section));
            continue;
        }
        assert_eq!(lines[first..past], table(section), "under `{}` of {document}", section.heading);
    }
    if blessing() {
        fs::write(path, lines.join("\n") + "\n").expect("the document is written");
    }
}

#[test]
fn the_documentation_has_every_key() {
    hold("docs/CATALOG.md", &sections());
    hold("docs/PROFILES.md", &sayso::profile::profile_sections());
}

/// The YAML of docs/PROFILES.md is right, and so is what it says of it.
#[test]
fn the_profiles_of_the_documentation_can_be_read() {
    let text = fs::read_to_string(root().join("docs/PROFILES.md")).expect("the document");
    let examples: Vec<&str> = text.split("```yaml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert_eq!(examples.len(), 2);
    let catalog = sayso::catalog::Catalog::builtin();
    for example in examples {
        sayso::profile::read_profiles("example", example, &catalog)
            .unwrap_or_else(|found| panic!("{found:?}\n{example}"));
    }
}

#[test]
fn the_documentation_has_every_type() {
    let schema = schema(Some(FileKind::Group));
    let known = schema.pointer("/definitions/type/anyOf/0/enum").and_then(Value::as_array).expect("the types");
    let known: Vec<String> = known.iter().map(|name| format!("`{}`", name.as_str().expect("a word"))).collect();
    let text = fs::read_to_string(root().join("docs/CATALOG.md")).expect("the document");
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let (first, past) = place(&lines, "Types").expect("the table of types");
    let told: Vec<&str> = lines[first + 2..past].iter().filter_map(|line| line.split(' ').nth(1)).collect();
    assert_eq!(told, known);
}

#[test]
fn links_of_the_documentation_lead_somewhere() {
    for document in ["docs/CATALOG.md", "docs/PROFILES.md"] {
        let text = fs::read_to_string(root().join(document)).expect("the document");
        let plain = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
        let anchor =
            |line: &str| line.to_lowercase().chars().filter(plain).collect::<String>().trim().replace(' ', "-");
        let anchors: Vec<String> = text.lines().filter(|l| l.starts_with('#')).map(anchor).collect();
        let links: Vec<&str> = text.split("](#").skip(1).filter_map(|rest| rest.split(')').next()).collect();
        assert!(links.len() > 5, "the links are there");
        for link in links {
            assert!(anchors.iter().any(|anchor| anchor == link), "#{link} of {document} leads nowhere");
        }
    }
}
