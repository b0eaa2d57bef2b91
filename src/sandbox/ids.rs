use regex::Regex;
use serde_json::Value;

use super::Random;

/// A new id: twenty letters and digits, unless `pattern` asks for something else.
pub(super) fn fresh(random: &mut Random, pattern: Option<&str>) -> Value {
    let usual = random.alphanumeric(20);
    let Some(regex) = pattern.and_then(|p| Regex::new(p).ok()) else { return Value::String(usual) };
    let prefix = pattern.map(literal_prefix).unwrap_or_default();
    let forms = [
        usual,
        random.uuid(),
        random.hex(24),
        format!("{prefix}{}", random.alphanumeric(20)),
        format!("{prefix}{}", random.alphanumeric(14)),
        format!("{prefix}{}", random.hex(24)),
        format!("{prefix}{}", random.hex(8)),
        format!("{prefix}{}", random.digits(8)),
        format!("{prefix}{}", random.digits(4)),
        random.digits(8),
    ];
    let last = forms[9].clone();
    let id = forms.into_iter().find(|form| regex.is_match(form)).unwrap_or(last);
    Value::String(id)
}

/// The plain characters a pattern begins with: `^cus_[a-z]+$` → `cus_`.
fn literal_prefix(pattern: &str) -> String {
    let body = pattern.trim_start_matches('^');
    body.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_fit_the_pattern() {
        let mut random = Random::new(5);
        for pattern in [
            "^[A-Za-z0-9]{17,64}$",
            "^[0-9]+$",
            "^cus_[A-Za-z0-9]{14}$",
            "^[0-9a-f]{24}$",
            "^[0-9a-f-]{36}$",
            "^P-[0-9]{4}$",
        ] {
            let id = fresh(&mut random, Some(pattern));
            assert!(Regex::new(pattern).unwrap().is_match(id.as_str().unwrap()), "{pattern}: {id}");
        }
    }
}
