/// A line that is for the conversation itself and not for the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Command {
    /// Nothing was typed.
    Nothing,
    /// What can be said; about one kind of record when a noun is given.
    Help(String),
    /// How a phrase, or the last one, is read.
    Explain(String),
    /// What a phrase would send; without one, switches dry runs on and off.
    Dry(String),
    /// The last answer, whole.
    Last,
    /// Leave.
    Quit,
    /// A command that does not exist.
    Unknown(String),
    /// A phrase or a reply.
    Said(String),
}

/// Names that completion offers.
pub(super) const NAMES: &[&str] = &[":dry", ":explain", ":help", ":last", ":quit"];

impl Command {
    /// Reads a line.
    pub(super) fn parse(line: &str) -> Self {
        let line = line.trim();
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let rest = rest.trim().to_owned();
        match word {
            "" => Self::Nothing,
            "help" | "?" | ":help" | ":h" => Self::Help(rest),
            ":explain" => Self::Explain(rest),
            ":dry" => Self::Dry(rest),
            ":last" => Self::Last,
            ":quit" | ":q" | ":exit" => Self::Quit,
            "quit" | "exit" if rest.is_empty() => Self::Quit,
            name if name.starts_with(':') => Self::Unknown(name.to_owned()),
            _ => Self::Said(line.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_told_from_phrases() {
        assert_eq!(Command::parse("  "), Command::Nothing);
        assert_eq!(Command::parse("help contacts"), Command::Help("contacts".into()));
        assert_eq!(Command::parse(":dry  show Jane "), Command::Dry("show Jane".into()));
        assert_eq!(Command::parse(":q"), Command::Quit);
        assert_eq!(Command::parse("exit"), Command::Quit);
        assert_eq!(Command::parse("exit the workflow"), Command::Said("exit the workflow".into()));
        assert_eq!(Command::parse(":sing"), Command::Unknown(":sing".into()));
    }
}
