use serde::{Deserialize, Serialize};

use super::EachOf;

/// What carrying a bulk run on takes, as the journal keeps it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::app) struct Settings {
    /// The moment at which the phrase is read, in milliseconds since 1970: "tomorrow" stays that day.
    pub at_ms: i64,
    /// Id of the account, when one was named.
    pub account: Option<String>,
    /// Version of the API that was asked for.
    pub api_version: Option<String>,
    /// Name of the profile.
    pub profile: Option<String>,
    /// What every row has to read as.
    pub shape: String,
    /// New names may be made, and everything else that would be asked is agreed to.
    pub agreed: bool,
    /// Records are kept as they are before each write.
    #[serde(default)]
    pub keep_before: bool,
    /// The records come from a selection, and this is done to each; absent: from a file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub each: Option<EachOf>,
}
