use jiff::Zoned;

use super::Selection;
use super::conditions::{begins, conditions};
use super::patience::Patience;
use super::spotting::{Spot, is, spots};
use crate::app::heard::heard;
use crate::app::inner::Inner;
use crate::app::{Failure, FailureKind, official_first};
use crate::catalog::inflect::plural;
use crate::catalog::{Kind, Method, Operation, Resource, Risk, Sense, WordSet};
use crate::intent::{Argument, Context, Intent, Memory, Status, Step, Value, missing};
use crate::language::{self, ItemKind, Utterance};
use crate::plan::literal_json;

/// The list that finds records.
struct Found {
    step: Step,
    holds: Vec<(String, String)>,
    whole: bool,
}

/// What a stretch that tells records apart reads as.
enum Told {
    Found(Found),
    /// As a search, which finds other records too.
    Unsure,
    Nothing,
}

impl Inner {
    /// Reads a line as one thing to be done to each of many records. Nothing when it speaks of no such thing, or when it
    /// reads as one that reads or does many at once by itself.
    ///
    /// # Errors
    /// When it does, and which records are meant cannot be told for certain.
    pub(in crate::app) fn select(&self, text: &str, now: &Zoned) -> Result<Option<Selection>, Failure> {
        let Ok(utterance) = heard(text) else { return Ok(None) };
        let (spots, patience) = (spots(&utterance, &self.catalog), Patience::new(now));
        if spots.is_empty()
            || text.contains(Selection::MARK)
            || self.is_one_of_its_own(&utterance, &spots[0], &patience)
        {
            return Ok(None);
        }
        let mut unsure = None;
        for spot in &spots {
            let found = self.split(&utterance, spot, &patience);
            if patience.is_spent() {
                let too_long = unsure.is_some() || !matches!(found, Ok(None));
                return if too_long { Err(too_long_to_tell()) } else { Ok(None) };
            }
            match found {
                Ok(Some(selection)) => return Ok(Some(selection)),
                Ok(None) => {}
                Err(failure) => unsure = unsure.or(Some(failure)),
            }
        }
        unsure.map_or(Ok(None), Err)
    }

    /// What a line means by itself; nothing when it was read often enough.
    fn understand(&self, utterance: &Utterance, patience: &Patience<'_>) -> Option<Intent> {
        if !patience.take(utterance.items.len()) {
            return None;
        }
        let (memory, hidden) = (Memory::default(), self.options.allow_undocumented);
        let service = self.options.service.as_deref();
        let context = Context { now: patience.now, memory: &memory, hidden, service, explain: false };
        Some(official_first::read(&self.reader, utterance, &self.catalog, &context))
    }

    /// Whether the line reads as it stands, as what is made for many records or, where its words before them ask to see
    /// something, as what only reads.
    fn is_one_of_its_own(&self, utterance: &Utterance, spot: &Spot, patience: &Patience<'_>) -> bool {
        let Some(intent) = self.understand(utterance, patience) else { return false };
        let asks = self.asks(utterance, spot);
        let of_its_own = |step: &Step| {
            let operation = self.catalog.operation(step.operation);
            // "All contacts" taken for the name of one is none of its own.
            let words = utterance.slice(spot.first, spot.past - 1);
            let of_many = operation.risk == Risk::Bulk
                && !step.arguments.iter().any(|argument| argument.value.to_json().to_string().contains(words));
            of_many || operation.reads() && asks || self.says_all(operation)
        };
        intent.status == Status::Ready && intent.steps.iter().all(of_its_own)
    }

    /// Whether an operation that writes is one for all records by itself: its own words say so.
    fn says_all(&self, operation: &Operation) -> bool {
        let all = |word: &str| self.catalog.lexicon().set("each-of").iter().any(|other| other == word);
        let mut words = operation.keys.iter().chain(&operation.own_verbs).chain(&operation.say);
        !operation.reads() && words.any(|text| text.split(|c: char| !c.is_alphanumeric()).any(all))
    }

    fn asks(&self, utterance: &Utterance, spot: &Spot) -> bool {
        let vocabulary = self.catalog.vocabulary();
        let reads = |sense: &Sense| match sense {
            Sense::Verb { class, .. } => vocabulary.reading & 1 << class != 0,
            Sense::Set(set) => *set == WordSet::Question,
            _ => false,
        };
        let senses = |item: &language::Item| vocabulary.lookup(&item.folded).map(|term| vocabulary.senses(term));
        let before = &utterance.items[..spot.first];
        let orders =
            |item: &language::Item| senses(item).is_some_and(|all| !all.contains(&Sense::Set(WordSet::Filler)));
        !before.iter().any(orders)
            || before.iter().any(|item| senses(item).is_some_and(|all| all.iter().any(reads)))
            || utterance.items.last().is_some_and(|last| last.kind == ItemKind::Question)
    }

