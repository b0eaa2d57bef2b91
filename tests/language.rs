//! docs/LANGUAGE.md: every phrase is read as it stands there.

mod support;

use std::path::Path;

use serde_json::Value;
use support::Test;

/// A phrase of the page and the lines under it.
fn examples(page: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for block in page.split("```say\n").skip(1) {
        for line in block.split("```").next().expect("a block ends").lines() {
            if let Some(phrase) = line.strip_prefix("> ") {
                found.push((phrase.to_owned(), String::new()));
            } else {
                let (_, shown) = found.last_mut().expect("a reading stands under a phrase");
                shown.push_str(line);
                shown.push('\n');
            }
        }
    }
    found
}

/// A reading as the page shows it.
fn shown(reading: &Value) -> String {
    let mut lines = String::new();
    for step in reading["steps"].as_array().into_iter().flatten() {
        let operation = step["operation"].as_str().expect("an operation");
        lines.push_str(&format!("{operation} {}\n", step["params"]));
    }
    let status = reading["status"].as_str().expect("a status");
    if status != "ready" {
        lines.push_str(&format!("{status}: {}\n", reading["message"].as_str().unwrap_or_default()));
    }
    lines
}

#[test]
fn every_phrase_of_the_page_is_read_as_it_says() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/LANGUAGE.md");
    let examples = examples(&std::fs::read_to_string(page).expect("the page"));
    assert!(examples.len() > 50, "{} phrases", examples.len());
    let phrases: Vec<&str> = examples.iter().map(|(phrase, _)| phrase.as_str()).collect();
    let ran = Test::new().arg("route").clock().stdin(phrases.join("\n") + "\n").run();
    let readings: Vec<Value> = ran.stdout.lines().map(|line| serde_json::from_str(line).expect("a reading")).collect();
    let got: Vec<(String, String)> =
        examples.iter().zip(&readings).map(|((phrase, _), reading)| (phrase.clone(), shown(reading))).collect();
    pretty(&got, &examples);
}

fn pretty(got: &[(String, String)], wanted: &[(String, String)]) {
    let wrong: Vec<String> = got
        .iter()
        .zip(wanted)
        .filter(|(got, wanted)| got != wanted)
        .map(|((phrase, got), (_, wanted))| format!("> {phrase}\nthe page says\n{wanted}it is read as\n{got}"))
        .collect();
    assert!(wrong.is_empty() && got.len() == wanted.len(), "{}", wrong.join("\n"));
}
