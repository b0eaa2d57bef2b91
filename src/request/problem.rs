use serde::Serialize;

/// Stands for the path as a whole: no parameter has such a name.
const WHOLE_PATH: &str = "{path}";

/// A value that does not fit its parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Name of the parameter; dotted, with positions in lists, when the fault is further in.
    pub parameter: String,
    /// What is wrong, a lower-case sentence that names the parameter.
    pub message: String,
    /// What would do, when that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

impl Problem {
    /// A problem without advice.
    pub(super) fn new(parameter: &str, message: impl Into<String>) -> Self {
        Self { parameter: parameter.into(), message: message.into(), hint: None }
    }

    /// The path cannot be filled.
    pub(super) fn of_path(why: &str) -> Self {
        Self::new(WHOLE_PATH, format!("the path cannot be filled: {why}"))
    }

    /// Whether it is about the path as a whole, and not about a parameter.
    #[must_use]
    pub fn is_of_path(&self) -> bool {
        self.parameter == WHOLE_PATH
    }

    /// The same with advice.
    pub(super) fn hint(mut self, hint: Option<String>) -> Self {
        self.hint = hint;
        self
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.hint {
            Some(hint) => write!(f, "{}; {hint}", self.message),
            None => write!(f, "{}", self.message),
        }
    }
}
