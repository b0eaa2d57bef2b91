//! What is told beside a request and changes nothing of it: what is not to be done ("mark it void rather than deleting it"),
//! what a value is not ("at 3pm, not 4pm"), what shows anyway ("…, including its line items"), what it is for and what brackets
//! tell; and the "but" that only joins two orders.

use crate::catalog::inflect::Form;
use crate::catalog::{Catalog, Kind, Sense, WordSet};
use crate::language::{Item, ItemKind, Utterance, is_common_word};

use super::meaning::{capital, is, is_any, longest, orders, phrases, senses};
use super::{Argument, Intent, Step, Value};

/// Items of what is told beside the request.
const LONGEST: usize = 8;
/// Items of a value that something is not.
const FEW: usize = 4;

/// The line without what is set against its request; nothing when there is no such part.
pub fn without_contrast(line: &Utterance, catalog: &Catalog) -> Option<String> {
    without(line, catalog, "contrasts")
}

/// Whether a name or another short value of a reading runs into what is set against it: "to Mark Lee instead of Dana White".
pub fn swallowed(intent: &Intent, line: &Utterance, catalog: &Catalog) -> bool {
    let Some(at) = phrases(line, 2..line.items.len(), "contrasts", catalog).next().map(|(at, _)| at) else {
        return false;
    };
    let word = line.raw(at);
    let short = |step: &Step, argument: &Argument| {
        let prose = catalog.operation(step.operation).param(&argument.name).is_some_and(|p| p.kind == Kind::FreeText);
        !prose && matches!(&argument.value, Value::Text(text) if text.split(' ').skip(1).any(|part| part == word))
    };
    intent.steps.iter().any(|step| step.arguments.iter().any(|argument| short(step, argument)))
}

/// The line with a contracted denial in two words, as what only reads tells it: "which tasks hasn't Ann finished".
pub fn spelled_out(line: &Utterance, catalog: &Catalog) -> Option<String> {
    let short = |at: &usize| {
        let auxiliary = line.items[*at].folded.strip_suffix("n't")?;
        let tells = is(catalog, &line.items[*at], WordSet::Unmet);
        (tells && senses(catalog, auxiliary).contains(&Sense::Set(WordSet::Auxiliary))).then(|| auxiliary.to_owned())
    };
    let (at, auxiliary) = (1..line.items.len()).find_map(|at| Some((at, short(&at)?)))?;
    // "Hasn't Ann finished" denies what Ann has done.
    let somebody = |at: usize| line.items.get(at).is_some_and(|item| item.kind == ItemKind::Word && capital(line, at));
    let past = (at + 1..line.items.len()).find(|at| !somebody(*at)).unwrap_or(line.items.len());
    let before = &line.text[..line.items[at].start];
    let who = if past > at + 1 { format!(" {}", line.slice(at + 1, past - 1)) } else { String::new() };
    Some(format!("{before}{auxiliary}{who} not{}", &line.text[line.items[past - 1].end..]))
}

/// The line without a last part of it that tells what a value is not: "make it USD, not CAD", "at 3pm not 4pm".
pub fn without_denied(line: &Utterance, catalog: &Catalog) -> Option<String> {
    let items = &line.items;
    let end = items.iter().rposition(|item| !matches!(item.kind, ItemKind::Stop | ItemKind::Question))? + 1;
    let not = catalog.lexicon().set("denies_value");
    let at = (3..end).rev().find(|at| not.contains(&items[*at].folded))?;
    let before = if pauses(&items[at - 1]) { at - 1 } else { at };
    let asks = [WordSet::Auxiliary, WordSet::Licence, WordSet::Self_, WordSet::Conjunction];
    let denies = |item: &Item| is(catalog, item, WordSet::Negation);
    let orders = |item: &Item| {
        let order = |s: &Sense| matches!(s, Sense::Verb { form: Form::Base, .. } | Sense::Set(WordSet::Question));
        senses(catalog, &item.folded).iter().any(order)
    };
    let rest = &items[at + 1..end];
    let value = !rest.is_empty() && rest.len() <= FEW && !rest.iter().any(|item| pauses(item) || orders(item));
    let asked = is_any(catalog, &items[before - 1], &asks);
    let denied = items[..at].iter().chain(rest).any(denies);
    (value && !asked && !denied).then(|| line.slice(0, before - 1).to_owned())
}

