//! The phrases that stand beside the catalog, each with what it must be read as and what must be sent for it.

mod support;

use std::path::Path;

use support::Test;

#[test]
fn every_phrase_beside_the_catalog_is_read_as_it_says() {
    let endpoints = Path::new(env!("CARGO_MANIFEST_DIR")).join("endpoints").display().to_string();
    let ran = Test::new().args(["catalog", "test", &endpoints]).stderr("").run();
    let last = ran.stdout.lines().last().unwrap_or_default();
    let passed: usize = last.split(' ').next().and_then(|n| n.parse().ok()).unwrap_or_default();
    assert!(passed > 100, "{last}");
}

#[test]
fn the_catalog_has_no_mistakes() {
    let endpoints = Path::new(env!("CARGO_MANIFEST_DIR")).join("endpoints").display().to_string();
    let ran = Test::new().args(["catalog", "check", &endpoints]).run();
    assert!(ran.stdout.ends_with("no mistakes\n"), "{}", ran.stdout);
}
