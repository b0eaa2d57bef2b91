//! Services whose paths only name what is done: `POST /reminders.complete` with the reminder beside it. They are spelled out
//! as if the record stood in the path, `/reminders/{reminder}/complete`, since that is how they are spoken of.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::catalog::openapi::{Spec, SpecKind, SpecOperation, SpecParameter, SpecPlace, SpecSchema};
use crate::catalog::{Lexicon, Method};

use super::act::noun_of_variable;
use super::english::{Family, family, is, words};
use super::noun::{is_plural, singular_words};
use super::op::Op;
use super::told::{spoken_words, summary};

/// The fewest operations of a service by which its style is known.
const LEAST: usize = 8;
/// How much of a description tells what is named, in words.
const LONGEST: usize = 8;

/// How a request goes out that is spelled out for its reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Call {
    /// The path as the file has it.
    path: String,
    /// The records that it takes beside the path: name, whether the body has it, whether it must be there.
    records: Vec<(String, bool, bool)>,
}

/// The calls that are spelled out, by what they are spelled as.
pub(super) type Calls = BTreeMap<String, Call>;

/// The parameters that name the records of a noun.
type Usual = BTreeMap<Vec<String>, String>;

/// The specification with its calls spelled out; as it is, where the paths of a service have records in them.
pub(super) fn spelled<'s>(spec: &'s Spec, lexicon: &Lexicon) -> (Cow<'s, Spec>, Calls) {
    let all = spec.operations.len();
    let fixed = spec.operations.iter().filter(|operation| !operation.path.contains('{')).count();
    if all < LEAST || fixed * 10 < all * 9 {
        return (Cow::Borrowed(spec), Calls::new());
    }
    // What names a record in one call names it in the others.
    let mut usual = Usual::new();
    for operation in &spec.operations {
        spell(operation, lexicon, &mut usual);
    }
    let mut calls = Calls::new();
    let mut spec = spec.clone();
    for at in 0..all {
        let Some((operation, call)) = spell(&spec.operations[at], lexicon, &mut usual) else { continue };
        let line = operation.request_line();
        if spec.operations.iter().all(|other| other.request_line() != line) {
            spec.operations[at] = operation;
            calls.insert(line, call);
        }
    }
    (Cow::Owned(spec), calls)
}

/// Gives what was read as a path back as what it is.
pub(super) fn restore(op: &mut Op<'_>, calls: &Calls) {
    let Some(call) = calls.get(&op.spec.request_line()) else { return };
    op.sent.goes = Some(call.path.clone());
    let by_method = matches!(op.spec.method, Method::Get | Method::Delete | Method::Head | Method::Options);
    for (name, body, required) in &call.records {
        for field in op.sent.fields.iter_mut().filter(|field| field.name == *name) {
            field.place = if *body == by_method { Some(if *body { "body" } else { "query" }) } else { None };
            field.required = *required;
        }
    }
}

/// A parameter that may name a record.
struct Candidate<'s> {
    name: &'s str,
    description: Vec<String>,
    schema: &'s SpecSchema,
    required: bool,
    body: bool,
}

fn candidates(operation: &SpecOperation) -> Vec<Candidate<'_>> {
    let told = |text: &str| spoken_words(text).into_iter().take(LONGEST).collect();
    let query = operation.params.iter().filter(|param| param.place == SpecPlace::Query).map(|param| Candidate {
        name: &param.name,
        description: told(&param.description),
        schema: &param.schema,
        required: param.required,
        body: false,
    });
    let fields = operation.body.iter().flat_map(|body| body.schema.fields());
    let body = fields.map(|(name, schema, required)| Candidate {
        name,
        description: told(&schema.description),
        schema,
        required,
        body: true,
    });
    let plain = |one: &Candidate<'_>| {
        let kind = matches!(one.schema.kind, SpecKind::String | SpecKind::Integer | SpecKind::Number);
        kind && one.schema.values.is_empty() && one.name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    query.chain(body).filter(plain).collect()
}

