//! A clause that only tells something, with a request behind it that reads by itself: "they still haven't paid INV-7; could
//! you send it again?". What the clause denies is not asked for, and the records that it names are what "it" means.

use crate::catalog::inflect::Form;
use crate::catalog::{Catalog, Risk, Sense, WordSet};
use crate::language::{Item, ItemKind, Utterance, is_common_word, read};

use super::annotate::Annotated;
use super::guards::destroys;
use super::meaning::{capital, class_of, is, is_any, longest, looks_past, orders, senses};
use super::reader::writes;
use super::reading::Reading;
use super::reason;
use super::wishes;
use super::workbench::Workbench;
use super::{Context, Intent, Reader, Status, Step, asides};

/// Places at which a line is cut at most.
const MOST: usize = 3;

impl Reader {
    /// What the request behind a clause means that only tells something. A clause that orders something itself is none.
    pub(super) fn behind_a_statement(
        &self,
        line: &Utterance,
        catalog: &Catalog,
        context: &Context<'_>,
    ) -> Option<Intent> {
        splits(line, catalog).into_iter().find_map(|(clause, request)| {
            let own = self.read_alone(&clause, catalog, context);
            if own.status == Status::Ready && writes(&own, catalog) {
                return None;
            }
            let annotated = Annotated::new(&clause, catalog.vocabulary(), context.is_guest(catalog));
            let whole = [(0, clause.items.len())];
            let reading = Reading::new(catalog, annotated, Vec::new(), *context, Workbench::default());
            let told = asides::spoken_of(&reading, &whole);
            let intent = self.understood(&request, catalog, &Context { memory: &told, ..*context });
            let settled = intent.status == Status::Ready && writes(&intent, catalog);
            let named = || {
                let (text, surely) = wishes::with_name(&clause, &request, catalog)?;
                let destroys = |step: &Step| catalog.operation(step.operation).risk == Risk::Destroy;
                let wished = self.again(Some(text), line, catalog, context)?;
                let fits = writes(&wished, catalog) && (surely || !wished.steps.iter().any(destroys));
                fits.then_some(wished)
            };
            let ready = (intent.status == Status::Ready).then(|| Intent {
                text: line.text.clone(),
                unexplained: Vec::new(),
                ..intent
            });
            if settled { ready } else { named().or(ready) }
        })
    }

    /// The order of the last clause of a line, done to what the one before it names.
    pub(super) fn pointed(&self, line: &Utterance, catalog: &Catalog, context: &Context<'_>) -> Option<Intent> {
        let (clause, request) = order_of_it(line, catalog)?;
        let (text, surely) = wishes::with_name(&clause, &request, catalog)?;
        let intent = self.again(Some(text), line, catalog, context)?;
        // "We won the deal Zenith; delete its notes" deletes no deal.
        let whose = catalog.lexicon().set("pointing_whose");
        let denied = line.items.first().is_some_and(|first| is(catalog, first, WordSet::Negation));
        let whole = surely && !denied && !request.items.iter().any(|item| whose.contains(&item.folded));
        let fits = intent.status == Status::Ready && (whole || !destroys(&intent, catalog));
        fits.then_some(intent)
    }
}

/// The clause and the request of each way to cut a line in two, the shortest clause first.
pub fn splits(line: &Utterance, catalog: &Catalog) -> Vec<(Utterance, Utterance)> {
    let mut cuts = cuts(line, catalog).peekable();
    if cuts.peek().is_none() {
        return Vec::new();
    }
    let annotated = Annotated::new(line, catalog.vocabulary(), false);
    cuts.filter(|(past, _)| tells(&annotated, catalog, *past))
        .filter_map(|(past, from)| {
            let clause = Utterance { text: line.text.clone(), items: line.items[..past].to_vec() };
            let request = read(&line.text[line.items[from].start..]).ok()?;
            Some((clause, request))
        })
        .take(MOST)
        .collect()
}

