use serde_json::{Map, Value};

use super::text_template::fill_strict;
use crate::catalog::Literal;

/// A literal of the catalog as JSON. Texts may be templates over context values.
///
/// # Errors
/// The name of the template's text when a context value in it is not known.
pub fn literal_json(literal: &Literal, context: &Value) -> Result<Value, String> {
    Ok(match literal {
        Literal::Text(text) if text.contains("{{") => Value::String(fill_strict(text, context)?),
        Literal::Text(text) => Value::String(text.clone()),
        Literal::Integer(number) => Value::from(*number),
        Literal::Number(number) => Value::from(*number),
        Literal::Boolean(yes) => Value::Bool(*yes),
        Literal::Null => Value::Null,
        Literal::List(items) => Value::Array(items.iter().map(|i| literal_json(i, context)).collect::<Result<_, _>>()?),
        Literal::Map(fields) => Value::Object(
            fields
                .iter()
                .map(|(name, value)| Ok((name.clone(), literal_json(value, context)?)))
                .collect::<Result<Map<_, _>, String>>()?,
        ),
    })
}
