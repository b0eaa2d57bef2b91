//! The tables of `grammar/README.md` against the grammars: every rule has a row, and its example parses to the rule.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::fs;

use pest::Parser;
use pest::iterators::Pairs;
use pest_meta::ast::RuleType;
use pest_meta::parser::{Rule as MetaRule, consume_rules, parse};

mod command {
    #[derive(pest_derive::Parser)]
    #[grammar = "grammar/command.pest"]
    pub struct Grammar;
}

mod dates {
    #[derive(pest_derive::Parser)]
    #[grammar = "grammar/dates.pest"]
    pub struct Grammar;
}

mod pattern {
    #[derive(pest_derive::Parser)]
    #[grammar = "grammar/pattern.pest"]
    pub struct Grammar;
}

/// The rules of a grammar that leave a trace in a parse.
fn rules(file: &str) -> BTreeSet<String> {
    let grammar = fs::read_to_string(format!("grammar/{file}")).expect("the grammar is there");
    let pairs = parse(MetaRule::grammar_rules, &grammar).expect("the grammar is well formed");
    let rules = consume_rules(pairs).expect("the grammar has no error");
    rules.into_iter().filter(|rule| rule.ty != RuleType::Silent).map(|rule| rule.name).collect()
}

/// The rows of a grammar's table in the README: rule and example.
fn rows(file: &str) -> Vec<(String, String)> {
    let readme = fs::read_to_string("grammar/README.md").expect("the README is there");
    let heading = format!("\n## {file}\n");
    let section = readme.split(&heading).nth(1).expect("the README has a section for the grammar");
    let section = section.split("\n## ").next().unwrap_or_default();
    section.lines().filter(|line| line.starts_with("| `")).map(row).collect()
}

fn row(line: &str) -> (String, String) {
    let line = line.replace("\\|", "\u{1}");
    let cell = |nth: usize| {
        let cell = line.split('|').nth(nth).unwrap_or_default().trim();
        cell.trim_matches('`').replace('\u{1}', "|")
    };
    (cell(1), cell(2))
}

/// Checks the table of one grammar; `parse` gives the parse of an example.
fn check<R: pest::RuleType>(file: &str, parse: impl Fn(&str) -> Option<Pairs<'_, R>>) {
    let rows = rows(file);
    let shown: BTreeSet<String> = rows.iter().map(|(rule, _)| rule.clone()).collect();
    assert_eq!(rules(file), shown, "the rules of {file} and the rows of its table");
    for (rule, example) in rows {
        let seen: BTreeSet<String> =
            parse(&example).into_iter().flat_map(Pairs::flatten).map(|pair| name(&pair.as_rule())).collect();
        assert!(seen.contains(&rule), "{file}: `{example}` has no `{rule}`, but {seen:?}");
    }
}

fn name(rule: &impl Debug) -> String {
    format!("{rule:?}")
}

#[test]
fn every_rule_of_a_line_has_an_example() {
    check("command.pest", |example| command::Grammar::parse(command::Rule::line, example).ok());
}

#[test]
fn every_rule_of_dates_has_an_example() {
    check("dates.pest", |example| dates::Grammar::parse(dates::Rule::found, example).ok());
}

#[test]
fn every_rule_of_patterns_has_an_example() {
    check("pattern.pest", |example| pattern::Grammar::parse(pattern::Rule::pattern, example).ok());
}
