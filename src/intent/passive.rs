//! Wishes in the passive, for what only an order says: "could the Pool Team group be switched off?", "records a1 and b2 need
//! to be linked through association c3".

use crate::catalog::{Catalog, Sense, WordSet};
use crate::language::{Item, ItemKind, Utterance, is_common_word};

use super::meaning::{is, is_any, longest, senses};

/// The line with the order that it wishes for: "switch off the Pool Team group". Nothing when it wishes for none, or denies
/// anything.
pub fn as_order(line: &Utterance, catalog: &Catalog) -> Option<String> {
    order(line, catalog, false)
}

/// The same for a line with its reason told before it: "can the relation `r_1` be removed?" wishes for it then too.
pub fn behind_a_reason(line: &Utterance, catalog: &Catalog) -> Option<String> {
    order(line, catalog, true)
}

fn order(line: &Utterance, catalog: &Catalog, reasoned: bool) -> Option<String> {
    use ItemKind::{Comma, Dash, Question, Semicolon, Stop, Word};
    let items = &line.items;
    let set = catalog.lexicon().set("passive");
    let filler = |item: &Item| is(catalog, item, WordSet::Filler) || is(catalog, item, WordSet::All);
    let (be, participle, base) = (1..items.len()).filter(|at| set.contains(&items[*at].folded)).find_map(|be| {
        let participle = (be + 1..items.len()).find(|at| !filler(&items[*at]))?;
        let word = &items[participle].folded;
        Some((be, participle, base(word, catalog).or_else(|| common(word).filter(|_| reasoned))?))
    })?;
    let pauses = |item: &Item| matches!(item.kind, Comma | Dash | Semicolon | Stop);
    let clause = (0..be).rev().find(|at| pauses(&items[*at])).map_or(0, |at| at + 1);
    let wish = |item: &Item| {
        let words = [WordSet::Licence, WordSet::Auxiliary];
        item.kind == Word && (is_any(catalog, item, &words) || filler(item))
    };
    let licence = |item: &Item| is(catalog, item, WordSet::Licence);
    let start = (clause..be).find(|at| !filler(&items[*at]))?;
    let pronoun = |item: &Item| is(catalog, item, WordSet::Thing);
    // "Can it be deleted?" wishes for it, "can contacts be deleted?" asks whether that is possible.
    let asks = catalog.lexicon().set("passive_asked").contains(&items[start].folded)
        || is(catalog, &items[start], WordSet::Licence)
            && (start + 2 == be && pronoun(&items[start + 1]) || reasoned && names(line, start + 1, be));
    // "We'd like the tag golf to be called vip": who wishes it is no part of what is wished for.
    let speaks = |item: &Item| {
        let contracted = item
            .folded
            .split_once('\'')
            .is_some_and(|(pronoun, _)| senses(catalog, pronoun).contains(&Sense::Set(WordSet::Self_)));
        contracted || is(catalog, item, WordSet::Self_)
    };
    let wishing = (start + 1..be).find(|at| !wish(&items[*at])).filter(|_| speaks(&items[start]));
    let first = wishing.unwrap_or(start + usize::from(asks));
    let past = if asks { be } else { (first..be).rev().find(|at| !wish(&items[*at]))? + 1 };
    let itself = catalog.lexicon().set("passive_wish").contains(&items[be].folded);
    let wished = asks || itself || items[past..be].iter().any(licence);
    let denied = items.iter().any(|item| is(catalog, item, WordSet::Negation));
    let doubts = !asks && is(catalog, &items[start], WordSet::Question);
    if !wished || doubts || denied || first >= past {
        return None;
    }
    let particle = items.get(participle + 1).filter(|item| particle(catalog, &items[participle], item));
    let rest = participle + 1 + usize::from(particle.is_some());
    let end = items.iter().rposition(|item| !matches!(item.kind, Question | Stop))?;
    let mut order = line.text[..items[start].start].to_owned();
    order.push_str(&base);
    for part in [particle.map(|item| item.folded.as_str()), Some(line.slice(first, past - 1))].into_iter().flatten() {
        order.push(' ');
        order.push_str(part);
    }
    if rest <= end {
        order.push(' ');
        order.push_str(line.slice(rest, end));
    }
    Some(order)
}

