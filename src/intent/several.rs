//! Several records of a command that takes one: "void invoices INV-7 and INV-8", "text Ann Lee and Bob Ray that we moved".
//! The command is given once for each of them.

use crate::catalog::{Catalog, Kind, Sense, WordSet};
use crate::language::{Item, ItemKind, Utterance, is_given_name};

use super::meaning::{self, is, senses};
use super::{Argument, Intent, Status, Step, Value};

/// Words of one name, at most.
const LONGEST: usize = 4;
/// Records of one command, at most.
const MOST: usize = 12;

/// Records named one after the other, and the line with each of them alone.
#[derive(Debug, PartialEq)]
pub struct Several {
    /// As they were typed, without quotes.
    pub names: Vec<String>,
    /// A line for each.
    pub lines: Vec<String>,
    /// They are words typed small.
    small: bool,
}

/// The records that a line names one after the other, where they can hardly be one name: codes, people, or what stands behind
/// a plural.
pub fn named(line: &Utterance, catalog: &Catalog) -> Option<Several> {
    let items = &line.items;
    let joins = |at: usize| items[at].kind == ItemKind::Ampersand || is(catalog, &items[at], WordSet::Conjunction);
    let mut cuts = (1..items.len().saturating_sub(1)).filter(|at| joins(*at));
    cuts.find_map(|at| {
        let comma = items[at - 1].kind == ItemKind::Comma;
        let first = chunk_to(line, if comma { at - 1 } else { at }, catalog)?;
        let past = if small(line, first.0) { small(line, at + 1).then_some(at + 2) } else { chunk_from(line, at + 1) };
        let last = (at + 1, past?);
        let mut chunks = vec![first, last];
        while chunks[0].0 > 1 && items[chunks[0].0 - 1].kind == ItemKind::Comma {
            let Some(before) = chunk_to(line, chunks[0].0 - 1, catalog) else { break };
            chunks.insert(0, before);
        }
        let (first, past) = (chunks[0].0, last.1);
        let owner = items.get(past).is_some_and(|item| item.kind == ItemKind::Possessive);
        let code = |(from, past): &(usize, usize)| past - from == 1 && typed(&items[*from].kind);
        let person = |(from, _): &(usize, usize)| is_given_name(&items[*from].folded);
        let plural = plural(line, first, catalog);
        let apart = plural.is_some() || chunks.iter().all(code) || chunks.iter().all(person);
        if owner || !apart || chunks.len() > MOST {
            return None;
        }
        let name = |(from, past): &(usize, usize)| match &items[*from].kind {
            ItemKind::Quoted { start, end } => line.text[*start..*end].to_owned(),
            _ => line.slice(*from, past - 1).to_owned(),
        };
        // Behind a plural a single name may be any text: "delete the products Blue Mug".
        let before = match &plural {
            Some((from, one)) => format!("{}{one} ", &line.text[..items[*from].start]),
            None => line.text[..items[first].start].to_owned(),
        };
        let after = &line.text[items[past - 1].end..];
        let alone = |(from, past): &(usize, usize)| format!("{before}{}{after}", line.slice(*from, past - 1));
        let (names, lines) = (chunks.iter().map(name).collect(), chunks.iter().map(alone).collect());
        Some(Several { names, lines, small: small(line, first) })
    })
}

impl Several {
    /// Whether a reading has each of them as a value already, in a list or apart.
    pub fn heard_in(&self, intent: &Intent) -> bool {
        let arguments = || intent.steps.iter().flat_map(|step| &step.arguments);
        // "The tags spring-sale and fall-sale" are two of one kind; two codes may be two ends of something.
        let of = |name: &str, param: &str| arguments().any(|a| a.name == param && holds(&a.value, name));
        if self.small {
            return arguments().any(|argument| self.names.iter().all(|name| of(name, &argument.name)));
        }
        self.names.iter().all(|name| arguments().any(|argument| holds(&argument.value, name)))
    }

    /// The readings of the lines as one, when each is the same command for another of the records.
    pub fn joined(&self, readings: Vec<Intent>, catalog: &Catalog) -> Option<Intent> {
        let record = |step: &Step, argument: &Argument| {
            let op = catalog.operation(step.operation);
            let at = op.params.iter().position(|p| p.name == argument.name);
            let named = at.is_some_and(|at| catalog.frame(step.operation).target.map(usize::from) == Some(at));
            named || at.is_some_and(|at| matches!(op.params[at].kind, Kind::Entity(_) | Kind::Id))
        };
        let same = |intent: &Intent, name: &String| {
            let [step] = intent.steps.as_slice() else { return false };
            let [first] = readings[0].steps.as_slice() else { return false };
            let says = |value: &Value| matches!(value, Value::Text(text) if text == name);
            let differs = |at: usize| step.arguments[at].value != first.arguments[at].value;
            matches!(intent.status, Status::Ready | Status::Incomplete)
                && intent.status == readings[0].status
                && step.operation == first.operation
                && step.arguments.len() == first.arguments.len()
                && step.arguments.iter().zip(&first.arguments).all(|(a, b)| a.name == b.name)
                && step.arguments.iter().filter(|a| says(&a.value) && record(step, a)).count() == 1
                && (0..step.arguments.len()).all(|at| !differs(at) || says(&step.arguments[at].value))
        };
        if readings.len() != self.names.len() || !readings.iter().zip(&self.names).all(|(r, name)| same(r, name)) {
            return None;
        }
        let mut readings = readings.into_iter();
        let mut all = readings.next()?;
        all.steps.extend(readings.flat_map(|reading| reading.steps));
        Some(all)
    }
}

