//! Phrases of the catalog said in other ways: how many keep their meaning, or lose it where they should, may only rise.

mod support;

use std::path::Path;

use support::Test;

/// Groups whose phrases are said in other ways; all of them take a minute: `sayso catalog test --mutate`.
const GROUPS: [&str; 4] = ["contacts", "opportunities", "invoices", "custom-menus"];

/// The least share of each way, in per mille, and whether it is one that must lose the meaning.
const MARKS: &[(&str, usize, bool)] = &[
    // Of the 870 phrases that there were first 96.9 % are kept; the later ones have names that are nouns, such as "Mona Field".
    ("small letters", 935, false),
    ("a capital first", 995, false),
    ("a full stop", 970, false),
    ("a filler", 995, false),
    ("please", 995, false),
    ("could you", 995, false),
    ("an article more", 990, false),
    ("an article less", 950, false),
    ("one for many", 850, false),
    ("a slip of letters", 980, false),
    // The later phrases have an "otherwise" and clauses that tell who came among what is swapped.
    ("another order", 810, false),
    ("an unknown noun", 900, true),
    ("don't", 1000, true),
    ("two values at once", 950, true),
];

fn test() -> Test {
    let endpoints = Path::new(env!("CARGO_MANIFEST_DIR")).join("endpoints/highlevel");
    GROUPS.iter().fold(Test::new().args(["catalog", "test", "mine"]), |test, group| {
        let name = format!("{group}.test.yaml");
        let cases = std::fs::read_to_string(endpoints.join(&name)).expect("the cases of a group");
        test.file(&format!("mine/highlevel/{name}"), &cases)
    })
}

#[test]
fn phrases_keep_their_meaning_however_they_are_said_and_lose_it_when_something_else_is() {
    let report = test().arg("--mutate").run().stdout;
    for (way, least, loses) in MARKS {
        let line = report.lines().find(|line| line.starts_with(way)).unwrap_or_else(|| panic!("{way}: {report}"));
        let told = line[way.len()..].trim();
        let (verb, counts) = told.split_once(' ').expect("a verb");
        assert_eq!(verb, if *loses { "lost" } else { "kept" }, "{line}");
        let (good, all) = counts.split_once(" of ").expect("two numbers");
        let (good, all): (usize, usize) = (good.parse().expect("a number"), all.parse().expect("a number"));
        assert!(all > 0 && good * 1000 >= all * least, "{line}: less than {least} per mille");
    }
}

#[test]
fn the_report_of_confusions_names_both_operations_and_a_phrase() {
    let report = test().arg("--confusion").run().stdout;
    let at = |title: &str| report.lines().position(|line| line.starts_with(title)).expect("a title");
    let close = at("operations close behind");
    assert!(at("phrases that another operation takes") < close, "{report}");
    let pair = report.lines().nth(close + 1).expect("a pair");
    let (counted, phrase) = pair.split_once(": ").expect("a phrase");
    let (own, other) = counted.split_once(" -> ").expect("two operations");
    assert!(own.contains('.') && other.contains('.') && own != other && !phrase.is_empty(), "{pair}");
    assert!(!report.contains("small letters"), "{report}");
}
