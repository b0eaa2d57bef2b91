//! Whoever passes on what somebody else said, and how: `customer: "…"`, "Ann Lee writes: …", "…, says the client". What
//! was said is read in its place.

use crate::catalog::{Catalog, Sense, WordSet};
use crate::language::{Item, ItemKind, Utterance, is_common_word};

use super::meaning::{is, is_any, longest, senses};

/// Items of what tells who speaks, at most.
const LONGEST: usize = 8;

/// What was said, when a line tells who said it.
pub fn passed_on(line: &Utterance, catalog: &Catalog) -> Option<String> {
    before(line, catalog).or_else(|| behind(line, catalog))
}

/// "Jamal Price is on chat asking which subscriptions he has", "the accountant wants to know how many …": the question.
pub fn wondered(line: &Utterance, catalog: &Catalog) -> Option<String> {
    let items = &line.items;
    let asks = |item: &Item| is(catalog, item, WordSet::Question) && !is(catalog, item, WordSet::Auxiliary);
    let at = items.iter().take(LONGEST + 1).position(asks).filter(|at| *at + 1 < items.len())?;
    let who = who(line, at, catalog).filter(|who| who.speaks)?;
    let Some(name) = who.name else { return said(line, at, items.len()) };
    let whose = catalog.lexicon().set("pointing_whose");
    let (mut out, mut copied) = (String::new(), items[at].start);
    for item in items[at..].iter().filter(|item| is(catalog, item, WordSet::Person)) {
        let owns = whose.contains(&item.folded) && item.end < line.text.len();
        out.push_str(&line.text[copied..item.start]);
        out.push_str(&if owns { format!("{name}'s") } else { name.to_owned() });
        copied = item.end;
    }
    Some(out + &line.text[copied..])
}

/// `client wrote: …`, `from the owner of the account: "…"`, `customer says "…"`.
fn before(line: &Utterance, catalog: &Catalog) -> Option<String> {
    use ItemKind::{Colon, Comma, Dash, Quoted};
    let items = &line.items;
    let mark = items.iter().take(LONGEST + 1).position(|item| matches!(item.kind, Colon | Dash | Quoted { .. }))?;
    let quoted = |at: usize| items.get(at).is_some_and(|item| matches!(item.kind, Quoted { .. }));
    let from = if quoted(mark) { mark } else { mark + 1 };
    let past = if mark > 0 && items[mark - 1].kind == Comma { mark - 1 } else { mark };
    let who = who(line, past, catalog)?;
    let marked = items[mark].kind == Colon || quoted(from) && who.speaks;
    if !marked || from + 1 >= items.len() && !quoted(from) {
        return None;
    }
    let said = said(line, from, items.len())?;
    Some(who.name.map_or_else(|| said.clone(), |name| for_themselves(&said, name, catalog)))
}

/// `…, says the client`, `"…" - owner, via chat`.
fn behind(line: &Utterance, catalog: &Catalog) -> Option<String> {
    use ItemKind::{Comma, Dash, Quoted, Stop};
    let items = &line.items;
    let end = items.iter().rposition(|item| item.kind != Stop).map(|last| last + 1)?;
    let quote = matches!(items[0].kind, Quoted { .. });
    let from = (end.saturating_sub(LONGEST)..end).find(|at| {
        let marked = *at > 0 && matches!(items[*at - 1].kind, Comma | Dash);
        let begins = if quote { *at == 1 || *at == 2 && marked } else { marked };
        begins && closes(line, *at, end, catalog, quote)
    })?;
    let past = if from > 1 && matches!(items[from - 1].kind, Comma | Dash) { from - 1 } else { from };
    said(line, 0, past)
}

/// Who speaks, in the first items of a line.
struct Who<'l> {
    /// A verb of saying stands there.
    speaks: bool,
    /// Their name, where it is told.
    name: Option<&'l str>,
}

fn who<'l>(line: &'l Utterance, past: usize, catalog: &Catalog) -> Option<Who<'l>> {
    let items = line.items.get(..past).filter(|items| !items.is_empty())?;
    let set = |at: usize, name: &str| longest(line, at, name, catalog).filter(|end| *end <= past);
    let (mut at, mut person, mut speaks, mut name) = (0, false, false, None::<(usize, usize)>);
    while at < past {
        at = if let Some(end) = set(at, "speaks") {
            speaks = true;
            end
        } else if let Some(end) = set(at, "speaker") {
            person = true;
            end
        } else if let Some(end) = set(at, "passes_on") {
            end
        } else if !speaks && named(line, at) {
            name = Some((name.map_or(at, |(first, _)| first), at));
            at + 1
        } else if idle(&items[at], catalog) {
            at + 1
        } else {
            return None;
        };
    }
    let fits = if name.is_some() { speaks } else { person };
    fits.then(|| Who { speaks, name: name.map(|(first, last)| line.slice(first, last)) })
}