/// The line with what is new said of whom the clause before names: "Ann Lee moved, new address is 4 Oak St" → "…, their new
/// address …".
pub fn of_whom(line: &Utterance, catalog: &Catalog) -> Option<String> {
    use ItemKind::{Comma, Dash, Semicolon, Stop};
    let items = &line.items;
    let whose = catalog.lexicon().set("whose_new").first()?;
    let new = catalog.lexicon().set("new_of_it");
    let at = (3..items.len().saturating_sub(1))
        .find(|at| matches!(items[at - 1].kind, Comma | Dash | Semicolon | Stop) && new.contains(&items[*at].folded))?;
    // "Ann Lee moved. New address …" goes on with her.
    let told = line.slice(0, at - 2);
    Some(format!("{told}, {whose} {}", items[at].folded) + &line.text[items[at].end..])
}

/// The last clause of a line that orders something of what the one before it names, and that one, whatever it tells or denies:
/// "we don't use the page 1088 any more, disconnect it", "edit the contact Ann Lee and give her the tag vip".
fn order_of_it(line: &Utterance, catalog: &Catalog) -> Option<(Utterance, Utterance)> {
    use ItemKind::{Comma, Dash, Semicolon, Stop};
    let items = &line.items;
    let pointing = catalog.lexicon().set("pointing");
    let idle = |item: &Item| is_any(catalog, item, &[WordSet::Sequence, WordSet::Conjunction, WordSet::Filler]);
    let (past, from) = (2..items.len().saturating_sub(1)).rev().find_map(|past| {
        let mark = matches!(items[past].kind, Comma | Dash | Semicolon | Stop) || idle(&items[past]);
        let from = (past + 1..items.len()).find(|at| !idle(&items[*at])).filter(|_| mark)?;
        let order = senses(catalog, &items[from].folded).iter().copied().any(orders) && !capital(line, from);
        order.then_some((past, from))
    })?;
    let mark = matches!(items[past].kind, Comma | Dash | Semicolon | Stop);
    let conditions = catalog.lexicon().set("conditions");
    let (clause, request) = (&items[..past], &items[from..]);
    let first = senses(catalog, &items[0].folded);
    let changes = first.iter().any(|s| class_of(catalog, *s).is_some_and(|class| class.changes));
    let ordered = first.iter().copied().any(orders);
    let waits = clause.iter().any(|item| conditions.contains(&item.folded) || item.kind == ItemKind::Question);
    let points = request.iter().any(|item| item.kind == ItemKind::Word && pointing.contains(&item.folded));
    let denied = request.iter().any(|item| is(catalog, item, WordSet::Negation));
    if waits || denied || !points || ordered && !changes || !mark && !changes {
        return None;
    }
    // "Move it to Won and mark it" changes something by itself.
    let joins = |at: &usize| is(catalog, &items[*at], WordSet::Licence) && is(catalog, &items[*at], WordSet::Link);
    if ordered && (1..past).any(|at| joins(&at) && !capital(line, at)) {
        return None;
    }
    // What was to be changed is told by the second order.
    let first = usize::from(changes && ordered);
    let clause = read(line.slice(first, past - 1)).ok()?;
    Some((clause, read(&line.text[items[from].start..]).ok()?))
}

