//! What is named, a mark, and what is asked of it or what is to become of it: "recording - message 42", "calendar Intro: turn
//! off", "coupon Spring: code -> SPRING20". Such a line is put as an order, or its mark as the word that it stands for.

use crate::catalog::inflect::Form;
use crate::catalog::{Catalog, Sense, WordSet};
use crate::language::{Item, ItemKind, Utterance};

use super::meaning::{is, is_any, noun_at, senses};

/// Items before the mark, at most.
const LONGEST: usize = 9;
/// Items before the mark, at most, that no noun of a record is among.
const FEW: usize = 3;
/// Items of a state behind the mark, at most: "open to everyone".
const STATE: usize = 3;

/// A fragment written out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// It asks for something: only what reads is meant.
    Asks(String),
    /// It tells what is to become of the record: only what changes one that there is.
    Tells(String),
    /// It orders what its verb says.
    Orders(String),
    /// The same, of more than the record: never to destroy that.
    OrdersOf(String),
}

/// The ways to write a fragment out, the likeliest first; none where a line is no fragment.
pub fn written_out(line: &Utterance, catalog: &Catalog) -> Vec<Way> {
    let Some(fragment) = Fragment::of(line, catalog) else { return Vec::new() };
    if let Some(past) = verb_at(line, fragment.from, fragment.end, catalog) {
        // "Note: call Ann back" orders nothing of a note.
        return if fragment.named { fragment.ordered(past) } else { Vec::new() };
    }
    match (fragment.named && fragment.noun, fragment.plural) {
        (true, false) => [fragment.told(), fragment.asked()].concat(),
        (false, false) if fragment.noun && fragment.turns() => fragment.told(),
        _ => fragment.asked(),
    }
}

struct Fragment<'l> {
    line: &'l Utterance,
    mark: usize,
    /// The first item behind the mark, and one past the last but for a mark that ends the line.
    from: usize,
    end: usize,
    /// A name or an id stands before the mark, or the noun of a record, or that of many.
    named: bool,
    noun: bool,
    plural: bool,
}

impl<'l> Fragment<'l> {
    fn of(line: &'l Utterance, catalog: &Catalog) -> Option<Self> {
        use ItemKind::{Arrow, Code, Colon, Dash, Number, Question, Quoted, Stop, Word};
        let items = &line.items;
        let mark = items.iter().position(|item| matches!(item.kind, Arrow | Colon | Dash))?;
        if mark == 0 || mark > LONGEST || items[mark].kind == Colon && mark + 1 < items.len() && line.glued(mark + 1) {
            return None;
        }
        let end = items.iter().rposition(|item| !matches!(item.kind, Question | Stop))? + 1;
        let topic = &items[..mark];
        let nouns: Vec<bool> = (0..mark)
            .filter_map(|at| noun_at(line, at, catalog).filter(|(past, ..)| *past <= mark))
            .map(|(.., plural)| plural)
            .collect();
        let noun = !nouns.is_empty();
        let opens = |s: &Sense| matches!(s, Sense::Verb { form: Form::Base, weak: false, .. } | Sense::Apart { .. });
        let first = senses(catalog, &topic[0].folded);
        // "Post to account 6f1a: we moved" orders, though a post is a thing.
        let led = topic.get(1).is_some_and(|item| is(catalog, item, WordSet::Licence));
        let base = |s: &Sense| matches!(s, Sense::Verb { form: Form::Base, .. });
        let orders = first.iter().any(opens) && noun_at(line, 0, catalog).is_none() || led && first.iter().any(base);
        let never = [WordSet::Negation, WordSet::Question, WordSet::Self_, WordSet::Aside, WordSet::Foreign];
        let said = |item: &Item| is_any(catalog, item, &never);
        let makes = catalog.lexicon().set("makes").iter().filter_map(|pair| pair.split_once(' '));
        let makes = makes.into_iter().any(|(new, _)| topic[0].folded == new);
        if mark + 1 >= end || orders || makes || topic.iter().any(said) {
            return None;
        }
        let capital = |at: usize| line.text[items[at].start..].starts_with(char::is_uppercase);
        let known = |item: &Item| !senses(catalog, &item.folded).is_empty();
        let name = |at: usize| match items[at].kind {
            Code | Quoted { .. } | Number { .. } => true,
            Word => capital(at) && (at > 0 || !known(&items[at])),
            _ => false,
        };
        let named = (0..mark).any(name);
        // "Lena Fox - task t_1", "recording - message m_1"
        let behind = || (mark + 1..end).any(|at| noun_at(line, at, catalog).is_some()) && (mark + 1..end).any(name);
        let plural = noun && nouns.iter().all(|plural| *plural);
        (noun || mark <= FEW && behind()).then_some(Self { line, mark, from: mark + 1, end, named, noun, plural })
    }

    fn turns(&self) -> bool {
        self.line.items[self.mark].kind == ItemKind::Arrow
    }

