//! Every way a catalog can be wrong, with the exact message for it beside it: `tests/fixtures/catalog_bad`.
//!
//! A fixture is a group file of the service `acme`, or a folder that is a whole layer; both are laid over `base`.
//! `SAYSO_BLESS=1 cargo test --test catalog_errors` writes the messages anew.

use std::fs;
use std::path::{Path, PathBuf};

use sayso::catalog::{Layer, lint, load, read_cases, read_layer};
use sayso::diagnostic::{Diagnostic, lines, render};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/catalog_bad")
}

fn base() -> Layer {
    Layer { root: "base".into(), ..read_layer(&folder().join("base")).expect("the base layer") }
}

fn fixtures() -> Vec<(String, Layer)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder()).expect("the fixtures") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        if path.is_dir() && name != "base" {
            let layer = read_layer(&path).expect("a layer");
            found.push((name.clone(), Layer { root: name, ..layer }));
        } else if path.extension().is_some_and(|e| e == "yaml") {
            let text = fs::read_to_string(&path).expect("a fixture");
            found.push((name.clone(), Layer::new("", vec![(format!("acme/{name}.yaml"), text)])));
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

/// What is found about a layer over the base: while it is read; then, when nothing is wrong with it, about the whole; then
/// in its test files.
fn found(layers: &[Layer]) -> Vec<Diagnostic> {
    let catalog = match load(layers) {
        Ok(loaded) => loaded.catalog,
        Err(found) => return found,
    };
    let mut found = lint(&catalog, &Layer::sources(layers));
    for layer in layers {
        for (file, text) in layer.tests() {
            found.extend(read_cases(&layer.shown(file), text, &catalog).err().unwrap_or_default());
        }
    }
    found
}

fn message(layer: Layer) -> Option<String> {
    let layers = [base(), layer];
    let found = found(&layers);
    (!found.is_empty()).then(|| render(&found, &Layer::sources(&layers), false))
}

#[test]
fn the_base_is_good() {
    let loaded = load(&[base()]).map_err(|found| lines(&found)).expect("nothing is wrong with the base");
    assert_eq!(loaded.catalog.len(), 2);
    assert!(loaded.warnings.is_empty());
}

#[test]
fn every_mistake_has_its_message() {
    let fixtures = fixtures();
    assert!(fixtures.len() >= 20, "the fixtures are there");
    let bless = std::env::var_os("SAYSO_BLESS").is_some();
    let mut wrong = Vec::new();
    for (name, layer) in fixtures {
        let told = message(layer).unwrap_or_else(|| panic!("{name} was accepted"));
        let expected = folder().join(format!("{name}.stderr"));
        if bless {
            fs::write(&expected, &told).expect("the message is written");
        }
        if fs::read_to_string(&expected).unwrap_or_default() != told {
            wrong.push(format!("{name}:\n{told}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_message_has_its_mistake() {
    let names: Vec<String> = fixtures().into_iter().map(|(name, _)| name).collect();
    for entry in fs::read_dir(folder()).expect("the fixtures") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|e| e == "stderr") {
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            assert!(names.contains(&name), "{name}.stderr belongs to no fixture");
        }
    }
}

#[test]
fn a_file_tells_all_its_mistakes_at_once() {
    let text = fs::read_to_string(folder().join("several.yaml")).expect("the fixture");
    let layers = [base(), Layer::new("", vec![("acme/several.yaml".into(), text)])];
    let found = load(&layers).expect_err("it is wrong");
    let told = lines(&found);
    for part in [
        "acme/several.yaml:3:28: error: the path uses `petID`, which is not under `params`",
        "acme/several.yaml:4:5: error: unknown key `titel` in operation `pets.create`",
        "acme/several.yaml:5:11: error: no verb class is called `creat`",
        "acme/several.yaml:8:13: error: `txt` is neither a type nor a resource",
        "acme/several.yaml:9:7: error: the key `name` is given twice",
        "acme/several.yaml:10:11: error: no operation is called `pets.delete`",
    ] {
        assert!(told.contains(part), "{part}\nis not in\n{told}");
    }
}

#[test]
fn mistakes_of_several_files_are_told_together() {
    let file = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    let bad = [
        file("acme/a.yaml", "operations: {a.b: {request: GET}}\n"),
        file("acme/b.yaml", "operations:\n\tx: y\n"),
        file("lexicon.yaml", "verb: {}\n"),
    ];
    let found = load(&[base(), Layer::new("", bad.to_vec())]).expect_err("all are wrong");
    let mut files: Vec<&str> = found.iter().filter_map(|d| d.place.as_ref()).map(|p| p.file.as_str()).collect();
    files.dedup();
    assert_eq!(files, ["acme/a.yaml", "acme/b.yaml", "lexicon.yaml"]);
}

/// A folder with one group file of those bytes beside the base.
fn of_bytes(bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("acme")).expect("a folder in it");
    fs::write(folder.path().join("acme/more.yaml"), bytes).expect("a file");
    let layer = Layer { root: String::new(), ..read_layer(folder.path()).expect("it is read") };
    let layers = [base(), layer];
    lines(&load(&layers).map_or_else(|found| found, |loaded| loaded.warnings))
}

#[test]
fn bytes_that_are_no_text_are_told_with_the_rest() {
    let told = of_bytes(b"operations:\n  pets.seek:\n    request: GET /pets\n    title: Z\xfcrich\n");
    assert!(told.ends_with("acme/more.yaml:4:13: error: the byte 0xfc is not UTF-8\n"), "{told}");
    let wide: Vec<u8> = "operations: {}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let told = of_bytes(&[&[0xff, 0xfe], wide.as_slice()].concat());
    assert!(told.ends_with("acme/more.yaml:1:1: error: this file is UTF-16\n"), "{told}");
    let told = of_bytes(b"operations: {a.b: {request: GET /pets, title: a\0b}}");
    assert!(told.contains("acme/more.yaml:1:48: error: "), "{told}");
}

#[test]
fn marks_and_line_ends_of_other_systems_shift_no_place() {
    let told = of_bytes(b"\xef\xbb\xbfoperations: {pets.seek: {request: GET /pets/seek, titel: x}}");
    assert!(told.ends_with("acme/more.yaml:1:51: error: unknown key `titel` in operation `pets.seek`\n"), "{told}");
    let told = of_bytes(b"operations:\r\n  pets.seek:\r\n    request: GET /pets/seek\r\n    titel: x\r\n");
    assert!(told.ends_with("acme/more.yaml:4:5: error: unknown key `titel` in operation `pets.seek`\n"), "{told}");
}

#[test]
fn an_empty_file_is_worth_a_word() {
    for nothing in ["", "\n\n", "# to be written\n"] {
        let told = of_bytes(nothing.as_bytes());
        assert!(told.ends_with("acme/more.yaml:1:1: warning: this file holds nothing\n"), "{told}");
    }
}

/// Every text that is one slip of the hand away from a good file: a character left out, or one too many.
fn slips(text: &str) -> impl Iterator<Item = String> + '_ {
    let places = text.char_indices().map(|(at, c)| (at, c.len_utf8()));
    places.flat_map(move |(at, length)| {
        let less = format!("{}{}", &text[..at], &text[at + length..]);
        let more = ["'", ":", "{", "]", "\t", " "];
        let more = more.into_iter().map(move |c| format!("{}{c}{}", &text[..at], &text[at..]));
        std::iter::once(less).chain(more)
    })
}

#[test]
fn no_slip_panics_and_every_finding_has_its_place() {
    let group = fs::read_to_string(folder().join("base/acme/pets.yaml")).expect("the group");
    let catalog = load(&[base()]).expect("the base is good").catalog;
    let mut told = 0;
    for slip in slips(&group) {
        let layers = [base(), Layer::new("", vec![("acme/pets.yaml".into(), slip.clone())])];
        for finding in load(&layers).err().unwrap_or_default() {
            let place = finding.place.as_ref().unwrap_or_else(|| panic!("{finding} has no place in\n{slip}"));
            let inside = place.file != "acme/pets.yaml" || place.line <= slip.lines().count() + 1;
            assert!(inside && place.line > 0 && place.column > 0, "{finding} in\n{slip}");
            told += 1;
        }
        let _ = read_cases("pets.test.yaml", &slip, &catalog);
    }
    assert!(told > 500, "{told}");
}
