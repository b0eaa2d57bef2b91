use super::{Node, Value};
use crate::catalog::Literal;

/// A node as a literal. Plain scalars follow the core schema of YAML 1.2, except that a number with leading zeros is a
/// text: `012` is a code, not twelve.
pub(crate) fn literal(node: &Node) -> Literal {
    match &node.value {
        Value::Null => Literal::Null,
        Value::Text(text) => Literal::Text(text.clone()),
        Value::Plain(text) => scalar(text),
        Value::List(items) => Literal::List(items.iter().map(literal).collect()),
        Value::Map(entries) => Literal::Map(entries.iter().map(|(k, v)| (k.text.clone(), literal(v))).collect()),
    }
}

/// The literal that an unquoted scalar stands for.
pub(crate) fn scalar(text: &str) -> Literal {
    match text {
        "true" => return Literal::Boolean(true),
        "false" => return Literal::Boolean(false),
        _ => {}
    }
    let digits = text.trim_start_matches(['-', '+']);
    let coded = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
    if coded || !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return Literal::Text(text.to_owned());
    }
    if let Ok(number) = text.parse() {
        return Literal::Integer(number);
    }
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => Literal::Number(number),
        _ => Literal::Text(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_stay_text() {
        assert_eq!(scalar("012"), Literal::Text("012".into()));
        assert_eq!(scalar("1_000"), Literal::Text("1_000".into()));
        assert_eq!(scalar("0x1F"), Literal::Text("0x1F".into()));
        assert_eq!(scalar(".inf"), Literal::Text(".inf".into()));
    }

    #[test]
    fn numbers_are_numbers() {
        assert_eq!(scalar("0"), Literal::Integer(0));
        assert_eq!(scalar("-12"), Literal::Integer(-12));
        assert_eq!(scalar("0.5"), Literal::Number(0.5));
        assert_eq!(scalar("true"), Literal::Boolean(true));
    }
}
