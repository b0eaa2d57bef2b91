//! Texts as they stand in YAML.

/// A scalar: plain where every reader of YAML takes it for the same text, else in double quotes.
pub(super) fn scalar(text: &str) -> String {
    let first = text.chars().next();
    let starts = first.is_some_and(|c| c.is_ascii_alphabetic() || c == '_' || c == '/');
    let inside = |c: char| c.is_alphanumeric() && c.is_ascii() || matches!(c, '_' | '-' | '.' | '/' | ' ' | '+' | '@');
    let plain = starts && text.chars().all(inside) && !text.ends_with(' ') && !text.contains("  ") && !is_special(text);
    if plain { text.to_owned() } else { quoted(text) }
}

/// A line for people, plain where it can be.
pub(super) fn line(text: &str) -> String {
    let starts = text.chars().next().is_some_and(char::is_alphabetic);
    let inside =
        |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | ' ' | '(' | ')' | ',' | '\'' | '?' | ';');
    let plain = starts && text.chars().all(inside) && !text.ends_with(' ') && !is_special(text);
    if plain { text.to_owned() } else { quoted(text) }
}

pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A list in one line.
pub(super) fn list<S: AsRef<str>>(items: &[S]) -> String {
    let items: Vec<String> = items.iter().map(|item| flow(item.as_ref())).collect();
    format!("[{}]", items.join(", "))
}

/// A scalar inside `[…]` or `{…}`.
pub(super) fn flow(text: &str) -> String {
    let plain = scalar(text);
    if plain.contains([',', ']', '}']) && !plain.starts_with('"') { quoted(text) } else { plain }
}

/// Words that YAML reads as something else than a text, in one of its versions.
fn is_special(text: &str) -> bool {
    let lower = text.to_lowercase();
    let word = ["true", "false", "yes", "no", "on", "off", "null", "y", "n", "nan", "inf"].contains(&lower.as_str());
    word || text.parse::<f64>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_be_read_otherwise_is_quoted() {
        for text in ["", "no", "12", "1e3", "a: b", "#x", "- x", " x", "x ", "a, b", "{a}", "*", "é", "Null"] {
            assert!(scalar(text).starts_with('"'), "{text} → {}", scalar(text));
        }
        for text in ["pet", "page[size]", "gift card", "/pets", "x-y_z.q"] {
            let plain = scalar(text);
            assert!(plain == text || text.contains('['), "{plain}");
        }
        assert_eq!(list(&["a", "b, c"]), "[a, \"b, c\"]");
    }
}