/// The line without the parts of a record that are asked for along with it. Only what reads may be read so.
pub fn without_parts(line: &Utterance, catalog: &Catalog) -> Option<String> {
    without(line, catalog, "along_with").or_else(|| without_included(line, catalog))
}

/// The line without a last part of it that tells what goes along with a record anyway: "delete the agent Triage along with
/// every version of it". Only what destroys may be read so.
pub fn without_contents(line: &Utterance, catalog: &Catalog) -> Option<String> {
    let items = &line.items;
    let (from, past) = phrases(line, 2..items.len(), "along_with", catalog).next()?;
    let end = items.iter().rposition(|item| !matches!(item.kind, ItemKind::Stop | ItemKind::Question))? + 1;
    let goes_along = catalog.lexicon().set("goes_along");
    let goes = |item: &Item| goes_along.contains(&item.folded);
    let kept = (0..from).rev().find(|at| !pauses(&items[*at])).filter(|kept| *kept > 0)?;
    (past < end && items[past..end].iter().all(goes)).then(|| line.slice(0, kept).to_owned())
}

/// The line without a last clause of it that tells what for: "list the calendars so I can see which are live". Only what reads
/// may be read so.
pub fn without_purpose(line: &Utterance, catalog: &Catalog) -> Option<String> {
    let items = &line.items;
    let opens = |at: &usize| longest(line, *at, "purposes", catalog).is_some_and(|past| past < items.len());
    let at = (2..items.len()).find(opens)?;
    let kept = (0..at).rev().find(|at| !pauses(&items[*at])).filter(|kept| *kept > 0)?;
    Some(line.slice(0, kept).to_owned())
}

/// The line without a last clause of it that tells what the speakers do with what they ask for: "list the forms we have
/// built", "show the snapshots that we own or have imported".
pub fn without_relative(line: &Utterance, catalog: &Catalog) -> Option<String> {
    let items = &line.items;
    let end = items.iter().rposition(|item| !matches!(item.kind, ItemKind::Stop | ItemKind::Question))?;
    let told = |item: &Item| item.kind == ItemKind::Word && !line.text[item.start..].starts_with(char::is_uppercase);
    let speaker = |at: usize| {
        let known = catalog.lexicon().set("relative_subjects").contains(&items[at].folded);
        let tells = |item: &Item| {
            is(catalog, item, WordSet::Auxiliary) || is(catalog, item, WordSet::Told) || acts(item, catalog)
        };
        known && told(&items[at]) && items.get(at + 1).is_some_and(tells)
    };
    let small = |item: &Item| {
        let said =
            [WordSet::Auxiliary, WordSet::Conjunction, WordSet::Filler, WordSet::Preposition, WordSet::Determiner];
        is_any(catalog, item, &said)
    };
    let at = (2..end).rev().find(|at| speaker(*at)).filter(|at| end - at < LONGEST)?;
    let clause = &items[at + 1..=end];
    let denies = |item: &Item| is(catalog, item, WordSet::Negation) || is(catalog, item, WordSet::False);
    let plain = clause.iter().all(|item| told(item) && (small(item) || is_common_word(&item.folded)) && !denies(item));
    let from = if is(catalog, &items[at - 1], WordSet::Subject) { at - 1 } else { at };
    (plain && from > 1).then(|| line.slice(0, from - 1).to_owned())
}

fn acts(item: &Item, catalog: &Catalog) -> bool {
    let verb = |s: &Sense| matches!(s, Sense::Verb { .. });
    let holds = || catalog.lexicon().set("relative_verbs").contains(&item.folded);
    item.folded.ends_with("ed") || holds() || senses(catalog, &item.folded).iter().any(verb)
}