    /// Tries where the words that tell the records apart may end, the longest stretch first: what may be a condition never
    /// widens what is done.
    fn split(&self, utterance: &Utterance, spot: &Spot, patience: &Patience<'_>) -> Result<Option<Selection>, Failure> {
        let Some(resource) = self.catalog.resource(&spot.service, &spot.resource) else { return Ok(None) };
        let mut best: Option<Selection> = None;
        for past in (spot.past..=utterance.items.len()).rev() {
            if patience.is_spent() {
                break;
            }
            if !self.may_end(utterance, spot, past) {
                continue;
            }
            let one = resource.nouns.first().map_or(resource.name.as_str(), String::as_str);
            let before = &utterance.text[..utterance.items[spot.first].start];
            let after = &utterance.text[utterance.items[past - 1].end..];
            let written = format!("{before}{one} {}{after}", Selection::MARK);
            let Some(mut steps) = self.steps_for_one(&written, spot, patience) else { continue };
            let records = utterance.slice(spot.first, past - 1).to_owned();
            let found = match self.told_apart(utterance, (spot, past), resource, &steps, patience) {
                Told::Found(found) => found,
                Told::Nothing | Told::Unsure if best.is_some() => break,
                // What is done is whole without these words, so they can only tell which records are meant.
                Told::Unsure | Told::Nothing => return Err(unsure(resource, &records)),
            };
            if !hand_down(&mut steps, &found.step) {
                continue;
            }
            let selection = Selection {
                said: utterance.text.clone(),
                written,
                steps,
                records,
                resource: resource.name.clone(),
                find: found.step,
                holds: found.holds,
                whole: found.whole,
            };
            let widens = begins(utterance, past, &resource.conditions, &self.catalog);
            best = match best {
                None => Some(selection),
                Some(best) if !widens && says_more(&selection, &best) => Some(selection),
                Some(best) if best.find == selection.find || !best.holds.is_empty() && !selection.holds.is_empty() => {
                    Some(best)
                }
                best => return Ok(best),
            };
        }
        Ok(best)
    }

    /// Whether the stretch that tells records apart may end before an item.
    fn may_end(&self, utterance: &Utterance, spot: &Spot, past: usize) -> bool {
        let vocabulary = self.catalog.vocabulary();
        let filter = &utterance.items[spot.past..past];
        let cuts = |kind: &ItemKind| {
            matches!(
                kind,
                ItemKind::Colon
                    | ItemKind::Semicolon
                    | ItemKind::Arrow
                    | ItemKind::Dash
                    | ItemKind::Stop
                    | ItemKind::Question
                    | ItemKind::Json
                    | ItemKind::KeyValue { .. }
            )
        };
        let open = [
            WordSet::Preposition,
            WordSet::Link,
            WordSet::Conjunction,
            WordSet::Article,
            WordSet::Tail,
            WordSet::Filler,
        ];
        let dangles =
            |last: &language::Item| last.kind == ItemKind::Comma || open.iter().any(|set| is(vocabulary, last, *set));
        // "All notes of Jane" is not what "all notes of Jane Doe" are.
        let capital = |at: usize| {
            let item = utterance.items.get(at).filter(|item| item.kind == ItemKind::Word);
            item.is_some_and(|item| utterance.text[item.start..].starts_with(char::is_uppercase))
        };
        let inside_name = past > spot.past && capital(past - 1) && capital(past);
        !filter.iter().any(|item| cuts(&item.kind)) && !filter.last().is_some_and(dangles) && !inside_name
    }

    /// What is done to one record, which stands as [`Selection::MARK`] in the line: every step writes, and has the record
    /// in a place for one of its kind.
    fn steps_for_one(&self, written: &str, spot: &Spot, patience: &Patience<'_>) -> Option<Vec<Step>> {
        let utterance = language::read(written).ok()?;
        let intent = self.understand(&utterance, patience)?;
        let in_prose = |other: &Spot| {
            let words = utterance.slice(other.first, other.past - 1);
            intent.steps.iter().any(|step| {
                let operation = self.catalog.operation(step.operation);
                let prose = |name: &str| operation.param(name).is_some_and(|param| param.kind == Kind::FreeText);
                let holds = |value: &Value| matches!(value, Value::Text(text) if text.contains(words));
                step.arguments.iter().any(|argument| prose(&argument.name) && holds(&argument.value))
            })
        };
        if !spots(&utterance, &self.catalog).iter().all(in_prose) {
            return None;
        }
        let understood = matches!(intent.status, Status::Ready | Status::Incomplete) && intent.unexplained.is_empty();
        let fits = |step: &Step| {
            let operation = self.catalog.operation(step.operation);
            !operation.reads() && operation.service == spot.service && acts_on_it(operation, step, &spot.resource)
        };
        (understood && !intent.steps.is_empty() && intent.steps.iter().all(fits)).then_some(intent.steps)
    }

