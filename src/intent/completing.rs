//! Fragments read again as what they stand for.

use crate::catalog::{CHANGES, Catalog, Kind, Operation, Place, Risk, WordSet};
use crate::language::{ItemKind, Utterance};

use super::fragments::{self, Way};
use super::meaning::{is, noun_at};
use super::reader::{Context, writes};
use super::reading::own;
use super::{Argument, Intent, Reader, Status, Step, Value};

/// Words of a text that is told of a record, at most, where it is all that is told.
const LONGEST_TEXT: usize = 2;

/// Items before "for" in "new due date for …", at most.
const LONGEST_FIELD: usize = 6;

/// Values that tell more of a record than what becomes of one that there is.
const MUCH: usize = 4;

impl Reader {
    /// What a fragment means: of the ways to write it out, the first that is understood whole, else the first that lacks
    /// something.
    pub(super) fn fragment(&self, line: &Utterance, catalog: &Catalog, context: &Context<'_>) -> Option<Intent> {
        let long = self.shorthand.written_out(line, catalog);
        let mut near = None;
        for way in fragments::written_out(long.as_ref().unwrap_or(line), catalog) {
            let (Way::Asks(text) | Way::Tells(text) | Way::Orders(text) | Way::OrdersOf(text)) = &way;
            let Some(intent) = self.again(Some(text.clone()), line, catalog, context) else { continue };
            if !fits(&way, &intent, catalog) || swallows(&way, &intent, catalog) {
                continue;
            }
            if intent.status == Status::Ready {
                return Some(intent);
            }
            near = near.or(Some(intent));
        }
        near
    }

    /// What a fragment means instead of what it was read as, where that leaves out what the fragment may say: what is to be
    /// changed, or, where a mark tells what becomes of a record, that it is there already.
    pub(super) fn mended(
        &self,
        intent: &Intent,
        line: &Utterance,
        catalog: &Catalog,
        context: &Context<'_>,
    ) -> Option<Intent> {
        let [step] = intent.steps.as_slice() else { return None };
        let unsaid = intent.status == Status::Incomplete && step.missing.iter().any(|missing| missing == CHANGES);
        let mark = |kind: ItemKind| line.items.iter().any(|item| item.kind == kind);
        let operation = catalog.operation(step.operation);
        let makes = !operation.reads() && !names_record(step, operation);
        // What tells so much of a record makes it: "service Aroma: slug aroma, price $90, duration 60 minutes".
        let few = step.arguments.len() < MUCH;
        let told = if intent.status == Status::Ready {
            (operation.reads() || makes) && mark(ItemKind::Arrow)
        } else {
            makes && (mark(ItemKind::Arrow) || few && [ItemKind::Colon, ItemKind::Dash].into_iter().any(mark))
        };
        if !unsaid && !told {
            return None;
        }
        let mended = self.fragment(line, catalog, context)?;
        let same = |step: &Step| catalog.operation(step.operation).objects.first() == operation.objects.first();
        (unsaid || mended.status == Status::Ready && mended.steps.iter().all(same)).then_some(mended)
    }

    /// A change of what is there instead of something made: "new url for the link Promo: acme.com".
    pub(super) fn renewed(
        &self,
        intent: &Intent,
        line: &Utterance,
        catalog: &Catalog,
        context: &Context<'_>,
    ) -> Option<Intent> {
        let [step] = intent.steps.as_slice() else { return None };
        let makes = catalog.operation(step.operation);
        if makes.reads() || names_record(step, makes) {
            return None;
        }
        let told = self.again(renewed(line, catalog), line, catalog, context)?;
        let changes = |step: &Step| {
            let op = catalog.operation(step.operation);
            op.objects.first() == makes.objects.first() && names_record(step, op)
        };
        told.steps.iter().all(changes).then_some(told)
    }