/// The line without what its brackets only tell: "the deal is worth 48,500 (was way lower), update it". Nothing when some of
/// it may change what is asked for.
pub fn without_brackets(line: &Utterance, catalog: &Catalog) -> Option<String> {
    let items = &line.items;
    let opens = |item: &Item| item.kind == ItemKind::Bracket && item.folded == "(";
    let closes = |item: &Item| item.kind == ItemKind::Bracket && item.folded == ")";
    let denies = |item: &Item| is(catalog, item, WordSet::Negation) || is(catalog, item, WordSet::Denial);
    let from = (1..items.len()).find(|at| opens(&items[*at]))?;
    let end = (from + 1..items.len()).find(|at| closes(&items[*at]))?;
    let inside = &items[from + 1..end];
    let tells = longest(line, from + 1, "aside_in_brackets", catalog).is_some();
    let after = &line.text[items[end].end..];
    let kept = format!("{}{after}", line.slice(0, from - 1));
    (tells && inside.len() <= LONGEST && !inside.iter().any(denies)).then_some(kept)
}

/// The line with its "but" as "and", where an order stands behind it and nothing is denied: "text Ann … but send it on Monday".
pub fn joined(line: &Utterance, catalog: &Catalog) -> Option<String> {
    let items = &line.items;
    let and = catalog.lexicon().set("conjunction").first()?;
    let (at, past) = phrases(line, 2..items.len(), "but", catalog).next()?;
    let order = items.get(past).is_some_and(|item| senses(catalog, &item.folded).iter().copied().any(orders));
    let denies = |item: &Item| is(catalog, item, WordSet::Negation) || is(catalog, item, WordSet::False);
    let others = items[..at].iter().chain(&items[past..]);
    if !order || others.into_iter().any(denies) {
        return None;
    }
    let kept = (0..at).rev().find(|at| !pauses(&items[*at]))?;
    Some(format!("{} {and} {}", line.slice(0, kept), &line.text[items[past].start..]))
}

/// The line with its "but" as "and", whatever stands behind it: "documents that were viewed but are waiting for payment". Only
/// what reads may be read so.
pub fn at_once(line: &Utterance, catalog: &Catalog) -> Option<String> {
    let items = &line.items;
    let and = catalog.lexicon().set("conjunction").first()?;
    let (at, past) = phrases(line, 2..items.len(), "but", catalog).next()?;
    let denies = |item: &Item| is(catalog, item, WordSet::Negation) || is(catalog, item, WordSet::False);
    let others = items[..at].iter().chain(&items[past..]);
    (past < items.len() && !others.into_iter().any(denies))
        .then(|| format!("{} {and} {}", line.slice(0, at - 1), &line.text[items[past].start..]))
}

/// The line without the part that one of a set's words opens, to the next mark; never its beginning alone.
fn without(line: &Utterance, catalog: &Catalog, set: &str) -> Option<String> {
    let items = &line.items;
    let (from, past) = phrases(line, 0..items.len(), set, catalog).next()?;
    let ends = |item: &Item| pauses(item) || matches!(item.kind, ItemKind::Question);
    let end = (past..items.len()).find(|at| ends(&items[*at])).unwrap_or(items.len());
    if end - past > LONGEST || end == past {
        return None;
    }
    if from == 0 {
        // "Rather than by e-mail, send it by text."
        let rest = items.get(end + 1..).filter(|rest| rest.len() > 1)?;
        return Some(line.text[rest[0].start..].to_owned());
    }
    let joins = |item: &Item| pauses(item) || is(catalog, item, WordSet::Conjunction);
    let kept = (0..from).rev().find(|at| !joins(&items[*at])).filter(|kept| *kept > 0)?;
    let after = if end < items.len() { &line.text[items[end].start..] } else { "" };
    Some(format!("{}{after}", line.slice(0, kept)))
}

/// "…, drafts included": a last part of few words that ends in such a word.
fn without_included(line: &Utterance, catalog: &Catalog) -> Option<String> {
    let items = &line.items;
    let last = items.iter().rposition(|item| !matches!(item.kind, ItemKind::Stop | ItemKind::Question))?;
    let ends = catalog.lexicon().set("included").contains(&items[last].folded);
    let mark = (1..last).rev().find(|at| pauses(&items[*at])).filter(|mark| last - mark <= LONGEST)?;
    ends.then(|| line.slice(0, mark - 1).to_owned())
}