    fn told_apart(
        &self,
        utterance: &Utterance,
        (spot, past): (&Spot, usize),
        resource: &Resource,
        steps: &[Step],
        patience: &Patience<'_>,
    ) -> Told {
        let described = spot.inside < spot.noun;
        let finder = resource.find.as_ref().filter(|find| find.inside.is_none());
        let list = finder.and_then(|find| self.catalog.by_name(&find.operation));
        let list = list.filter(|id| lists(self.catalog.operation(*id), &spot.resource));
        let step = |arguments: Vec<Argument>| {
            let operation = list?;
            let missing = missing(self.catalog.operation(operation), &arguments);
            self.handed_up(Step { operation, arguments, missing, confirm: None }, steps)
        };
        if !described && past == spot.past {
            if let Some(step) = step(Vec::new()) {
                let whole = step.arguments.is_empty();
                return Told::Found(Found { step, holds: Vec::new(), whole });
            }
        } else if !described
            && let Some(found) = conditions(utterance, (spot.past, past), &resource.conditions, &self.catalog)
        {
            let holds = found.iter().map(|(condition, value)| (condition.key.clone(), value.clone())).collect();
            if let Some(step) = step(sent(&found)) {
                return Told::Found(Found { step, holds, whole: false });
            }
        }
        match self.listed(utterance, (spot, past), resource, steps, patience) {
            Told::Found(found) => Told::Found(found),
            other => {
                self.listed_and_held(utterance, (spot, past), resource, steps, patience).map_or(other, Told::Found)
            }
        }
    }

    /// A list of some words, and conditions behind them: "all open deals with source website".
    fn listed_and_held(
        &self,
        utterance: &Utterance,
        (spot, past): (&Spot, usize),
        resource: &Resource,
        steps: &[Step],
        patience: &Patience<'_>,
    ) -> Option<Found> {
        let items = &utterance.items;
        let joins = |at: usize| {
            items[at].kind == ItemKind::Comma || is(self.catalog.vocabulary(), &items[at], WordSet::Conjunction)
        };
        (spot.past..past).find_map(|from| {
            let found = conditions(utterance, (from, past), &resource.conditions, &self.catalog)?;
            let end = if from > spot.past && joins(from - 1) { from - 1 } else { from };
            let Told::Found(list) = self.listed(utterance, (spot, end), resource, steps, patience) else { return None };
            let holds = found.iter().map(|(condition, value)| (condition.key.clone(), value.clone())).collect();
            Some(Found { holds, whole: false, ..list })
        })
    }

    /// A list with what only the steps for each record name: the contact whose notes they are. Nothing when more is
    /// missing than that.
    fn handed_up(&self, mut list: Step, steps: &[Step]) -> Option<Step> {
        for name in std::mem::take(&mut list.missing) {
            let known = steps.iter().flat_map(|step| &step.arguments).find(|argument| argument.name == name)?;
            let is_mark = matches!(&known.value, Value::Text(text) if text == Selection::MARK);
            let of_record = self.catalog.operation(list.operation).param(&name);
            let of_record = of_record.is_some_and(|param| matches!(param.kind, Kind::Entity(_)));
            list.arguments.push(Some(known.clone()).filter(|_| of_record && !is_mark)?);
        }
        Some(list)
    }

    /// Reads the stretch as what follows the verb of a list.
    fn listed(
        &self,
        utterance: &Utterance,
        (spot, past): (&Spot, usize),
        resource: &Resource,
        steps: &[Step],
        patience: &Patience<'_>,
    ) -> Told {
        let verb = self.catalog.lexicon().verbs.iter().find(|class| class.name == "list");
        let Some(verb) = verb.and_then(|class| class.words.first()) else { return Told::Nothing };
        let many = resource.nouns.first().map_or_else(|| plural(&resource.name), |noun| plural(noun));
        let slice = |first: usize, past: usize| if first < past { utterance.slice(first, past - 1) } else { "" };
        let (describes, filter) = (slice(spot.inside, spot.noun), slice(spot.past, past));
        let Ok(line) = language::read(format!("{verb} {describes} {many} {filter}").trim()) else {
            return Told::Nothing;
        };
        let Some(mut intent) = self.understand(&line, patience) else { return Told::Nothing };
        let understood = matches!(intent.status, Status::Ready | Status::Incomplete);
        let understood = understood && intent.unexplained.is_empty() && intent.steps.len() == 1;
        let step = intent.steps.pop().filter(|_| understood);
        let Some(step) = step.and_then(|step| self.handed_up(step, steps)) else { return Told::Nothing };
        let operation = self.catalog.operation(step.operation);
        if operation.service != spot.service || !operation.reads() || !lists(operation, &spot.resource) {
            return Told::Nothing;
        }
        let plain = describes.is_empty() && filter.is_empty();
        let find = resource.find.as_ref().filter(|find| find.operation == operation.name);
        let searches = find.and_then(|find| find.query.as_ref());
        match step.arguments.as_slice() {
            [] if !plain => Told::Nothing,
            said if said.iter().any(|argument| Some(&argument.name) == searches) => Told::Unsure,
            said => {
                let whole = plain && said.is_empty();
                Told::Found(Found { step, holds: Vec::new(), whole })
            }
        }
    }
}

