//! What stands around a request and tells who makes it, or what kind it is: "the owner asks that …", "caller says …",
//! "requested: …". The request is what stands behind it.

use crate::catalog::{Catalog, Sense, WordSet};
use crate::language::{Item, ItemKind, Utterance, is_common_word};

use super::meaning::{capital, is, is_any, longest, senses};

/// Words of a label, and of whoever asks.
const LONGEST: usize = 6;

/// The request without what stands around it, or before it in its clause; nothing when it stands alone.
pub fn unframed(line: &Utterance, catalog: &Catalog) -> Option<String> {
    labelled(line, catalog).or_else(|| reported(line, catalog)).or_else(|| judged(line, catalog))
}

/// "Requested: removal of …", "departure today: remove …".
fn labelled(line: &Utterance, catalog: &Catalog) -> Option<String> {
    let mark = line.items.iter().position(|item| item.kind == ItemKind::Colon)?;
    let (label, rest) = (&line.items[..mark], line.items.get(mark + 1..)?);
    let means = |item: &Item| {
        let says = |s: &Sense| matches!(s, Sense::Verb { .. } | Sense::Noun { .. } | Sense::Apart { .. });
        senses(catalog, &item.folded).iter().any(says)
    };
    let idle = |item: &Item| catalog.lexicon().set("idle_label").contains(&item.folded);
    let plain = |(at, item): (usize, &Item)| idle(item) || speaks_of(line, at, catalog) && !means(item);
    let never = |item: &Item| catalog.lexicon().set("no_label").contains(&item.folded);
    let fits = !label.is_empty() && label.len() <= LONGEST && rest.len() > 1;
    (fits && label.iter().enumerate().all(plain) && !label.iter().any(never))
        .then(|| line.text[rest[0].start..].to_owned())
}

/// The request of whoever makes it: "the owner asks that …", "caller says …", "my accountant needs …".
pub fn reported(line: &Utterance, catalog: &Catalog) -> Option<String> {
    let items = &line.items;
    let at_most = items.len().min(LONGEST + 1);
    let found = (1..at_most).find_map(|at| {
        let drops = longest(line, at, "says_that", catalog).map(|past| (at, past, false));
        let needs = longest(line, at, "needs_that", catalog).map(|past| (at, past, true));
        drops.into_iter().chain(needs).max_by_key(|(_, past, _)| *past)
    });
    let (subject, past, needed) = found?;
    let determined = is(catalog, &items[0], WordSet::Determiner);
    let has = |sense: fn(&Sense) -> bool| senses(catalog, &items[0].folded).iter().any(sense);
    let ordered = !determined
        && has(|s| matches!(s, Sense::Verb { .. } | Sense::Apart { .. }))
        && !has(|s| matches!(s, Sense::Noun { .. }));
    // "Ann Lee wants to cancel her appointment ap_77"
    let whose = catalog.lexicon().set("pointing_whose");
    let own = || items[past..].iter().any(|item| whose.contains(&item.folded));
    let last = &items[past - 1];
    let leads = is(catalog, last, WordSet::Licence) && is(catalog, last, WordSet::Link);
    let wishes = leads && !determined && own();
    let named =
        |at: usize| items[at].kind == ItemKind::Word && (capital(line, at) || is(catalog, &items[at], WordSet::Person));
    let somebody = (usize::from(determined)..subject).all(|at| speaks_of(line, at, catalog))
        || wishes && !needed && (0..subject).all(named);
    let rest = items.get(past..).filter(|rest| rest.len() > 1)?;
    if ordered || subject == usize::from(determined) || !somebody {
        return None;
    }
    let request = &line.text[rest[0].start..];
    let said = |set: &str| catalog.lexicon().set(set).first().map(String::as_str);
    if needed {
        return Some(format!("{} {request}", said("reported_need")?));
    }
    // "… asks that the record be deleted"
    let (bare, wish) = said("reported_wish").and_then(|pair| pair.split_once(' '))?;
    let wished = |at: usize| rest[..at].iter().any(|item| is(catalog, item, WordSet::Licence));
    let bare = rest.iter().position(|item| item.folded == bare).filter(|at| *at > 0 && !wished(*at));
    Some(bare.map_or_else(
        || request.to_owned(),
        |at| {
            let [before, after] = [&request[..rest[at].start - rest[0].start], &line.text[rest[at].end..]];
            format!("{before}{wish}{after}")
        },
    ))
}

/// What is wrong with a thing and what should be done about it in one clause: "invoice INV-7 is a duplicate and should be
/// voided" asks for the second.
fn judged(line: &Utterance, catalog: &Catalog) -> Option<String> {
    let items = &line.items;
    let joins = |item: &Item| is(catalog, item, WordSet::Conjunction) || is(catalog, item, WordSet::Sequence);
    let wish = (2..items.len()).find(|at| is(catalog, &items[*at], WordSet::Licence) && joins(&items[at - 1]))?;
    let finds = |item: &Item| catalog.lexicon().set("judges").contains(&item.folded);
    let verdict = (1..wish - 1).find(|at| finds(&items[*at]))?;
    let says = (verdict + 1..wish - 1).all(|at| speaks_of(line, at, catalog));
    let clause =
        items[verdict + 1..wish].iter().all(|item| item.kind == ItemKind::Word || item.kind == ItemKind::Comma);
    (says && clause && verdict + 1 < wish - 1)
        .then(|| format!("{} {}", line.slice(0, verdict - 1), &line.text[items[wish].start..]))
}

/// Whether a word may belong to what tells who asks: any word of the dictionary that neither names nor denies anything.
fn speaks_of(line: &Utterance, at: usize, catalog: &Catalog) -> bool {
    let item = &line.items[at];
    let small = at == 0 || !line.raw(at).starts_with(char::is_uppercase);
    let sets = [WordSet::Negation, WordSet::Denial, WordSet::Foreign, WordSet::Question, WordSet::Subject];
    let known = is_common_word(&item.folded)
        || is(catalog, item, WordSet::Preposition)
        || is(catalog, item, WordSet::Determiner)
        || is(catalog, item, WordSet::Filler)
        || longest(line, at, "speaker", catalog).is_some();
    item.kind == ItemKind::Word && small && known && !is_any(catalog, item, &sets)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::read;

    fn request(text: &str) -> Option<String> {
        unframed(&read(text).expect("a line"), &Catalog::builtin())
    }

    #[test]
    fn who_asks_is_passed_over() {
        for (line, rest) in [
            ("requested: removal of voice agent vaX12TqLm", "removal of voice agent vaX12TqLm"),
            ("departure today: remove user usr93Tq", "remove user usr93Tq"),
            ("owner asks that record rec31 be deleted", "record rec31 must be deleted"),
            ("caller says custom value hours must be 8 to 5", "custom value hours must be 8 to 5"),
            ("the manager on duty wants to see the invoices", "see the invoices"),
            ("accountant needs invoice INV-7 voided", "i need invoice INV-7 voided"),
            ("estimate Est70x is stale and should be removed", "estimate Est70x should be removed"),
        ] {
            assert_eq!(request(line).as_deref(), Some(rest), "{line}");
        }
    }

    #[test]
    fn what_names_or_denies_something_is_left() {
        for line in [
            "Zenith deal: lost",
            "note: call Ann back",
            "never: delete contact Jane Doe",
            "tomorrow: delete contact Jane Doe",
            "Jane Doe needs tag vip",
            "nobody says delete the tag",
            "the deal is won and Ann should be told",
            "the deal is not lost and should be kept",
            "show needs of Ann",
        ] {
            assert_eq!(request(line), None, "{line}");
        }
    }
}
