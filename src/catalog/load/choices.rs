//! Choices that patterns share (`choices:`). In a `say:` line `<bot>` is any of the ways of the choice `bot`, and
//! `<bot:agentId>` one of them before or behind the value of `agentId`. They are spelt out before a pattern is read, so
//! that nothing behind the loader knows of them.

use std::ops::Range;

use crate::catalog::yaml::{Node, Report, Value, wrong};

use super::merge::MergedChoice;
use super::say;

/// The choices of a service.
#[derive(Debug, Default)]
pub(super) struct Choices<'a> {
    /// Each by its name, spelt out: `(a|b)`, or `a` when it is the only way.
    named: Vec<(&'a str, String)>,
}

/// A pattern with its choices spelt out.
pub(super) struct Spelt {
    /// The pattern.
    pub(super) text: String,
    /// Where each choice is now, and where its name was written.
    places: Vec<(Range<usize>, Range<usize>)>,
}

/// A name of a choice that cannot be spelt out.
pub(super) struct Misnamed<'a> {
    /// Bytes of the pattern that are to blame.
    pub(super) range: Range<usize>,
    /// The name, when it is one that nobody declares; otherwise this is not how one is written.
    pub(super) unknown: Option<&'a str>,
}

impl<'a> Choices<'a> {
    /// Reads the choices of a service; what is no pattern, or has other choices in it, goes to the report.
    pub(super) fn read(given: &'a [MergedChoice], report: &mut Report) -> Self {
        Self { named: given.iter().map(|choice| (choice.key.text.as_str(), spelt_out(choice, report))).collect() }
    }

    /// Their names.
    pub(super) fn names(&self) -> Vec<&str> {
        self.named.iter().map(|(name, _)| *name).collect()
    }

    /// A pattern with its choices spelt out.
    pub(super) fn spell<'t>(&self, text: &'t str) -> Result<Spelt, Misnamed<'t>> {
        let mut spelt = Spelt { text: String::with_capacity(text.len()), places: Vec::new() };
        let mut done = 0;
        while let Some(open) = opening(text, done) {
            let inside = text[open + 1..].split(|c: char| c.is_whitespace() || "<>(){}|".contains(c)).next();
            let inside = inside.unwrap_or_default();
            let end = open + 1 + inside.len();
            let (name, slot) = inside.split_once(':').map_or((inside, None), |(name, slot)| (name, Some(slot)));
            if !text[end..].starts_with('>') || slot == Some("") || !stands_free(&text[..open]) {
                return Err(Misnamed { range: open..end, unknown: None });
            }
            let Some((_, ways)) = self.named.iter().find(|(known, _)| *known == name) else {
                return Err(Misnamed { range: open + 1..open + 1 + name.len(), unknown: Some(name) });
            };
            spelt.text.push_str(&text[done..open]);
            let from = spelt.text.len();
            match slot {
                Some(slot) => spelt.text.push_str(&format!("({ways} {{{slot}}}|{{{slot}}} {ways})")),
                None => spelt.text.push_str(ways),
            }
            done = end + 1;
            spelt.places.push((from..spelt.text.len(), open..done));
        }
        spelt.text.push_str(&text[done..]);
        Ok(spelt)
    }
}

impl Spelt {
    /// Where that part of the pattern is in the text as it was written.
    pub(super) fn written(&self, range: Range<usize>) -> Range<usize> {
        let start = self.place(range.start).start;
        if range.is_empty() { start..start } else { start..self.place(range.end - 1).end }
    }

    /// Where a byte was, or the name of the choice that it belongs to.
    fn place(&self, at: usize) -> Range<usize> {
        match self.places.iter().rev().find(|(now, _)| now.start <= at) {
            Some((now, written)) if at < now.end => written.clone(),
            Some((now, written)) => {
                let moved = written.end + at - now.end;
                moved..moved + 1
            }
            None => at..at + 1,
        }
    }
}

