//! The inputs that are worth keeping, put through what the fuzzers put theirs through.

#[path = "../fuzz/src/lib.rs"]
mod targets;

use std::fs;
use std::path::Path;

/// Puts every input of a folder through a target; each by its name, so that the one that breaks it is told.
fn replay(folder: &str, target: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpora").join(folder);
    let mut inputs: Vec<_> =
        fs::read_dir(&folder).expect("a folder of inputs").map(|e| e.expect("an input").path()).collect();
    inputs.sort();
    assert!(inputs.len() >= 5, "{}", folder.display());
    for input in inputs {
        println!("{}", input.display());
        target(&fs::read(&input).expect("an input"));
    }
}

#[test]
fn phrases() {
    replay("phrase", targets::phrase);
}

#[test]
fn catalogs() {
    replay("catalog", targets::catalog);
}

#[test]
fn templates() {
    replay("template", targets::template);
}

#[test]
fn responses() {
    replay("response", targets::response);
}

#[test]
fn pipe_lines() {
    replay("pipe_line", targets::pipe_line);
}