/// An operation with its records in its path.
fn spell(operation: &SpecOperation, lexicon: &Lexicon, usual: &mut Usual) -> Option<(SpecOperation, Call)> {
    let pieces: Vec<&str> = operation.path.split(['/', '.', ':']).filter(|piece| !piece.is_empty()).collect();
    let pieces: Vec<&str> = pieces.into_iter().filter(|piece| !is("ending", piece)).collect();
    let steps: Vec<Vec<String>> = pieces.iter().map(|piece| words(piece)).collect();
    let (last, nouns) = steps.split_last()?;
    let verb = last.first()?;
    let get = operation.method == Method::Get;
    // Whatever is made, looked for or listed has no id yet.
    let open = matches!(family(verb), Family::Create | Family::Add | Family::Search | Family::Count) || verb == "list";
    let told = summary(&operation.summary, &[], last, lexicon);
    let updates = told.as_ref().is_some_and(|told| told.family() == Family::Update && family(verb) == Family::Update);
    let told = told.map(|told| told.noun).unwrap_or_default();
    let mut left = candidates(operation);
    let mut found: Vec<(usize, Candidate<'_>)> = Vec::new();
    for (at, step) in nouns.iter().enumerate() {
        let ends = at + 1 == nouns.len();
        if !is_plural(step) && get || ends && open {
            continue;
        }
        let noun = singular_words(step);
        let names: Vec<&Vec<String>> = [&noun, &told].into_iter().take(if ends { 2 } else { 1 }).collect();
        let own = left.iter().position(|one| noun_of_variable(one.name).concat() == noun.concat());
        let id = || left.iter().position(|one| one.name == "id" && (ends || one.description.contains(&noun.join(" "))));
        let described = || left.iter().position(|one| names.iter().any(|noun| tells(&one.description, noun)));
        let known = || usual.get(&noun).and_then(|name| left.iter().position(|one| one.name == name));
        let Some(place) = own.or_else(id).or_else(described).or_else(known) else { continue };
        let one = left.remove(place);
        usual.entry(noun.clone()).or_insert_with(|| one.name.to_owned());
        // `files.remote.info` is about a remote file.
        let described = nouns.get(at + 1).is_some_and(|next| told == [next.as_slice(), &noun].concat());
        found.push((if described { at + 1 } else { at }, one));
    }
    let mut path = String::new();
    for (at, piece) in pieces.iter().enumerate() {
        let seen = found.iter().any(|(of, _)| of + 1 == at);
        let plain = if get { is("of-one", piece) } else { updates && last.len() == 1 };
        if !(at + 1 == pieces.len() && seen && plain) {
            path = path + "/" + piece;
        }
        if let Some((_, one)) = found.iter().find(|(of, _)| *of == at) {
            path = path + "/{" + one.name + "}";
        }
    }
    let placed = |one: &Candidate<'_>| SpecParameter {
        name: one.name.to_owned(),
        place: SpecPlace::Path,
        required: true,
        schema: one.schema.clone(),
        description: one.description.join(" "),
        deprecated: false,
        declared: true,
    };
    let params: Vec<SpecParameter> = found.iter().map(|(_, one)| placed(one)).collect();
    let records = found.iter().map(|(_, one)| (one.name.to_owned(), one.body, one.required || !get)).collect();
    let call = Call { path: operation.path.clone(), records };
    let mut spelled = SpecOperation { path, ..operation.clone() };
    spelled.params.retain(|param| params.iter().all(|own| own.name != param.name));
    if let Some(body) = &mut spelled.body {
        body.schema.properties.retain(|(name, _)| params.iter().all(|own| own.name != *name));
        body.schema.required.retain(|name| params.iter().all(|own| own.name != *name));
    }
    spelled.params.extend(params);
    (!found.is_empty()).then_some((spelled, call))
}

/// Whether a description says that a record of the noun is named: "ID of conversation to archive", "reminder to complete".
fn tells(description: &[String], noun: &[String]) -> bool {
    if noun.is_empty() {
        return false;
    }
    let said: Vec<&String> = description.iter().filter(|word| !is("determiner", word)).collect();
    let at = said.windows(noun.len()).position(|some| some.iter().zip(noun).all(|(a, b)| *a == b));
    let Some(at) = at else { return false };
    let before = at.checked_sub(1).map(|before| said[before].as_str());
    let after = said.get(at + noun.len()).map(|word| word.as_str());
    before == Some("of") || before.is_none() && matches!(after, Some("to" | "id"))
}
