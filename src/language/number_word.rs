/// The number that a lower-case word or phrase stands for: "one" to "ninety-nine", "a dozen", "a couple", "both".
#[must_use]
pub fn number_word(text: &str) -> Option<u32> {
    match text {
        "a dozen" | "dozen" => return Some(12),
        "half a dozen" => return Some(6),
        "a couple" | "couple" | "a couple of" | "couple of" | "both" | "a pair" => return Some(2),
        _ => {}
    }
    if let Some(unit) = unit(text) {
        return Some(unit);
    }
    let (ten, rest) = text.split_once(['-', ' ']).map_or((text, None), |(ten, rest)| (ten, Some(rest)));
    match rest {
        None => tens(ten),
        Some(rest) => unit(rest).filter(|n| (1..10).contains(n)).and_then(|n| Some(tens(ten)? + n)),
    }
}

fn unit(word: &str) -> Option<u32> {
    const UNITS: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    (0..).zip(UNITS).find(|(_, name)| *name == word).map(|(n, _)| n)
}

fn tens(word: &str) -> Option<u32> {
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    (2..).zip(TENS).find(|(_, name)| *name == word).map(|(n, _)| n * 10)
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