    /// "New brand board: Warm Palette, make it the default" makes one, whatever else is said of it.
    pub(super) fn made(
        &self,
        intent: &Intent,
        line: &Utterance,
        catalog: &Catalog,
        context: &Context<'_>,
    ) -> Option<Intent> {
        let pairs = catalog.lexicon().set("makes").iter().filter_map(|pair| pair.split_once(' '));
        let first = line.items.first()?;
        let (_, makes) = pairs.into_iter().find(|(new, _)| first.folded == *new)?;
        let changed = |step: &Step| {
            let operation = catalog.operation(step.operation);
            !operation.reads() && names_record(step, operation)
        };
        let [step] = intent.steps.as_slice() else { return None };
        if !changed(step) || renewed(line, catalog).is_some() {
            return None;
        }
        let made = self.again(Some(format!("{makes}{}", &line.text[first.end..])), line, catalog, context)?;
        let made = in_one(made, catalog);
        let creates = made.steps.len() == 1 && !made.steps.iter().any(changed) && writes(&made, catalog);
        creates.then_some(made)
    }
}

/// Two changes of one record as one: "unpin the note 5f1a and make it red".
fn changed_at_once(mut intent: Intent, catalog: &Catalog) -> Intent {
    let at_once = |first: &Step, then: &Step| {
        let op = catalog.operation(first.operation);
        let named = |a: &&Argument| op.param(&a.name).is_some_and(|p| p.place == Place::Path || own(op, p));
        let record = |step: &Step| {
            let mut record: Vec<Argument> = step.arguments.iter().filter(named).cloned().collect();
            record.sort_by(|a, b| a.name.cmp(&b.name));
            record
        };
        let twice = |a: &Argument| first.arguments.iter().any(|b| b.name == a.name && b != a);
        first.operation == then.operation
            && op.idempotent
            && op.risk == Risk::Write
            && !record(first).is_empty()
            && record(first) == record(then)
            && !then.arguments.iter().any(twice)
    };
    let [first, then] = intent.steps.as_slice() else { return intent };
    if intent.status != Status::Ready || !at_once(first, then) {
        return intent;
    }
    let more: Vec<Argument> = then.arguments.iter().filter(|a| !first.arguments.contains(a)).cloned().collect();
    intent.steps.truncate(1);
    intent.steps.iter_mut().for_each(|step| step.arguments.extend(more.iter().cloned()));
    intent
}

/// What is made and then told more of, in one step: "create a board named Warm and make it the default".
pub fn in_one(intent: Intent, catalog: &Catalog) -> Intent {
    let mut intent = said_once(changed_at_once(intent, catalog));
    let [made, told] = intent.steps.as_slice() else { return intent };
    let (makes, tells) = (catalog.operation(made.operation), catalog.operation(told.operation));
    let acts = matches!(intent.status, Status::Ready | Status::Incomplete);
    let same = makes.service == tells.service && makes.objects.first() == tells.objects.first();
    if !acts || !same || makes.reads() || tells.reads() || names_record(made, makes) || !told.missing.is_empty() {
        return intent;
    }
    let record = |argument: &Argument| tells.param(&argument.name).is_some_and(|param| own(tells, param));
    let (records, rest): (Vec<&Argument>, Vec<&Argument>) = told.arguments.iter().partition(|told| record(told));
    let known = |name: &str| made.arguments.iter().any(|argument| argument.name == name);
    let takes = |argument: &&Argument| {
        let kind = tells.param(&argument.name).map(|param| &param.kind);
        makes.param(&argument.name).map(|param| &param.kind) == kind && !known(&argument.name)
    };
    let named = |record: &&Argument| made.arguments.iter().any(|argument| argument.value == record.value);
    if records.len() != 1 || !records.iter().all(named) || rest.is_empty() || !rest.iter().all(takes) {
        return intent;
    }
    let more: Vec<Argument> = rest.into_iter().cloned().collect();
    intent.steps.truncate(1);
    for step in &mut intent.steps {
        step.missing.retain(|missing| !more.iter().any(|told| told.name == *missing));
        step.arguments.extend(more.iter().cloned());
    }
    if intent.steps.iter().all(|step| step.missing.is_empty()) {
        intent.status = Status::Ready;
        intent.message.clear();
    }
    intent
}