/// Whether the last items of a line tell who spoke. Behind a quotation it needs no verb.
fn closes(line: &Utterance, from: usize, end: usize, catalog: &Catalog, quote: bool) -> bool {
    let (mut at, mut person, mut speaks) = (from, false, false);
    while at < end {
        let set = |name: &str| longest(line, at, name, catalog).filter(|past| *past <= end);
        at = if let Some(past) = set("speaks") {
            speaks = true;
            past
        } else if let Some(past) = set("speaker") {
            person = true;
            past
        } else if let Some(past) = set("passes_on") {
            past
        } else if idle(&line.items[at], catalog) || line.items[at].kind == ItemKind::Comma {
            at + 1
        } else {
            return false;
        };
    }
    person && (speaks || quote)
}

/// Whether a word may stand between those that tell who speaks.
fn idle(item: &Item, catalog: &Catalog) -> bool {
    let sets = [WordSet::Determiner, WordSet::Filler, WordSet::Preposition];
    is_any(catalog, item, &sets)
        && !senses(catalog, &item.folded).iter().any(|s| matches!(s, Sense::Set(WordSet::Negation)))
}

/// Whether an item is a part of a name: capitalised, and no word of the dictionary unless another part stands beside it.
fn named(line: &Utterance, at: usize) -> bool {
    let upper = |at: usize| {
        let word = line.items.get(at).is_some_and(|item| item.kind == ItemKind::Word);
        word && line.raw(at).starts_with(char::is_uppercase)
    };
    let beside = upper(at + 1) || at > 0 && upper(at - 1);
    upper(at) && (beside || !is_common_word(&line.items[at].folded))
}

/// The text of some items, without the quotes that hold all of it.
fn said(line: &Utterance, from: usize, past: usize) -> Option<String> {
    let items = line.items.get(from..past).filter(|items| !items.is_empty())?;
    let marks = |items: &[Item]| items.iter().all(|item| matches!(item.kind, ItemKind::Stop | ItemKind::Question));
    match &items[0].kind {
        ItemKind::Quoted { start, end } if marks(&items[1..]) => Some(line.text[*start..*end].to_owned()),
        _ => Some(line.text[items[0].start..items[items.len() - 1].end].to_owned()),
    }
}

/// What somebody said of themselves, with their name for it: "remove me from …".
fn for_themselves(said: &str, name: &str, catalog: &Catalog) -> String {
    let own = catalog.lexicon().set("oneself");
    let words: Vec<&str> =
        said.split(' ').map(|word| if own.iter().any(|own| own == word) { name } else { word }).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::read;

    fn request(text: &str) -> Option<String> {
        passed_on(&read(text).expect("a line"), &Catalog::builtin())
    }

    #[test]
    fn what_was_said_is_read_in_its_place() {
        for (line, rest) in [
            ("Customer: \"what is the status of invoice INV-7?\"", "what is the status of invoice INV-7?"),
            ("client wrote: delete social posts a1, b2", "delete social posts a1, b2"),
            ("the owner of the account: show the forms", "show the forms"),
            ("from a visitor via chat: do you have free slots", "do you have free slots"),
            ("customer says \"delete my note n_1\"", "delete my note n_1"),
            ("Ann Lee writes: remove me from the campaign News", "remove Ann Lee from the campaign News"),
            ("void invoice INV-7, says the client", "void invoice INV-7"),
            ("\"the form is old, delete it\" - owner, via chat", "the form is old, delete it"),
        ] {
            assert_eq!(request(line).as_deref(), Some(rest), "{line}");
        }
    }

    #[test]
    fn what_somebody_wonders_is_asked() {
        let asked = |text: &str| wondered(&read(text).expect("a line"), &Catalog::builtin());
        for (line, rest) in [
            ("Jamal Price is on chat asking which deals he has", Some("which deals Jamal Price has")),
            ("the accountant wants to know how many invoices are overdue", Some("how many invoices are overdue")),
            ("Jamal Price knows what he wants", None),
        ] {
            assert_eq!(asked(line).as_deref(), rest, "{line}");
        }
    }

    #[test]
    fn what_is_no_report_is_left() {
        for line in [
            "email customer: we moved",
            "text the client: \"we moved\"",
            "Zenith deal: lost",
            "note: the client says hi",
            "customer note: allergic to nuts",
            "never, says the client: delete it",
            "owner: Dana",
            "add note \"call back\" to the client",
        ] {
            assert_eq!(request(line), None, "{line}");
        }
    }
}
