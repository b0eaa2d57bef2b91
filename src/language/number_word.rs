/// The number that a lower-case word or phrase stands for: "one" to "ninety-nine", "a dozen", "a couple", "both".
#[must_use]
pub fn number_word(text: &str) -> Option<u32> {
    // Every word of every line is asked about, and few begin as a number does.
    if !matches!(text.as_bytes().first(), Some(b'a'..=b'f' | b'h' | b'n'..=b'o' | b's'..=b't' | b'z')) {
        return None;
    }
    match text {
        "a dozen" | "dozen" => return Some(12),
        "half a dozen" => return Some(6),
        "a couple" | "couple" | "a couple of" | "couple of" | "both" | "a pair" => return Some(2),
        _ => {}
    }
    if let Some(unit) = unit(text) {
        return Some(unit);
    }
    let Some(parted) = text.bytes().position(|byte| matches!(byte, b'-' | b' ')) else { return tens(text) };
    let unit = unit(&text[parted + 1..]).filter(|n| (1..10).contains(n))?;
    Some(tens(&text[..parted])? + unit)
}

fn unit(word: &str) -> Option<u32> {
    let names: &[(&str, u32)] = match word.as_bytes().first()? {
        b'z' => &[("zero", 0)],
        b'o' => &[("one", 1)],
        b't' => &[("two", 2), ("three", 3), ("ten", 10), ("twelve", 12), ("thirteen", 13)],
        b'f' => &[("four", 4), ("five", 5), ("fourteen", 14), ("fifteen", 15)],
        b's' => &[("six", 6), ("seven", 7), ("sixteen", 16), ("seventeen", 17)],
        b'e' => &[("eight", 8), ("eleven", 11), ("eighteen", 18)],
        b'n' => &[("nine", 9), ("nineteen", 19)],
        _ => return None,
    };
    named(names, word)
}

fn tens(word: &str) -> Option<u32> {
    let names: &[(&str, u32)] = match word.as_bytes().first()? {
        b't' => &[("twenty", 20), ("thirty", 30)],
        b'f' => &[("forty", 40), ("fifty", 50)],
        b's' => &[("sixty", 60), ("seventy", 70)],
        b'e' => &[("eighty", 80)],
        b'n' => &[("ninety", 90)],
        _ => return None,
    };
    named(names, word)
}

fn named(names: &[(&str, u32)], word: &str) -> Option<u32> {
    names.iter().find(|(name, _)| *name == word).map(|(_, number)| *number)
}

#[cfg(test)]
mod tests {
    use super::number_word;

    #[test]
    fn reads_number_words() {
        for (text, number) in [
            ("one", 1),
            ("twelve", 12),
            ("nineteen", 19),
            ("twenty", 20),
            ("forty-two", 42),
            ("ninety nine", 99),
            ("a dozen", 12),
            ("a couple", 2),
        ] {
            assert_eq!(number_word(text), Some(number), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_number() {
        for text in ["", "vip", "twenty-", "twenty-eleven", "one-two", "seconds", "tens"] {
            assert_eq!(number_word(text), None, "{text}");
        }
    }
}
