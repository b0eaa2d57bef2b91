use std::sync::Arc;

use super::{Draft, curl_line};

/// A request that may be sent: every value was checked against the catalog. Only [`super::validate`] makes one; cloning it
/// is cheap.
#[derive(Debug, Clone, PartialEq)]
pub struct ValidRequest {
    draft: Arc<Draft>,
}

impl ValidRequest {
    pub(super) fn new(draft: Draft) -> Self {
        Self { draft: Arc::new(draft) }
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
