use pest_derive::Parser;

/// The parser that pest makes of `grammar/command.pest`: a line as a flat run of items.
#[derive(Parser)]
#[grammar = "grammar/command.pest"]
pub(super) struct Command;