/// What is changed, without the order that only says so: "Tanner Roofing has a new e-mail, …, update the business".
fn said_once(mut intent: Intent) -> Intent {
    let [told, again] = intent.steps.as_slice() else { return intent };
    let unsaid = again.missing.iter().all(|missing| missing == CHANGES) && !again.missing.is_empty();
    let same = told.operation == again.operation && again.arguments.iter().all(|said| told.arguments.contains(said));
    if intent.status == Status::Incomplete && told.missing.is_empty() && unsaid && same {
        intent.steps.truncate(1);
        intent.status = Status::Ready;
        intent.message.clear();
    }
    intent
}

/// The change of a field that a line asks for which opens as if something were to be made: "new url for the link Promo:
/// acme.com".
fn renewed(line: &Utterance, catalog: &Catalog) -> Option<String> {
    let items = &line.items;
    let mut makes = catalog.lexicon().set("makes").iter().filter_map(|pair| pair.split_once(' '));
    makes.find(|(new, _)| items.first().is_some_and(|first| first.folded == *new))?;
    let of = (2..items.len().min(LONGEST_FIELD)).find(|at| is(catalog, &items[*at], WordSet::Preposition))?;
    // "New task for Ann: call back" makes one.
    let made = (1..of).any(|at| noun_at(line, at, catalog).is_some_and(|(past, ..)| past == of));
    let mark = (of + 2..items.len()).find(|at| matches!(items[*at].kind, ItemKind::Colon | ItemKind::Equals))?;
    // Several fields told one after the other are those of something new.
    let commas = items[mark..].iter().filter(|item| item.kind == ItemKind::Comma).count();
    let value = items.get(mark + 1).filter(|_| !made && commas < 2)?;
    let (field, record) = (line.slice(1, of - 1), line.slice(of + 1, mark - 1));
    let way = catalog.lexicon().set("renewed").first()?;
    Some(way.replace("{field}", field).replace("{record}", record).replace("{value}", &line.text[value.start..]))
}

/// Whether a reading is of a kind that the way to write it out is meant for.
fn fits(way: &Way, intent: &Intent, catalog: &Catalog) -> bool {
    let [step] = intent.steps.as_slice() else { return false };
    let operation = catalog.operation(step.operation);
    let ready = intent.status == Status::Ready;
    match way {
        Way::Asks(_) => ready && operation.reads() && !step.arguments.is_empty(),
        Way::Tells(_) => !operation.reads() && names_record(step, operation) && (ready || step.arguments.len() > 1),
        Way::Orders(_) => ready || !operation.reads() && step.arguments.len() > 1,
        Way::OrdersOf(_) => {
            operation.risk != Risk::Destroy && (ready || !operation.reads() && step.arguments.len() > 1)
        }
    }
}

/// Whether a text of what is told of a record would be all that is told.
fn swallows(way: &Way, intent: &Intent, catalog: &Catalog) -> bool {
    let Way::Tells(text) = way else { return false };
    let free = |step: &Step, name: &str| {
        catalog.operation(step.operation).param(name).is_some_and(|param| param.kind == Kind::FreeText)
    };
    let all = |value: &Value| {
        let Value::Text(value) = value else { return false };
        text.ends_with(value.as_str()) && value.split(' ').count() > LONGEST_TEXT
    };
    intent.steps.iter().any(|step| step.arguments.iter().any(|told| free(step, &told.name) && all(&told.value)))
}

fn names_record(step: &Step, operation: &Operation) -> bool {
    step.arguments.iter().any(|argument| operation.param(&argument.name).is_some_and(|param| own(operation, param)))
}