fn pauses(item: &Item) -> bool {
    use ItemKind::{Comma, Dash, Semicolon, Stop};
    matches!(item.kind, Comma | Dash | Semicolon | Stop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::read;

    #[test]
    fn what_is_not_to_be_done_goes() {
        let rest = |text: &str| without_contrast(&read(text).expect("a line"), &Catalog::builtin());
        for (line, kept) in [
            ("void invoice INV-7 rather than deleting it", "void invoice INV-7"),
            ("erase schedule Alvarez for good, don't just cancel it", "erase schedule Alvarez for good"),
            ("rather than by email, send INV-7 by text", "send INV-7 by text"),
        ] {
            assert_eq!(rest(line).as_deref(), Some(kept), "{line}");
        }
        assert_eq!(rest("don't delete INV-7"), None);
    }

    #[test]
    fn what_brackets_only_tell_goes() {
        let rest = |text: &str| without_brackets(&read(text).expect("a line"), &Catalog::builtin());
        for (line, kept) in [
            ("set the deal Zenith to 48,500 (was way lower)", "set the deal Zenith to 48,500"),
            ("delete tag golf (as agreed), please", "delete tag golf, please"),
        ] {
            assert_eq!(rest(line).as_deref(), Some(kept), "{line}");
        }
        for line in ["delete tag golf (was not it)", "delete contact Ann Lee (the one in Austin)", "delete tag (golf"] {
            assert_eq!(rest(line), None, "{line}");
        }
    }

    #[test]
    fn an_order_behind_but_is_another_one() {
        let both = |text: &str| joined(&read(text).expect("a line"), &Catalog::builtin());
        let line = "text Ann \"see you\" but send it on Monday";
        assert_eq!(both(line).as_deref(), Some("text Ann \"see you\" and send it on Monday"));
        for line in ["void INV-7 but don't delete it", "delete all tags but golf", "I meant Bob but thanks"] {
            assert_eq!(both(line), None, "{line}");
        }
    }

    #[test]
    fn what_shows_anyway_goes() {
        let rest = |text: &str| without_parts(&read(text).expect("a line"), &Catalog::builtin());
        for (line, kept) in [
            ("show order 653f6f with its items and totals", "show order 653f6f"),
            ("show transaction 651bb0, receipt included", "show transaction 651bb0"),
        ] {
            assert_eq!(rest(line).as_deref(), Some(kept), "{line}");
        }
        assert_eq!(rest("show order 653f6f"), None);
    }

    #[test]
    fn what_a_value_is_not_goes() {
        let rest = |text: &str| without_denied(&read(text).expect("a line"), &Catalog::builtin());
        for (line, kept) in [
            ("set the currency to USD, not CAD", "set the currency to USD"),
            ("move the visit to 3pm not 4pm", "move the visit to 3pm"),
        ] {
            assert_eq!(rest(line).as_deref(), Some(kept), "{line}");
        }
        for line in ["the tag should not be golf", "add tag vip and not golf", "mark it won, not delete it"] {
            assert_eq!(rest(line), None, "{line}");
        }
    }

    #[test]
    fn what_it_is_for_goes() {
        let rest = |text: &str| without_purpose(&read(text).expect("a line"), &Catalog::builtin());
        let line = "list the calendars so I can see which are live";
        assert_eq!(rest(line).as_deref(), Some("list the calendars"));
        assert_eq!(rest("so I can see the calendars"), None);
    }

    #[test]
    fn what_is_destroyed_along_goes() {
        let rest = |text: &str| without_contents(&read(text).expect("a line"), &Catalog::builtin());
        let line = "delete the agent Triage along with every version of it";
        assert_eq!(rest(line).as_deref(), Some("delete the agent Triage"));
        for line in ["delete the deal Zenith with its notes", "delete the deal Zenith along with Ann Lee"] {
            assert_eq!(rest(line), None, "{line}");
        }
    }

    #[test]
    fn what_the_speakers_do_with_it_goes() {
        let rest = |text: &str| without_relative(&read(text).expect("a line"), &Catalog::builtin());
        for (line, kept) in [
            ("list the forms we have built.", "list the forms"),
            ("show the snapshots that we own", "show the snapshots"),
        ] {
            assert_eq!(rest(line).as_deref(), Some(kept), "{line}");
        }
        for line in ["list the forms we never built", "show the deals we lost to Acme", "we own"] {
            assert_eq!(rest(line), None, "{line}");
        }
    }
}