/// The word that makes all depend on what has yet to happen: "delete the deal once Ann signs", "as soon as it's paid, …".
/// What happened already only explains: "after she moved away, …".
pub fn condition(line: &Utterance, catalog: &Catalog) -> Option<usize> {
    let items = &line.items;
    let lexicon = catalog.lexicon();
    let present = |at: usize| {
        let third = |s: &Sense| matches!(s, Sense::Verb { form: Form::Third, .. });
        lexicon.set("present").contains(&items[at].folded)
            || senses(catalog, &items[at].folded).iter().any(third)
            || items[at].folded.len() > 3 && items[at].folded.ends_with('s') && is_common_word(&items[at].folded)
    };
    let speaker = |at: usize| lexicon.set("relative_subjects").contains(&items[at].folded);
    (0..items.len()).find(|at| {
        let Some(from) = longest(line, *at, "waits_for", catalog) else { return false };
        // "The voice agent After Hours" waits for nothing.
        if *at > 0 && capital(line, *at) && line.items[*at - 1].kind == ItemKind::Word {
            return false;
        }
        let ends = |at: usize| !matches!(items[at].kind, ItemKind::Word | ItemKind::Possessive);
        let past = (from..items.len().min(from + REACH)).find(|at| ends(*at)).unwrap_or(items.len().min(from + REACH));
        // "When somebody asks "Do you deliver?" the bot should answer …" tells what to set up.
        if items.get(past).is_some_and(|item| matches!(item.kind, ItemKind::Quoted { .. })) {
            return false;
        }
        past > from && speaker(from) && past > from + 1 && !past_form(&items[from + 1].folded, catalog)
            || (from + 1..past).any(present)
    })
}

/// Whether a line asks to be told whether something is so: "tell me if contact Ann Lee can be deleted" deletes nobody. What
/// is asked of somebody is a request: "let me know if you can delete …".
pub fn wonders(line: &Utterance, catalog: &Catalog) -> bool {
    asks_whether(line, "asks_whether", catalog)
}

/// Whether a line asks to look whether something is so: "check whether Lia Moss unsubscribed" removes nobody, though an
/// operation may look for it and change nothing that anybody named.
pub fn looks_whether(line: &Utterance, catalog: &Catalog) -> bool {
    asks_whether(line, "looks_whether", catalog)
}

fn asks_whether(line: &Utterance, set: &str, catalog: &Catalog) -> bool {
    let asked = |at: usize| line.items.get(at).is_some_and(|item| is(catalog, item, WordSet::Self_));
    (0..line.items.len()).any(|at| {
        let past = longest(line, at, set, catalog);
        past.is_some_and(|past| past < line.items.len() && !asked(past))
    })
}

/// Items between a word that waits for something and the verb that tells what.
const REACH: usize = 6;

fn past_form(word: &str, catalog: &Catalog) -> bool {
    let past = |s: &Sense| matches!(s, Sense::Verb { form: Form::Past, .. } | Sense::Set(WordSet::Told));
    word.ends_with("ed")
        || catalog.lexicon().set("gone").iter().any(|gone| gone == word)
        || senses(catalog, word).iter().any(past)
}

/// Where a clause ends and the next begins: at a mark, with or without "so" behind it, or at "so".
fn cuts<'a>(line: &'a Utterance, catalog: &'a Catalog) -> impl Iterator<Item = (usize, usize)> + 'a {
    use ItemKind::{Comma, Dash, Semicolon, Stop};
    let items = &line.items;
    let joins = |item: &Item| is(catalog, item, WordSet::Sequence) || is(catalog, item, WordSet::Conjunction);
    (2..items.len().saturating_sub(2)).filter_map(move |past| {
        let mark = matches!(items[past].kind, Comma | Dash | Semicolon | Stop);
        let so = !mark && is(catalog, &items[past], WordSet::Sequence);
        let from = (past + 1..items.len()).find(|at| !joins(&items[*at]))?;
        ((mark || so) && from + 1 < items.len()).then_some((past, from))
    })
}

