use super::{Item, ItemKind, Utterance, number_word};

/// A thousand thousandths: amounts are counted in thousandths, so that none passes through a float.
const ONE: u64 = 1000;

/// The line with each amount that is written with "hundred", "thousand", "grand" or "million" as one number: "22 thousand",
/// "eighteen hundred", "two and a half million". Nothing when it has none. The user's bytes stay as they are.
#[must_use]
pub fn with_spelled_numbers(line: &Utterance) -> Option<Utterance> {
    if !line.items.iter().any(|item| item.kind == ItemKind::Word && magnitude(&item.folded).is_some()) {
        return None;
    }
    let mut items = Vec::with_capacity(line.items.len());
    let mut at = 0;
    let mut found = false;
    while let Some(item) = line.items.get(at) {
        let Some((past, thousandths)) = spelled(&line.items[at..]).map(|(len, amount)| (at + len, amount)) else {
            items.push(item.clone());
            at += 1;
            continue;
        };
        let amount = plain(thousandths);
        let kind = match &item.kind {
            ItemKind::Money { currency, .. } => ItemKind::Money { amount: amount.clone(), currency: currency.clone() },
            // "A grand" is said of money only.
            _ if line.items[past - 1].folded == "grand" => ItemKind::Money { amount: amount.clone(), currency: None },
            _ => ItemKind::Number { amount: amount.clone() },
        };
        items.push(Item { kind, start: item.start, end: line.items[past - 1].end, folded: amount });
        (at, found) = (past, true);
    }
    found.then(|| Utterance { text: line.text.clone(), items })
}

/// The amount that some items begin with: how many they are, and its thousandths.
fn spelled(items: &[Item]) -> Option<(usize, u64)> {
    let word = |at: usize| items.get(at).map(|item| item.folded.as_str());
    let (mut total, mut part, mut len) = (0_u64, None::<u64>, 0);
    // Where the last magnitude ended, and what was there by then: what follows it without one may be no part of it.
    let mut whole = None;
    loop {
        if let Some(scale) = part.and(word(len)).and_then(magnitude) {
            let counted = part?.checked_mul(scale)?;
            if scale == 100 {
                part = Some(counted);
            } else {
                (total, part) = (total.checked_add(counted)?, Some(0));
            }
            len += 1;
            whole = Some((len, total.checked_add(part?)?));
            continue;
        }
        let joined = usize::from(whole.is_some() && word(len) == Some("and"));
        if let Some(number) = items.get(len + joined).and_then(|item| number(item, len == 0)) {
            let fits = part.is_none() || whole.is_some_and(|(end, _)| end == len) && number < 1000 * ONE;
            if fits {
                part = Some(part.unwrap_or(0).checked_add(number)?);
                len += joined + 1;
                if whole.is_some() {
                    whole = Some((len, total.checked_add(part?)?));
                }
                continue;
            }
        }
        let half = ["and", "a", "half"].iter().enumerate().all(|(nth, said)| word(len + nth) == Some(*said));
        if half && part.is_some() && whole.is_none() && word(len + 3).is_some_and(|next| magnitude(next).is_some()) {
            part = Some(part? + ONE / 2);
            len += 3;
            continue;
        }
        return whole;
    }
}

fn magnitude(word: &str) -> Option<u64> {
    match word {
        "hundred" => Some(100),
        "thousand" | "grand" => Some(1000),
        "million" => Some(1_000_000),
        _ => None,
    }
}

/// A number in figures or as a word, in thousandths; "a" for one where an amount begins.
fn number(item: &Item, begins: bool) -> Option<u64> {
    match &item.kind {
        ItemKind::Number { amount } | ItemKind::Money { amount, .. } => {
            let (whole, fraction) = amount.split_once('.').unwrap_or((amount, ""));
            let fraction: u64 = format!("{fraction:0<3}").get(..3)?.parse().ok()?;
            whole.parse::<u64>().ok()?.checked_mul(ONE)?.checked_add(fraction)
        }
        ItemKind::Word if begins && item.folded == "a" => Some(ONE),
        ItemKind::Word | ItemKind::Code => number_word(&item.folded).map(|number| u64::from(number) * ONE),
        _ => None,
    }
}

fn plain(thousandths: u64) -> String {
    let (whole, rest) = (thousandths / ONE, thousandths % ONE);
    if rest == 0 {
        return whole.to_string();
    }
    format!("{whole}.{rest:03}").trim_end_matches('0').to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    fn numbers(text: &str) -> Vec<String> {
        let line = read(text).expect("a line");
        let line = with_spelled_numbers(&line).unwrap_or(line);
        let amount = |item: &Item| match &item.kind {
            ItemKind::Number { amount } | ItemKind::Money { amount, .. } => Some(amount.clone()),
            _ => None,
        };
        line.items.iter().filter_map(amount).collect()
    }

    #[test]
    fn amounts_in_words_are_numbers() {
        for (text, amount) in [
            ("worth eighteen hundred dollars", "1800"),
            ("22 thousand", "22000"),
            ("$2.5 million now", "2500000"),
            ("two and a half thousand", "2500"),
            ("a thousand", "1000"),
            ("three grand", "3000"),
            ("twelve thousand five hundred", "12500"),
            ("one hundred and twenty", "120"),
            ("one million two hundred thousand", "1200000"),
        ] {
            assert_eq!(numbers(text), [amount], "{text}");
        }
    }

    #[test]
    fn words_that_count_nothing_stay() {
        for text in ["the Hundred Acres deal", "thousand", "five and a half", "grand opening"] {
            assert!(numbers(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn what_follows_an_amount_is_no_part_of_it() {
        assert_eq!(numbers("2 thousand and 3 notes"), ["2003"]);
        assert_eq!(numbers("2 thousand, 3 notes"), ["2000", "3"]);
        assert_eq!(numbers("5 hundred 2000"), ["500", "2000"]);
    }
}