/// What a record needs done to something of it, as an order: "invoice template t1 needs late fees switched on at 5 percent"
/// wishes for "switch on late fees for invoice template t1 at 5 percent". Nothing when it needs nothing, or denies anything.
pub fn needed(line: &Utterance, catalog: &Catalog) -> Option<String> {
    let items = &line.items;
    let needs = catalog.lexicon().set("needs_done");
    let at = (1..items.len()).find(|at| needs.contains(&items[*at].folded))?;
    let word = |item: &Item| item.kind == ItemKind::Word;
    // "A folder called Vet Info" is named so.
    let names_it = catalog.lexicon().set("leads_to_name");
    let called = |at: usize| names_it.contains(&items[at].folded);
    let participle =
        (at + 2..items.len()).take_while(|next| word(&items[*next - 1]) && !called(*next)).find_map(|next| {
            let base = base(&items[next].folded, catalog).filter(|_| word(&items[next]))?;
            Some((next, base))
        });
    let (participle, base) = participle?;
    let denied = items.iter().any(|item| is(catalog, item, WordSet::Negation));
    // "Requester wants the tag vip deleted": who asks is nobody that the tag is of.
    let asks = longest(line, 0, "speaker", catalog) == Some(at);
    if denied || !asks && !names(line, 0, at) {
        return None;
    }
    let particle = items.get(participle + 1).filter(|item| particle(catalog, &items[participle], item));
    let rest = participle + 1 + usize::from(particle.is_some());
    let end = items.iter().rposition(|item| item.kind != ItemKind::Stop)?;
    let (of, thing) = (line.slice(0, at - 1), line.slice(at + 1, participle - 1));
    let particle = particle.map_or_else(String::new, |item| format!(" {}", item.folded));
    let tail = if rest <= end { format!(" {}", line.slice(rest, end)) } else { String::new() };
    let of = if asks { String::new() } else { format!(" for {of}") };
    Some(format!("{base}{particle} {thing}{of}{tail}"))
}

/// What a line wants to have done to what it names, as an order: "have Ann Lee erased from contacts". Nothing when it asks or
/// denies anything.
pub fn caused(line: &Utterance, catalog: &Catalog) -> Option<String> {
    let items = &line.items;
    let end = items.iter().rposition(|item| item.kind != ItemKind::Stop)?;
    let first = items.iter().position(|item| !is(catalog, item, WordSet::Filler))?;
    if !catalog.lexicon().set("causes").contains(&items[first].folded) {
        return None;
    }
    let heavy = |item: &Item| {
        let set = is_any(catalog, item, &[WordSet::Negation, WordSet::Self_, WordSet::Question]);
        item.kind == ItemKind::Question || set && !is(catalog, item, WordSet::Auxiliary)
    };
    let word = |at: &usize| items[*at].kind != ItemKind::Comma;
    let (participle, base) = (first + 2..=end)
        .take_while(word)
        .find_map(|at| Some((at, base(&items[at].folded, catalog).filter(|_| items[at].kind == ItemKind::Word)?)))?;
    if !names(line, first + 1, participle) || items[first + 1..=end].iter().any(heavy) {
        return None;
    }
    let tail = if participle < end { format!(" {}", line.slice(participle + 1, end)) } else { String::new() };
    Some(format!("{base} {}{tail}", line.slice(first + 1, participle - 1)))
}

