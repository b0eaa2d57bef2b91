//! The pattern language of `say:` lines, parsed by `grammar/pattern.pest`.

use std::ops::Range;

use pest::Parser as _;
use pest::error::InputLocation;
use pest::iterators::Pair;

#[expect(missing_docs, reason = "the derive makes an undocumented enum of the grammar's rules")]
mod grammar {
    /// Parses patterns.
    #[derive(pest_derive::Parser)]
    #[grammar = "grammar/pattern.pest"]
    pub struct PatternGrammar;
}

use grammar::{PatternGrammar, Rule};

/// One piece of a pattern as written.
#[derive(Debug, Clone, PartialEq)]
pub enum PatternItem {
    /// A literal word.
    Word(String),
    /// One of these; an optional piece is a choice with an empty alternative.
    Choice(Vec<Vec<PatternItem>>),
    /// The value of a parameter.
    Slot(String),
    /// Nothing in the text: sets the parameter to the value.
    Set(String, String),
}

/// What is wrong with a pattern.
#[derive(Debug, Clone, PartialEq)]
pub struct PatternError {
    /// Bytes of the pattern to point at.
    pub range: Range<usize>,
    /// One lower-case sentence.
    pub message: String,
}

/// Parses a pattern.
///
/// # Errors
/// When brackets or braces do not close, or nothing is said at all; the range says where.
pub fn parse(text: &str) -> Result<Vec<PatternItem>, PatternError> {
    let mut pairs = PatternGrammar::parse(Rule::pattern, text).map_err(|error| {
        let at = match error.location {
            InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
        };
        PatternError { range: at..(at + 1).min(text.len().max(at)), message: unclosed(text, at) }
    })?;
    let items = pairs.next().map(sequence).unwrap_or_default();
    if items.is_empty() {
        return Err(PatternError { range: 0..text.len(), message: "the pattern says nothing".to_owned() });
    }
    Ok(items)
}

fn unclosed(text: &str, at: usize) -> String {
    match text[at..].chars().next() {
        None => "a bracket or brace is not closed".to_owned(),
        Some(c) => format!("`{c}` does not fit here: brackets and braces must be closed, and braces hold a parameter"),
    }
}

fn sequence(pair: Pair<'_, Rule>) -> Vec<PatternItem> {
    pair.into_inner().filter_map(item).collect()
}

fn item(pair: Pair<'_, Rule>) -> Option<PatternItem> {
    let rule = pair.as_rule();
    let text = pair.as_str().to_owned();
    let mut inner = pair.into_inner();
    Some(match rule {
        Rule::word => PatternItem::Word(text),
        Rule::slot => PatternItem::Slot(inner.next()?.as_str().to_owned()),
        Rule::set => PatternItem::Set(inner.next()?.as_str().to_owned(), inner.next()?.as_str().trim().to_owned()),
        Rule::ending => {
            let (word, tail) = (inner.next()?.as_str(), inner.next()?.as_str());
            let forms = [word.to_owned(), format!("{word}{tail}")];
            PatternItem::Choice(forms.into_iter().map(|form| vec![PatternItem::Word(form)]).collect())
        }
        Rule::choice => PatternItem::Choice(inner.map(sequence).collect()),
        Rule::optional => PatternItem::Choice(inner.map(sequence).chain(std::iter::once(Vec::new())).collect()),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str) -> PatternItem {
        PatternItem::Word(text.to_owned())
    }

    #[test]
    fn every_piece_is_told_apart() {
        let items = parse("(add|put) tag[s] {tags} [on] {type=add}").expect("a good pattern");
        assert_eq!(items[0], PatternItem::Choice(vec![vec![word("add")], vec![word("put")]]));
        assert_eq!(items[1], PatternItem::Choice(vec![vec![word("tag")], vec![word("tags")]]));
        assert_eq!(items[2], PatternItem::Slot("tags".to_owned()));
        assert_eq!(items[3], PatternItem::Choice(vec![vec![word("on")], Vec::new()]));
        assert_eq!(items[4], PatternItem::Set("type".to_owned(), "add".to_owned()));
    }

    #[test]
    fn a_brace_that_stays_open_is_pointed_at() {
        let error = parse("tag {contact").expect_err("not closed");
        assert_eq!(error.range.start, 4);
        assert!(parse("  ").is_err());
    }
}
