use jiff::Zoned;
use serde_json::{Map, Value, json};

use crate::app::refusals;
use crate::catalog::{Catalog, Kind, OpId, Parameter, WireType};

/// A name that no API has for a parameter.
const NOBODY: &str = "no_such_parameter";
/// A text that no list of allowed values holds.
const NOTHING: &str = "no such value";

/// What came of calls that are wrong in one way each: every one must be refused, with the parameter's name.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct WrongCalls {
    /// Calls that were refused as they should be.
    pub(super) refused: usize,
    /// One line a call that was not.
    pub(super) taken: Vec<String>,
}

impl WrongCalls {
    /// Tries an operation without each value that it requires, with a value it does not know, with a value that is not
    /// allowed for each parameter that lists them, and with a value of the wrong type for each.
    pub(super) fn try_operation(&mut self, catalog: &Catalog, id: OpId, now: &Zoned) {
        let operation = catalog.operation(id);
        self.expect(catalog, id, now, NOBODY, json!(true), "is unknown");
        for parameter in operation.params.iter().filter(|p| is_told(p)) {
            if parameter.required && parameter.default.is_none() && parameter.derive.is_none() {
                self.without(catalog, id, now, parameter);
            }
            if !parameter.values.is_empty() && !parameter.open && takes_text(parameter) {
                let wrong = if parameter.many { json!([NOTHING]) } else { json!(NOTHING) };
                self.expect(catalog, id, now, &parameter.name, wrong, "is none of the allowed values");
            }
            if let Some(wrong) = wrong_type(parameter) {
                self.expect(catalog, id, now, &parameter.name, wrong, "is of the wrong type");
            }
        }
    }

    /// A context value of that name would fill it, so that only its own service says what is missing.
    fn without(&mut self, catalog: &Catalog, id: OpId, now: &Zoned, parameter: &Parameter) {
        let service = catalog.service_of(catalog.operation(id));
        if !service.context.iter().any(|value| value.name == parameter.name) {
            self.record(catalog, id, now, Map::new(), &parameter.name, "is missing");
        }
    }

    fn expect(&mut self, catalog: &Catalog, id: OpId, now: &Zoned, name: &str, value: Value, what: &str) {
        self.record(catalog, id, now, Map::from_iter([(name.to_owned(), value)]), name, what);
    }

    fn record(&mut self, catalog: &Catalog, id: OpId, now: &Zoned, params: Map<String, Value>, name: &str, what: &str) {
        let within =
            |place: &str| place.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        let found = refusals(catalog, id, params, now);
        if found.iter().any(|p| within(&p.parameter) && p.message.contains(name)) {
            self.refused += 1;
        } else {
            self.taken.push(format!("{}: a call in which `{name}` {what} is not refused", catalog.name(id)));
        }
    }
}

/// Whether a bot tells it under its own name: not what others take up.
fn is_told(parameter: &Parameter) -> bool {
    parameter.is_sent()
}

fn takes_text(parameter: &Parameter) -> bool {
    parameter.kind != Kind::Any && !parameter.takes.contains(&WireType::String)
}

/// A value of a type that a parameter cannot take; nothing when it takes everything.
fn wrong_type(parameter: &Parameter) -> Option<Value> {
    let takes = |kind| parameter.takes.contains(&kind) || parameter.wire == Some(kind);
    match parameter.kind {
        Kind::Any => None,
        Kind::Object if parameter.many || takes(WireType::String) => Some(json!(true)),
        Kind::Object => Some(json!(NOTHING)),
        _ if takes(WireType::Object) => Some(json!([[NOTHING]])),
        _ => Some(json!({"no": "such"})),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Layer, load};

    const GROUP: &str = "operations:
  members.paint:
    request: POST /members/{{ id }}/paint
    params: {id: {type: id}, colour: {enum: [red, blue], required: true}, coats: integer, note: {type: any}}
";

    fn catalog() -> Catalog {
        let service = "service: shop\nbase_url: https://shop.test\n";
        let files = vec![("shop/service.yaml".into(), service.into()), ("shop/members.yaml".into(), GROUP.into())];
        load(&[Layer::new("test", files)]).unwrap_or_else(|found| panic!("{found:?}")).catalog
    }

    #[test]
    fn an_operation_is_called_wrongly_in_every_way() {
        let mut calls = WrongCalls::default();
        calls.try_operation(&catalog(), catalog().ids().next().unwrap(), &Zoned::default());
        let tried = "unknown 1, missing 2 (id, colour), not allowed 1 (colour), wrong type 3 (all but note)";
        assert_eq!((calls.refused, calls.taken), (7, Vec::new()), "{tried}");
    }

    #[test]
    fn a_call_that_is_taken_is_told() {
        let mut calls = WrongCalls::default();
        let id = catalog().ids().next().unwrap();
        calls.expect(&catalog(), id, &Zoned::default(), "colour", json!("red"), "is not allowed");
        calls.expect(&catalog(), id, &Zoned::default(), "note", json!({}), "is of the wrong type");
        let taken = ["colour` is not allowed", "note` is of the wrong type"];
        let taken = taken.map(|what| format!("members.paint: a call in which `{what} is not refused"));
        assert_eq!((calls.refused, calls.taken), (0, taken.to_vec()));
    }
}
