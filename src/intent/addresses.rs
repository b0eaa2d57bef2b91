//! Postal addresses in a line, each read as one item: in "a sub-account for Juniper Spa: 410 Grove St, Boise, ID 83702" no
//! comma ends the street, and nothing is called Boise.

use crate::catalog::Catalog;
use crate::language::{Item, ItemKind, Utterance, is_given_name};

use super::meaning::{capital, longest};
use super::postal::{SHORT_STATE, is_code, is_short_state};

/// Letters and figures of the number of a house: "1204b".
const LONGEST_NUMBER: usize = 5;
/// Words between the number of a house and what the street is: "1200 Martin Luther King Jr Blvd".
const LONGEST_STREET: usize = 6;
/// Words of the name of a city.
const LONGEST_CITY: usize = 3;
/// Figures of a postal code that nothing names, at least.
const SHORTEST_CODE: usize = 5;

/// The line with every address as one item; nothing where it has none. The user's bytes stay as they are.
pub fn joined(line: &Utterance, catalog: &Catalog) -> Option<Utterance> {
    let mut found = (0..line.items.len()).filter_map(|at| Some((at, address(line, at, catalog)?))).peekable();
    found.peek()?;
    let mut items = Vec::with_capacity(line.items.len());
    let mut from = 0;
    for (first, past) in found {
        if first < from {
            continue;
        }
        items.extend_from_slice(&line.items[from..first]);
        let (start, end) = (line.items[first].start, line.items[past - 1].end);
        items.push(Item { kind: ItemKind::Address, start, end, folded: line.text[start..end].to_lowercase() });
        from = past;
    }
    items.extend_from_slice(&line.items[from..]);
    Some(Utterance { text: line.text.clone(), items })
}

/// One past an address that starts at an item: the street, and as much of the rest as is said.
fn address(line: &Utterance, at: usize, catalog: &Catalog) -> Option<usize> {
    let items = &line.items;
    let numbered = |item: &Item| match &item.kind {
        ItemKind::Number { .. } => item.folded.bytes().all(|b| b.is_ascii_digit()),
        ItemKind::Code => item.folded.len() <= LONGEST_NUMBER && item.folded.starts_with(|c: char| c.is_ascii_digit()),
        _ => false,
    };
    if !numbered(&items[at]) || !items.get(at + 1).is_some_and(|next| next.kind == ItemKind::Word || numbered(next)) {
        return None;
    }
    let ways = catalog.lexicon().set("street");
    let named = |at: usize| items.get(at).is_some_and(|item| item.kind == ItemKind::Word || numbered(item));
    let most = (at + 1..items.len().min(at + 2 + LONGEST_STREET)).take_while(|at| named(*at)).last()?;
    let is_way = |at: &usize| ways.contains(&items[*at].folded);
    let way = (at + 2..=most).find(is_way);
    let capitals = |from: usize, past: usize| (from..past).all(|at| capital(line, at) || numbered(&items[at]));
    let past = match way {
        Some(way)
            if capitals(at + 1, way + 1) || code(line, city(line, way + 1, false, catalog)?, catalog).is_some() =>
        {
            way + 1
        }
        None if capitals(at + 1, most + 1) => most + 1,
        _ => return None,
    };
    let town = city(line, past, true, catalog);
    let known = town.and_then(|town| Some((town, code(line, town, catalog)?)));
    match (known, town) {
        (Some((_, past)), _) => Some(past),
        (None, _) if way.is_none() => None,
        (None, Some(town)) if ends(line, town) && !(capital(line, past + 1) && is_somebody(line, past + 1, town)) => {
            Some(town)
        }
        // "The deal 14 Maple Avenue Reroof"
        _ if !ends(line, past) && named(past) && capital(line, past) => None,
        _ => Some(past),
    }
}

/// One past the name of a city behind a street: ", San Marcos".
fn city(line: &Utterance, past: usize, capitals: bool, catalog: &Catalog) -> Option<usize> {
    let from = past + usize::from(line.items.get(past)?.kind == ItemKind::Comma);
    let named = |at: usize| {
        let word = line.items.get(at).is_some_and(|item| item.kind == ItemKind::Word);
        word && (!capitals || capital(line, at) && !is_short_state(line.raw(at)))
    };
    let words = (from..from + LONGEST_CITY).take_while(|at| named(*at)).count();
    let shorter = |words: &usize| code(line, from + words, catalog).is_some();
    let words = (1..=words).find(shorter).unwrap_or(words);
    (from > past && words > 0).then_some(from + words)
}

/// One past the state and the postal code behind a city, or one of both: ", TX 78701".
fn code(line: &Utterance, past: usize, catalog: &Catalog) -> Option<usize> {
    let comma = |at: usize| usize::from(line.items.get(at).is_some_and(|item| item.kind == ItemKind::Comma));
    let at = past + comma(past);
    let item = |at: usize| line.items.get(at).map(|_| line.raw(at));
    let coded = |at: usize| item(at).is_some_and(|raw| is_code(raw) && raw.len() >= SHORTEST_CODE);
    if coded(at) {
        return Some(at + 1);
    }
    let state = item(at)?;
    let spelled = longest(line, at, "state", catalog).filter(|_| at > past);
    let behind = spelled.unwrap_or(at + 1);
    let short = state.len() == SHORT_STATE && state.bytes().all(|b| b.is_ascii_alphabetic());
    let zip = behind + comma(behind);
    if (short || spelled.is_some()) && coded(zip) {
        return Some(zip + 1);
    }
    (is_short_state(state) || spelled.is_some()).then_some(behind)
}

/// Whether nothing but a mark stands at an item.
fn ends(line: &Utterance, at: usize) -> bool {
    line.items.get(at).is_none_or(|item| {
        matches!(item.kind, ItemKind::Comma | ItemKind::Stop | ItemKind::Semicolon | ItemKind::Question)
    })
}

/// Whether two words name somebody: "at 4 Oak St, Ann Lee".
fn is_somebody(line: &Utterance, first: usize, past: usize) -> bool {
    past == first + 2 && is_given_name(&line.items[first].folded)
}

#[cfg(test)]
mod tests {
    use super::super::reading_tests::meant;

    #[test]
    fn an_address_is_one_value_and_its_parts_several() {
        for line in [
            "create a business called Juniper Spa, 410 Grove St, Boise, ID 83702",
            "create a business called Juniper Spa, address 410 Grove St, Boise ID 83702",
            "create a business called Juniper Spa at 410 Grove St, Boise, ID, 83702",
        ] {
            let meant = meant(line);
            let told = ["name=\"Juniper Spa\"", "410 Grove St\"", "city=\"Boise\"", "state=\"ID\"", "83702"];
            assert!(told.iter().all(|told| meant.contains(told)), "{line}: {meant}");
        }
    }

    #[test]
    fn a_number_before_words_is_no_address() {
        let line = "create a deal called 14 Maple Avenue Reroof in the pipeline Roofing for Ann Lee";
        assert!(meant(line).contains("name=\"14 Maple Avenue Reroof\""), "{}", meant(line));
    }
}
