use pest_derive::Parser;

/// The parser that pest makes of `grammar/dates.pest`: date words in lower case to their parts.
#[derive(Parser)]
#[grammar = "grammar/dates.pest"]
pub(super) struct DateGrammar;
