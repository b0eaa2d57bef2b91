use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Text for comparing: composed (NFC), lower case, smart quotes and apostrophes made plain.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let composed: Cow<str> = match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        _ => Cow::Owned(text.nfc().collect()),
    };
    let lower: String = composed.chars().map(plain_quote).flat_map(char::to_lowercase).collect();
    // Lowering can leave a mark that composes with its neighbour ("İ" gives "i" and a dot).
    match is_nfc_quick(lower.chars()) {
        IsNormalized::Yes => lower,
        _ => lower.nfc().collect(),
    }
}

fn plain_quote(c: char) -> char {
    match c {
        '’' | '‘' | '‛' | 'ʼ' | '´' => '\'',
        '“' | '”' | '„' | '‟' => '"',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn folds_case_quotes_and_composition() {
        for (text, folded) in [
            ("VIP", "vip"),
            ("O’Brien", "o'brien"),
            ("“Hi”", "\"hi\""),
            ("Zoë", "zoë"),
            ("Zoe\u{308}", "zoë"),
            ("ÉCOLE", "école"),
            ("ΟΔΟΣ", "οδοσ"),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }
}