    fn topic(&self) -> &'l str {
        self.line.slice(0, self.mark - 1)
    }

    fn rest(&self, from: usize) -> &'l str {
        self.line.slice(from, self.end - 1)
    }

    /// What stands behind the mark, with the marks in it as commas, or between a field and its value as nothing.
    fn listed(&self, dash: &str, arrow: &str) -> String {
        let mut out = String::new();
        let mut from = self.from;
        for at in self.from..self.end {
            let sign = match self.line.items[at].kind {
                ItemKind::Dash => dash,
                ItemKind::Arrow => arrow,
                _ => continue,
            };
            if at > from {
                out.push_str(self.line.slice(from, at - 1));
            }
            out.push_str(sign);
            from = at + 1;
        }
        if from < self.end {
            out.push_str(self.rest(from));
        }
        out
    }

    fn asked(&self) -> Vec<Way> {
        let (topic, rest) = (self.topic(), self.listed(", ", " "));
        if self.turns() {
            return Vec::new();
        }
        vec![Way::Asks(format!("{topic} of {rest}")), Way::Asks(format!("{topic}, {rest}"))]
    }

    fn told(&self) -> Vec<Way> {
        let (topic, rest) = (self.topic(), self.listed(", ", " "));
        let state = Way::Tells(format!("set {topic} to {rest}"));
        let fields = Way::Tells(format!("update {topic}: {rest}"));
        let short = self.end - self.from <= STATE;
        match (self.turns(), short) {
            (true, _) | (false, true) => vec![state, fields],
            (false, false) => vec![fields],
        }
    }

    /// An order behind the mark, with what it acts on at the places where that may stand.
    fn ordered(&self, past: usize) -> Vec<Way> {
        let topic = self.topic();
        let verb = self.line.slice(self.from, past - 1);
        if past >= self.end {
            return vec![Way::Orders(format!("{verb} {topic}"))];
        }
        let items = &self.line.items;
        let comma = (past..self.end).find(|at| items[*at].kind == ItemKind::Comma).unwrap_or(self.end);
        let (first, rest) = (self.rest_between(past, comma), self.rest_between(comma, self.end));
        let mut ways = vec![Way::OrdersOf(format!("{verb} {topic} {first}{rest}"))];
        ways.extend(["of", "to", "from"].map(|joins| Way::OrdersOf(format!("{verb} {first} {joins} {topic}{rest}"))));
        ways
    }

    fn rest_between(&self, from: usize, past: usize) -> &'l str {
        if from < past { self.line.slice(from, past - 1) } else { "" }
    }
}

/// Where a verb that orders something ends, its particle included, which stands at an item.
fn verb_at(line: &Utterance, at: usize, end: usize, catalog: &Catalog) -> Option<usize> {
    let items = &line.items;
    let pointing = |item: &Item| is(catalog, item, WordSet::Thing) || is(catalog, item, WordSet::Person);
    let from = (at..end).find(|at| !is(catalog, &items[*at], WordSet::Filler))?;
    let orders = |s: &Sense| matches!(s, Sense::Verb { form: Form::Base, .. } | Sense::Apart { form: Form::Base, .. });
    let first = &items[from];
    let known = senses(catalog, &first.folded);
    let noun = known.iter().any(|s| matches!(s, Sense::Noun { .. }));
    let small = !line.text[first.start..].starts_with(char::is_uppercase);
    if !small || first.kind != ItemKind::Word || noun || items[at..end].iter().any(pointing) {
        return None;
    }
    let two = items.get(from + 1).filter(|_| from + 1 < end).map(|next| format!("{} {}", first.folded, next.folded));
    let both = two.is_some_and(|two| senses(catalog, &two).iter().any(orders));
    if both {
        return Some(from + 2);
    }
    let vocabulary = catalog.vocabulary();
    let own = || vocabulary.lookup(&first.folded).is_some_and(|term| vocabulary.is_own_verb(term));
    (known.iter().any(orders) || own()).then_some(from + 1)
}

#[cfg(test)]
mod tests {
    use super::super::reading_tests::meant;
    use super::*;
    use crate::language::read;

    #[test]
    fn a_record_and_what_becomes_of_it_make_an_order() {
        for (line, start) in [
            ("Summit Dental brand board -> make default", "brand-boards.update id"),
            ("calendar Intro - turn off", "calendars.update calendarId"),
            ("google ad 507f1f77bcf86cd799439011 -> live", "google-ads.publish-ad"),
            ("custom menu Partner Portal - admins only", "custom-menus.update"),
        ] {
            assert!(meant(line).starts_with(start), "{line}: {}", meant(line));
        }
    }

    #[test]
    fn what_is_asked_of_a_record_is_shown() {
        for (line, start) in [
            ("recording - message Ms9QzXw5LvTm2NcBd8Ps", "conversations.get-recording"),
            ("appointment notes - Dk2VzLq7XwRt9NcBm5Ys", "calendars.list-appointment-notes"),
        ] {
            assert!(meant(line).starts_with(start), "{line}: {}", meant(line));
        }
    }

    #[test]
    fn what_is_no_fragment_is_left() {
        let catalog = Catalog::builtin();
        for line in ["list contacts", "never - delete the tag golf", "rename tag golf -> club", "why - oh why"] {
            assert_eq!(written_out(&read(line).expect("a line"), &catalog), Vec::new(), "{line}");
        }
    }
}
