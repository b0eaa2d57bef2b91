use pest_derive::Parser;

/// The parser that pest makes of `grammar/pattern.pest`: a `say:` line to its words, choices and slots.
#[derive(Parser)]
#[grammar = "grammar/pattern.pest"]
pub(super) struct PatternGrammar;
