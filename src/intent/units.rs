use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::catalog::Catalog;
use crate::language::{Item, ItemKind, Utterance};

/// The sign or word that tells what a number counts (`percent` and `money` of the lexicon), read as an item of its own
/// behind the number: "10%" says what "10 percent" says, and "20 EUR" tells a currency. Made at the first line.
#[derive(Debug, Default)]
pub struct Units {
    known: OnceLock<Known>,
}

#[derive(Debug)]
struct Known {
    percent: String,
    /// What a word behind a number makes of it: the code of a currency, if it tells that, and the zeros that it adds.
    money: FxHashMap<String, (Option<String>, usize)>,
}

impl Units {
    /// The line with the units of its numbers as items; nothing when it has none. The user's bytes stay as they are.
    pub fn told_apart(&self, line: &Utterance, catalog: &Catalog) -> Option<Utterance> {
        let known = self.known.get_or_init(|| Known::of(catalog));
        let items = line.items.iter().enumerate();
        if !items.into_iter().any(|(at, item)| known.unit(item, line.items.get(at + 1)).is_some()) {
            return None;
        }
        let mut items = Vec::with_capacity(line.items.len() + 4);
        let mut at = 0;
        while let Some(item) = line.items.get(at) {
            let next = line.items.get(at + 1);
            match known.unit(item, next) {
                None => items.push(item.clone()),
                Some(unit) => {
                    let end = next.filter(|_| unit.word).map_or(item.end, |next| next.end);
                    items.push(Item { kind: unit.kind, end, ..item.clone() });
                    items.push(Item { kind: ItemKind::Unit, start: end, end, folded: unit.says });
                    at += usize::from(unit.word);
                }
            }
            at += 1;
        }
        Some(Utterance { text: line.text.clone(), items })
    }
}

/// The line with a number and what it counts as two items where a hyphen joins them: "a 5-day grace period". Nothing when
/// it has none. The user's bytes stay as they are.
pub fn unhyphenated(line: &Utterance, catalog: &Catalog) -> Option<Utterance> {
    let parts = |item: &Item| {
        let raw = &line.text[item.start..item.end];
        let (amount, word) = raw.split_once('-').filter(|_| matches!(item.kind, ItemKind::Code | ItemKind::Word))?;
        let number = !amount.is_empty() && amount.bytes().all(|byte| byte.is_ascii_digit());
        let known = word.chars().all(char::is_lowercase) && catalog.vocabulary().word(word).is_some();
        (number && known).then(|| (amount.to_owned(), word.to_owned()))
    };
    if !line.items.iter().any(|item| parts(item).is_some()) {
        return None;
    }
    let mut items = Vec::with_capacity(line.items.len() + 2);
    for item in &line.items {
        let Some((amount, word)) = parts(item) else {
            items.push(item.clone());
            continue;
        };
        let dash = item.start + amount.len();
        let number = ItemKind::Number { amount: amount.clone() };
        items.push(Item { kind: number, start: item.start, end: dash, folded: amount });
        items.push(Item { kind: ItemKind::Word, start: dash + 1, end: item.end, folded: word });
    }
    Some(Utterance { text: line.text.clone(), items })
}

/// A number with its unit.
struct Unit {
    /// The number by itself.
    kind: ItemKind,
    /// The unit, as the catalog says it.
    says: String,
    /// The unit is the next item.
    word: bool,
}

impl Known {
    fn of(catalog: &Catalog) -> Self {
        let entry = |line: &String| {
            let mut parts = line.split(' ');
            let word = parts.next()?.to_owned();
            let (mut currency, mut zeros) = (None, 0);
            for part in parts {
                match part.parse() {
                    Ok(number) => zeros = number,
                    Err(_) => currency = Some(part.to_uppercase()),
                }
            }
            Some((word, (currency, zeros)))
        };
        let lexicon = catalog.lexicon();
        Self {
            percent: lexicon.set("percent").first().cloned().unwrap_or_default(),
            money: lexicon.set("money").iter().filter_map(entry).collect(),
        }
    }

    fn unit(&self, item: &Item, next: Option<&Item>) -> Option<Unit> {
        match &item.kind {
            ItemKind::Percent { amount } if !self.percent.is_empty() => {
                let kind = ItemKind::Number { amount: amount.clone() };
                Some(Unit { kind, says: self.percent.clone(), word: false })
            }
            ItemKind::Money { currency, .. } => {
                let says = currency.as_deref().unwrap_or("$").to_lowercase();
                Some(Unit { kind: item.kind.clone(), says, word: false })
            }
            ItemKind::Number { amount } => {
                let says = next.filter(|next| next.kind == ItemKind::Word)?.folded.clone();
                let (currency, zeros) = self.money.get(&says)?;
                let whole = amount.bytes().all(|digit| digit.is_ascii_digit());
                if *zeros > 0 && !whole {
                    return None;
                }
                let amount = format!("{amount}{}", "0".repeat(*zeros));
                Some(Unit { kind: ItemKind::Money { amount, currency: currency.clone() }, says, word: true })
            }
            _ => None,
        }
    }
}