/// Whether a value is a name, or has it somewhere inside.
fn holds(value: &Value, name: &str) -> bool {
    match value {
        Value::Text(text) => text == name,
        Value::List(all) => all.iter().any(|value| holds(value, name)),
        Value::Map(fields) => fields.iter().any(|(_, value)| holds(value, name)),
        _ => false,
    }
}

fn typed(kind: &ItemKind) -> bool {
    matches!(kind, ItemKind::Code | ItemKind::Email | ItemKind::Phone | ItemKind::Quoted { .. })
}

fn capital(line: &Utterance, at: usize) -> bool {
    line.items[at].kind == ItemKind::Word && meaning::capital(line, at)
}

/// Whether a word typed small with a dash or a figure in it stands at an item, which is hardly anything but a name.
fn small(line: &Utterance, at: usize) -> bool {
    let name = |item: &Item| item.kind == ItemKind::Word && item.folded.contains('-');
    line.items.get(at).is_some_and(name) && !capital(line, at)
}

/// One past the name that begins at an item.
fn chunk_from(line: &Utterance, at: usize) -> Option<usize> {
    let item = line.items.get(at)?;
    if typed(&item.kind) {
        return Some(at + 1);
    }
    let past = (at..line.items.len()).find(|at| !capital(line, *at)).unwrap_or(line.items.len());
    (past > at && past - at <= LONGEST).then_some(past)
}

/// The name that ends before an item. What opens the line is no part of it when it is a word of its own.
fn chunk_to(line: &Utterance, past: usize, catalog: &Catalog) -> Option<(usize, usize)> {
    let last = past.checked_sub(1)?;
    if typed(&line.items[last].kind) {
        return Some((last, past));
    }
    // "The tags spring-sale and fall-sale"
    if small(line, last) && plural(line, last, catalog).is_some() {
        return Some((last, past));
    }
    let part = |at: &usize| capital(line, *at) && (*at > 0 || senses(catalog, &line.items[0].folded).is_empty());
    let from = (0..past).rev().take_while(part).last()?;
    (past - from <= LONGEST).then_some((from, past))
}

/// Where a noun said in the plural begins that ends before an item, and how one of its kind is called.
fn plural(line: &Utterance, past: usize, catalog: &Catalog) -> Option<(usize, String)> {
    (1..=LONGEST.min(past)).rev().find_map(|len| {
        let said: Vec<&str> = line.items[past - len..past].iter().map(|item| item.folded.as_str()).collect();
        let said = said.join(" ");
        let several = senses(catalog, &said).iter().find_map(|s| match s {
            Sense::Noun { noun, plural: true } => Some(*noun),
            _ => None,
        })?;
        let one = |word: &String| senses(catalog, word).contains(&Sense::Noun { noun: several, plural: false });
        let shorter = [("ies", "y"), ("es", ""), ("s", "")];
        let singular = shorter.iter().filter_map(|(end, with)| Some(format!("{}{with}", said.strip_suffix(end)?)));
        Some((past - len, singular.into_iter().find(one)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::read;

    fn names(text: &str) -> Vec<String> {
        named(&read(text).expect("a line"), &Catalog::builtin()).map_or(Vec::new(), |several| several.names)
    }

    #[test]
    fn records_that_stand_one_after_the_other_are_told_apart() {
        assert_eq!(names("void invoices INV-7 and INV-8"), ["INV-7", "INV-8"]);
        assert_eq!(names("Text Ann Lee and Bob Ray that we moved"), ["Ann Lee", "Bob Ray"]);
        assert_eq!(names("mark deals Zenith, Roof Job, and Apex as lost"), ["Zenith", "Roof Job", "Apex"]);
        assert_eq!(names("delete calendars \"A b\" and \"C d\""), ["A b", "C d"]);
        assert_eq!(names("delete the tags spring-sale and fall-sale"), ["spring-sale", "fall-sale"]);
    }

    #[test]
    fn what_may_be_one_name_is_left() {
        for line in [
            "add tag vip to Barnes and Noble",
            "delete the deal Zenith and Apex",
            "show Ann Lee and Bob Ray's notes",
            "add tags vip and gold to Ann Lee",
        ] {
            assert!(names(line).is_empty(), "{line}");
        }
    }
}
