//! Amounts as people type them, to plain decimal text: no amount passes through a float.

/// Plain decimal text of an amount: `1,200.50` → `1200.50`, `1.200,50` → `1200.50`, `12k` → `12000`, `1.5m` → `1500000`, `.5` → `0.5`.
pub fn decimal(text: &str) -> String {
    let swapped: String;
    let text = match (text.find('.'), text.find(',')) {
        (Some(stop), Some(comma)) if stop < comma => {
            swapped = text.replace('.', "").replace(',', ".");
            &swapped
        }
        _ => text,
    };
    let (sign, unsigned) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let (digits, zeros) = match unsigned.as_bytes().last() {
        Some(b'k' | b'K') => (&unsigned[..unsigned.len() - 1], 3),
        Some(b'm' | b'M') => (&unsigned[..unsigned.len() - 1], 6),
        _ => (unsigned, 0),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    let (moved, left) = fraction.split_at(fraction.len().min(zeros));
    let left = if zeros > 0 { left.trim_end_matches('0') } else { left };
    let mut all = whole + moved;
    all.extend(std::iter::repeat_n('0', zeros - moved.len()));
    let trimmed = all.trim_start_matches('0');
    let whole = if trimmed.is_empty() { "0" } else { trimmed };
    if left.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{left}") }
}

/// ISO code of a currency sign or code; none for `$`, which many countries use.
pub fn currency(text: &str) -> Option<String> {
    match text {
        "$" => None,
        "€" => Some("EUR".to_owned()),
        "£" => Some("GBP".to_owned()),
        "¥" => Some("JPY".to_owned()),
        "₹" => Some("INR".to_owned()),
        code if code.ends_with('$') => Some(format!("{}D", code[..2].to_ascii_uppercase())),
        code => Some(code.to_ascii_uppercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::{currency, decimal};

    #[test]
    fn writes_amounts_as_plain_decimals() {
        for (text, plain) in [
            ("3", "3"),
            ("1,200", "1200"),
            ("1,200.50", "1200.50"),
            ("1.250,00", "1250.00"),
            ("-1.250.000,50", "-1250000.50"),
            ("12k", "12000"),
            ("9.5k", "9500"),
            ("1.5M", "1500000"),
            ("1.2345k", "1234.5"),
            ("1.50k", "1500"),
            ("0.5k", "500"),
            (".5", "0.5"),
            ("-7", "-7"),
            ("007", "7"),
            ("0", "0"),
        ] {
            assert_eq!(decimal(text), plain, "{text}");
        }
    }

    #[test]
    fn knows_currencies() {
        assert_eq!(currency("$"), None);
        assert_eq!(currency("€").as_deref(), Some("EUR"));
        assert_eq!(currency("us$").as_deref(), Some("USD"));
        assert_eq!(currency("gbp").as_deref(), Some("GBP"));
    }
}
