use super::{Draft, curl_line};

/// A request that may be sent: every value was checked against the catalog. Only [`super::validate`] makes one.
#[derive(Debug, Clone, PartialEq)]
pub struct ValidRequest {
    draft: Draft,
}

impl ValidRequest {
    pub(super) fn new(draft: Draft) -> Self {
        Self { draft }
    }

    /// What is in it.
    #[must_use]
    pub fn draft(&self) -> &Draft {
        &self.draft
    }

    /// A command line that sends the same, with a variable in the credential's place.
    #[must_use]
    pub fn curl(&self) -> String {
        curl_line(&self.draft)
    }
}
