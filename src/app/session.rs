use super::{Answer, Touched};

/// One conversation: what was talked about last, and the question that is open. Never shared between users.
#[derive(Debug, Default)]
pub struct Session {
    pub(super) recent: Vec<Touched>,
    pub(super) last: Option<Answer>,
}

impl Session {
    /// A conversation in which nothing was said yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether a question is open, so that the next line may be its reply.
    pub fn is_waiting(&self) -> bool {
        false
    }

    /// Drops the open question.
    pub fn cancel(&mut self) {}

    /// The last answer that ran something.
    pub fn last(&self) -> Option<&Answer> {
        self.last.as_ref()
    }

    /// Records talked about, the most recent first.
    pub fn recent(&self) -> &[Touched] {
        &self.recent
    }
}
