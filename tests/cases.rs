//! The phrases that stand beside the catalog, each with what it must be read as and what must be sent for it; and calls
//! that must be refused.

mod support;

use std::path::Path;

use support::Test;

#[test]
fn every_phrase_beside_the_catalog_is_read_as_it_says_and_every_wrong_call_is_refused() {
    let endpoints = Path::new(env!("CARGO_MANIFEST_DIR")).join("endpoints").display().to_string();
    let ran = Test::new().args(["catalog", "test", &endpoints]).stderr("").run();
    let last = ran.stdout.lines().last().unwrap_or_default();
    let passed: usize = last.split(' ').next().and_then(|n| n.parse().ok()).unwrap_or_default();
    assert!(passed > 1300, "{last}");
    let wrong = ran.stdout.lines().find(|line| line.contains("wrong calls")).unwrap_or_default();
    let refused: usize = wrong.split(' ').next().and_then(|n| n.parse().ok()).unwrap_or_default();
    assert!(refused > 1300 && wrong.ends_with(" wrong calls refused, 0 not"), "{wrong}");
}

#[test]
fn the_catalog_has_no_mistakes() {
    let endpoints = Path::new(env!("CARGO_MANIFEST_DIR")).join("endpoints").display().to_string();
    let ran = Test::new().args(["catalog", "check", &endpoints]).run();
    assert!(ran.stdout.ends_with("no mistakes\n"), "{}", ran.stdout);
}

#[test]
fn an_operation_with_too_few_phrases_beside_it_is_warned_of() {
    let operations = "operations:\n  contacts.freeze:\n    request: POST /contacts/{{ contactId }}/freeze\n    params: {contactId: contact}\n";
    let cases = "contacts.freeze:\n  - say: [freeze contact Jane Doe]\n";
    let test = Test::new().args(["catalog", "check", "mine"]).file("mine/highlevel/cold.yaml", operations);
    let ran = test.file("mine/highlevel/cold.test.yaml", cases).run();
    assert!(ran.stderr.contains("`contacts.freeze` has 1 phrase in the file of cases"), "{}", ran.stderr);
    assert!(ran.stderr.contains("mine/highlevel/cold.yaml:2:3"), "{}", ran.stderr);
    assert!(ran.stdout.ends_with("1 warning, no mistakes\n"), "{}", ran.stdout);
}
