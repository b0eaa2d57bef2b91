use super::Reply;

/// Why the work on a request ended early.
#[derive(Debug)]
pub(super) enum Stop {
    /// The client is told why.
    Refused(Box<Reply>),
    /// An expression of the behaviour data failed on this request.
    Data(String),
    /// The database failed.
    Database(rusqlite::Error),
}

impl From<rusqlite::Error> for Stop {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

impl From<Reply> for Stop {
    fn from(reply: Reply) -> Self {
        Self::Refused(Box::new(reply))
    }
}