/// The next place where a choice is named: `<` and a letter. `<->` and `<>` are words, and a slot may set any text.
fn opening(text: &str, from: usize) -> Option<usize> {
    let in_slot = |at: usize| text[..at].rfind('{') > text[..at].rfind('}');
    let mut signs = text[from..].match_indices('<').map(|(at, _)| from + at);
    signs.find(|at| text[at + 1..].starts_with(char::is_alphabetic) && !in_slot(*at))
}

/// Whether something may begin behind that text.
fn stands_free(before: &str) -> bool {
    before.chars().next_back().is_none_or(|c| c.is_whitespace() || "([|".contains(c))
}

fn spelt_out(choice: &MergedChoice, report: &mut Report) -> String {
    let (key, node) = (&choice.key, &choice.node);
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if !key.text.starts_with(|c: char| c.is_ascii_alphabetic()) || !key.text.chars().all(plain) {
        report.error(key.span, format!("`{}` cannot be the name of a choice", key.text), "");
        report.help("names begin with a letter and are letters, digits, `-` and `_`, like `chat-bot`");
    }
    let items = if matches!(node.value, Value::List(_)) { node.items() } else { std::slice::from_ref(node) };
    if items.is_empty() {
        report.error(key.span, format!("the choice `{}` has nothing in it", key.text), "");
    }
    for item in items {
        if item.text().is_none() {
            wrong(item, &format!("a way of the choice `{}`", key.text), "a text", report);
        }
        if item.text().is_some_and(|text| opening(text, 0).is_some()) {
            report.error(item.span, "a choice cannot name another", "");
            report.help("write its ways out");
            continue;
        }
        // Which slots there may be is up to the operations that use it.
        say::check(item, None, &Choices::default(), report);
    }
    let ways: Vec<&str> = items.iter().filter_map(Node::text).map(str::trim).collect();
    if let [way] = ways.as_slice() { (*way).to_owned() } else { format!("({})", ways.join("|")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bots() -> Choices<'static> {
        Choices { named: vec![("bot", "(chat bot|bot)".to_owned()), ("deal", "deal".to_owned())] }
    }

    #[test]
    fn spells_names_out() {
        for (text, told) in [
            ("list tags", "list tags"),
            ("<bot>", "(chat bot|bot)"),
            ("the <bot>'s goal", "the (chat bot|bot)'s goal"),
            ("(<bot>|<deal>) {x}", "((chat bot|bot)|deal) {x}"),
            ("win <deal:id>'s", "win (deal {id}|{id} deal)'s"),
            ("is <bot:agentId> on", "is ((chat bot|bot) {agentId}|{agentId} (chat bot|bot)) on"),
            ("{a} (<->|<>|->) {b}", "{a} (<->|<>|->) {b}"),
            ("<deal:a[].b> {html=<bot>}", "(deal {a[].b}|{a[].b} deal) {html=<bot>}"),
        ] {
            assert_eq!(bots().spell(text).ok().map(|spelt| spelt.text).as_deref(), Some(told), "{text}");
        }
    }

    #[test]
    fn says_which_name_is_wrong() {
        for (text, range, unknown) in [
            ("is <bat> on", 4..7, Some("bat")),
            ("is <bat:agentId> on", 4..7, Some("bat")),
            ("is <bot on", 3..7, None),
            ("is <bot:> on", 3..8, None),
            ("my<bot>", 2..6, None),
        ] {
            let told = bots().spell(text).err().map(|wrong| (wrong.range, wrong.unknown));
            assert_eq!(told, Some((range, unknown)), "{text}");
        }
    }

    #[test]
    fn finds_places_back() {
        let Ok(spelt) = bots().spell("is <bot> a) b") else { panic!("it can be spelt out") };
        let at = spelt.text.find(") b").expect("it is there");
        assert_eq!(spelt.written(at..at + 1), 10..11);
        assert_eq!(spelt.written(5..6), 3..8);
        assert_eq!(spelt.written(0..2), 0..2);
    }
}
