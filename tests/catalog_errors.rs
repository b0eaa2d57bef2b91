//! Every way a catalog can be wrong, with the exact message for it beside it: `tests/fixtures/catalog_bad`.
//!
//! A fixture is a group file of the service `acme`, or a folder that is a whole layer; both are laid over `base`.
//! `SAYSO_BLESS=1 cargo test --test catalog_errors` writes the messages anew.

use std::fs;
use std::path::{Path, PathBuf};

use sayso::catalog::{Layer, load, read_layer};
use sayso::diagnostic::{lines, render};

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

fn message(layer: Layer) -> Option<String> {
    let layers = [base(), layer];
    let found = load(&layers).err()?;
    Some(render(&found, &Layer::sources(&layers), false))
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
