use super::{Lookup, Slot};
use crate::catalog::OpId;
use crate::intent::Value;

/// What is going to be done, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The steps.
    pub steps: Vec<PlannedStep>,
}

/// One operation with everything it gets.
///
/// A name that waits for its look-up, or for a record that an earlier step makes, stands as [`Value::Find`]; the
/// validator lets none of them out.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedStep {
    /// Which operation.
    pub operation: OpId,
    /// Its values, in the order of the catalog's parameters, then those it does not know.
    pub arguments: Vec<Bound>,
    /// Look-ups in the order in which they have to be made.
    pub lookups: Vec<Lookup>,
    /// Places that take the id of what an earlier step makes.
    pub made: Vec<Made>,
    /// Required parameters that nothing fills.
    pub missing: Vec<Missing>,
    /// Something in the reading makes it wise to ask before running.
    pub confirm: Option<String>,
}

/// A parameter with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Bound {
    /// The parameter's name.
    pub name: String,
    /// Its value.
    pub value: Value,
    /// Where the value comes from.
    pub origin: Origin,
}

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The phrase or the bot.
    Said,
    /// The catalog: a fixed value, a default, or another parameter's value.
    Catalog,
    /// The account.
    Context,
}

/// A place that takes the id of what an earlier step makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Where the id goes.
    pub slot: Slot,
    /// Position of the earlier step.
    pub step: usize,
}

/// A required parameter that nothing fills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// Its name.
    pub parameter: String,
    /// What to ask.
    pub question: String,
    /// Name of the context value that should have filled it.
    pub context: Option<String>,
}

impl PlannedStep {
    /// The value of a parameter.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&Value> {
        self.arguments.iter().find(|b| b.name == name).map(|b| &b.value)
    }

    /// Puts a value into a place; whether the place is there.
    pub fn put(&mut self, slot: &Slot, value: Value) -> bool {
        let Some(bound) = self.arguments.iter_mut().find(|b| b.name == slot.parameter) else { return false };
        match slot.find(&mut bound.value) {
            Some(place) => {
                *place = value;
                true
            }
            None => false,
        }
    }
}
