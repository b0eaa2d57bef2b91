use serde_json::Value as Json;

use super::inverse::{names, reader};
use crate::app::inner::Inner;
use crate::catalog::{OpId, Operation};
use crate::execute::{Failure, Runner};
use crate::intent::{Argument, Step, Value};
use crate::plan::plan;

/// Values by the names of parameters.
pub(super) type Values = [(String, Value)];

impl Inner {
    /// A record as it is now; nothing when there is none, or nothing shows one.
    pub(super) async fn record_now(
        &self,
        runner: &Runner<'_>,
        of: &Operation,
        resource: &str,
        id: &Value,
        values: &Values,
    ) -> Result<Option<Json>, Failure> {
        let Some(reader) = reader(&self.catalog, of, resource) else { return Ok(None) };
        let Some(arguments) = self.arguments(reader, resource, id, values) else { return Ok(None) };
        let step = Step { operation: reader, arguments, missing: Vec::new(), confirm: None };
        let Some(planned) = plan(&[step], &self.catalog, runner.context).steps.pop() else { return Ok(None) };
        if !planned.missing.is_empty() || !planned.lookups.is_empty() {
            return Ok(None);
        }
        runner.one_record(&planned).await
    }

    /// The required values of an operation: the id of the record, and values of the same names.
    pub(super) fn arguments(
        &self,
        operation: OpId,
        resource: &str,
        id: &Value,
        values: &Values,
    ) -> Option<Vec<Argument>> {
        let operation = self.catalog.operation(operation);
        let mut arguments = Vec::new();
        for parameter in operation.params.iter().filter(|p| !p.supplied) {
            let same = || values.iter().find(|(name, _)| *name == parameter.name).map(|(_, value)| value);
            let own = Some(id).filter(|_| names(parameter, operation, &self.catalog, resource));
            match own.or_else(|| same().filter(|_| parameter.required)) {
                Some(value) => arguments.push(Argument { name: parameter.name.clone(), value: given(value) }),
                None if parameter.required && parameter.default.is_none() => return None,
                None => {}
            }
        }
        Some(arguments)
    }
}

/// A value as it is sent: names were turned into ids when it was recorded.
pub(super) fn given(value: &Value) -> Value {
    match value {
        Value::Text(text) => Value::Given(text.clone().into()),
        other => other.clone(),
    }
}
