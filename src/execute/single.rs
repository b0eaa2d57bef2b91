use serde_json::Value;

use super::{Extent, Failure, Runner, api_failure, is_error};
use crate::plan::PlannedStep;

impl Runner<'_> {
    /// The one record that a step reads; nothing when the API says that there is none.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn one_record(&self, step: &PlannedStep) -> Result<Option<Value>, Failure> {
        let operation = self.catalog.operation(step.operation);
        let fetched = self.fetch(step, Extent::Page).await.map_err(Failure::from)?;
        let received = &fetched.received;
        if matches!(received.status, 404 | 410) {
            return Ok(None);
        }
        if is_error(received) {
            let service = self.catalog.service_of(operation);
            return Err(api_failure(received, operation, service, self.context.account(service)));
        }
        Ok(fetched.records.first().cloned())
    }
}