fn lists(operation: &Operation, resource: &str) -> bool {
    operation.returns.as_ref().is_some_and(|r| r.many && r.resource.as_deref() == Some(resource))
}

/// Whether a selection of fewer words is the one that is meant: the words that it leaves to what is done mean something
/// there, and nothing to the list. Of conditions they only lengthen a value, and any words may do that.
fn says_more(fewer: &Selection, more: &Selection) -> bool {
    let same_list = fewer.find == more.find && fewer.holds == more.holds;
    let same_conditions = !more.holds.is_empty()
        && fewer.holds.len() == more.holds.len()
        && fewer.holds.iter().zip(&more.holds).all(|(one, other)| one.0 == other.0);
    let values = |selection: &Selection| -> (usize, usize) {
        let all = selection.steps.iter().flat_map(|step| &step.arguments);
        let length = |argument: &Argument| argument.value.to_json().to_string().len();
        (all.clone().count(), all.map(length).sum())
    };
    same_list || same_conditions && values(fewer) >= values(more)
}

/// What conditions ask of the API, lists of several joined.
fn sent(found: &[(&crate::catalog::Condition, String)]) -> Vec<Argument> {
    let mut sent: Vec<(String, serde_json::Value)> = Vec::new();
    for (condition, value) in found {
        for (name, literal) in &condition.sends {
            let Ok(filled) = literal_json(literal, &serde_json::json!({ "value": value })) else { continue };
            match (sent.iter_mut().find(|(known, _)| known == name), filled) {
                (Some((_, serde_json::Value::Array(all))), serde_json::Value::Array(more)) => all.extend(more),
                (Some(_), _) => {}
                (None, filled) => sent.push((name.clone(), filled)),
            }
        }
    }
    sent.into_iter().map(|(name, json)| Argument { name, value: Value::Given(json) }).collect()
}

/// Whether the record stands in exactly one place of a step, one for a record of its kind; and whether a change says
/// what is changed.
fn acts_on_it(operation: &Operation, step: &Step, resource: &str) -> bool {
    let is_mark = |value: &Value| matches!(value, Value::Text(text) if text == Selection::MARK);
    let mentions = |argument: &&Argument| argument.value.to_json().to_string().contains(Selection::MARK);
    let mut places = step.arguments.iter().filter(mentions);
    let (Some(place), None) = (places.next(), places.next()) else { return false };
    let takes_many = operation.batch.as_ref().is_some_and(|b| b.operation == operation.name && b.records == place.name);
    let stands = match &place.value {
        Value::List(items) => takes_many && matches!(items.as_slice(), [one] if is_mark(one)),
        one => is_mark(one),
    };
    let fits = operation
        .param(&place.name)
        .is_some_and(|param| param.many == takes_many && matches!(&param.kind, Kind::Entity(kind) if kind == resource));
    let sayable = |param: &crate::catalog::Parameter| !param.supplied && param.name != place.name;
    let changes = matches!(operation.method, Method::Put | Method::Patch) && operation.params.iter().any(sayable);
    fits && stands && (!changes || step.arguments.len() > 1)
}

/// Gives steps what only the list names: the contact whose tasks they are. Whether nothing is missing after it.
fn hand_down(steps: &mut [Step], find: &Step) -> bool {
    for step in steps.iter_mut() {
        for name in std::mem::take(&mut step.missing) {
            let Some(known) = find.arguments.iter().find(|argument| argument.name == name) else { return false };
            step.arguments.push(known.clone());
        }
    }
    true
}

fn too_long_to_tell() -> Failure {
    let message = "the line is too long to tell for certain which records it is about";
    Failure::new(FailureKind::NotUnderstood, message).hint("Say it in fewer words.")
}

fn unsure(resource: &Resource, records: &str) -> Failure {
    let known: Vec<String> =
        resource.conditions.iter().filter_map(|c| Some(format!("{} …", c.words.first()?))).collect();
    let hint = if known.is_empty() {
        "List them, and give the ones that are meant to `sayso each` in a file.".to_owned()
    } else {
        format!("Say it with one of: {}.", known.join(", "))
    };
    let message = format!("which ones \u{ab}{records}\u{bb} are cannot be told for certain");
    Failure::new(FailureKind::NotUnderstood, message).hint(hint)
}
