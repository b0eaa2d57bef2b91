use rusqlite::ToSql;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};
use serde::{Deserialize, Serialize};

/// How a write, or a row of a bulk run, stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Nothing was sent.
    Waiting,
    /// It was recorded and is being sent, or the process ended before it was settled.
    Sent,
    /// The API said that it was done, or a look-up did.
    Done,
    /// It was not done.
    Failed,
    /// Nobody knows whether it was done.
    Unknown,
}

impl Standing {
    /// Its name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
        }
    }
}

impl ToSql for Standing {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(self.as_str()))
    }
}

impl FromSql for Standing {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let all = [Self::Waiting, Self::Sent, Self::Done, Self::Failed, Self::Unknown];
        let text = value.as_str()?;
        all.into_iter().find(|standing| standing.as_str() == text).ok_or(FromSqlError::InvalidType)
    }
}