/// Whether the first items of a line tell something: a subject and its verb; no order, no wish, no condition and no
/// question.
fn tells(line: &Annotated<'_>, catalog: &Catalog, past: usize) -> bool {
    let items = &line.utterance.items[..past];
    let conditions = catalog.lexicon().set("conditions");
    let first = items.iter().position(|item| !is(catalog, item, WordSet::Filler)).unwrap_or(0);
    let begins = |set: WordSet| is(catalog, &items[first], set);
    let noun = items.get(first + 1).is_some_and(|next| next.kind == ItemKind::Code) && line.is_noun(first);
    let ordered = !noun && !line.is_name(first) && senses(catalog, &items[first].folded).iter().copied().any(orders);
    let speaker = [WordSet::Self_, WordSet::Person, WordSet::Subject, WordSet::Thing].into_iter().any(begins);
    let subject = speaker || begins(WordSet::Determiner);
    let never = [WordSet::Negation, WordSet::Question, WordSet::Foreign, WordSet::Licence].into_iter().any(begins);
    let asked = items.iter().any(|item| item.kind == ItemKind::Question);
    let conditional = items.iter().any(|item| conditions.contains(&item.folded));
    if (ordered || never) && !subject || asked || conditional {
        return false;
    }
    let finite = |at: usize| {
        let item = &items[at];
        let known = [WordSet::Auxiliary, WordSet::Told].into_iter().any(|set| line.is(at, set)) || line.tells(at);
        let ended = looks_past(&item.folded) || item.folded.len() > 4 && item.folded.ends_with("n't");
        item.kind == ItemKind::Word
            && !line.is_name(at)
            && (known || ended || speaker && at == first + 1 && line.is_common(at))
    };
    let contracted = items[first].folded.contains('\'');
    (contracted || (first + 1..past).any(finite)) && !reason::wishes(line, catalog.vocabulary(), past)
}

#[cfg(test)]
mod tests {
    use super::super::reading_tests::meant;

    #[test]
    fn the_request_behind_a_remark_is_read() {
        for (line, start) in [
            ("they still haven't paid invoice INV-7; could you void it?", "invoices.void"),
            ("the tag golf is not used any more, can it be deleted?", "locations.delete-tag"),
            ("card fees are eating us up; which invoices are overdue?", "invoices.list"),
            ("nobody uses the tag golf any more, so could you get rid of it?", "locations.delete-tag"),
        ] {
            assert!(meant(line).starts_with(start), "{line}: {}", meant(line));
        }
    }

    #[test]
    fn what_happened_already_or_is_only_told_waits_for_nothing() {
        for (line, start) in [
            ("after she moved away, delete the contact Ann Lee", "contacts.delete"),
            ("text Ann Lee: call me when you are home", "conversations.send-message"),
        ] {
            assert!(meant(line).starts_with(start), "{line}: {}", meant(line));
        }
    }

    #[test]
    fn what_is_asked_to_be_seen_is_no_remark() {
        for (line, both) in [
            (
                "I'd like to see the contact Ann Lee, and please delete the tag golf",
                "contacts.get contactId=\"Ann Lee\"; locations.delete-tag",
            ),
            (
                "look up products matching linen, and after that show all the product collections",
                "products.list search=\"linen\"; products.list-collections",
            ),
            ("I'd like to see this gone, delete the tag golf", "locations.delete-tag"),
            (
                "Priya Shah moved. New address is 418 Maple Ave, Boise, ID 83702",
                "contacts.update contactId=\"Priya Shah\"",
            ),
            (
                "Tom Alvarez has a new email, it's tom@x.com",
                "contacts.update contactId=\"Tom Alvarez\" email=\"tom@x.com\"",
            ),
        ] {
            assert!(meant(line).starts_with(both), "{line}: {}", meant(line));
        }
    }

    #[test]
    fn what_is_no_remark_is_not_passed_over() {
        for line in [
            "if Ann calls, delete the tag vip",
            "don't delete the tag vip; delete the tag old",
            "we won the deal Zenith; delete its notes",
            "once the deal Zenith is signed, delete it",
            "as soon as it's signed, delete the deal Zenith",
            "delete the deal Zenith when Ann signs",
            "before we close, delete the tag vip",
            "two old posts, 6630bb123f216822d7da0a11 and 6630bb123f216822d7da0a12, are clutter, could they be cleared out?",
        ] {
            assert_eq!(meant(line), "unknown", "{line}");
        }
    }
}