/// Whether a name or an id stands between two items.
fn names(line: &Utterance, from: usize, past: usize) -> bool {
    let capital = |item: &Item| line.text[item.start..].starts_with(char::is_uppercase);
    line.items.get(from..past).is_some_and(|items| {
        items.iter().any(|item| match item.kind {
            ItemKind::Code | ItemKind::Quoted { .. } | ItemKind::Email => true,
            ItemKind::Word => capital(item),
            _ => false,
        })
    })
}

/// The verb that a participle is of, as it stands in an order.
fn base(participle: &str, catalog: &Catalog) -> Option<String> {
    let irregular = catalog.lexicon().set("past").iter().find_map(|forms| {
        let (base, rest) = forms.split_once(' ')?;
        rest.split(' ').any(|form| form == participle).then(|| base.to_owned())
    });
    let regular = || {
        let stem = participle.strip_suffix("ed")?;
        let doubled = stem.len() > 2 && stem.as_bytes()[stem.len() - 1] == stem.as_bytes()[stem.len() - 2];
        let shorter = doubled.then(|| stem[..stem.len() - 1].to_owned());
        let with_y = stem.strip_suffix('i').map(|stem| format!("{stem}y"));
        let forms = [Some(format!("{stem}e")), Some(stem.to_owned()), shorter, with_y];
        forms.into_iter().flatten().find(|form| orders(form, catalog))
    };
    irregular.filter(|base| orders(base, catalog)).or_else(regular)
}

/// The same of a verb that only the dictionary knows.
fn common(participle: &str) -> Option<String> {
    let stem = participle.strip_suffix("ed")?;
    [stem.to_owned(), format!("{stem}e")].into_iter().find(|form| is_common_word(form))
}

fn orders(word: &str, catalog: &Catalog) -> bool {
    senses(catalog, word).iter().any(|s| matches!(s, Sense::Verb { .. } | Sense::Own | Sense::Apart { .. }))
}

/// Whether a word behind a participle is the second part of its verb: "switched off".
fn particle(catalog: &Catalog, participle: &Item, next: &Item) -> bool {
    let two = format!("{} {}", participle.folded, next.folded);
    let verb = |s: &Sense| matches!(s, Sense::Verb { .. } | Sense::Own);
    let known = senses(catalog, &two).iter().any(verb)
        || base(&participle.folded, catalog)
            .is_some_and(|base| senses(catalog, &format!("{base} {}", next.folded)).iter().any(verb));
    // "Limited to 100 uses": what leads to something stands before that.
    next.kind == ItemKind::Word && known && !is(catalog, next, WordSet::Binder)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::read;

    fn order(text: &str) -> Option<String> {
        as_order(&read(text).expect("a line"), &Catalog::builtin())
    }

    #[test]
    fn a_wish_becomes_an_order() {
        for (wish, expected) in [
            ("could the Pool Team group be switched off?", "switch off the Pool Team group"),
            ("the tag vip must be deleted", "delete the tag vip"),
            ("records a1 and b2 need to be linked through c3", "link records a1 and b2 through c3"),
            ("they left, so their sub-account should be paused.", "they left, so pause their sub-account"),
        ] {
            assert_eq!(order(wish).as_deref(), Some(expected), "{wish}");
        }
    }

    #[test]
    fn what_a_record_needs_done_is_ordered_for_it() {
        let catalog = Catalog::builtin();
        let order = |text: &str| needed(&read(text).expect("a line"), &catalog);
        let wish = "invoice template t12 needs late fees switched on at 5 percent";
        assert_eq!(order(wish).as_deref(), Some("switch on late fees for invoice template t12 at 5 percent"));
        for line in ["the deal needs moving", "contact c12 needs a call", "t12 doesn't need late fees switched on"] {
            assert_eq!(order(line), None, "{line}");
        }
    }

    #[test]
    fn what_wishes_for_nothing_is_left() {
        for line in [
            "the tag must not be deleted",
            "delete the tag",
            "the tag was deleted",
            "it may be",
            "should the tag be deleted?",
        ] {
            assert_eq!(order(line), None, "{line}");
        }
    }
}
