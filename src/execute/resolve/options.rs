use super::LookUp;
use super::talk::choices;
use crate::catalog::Kind;
use crate::execute::{Choice, Runner};
use crate::plan::PlannedStep;

/// A longer list is no help in a question.
const MOST: usize = 20;

impl Runner<'_> {
    /// Records that a missing parameter may be, when the catalog can list them and they are few.
    pub async fn options(&self, step: &PlannedStep, parameter: &str) -> Vec<Choice> {
        let service = self.service(step);
        let declared = self.catalog.operation(step.operation).param(parameter);
        let Some(Kind::Entity(name)) = declared.map(|p| &p.kind) else { return Vec::new() };
        let Some(resource) = service.resource(name) else { return Vec::new() };
        if resource.find.as_ref().is_none_or(|f| f.query.is_some()) {
            return Vec::new();
        }
        let look_up =
            LookUp { runner: *self, service, account: self.account_key(service), account_label: service.title.clone() };
        match look_up.bring(resource, "", step, false, 0).await {
            Ok(brought) if brought.candidates.len() <= MOST => choices(&brought.candidates),
            _ => Vec::new(),
        }
    }
}
