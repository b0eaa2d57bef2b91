//! Every command of the README and of docs/EXTENDING.md is run in a fresh folder, one after another, and prints what stands
//! there.

mod support;

use std::path::Path;
use std::process::Command;

use support::{Test, program};

/// A command and what stands under it.
struct Shown {
    command: String,
    output: String,
}

fn commands(text: &str) -> Vec<Shown> {
    let mut found: Vec<Shown> = Vec::new();
    for block in text.split("```console\n").skip(1) {
        let block = block.split("```").next().expect("a block ends");
        for line in block.lines() {
            if let Some(command) = line.strip_prefix("$ ") {
                found.push(Shown { command: command.to_owned(), output: String::new() });
            } else {
                let shown = found.last_mut().expect("output stands under a command");
                shown.output.push_str(line);
                shown.output.push('\n');
            }
        }
    }
    found
}

/// The text without how long things took.
fn timeless(text: &str) -> String {
    let times = regex::Regex::new(r"\d+ ms").expect("a pattern");
    times.replace_all(text, "N ms").into_owned()
}

#[test]
fn the_readme_does_what_it_says() {
    run("README.md", 8, &Test::new());
}

#[test]
fn the_page_on_bulk_does_what_it_says() {
    run("docs/BULK.md", 3, &Test::new());
}

#[test]
fn the_guide_to_extending_does_what_it_says() {
    let clinic = include_str!("fixtures/openapi/clinic.yaml");
    run("docs/EXTENDING.md", 10, &Test::new().file("clinic.yaml", clinic));
}

/// Runs the commands of a page, of which there are more than so many.
fn run(page: &str, more_than: usize, test: &Test) {
    let text = Path::new(env!("CARGO_MANIFEST_DIR")).join(page);
    let commands = commands(&std::fs::read_to_string(text).expect("a page"));
    assert!(commands.len() > more_than, "{} commands", commands.len());
    for Shown { command, output } in commands {
        let folder = Path::new(program()).parent().expect("a folder of programs");
        let line = format!("PATH=\"{}:$PATH\"; {{ {command}\n}} 2>&1", folder.display());
        let line = line.replace("cargo run -- ", "sayso ");
        let mut shell = Command::new("sh");
        shell.args(["-c", &line]).current_dir(test.path()).env_clear();
        shell.envs(test.command().get_envs().filter_map(|(name, value)| Some((name, value?))));
        let ran = shell.output().expect("a shell");
        assert_eq!(timeless(&String::from_utf8_lossy(&ran.stdout)), timeless(&output), "$ {command}");
    }
}
