use crate::intent::Step;

/// A line that asks for one thing to be done to each of many records.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::app) struct Selection {
    /// The line.
    pub said: String,
    /// The line as it reads for one record, [`Self::MARK`] in the record's place.
    pub written: String,
    /// What it does to that one.
    pub steps: Vec<Step>,
    /// The records in the words of the line: "all open deals in the pipeline Sales".
    pub records: String,
    /// Their kind, by its name in the catalog.
    pub resource: String,
    /// The list that finds them.
    pub find: Step,
    /// Dotted keys of a record, each with a value that has to stand there.
    pub holds: Vec<(String, String)>,
    /// Nothing narrows the list.
    pub whole: bool,
}

impl Selection {
    /// Stands for one record while a line is read: it looks like an id, and nobody types it.
    pub(in crate::app) const MARK: &str = "Zq7xK2mW9pLr4TnB5vYc";
}
