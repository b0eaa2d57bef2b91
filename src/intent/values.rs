//! What was found in a line becomes the value of a parameter.

use jiff::Span;
use serde_json::Number;

use crate::catalog::inflect::spoken;
use crate::catalog::{EnumValue, Frame, Kind, Literal, Operation, Parameter};
use crate::language::{DateMatch, ItemKind, Utterance, When, number_word};

use super::annotate::Annotated;
use super::found::{Filled, Found};
use super::items::{Element, elements};
use super::postal::{self, Postal};
use super::slots::allowed_between;
use super::{Argument, Value};

/// Turns what an alignment filled into arguments, in the order of the operation's parameters. `to_come`: the words for what
/// has yet to be: dates told beside one of them lie ahead.
pub fn arguments(
    op: &Operation,
    frame: &Frame,
    line: &Annotated<'_>,
    dates: &[DateMatch],
    (filled, to_come): (&[Filled], &[String]),
) -> Vec<Argument> {
    let ahead = filled.iter().any(|Filled { param, found }| {
        let Found::Allowed(value) = found else { return false };
        let values = &op.params[usize::from(*param)].values;
        values.get(usize::from(*value)).is_some_and(|value| value.say.iter().any(|way| to_come.contains(way)))
    });
    let mut out: Vec<Argument> = Vec::new();
    let mut of_each = Vec::new();
    for Filled { param, found } in filled {
        let declared = &op.params[usize::from(*param)];
        let value = match *found {
            Found::Date(index) => {
                dated((op, ahead), declared, &dates[usize::from(index)], &mut out);
                continue;
            }
            Found::Set(text) => Some(set_value(declared, frame.set_text(text))),
            Found::AllowedMany(first, past) => {
                let values = allowed_between(line, frame, (*param, declared), (first.into(), past.into()));
                Some(Value::List(values.iter().map(|v| literal(&declared.values[usize::from(*v)].value)).collect()))
            }
            Found::Items(first, past) => items(declared, line, first.into(), past.into()),
            Found::Many(first, past) => Some(Value::List(many(declared, line, first.into(), past.into()))),
            other => value(declared, line.utterance, other),
        };
        let Some(value) = value else { continue };
        let value = if matches!(found, Found::Items(..)) { value } else { objects(declared, value) };
        if let Some((list, field)) = declared.fills.as_ref().and_then(|place| place.split_once('.')) {
            of_each.push((list, field, value));
        } else if declared.splits.is_empty() {
            set(&mut out, &declared.name, value);
        } else if let Value::Text(text) = value {
            split(declared, &text, &mut out);
        }
    }
    for (list, field, value) in of_each {
        in_each(&mut out, list, field, &value);
    }
    same_day(op, line.utterance, dates, filled, &mut out);
    addresses(op, &mut out);
    derived(op, line.utterance, filled, &mut out);
    let place = |name: &str| op.params.iter().position(|p| p.name == name);
    out.sort_by_key(|a| place(&a.name));
    out
}

/// A clock time by itself that ends what begins on another day is of that day: "starts Monday at 8am and ends at 10am".
fn same_day(op: &Operation, line: &Utterance, dates: &[DateMatch], filled: &[Filled], out: &mut [Argument]) {
    let time = |param: &str| {
        let told = filled.iter().rev().find(|told| op.params[usize::from(told.param)].name == param)?;
        let Found::Date(index) = told.found else { return None };
        let date = &dates[usize::from(index)];
        Some((date.first..=date.last).all(|at| matches!(line.items[at].kind, ItemKind::Time)))
    };
    for (start, end) in op.params.iter().filter_map(|p| Some((&p.name, p.range_end.as_ref()?))) {
        let moment = |name: &str| match &out.iter().find(|a| a.name == name)?.value {
            Value::DateTime(moment) => Some(moment.clone()),
            _ => None,
        };
        let (Some(from), Some(until)) = (moment(start), moment(end)) else { continue };
        if until > from || time(end) != Some(true) || time(start) != Some(false) {
            continue;
        }
        let moved = until.with().date(from.date()).build().ok().filter(|moved| *moved > from);
        if let Some((moved, told)) = moved.zip(out.iter_mut().find(|a| a.name == *end)) {
            told.value = Value::DateTime(moved);
        }
    }
}

/// The city, the state and the postal code of an address that was said as one text, where nothing else says them.
fn addresses(op: &Operation, out: &mut Vec<Argument>) {
    for declared in op.params.iter().filter(|p| !p.rest_of_address.is_empty()) {
        let Some(said) = out.iter_mut().find(|a| a.name == declared.name) else { continue };
        let Value::Text(text) = &said.value else { continue };
        let whole = text.clone();
        let Some(postal) = Postal::read(&whole) else { continue };
        said.value = Value::Text(postal.street.to_owned());
        let parts = [Some(postal.city), postal.state, postal.code];
        for (name, part) in declared.rest_of_address.iter().zip(parts) {
            tell(op, name, part, out);
        }
    }
    for (city, rest) in op.params.iter().filter_map(|p| p.rest_of_address.split_first()) {
        let Some(said) = out.iter_mut().find(|a| a.name == *city) else { continue };
        let Value::Text(text) = &said.value else { continue };
        let whole = text.clone();
        let Some((name, state, code)) = postal::place(&whole) else { continue };
        said.value = Value::Text(name.to_owned());
        for (name, part) in rest.iter().zip([Some(state), code]) {
            tell(op, name, part, out);
        }
    }
}

/// A part of what was said as the value of a parameter that nothing else tells.
fn tell(op: &Operation, name: &str, part: Option<&str>, out: &mut Vec<Argument>) {
    if let Some(part) = part.filter(|_| out.iter().all(|argument| argument.name != name)) {
        let text = Value::Text(part.to_owned());
        let value = op.param(name).map_or(text.clone(), |declared| allowed(declared, text));
        out.push(Argument { name: name.to_owned(), value });
    }
}

/// A value as the field of every object of a list that says nothing of it: "…, tracking 1Z99 and 1Z98, carrier UPS".
fn in_each(out: &mut Vec<Argument>, list: &str, field: &str, value: &Value) {
    if out.iter().all(|argument| argument.name != list) {
        let value = Value::List(vec![Value::Map(Vec::new())]);
        out.push(Argument { name: list.to_owned(), value });
    }
    if let Some(told) = out.iter_mut().find(|argument| argument.name == list) {
        told.value.give_each(field, value);
    }
}

/// What an element of a list says of a field that each has from a parameter, where nothing else says the parameter: the
/// currency of "tile work at 2400 USD".
fn derived(op: &Operation, line: &Utterance, filled: &[Filled], out: &mut Vec<Argument>) {
    for Filled { param, found } in filled {
        let Found::Items(first, past) = *found else { continue };
        // The unit of a last price stands behind the stretch.
        let end = (usize::from(past) + 1).min(line.items.len());
        let mut units = line.items[first.into()..end].iter().filter(|item| item.kind == ItemKind::Unit);
        let Some(unit) = units.next().map(|item| &item.folded) else { continue };
        for field in &op.params[usize::from(*param)].fields {
            let Some(of) = field.derive.as_ref().filter(|of| op.param(of).is_some()) else { continue };
            let said = field.values.iter().find(|value| value.say.contains(unit));
            if let Some(said) = said.filter(|_| out.iter().all(|argument| argument.name != *of)) {
                out.push(Argument { name: of.clone(), value: literal(&said.value) });
            }
        }
    }
}

/// The objects of a list, said one after the other.
fn items(declared: &Parameter, line: &Annotated<'_>, first: usize, past: usize) -> Option<Value> {
    let each = declared.each.as_ref()?;
    let part = |name: &Option<String>, first: usize, past: usize| {
        let field = declared.fields.iter().find(|field| Some(&field.name) == name.as_ref())?;
        Some((field.name.clone(), allowed(field, span(field, line.utterance, first, past))))
    };
    let object = |element: Element| {
        let text = element.text.and_then(|(first, past)| part(&each.text, first, past));
        let id = element.id.and_then(|at| part(&each.id, at, at + 1));
        let count = element.count.and_then(|at| part(&each.count, at, at + 1));
        let price = element.price.and_then(|at| part(&each.price, at, at + 1));
        Value::Map([id, text, count, price].into_iter().flatten().collect())
    };
    Some(Value::List(elements(line, (declared, each), first, past).into_iter().map(object).collect()))
}

/// The elements of a plain list of which each is an object.
fn objects(declared: &Parameter, value: Value) -> Value {
    let Some(field) = declared.each.as_ref().and_then(|each| each.text.as_ref()) else { return value };
    let numeric = |p: &Parameter| matches!(p.kind, Kind::Integer | Kind::Number | Kind::Money);
    let numeric = declared.fields.iter().find(|p| p.name == *field).is_some_and(numeric);
    let known = declared.fields.iter().find(|p| p.name == *field);
    let of = |value: Value| {
        let value = known.map_or(value.clone(), |known| allowed(known, value));
        Value::Map(vec![(field.clone(), value)])
    };
    let object = |value: Value| match value {
        Value::Map(_) => value,
        Value::Given(json) if json.is_object() || json.is_array() => Value::Given(json),
        Value::Given(json) if numeric => of(Value::Given(json)),
        // A figure is the text of a text: "add photo 7".
        Value::Given(json) => of(Value::Text(json.as_str().map_or_else(|| json.to_string(), str::to_owned))),
        plain => of(plain),
    };
    match value {
        Value::List(list) => Value::List(list.into_iter().map(object).collect()),
        other => other,
    }
}

/// A text as the allowed value of a field that it is a way to say: "Sweden" for the code SE.
fn allowed(field: &Parameter, value: Value) -> Value {
    let Value::Text(text) = &value else { return value };
    let folded = text.to_lowercase();
    let says = |v: &&EnumValue| v.say.contains(&folded);
    field.values.iter().find(says).map_or(value, |known| literal(&known.value))
}

fn set(out: &mut Vec<Argument>, name: &str, value: Value) {
    match out.iter_mut().find(|a| a.name == name) {
        Some(argument) => argument.value = value,
        None => out.push(Argument { name: name.to_owned(), value }),
    }
}

fn split(declared: &Parameter, text: &str, out: &mut Vec<Argument>) {
    let mut rest = text.trim();
    let last = declared.splits.len() - 1;
    for (at, name) in declared.splits.iter().enumerate() {
        let (part, remains) = if at == last { (rest, "") } else { rest.split_once(' ').unwrap_or((rest, "")) };
        if !part.is_empty() {
            set(out, name, Value::Text(part.to_owned()));
        }
        rest = remains.trim();
    }
}

fn value(declared: &Parameter, line: &Utterance, found: Found) -> Option<Value> {
    Some(match found {
        Found::Allowed(value) => literal(&declared.values[usize::from(value)].value),
        Found::Boolean(yes) => Value::Boolean(yes),
        Found::Tail(at, past) => listed(declared, Value::Text(tail(line, at.into(), past.into()))),
        Found::Pronoun(at) => listed(declared, Value::Text(line.items[usize::from(at)].folded.clone())),
        Found::Span(first, past) => listed(declared, span(declared, line, first.into(), past.into())),
        Found::Json(at, nth) => {
            let fields: serde_json::Map<String, serde_json::Value> = serde_json::from_str(line.raw(at.into())).ok()?;
            match fields.values().nth(nth.into())? {
                serde_json::Value::String(text) => keyed(declared, text),
                other => Value::Given(other.clone()),
            }
        }
        Found::Keyed(at) => {
            let ItemKind::KeyValue { start, end, .. } = &line.items[usize::from(at)].kind else { return None };
            keyed(declared, line.text.get(*start..*end)?)
        }
        Found::Date(_) | Found::Set(_) | Found::AllowedMany(..) | Found::Items(..) | Found::Many(..) => return None,
    })
}

fn listed(declared: &Parameter, value: Value) -> Value {
    if declared.many { Value::List(vec![value]) } else { value }
}

/// A value that a pattern sets: an allowed value by its spelling, yes or no, a number, else text.
fn set_value(declared: &Parameter, text: &str) -> Value {
    let spelled = |l: &Literal| matches!(l, Literal::Text(t) if t.eq_ignore_ascii_case(text));
    let value = match declared.values.iter().find(|v| spelled(&v.value)) {
        Some(allowed) => literal(&allowed.value),
        None => match (&declared.kind, text) {
            (Kind::Boolean, "true") => Value::Boolean(true),
            (Kind::Boolean, "false") => Value::Boolean(false),
            (Kind::Integer | Kind::Number | Kind::Money, _) => {
                number(text).unwrap_or_else(|| Value::Text(text.to_owned()))
            }
            _ => Value::Text(text.to_owned()),
        },
    };
    listed(declared, value)
}

fn literal(literal: &Literal) -> Value {
    match literal {
        Literal::Text(text) => Value::Text(text.clone()),
        Literal::Integer(number) => Value::Number((*number).into()),
        Literal::Number(n) => Number::from_f64(*n).map_or(Value::Text(n.to_string()), Value::Number),
        Literal::Boolean(yes) => Value::Boolean(*yes),
        Literal::List(list) => Value::List(list.iter().map(self::literal).collect()),
        Literal::Map(map) => Value::Map(map.iter().map(|(k, v)| (k.clone(), self::literal(v))).collect()),
        Literal::Null => Value::Given(serde_json::Value::Null),
    }
}

fn number(text: &str) -> Option<Value> {
    let plain: String = text.chars().filter(|c| *c != ',').collect();
    if let Ok(whole) = plain.parse::<i64>() {
        return Some(Value::Number(whole.into()));
    }
    plain.parse::<f64>().ok().and_then(Number::from_f64).map(|n| match n.as_f64() {
        Some(f) if f.fract() == 0.0 && f.abs() < 9e15 => {
            #[expect(clippy::cast_possible_truncation, reason = "checked to be whole and small")]
            let whole = f as i64;
            Value::Number(whole.into())
        }
        _ => Value::Number(n),
    })
}

fn span(declared: &Parameter, line: &Utterance, first: usize, past: usize) -> Value {
    let item = &line.items[first];
    let numeric = matches!(declared.kind, Kind::Integer | Kind::Number | Kind::Money | Kind::Duration);
    if numeric {
        let amount = match &item.kind {
            ItemKind::Number { amount } | ItemKind::Money { amount, .. } | ItemKind::Percent { amount } => {
                number(amount)
            }
            _ => number_word(&item.folded).map(|n| Value::Number(n.into())),
        };
        if let Some(amount) = amount {
            return amount;
        }
    }
    if matches!(declared.kind, Kind::Object | Kind::Any)
        && let Ok(json) = serde_json::from_str(line.slice(first, past - 1))
    {
        return Value::Given(json);
    }
    Value::Text(text(line, first + usize::from(leads_to_code(declared, line, first, past)), past))
}

/// Whether the first of two items only says what the code behind it is, as the name of the parameter does: "provider 61d6" for
/// a `conversationProviderId`.
fn leads_to_code(declared: &Parameter, line: &Utterance, first: usize, past: usize) -> bool {
    let word = &line.items[first];
    matches!(declared.kind, Kind::Entity(_) | Kind::Id)
        && past == first + 2
        && word.kind == ItemKind::Word
        && line.items[first + 1].kind == ItemKind::Code
        && spoken(&declared.name).split(' ').any(|part| part == word.folded)
}

/// The user's bytes of a stretch of items, quotes left out when it is one quoted item.
fn text(line: &Utterance, first: usize, past: usize) -> String {
    if past == first + 1
        && let ItemKind::Quoted { start, end } = line.items[first].kind
    {
        return line.text[start..end].to_owned();
    }
    line.slice(first, past - 1).trim().to_owned()
}

fn tail(line: &Utterance, first: usize, past: usize) -> String {
    let end = if past < line.items.len() { line.items[past - 1].end } else { line.text.len() };
    let rest = line.text[line.items[first].start..end].trim();
    match line.items[first].kind {
        ItemKind::Quoted { start, end } if first + 1 == past => line.text[start..end].to_owned(),
        _ => rest.to_owned(),
    }
}

fn many(declared: &Parameter, line: &Annotated<'_>, first: usize, past: usize) -> Vec<Value> {
    let mut out = Vec::new();
    let mut from = first;
    for at in first..=past {
        if at == past || line.separates(at) {
            if at > from {
                out.push(span(declared, line.utterance, from, at));
            }
            from = at + 1;
        }
    }
    out
}

pub(super) fn keyed(declared: &Parameter, text: &str) -> Value {
    let spelled = |l: &Literal| matches!(l, Literal::Text(t) if t.eq_ignore_ascii_case(text));
    if let Some(allowed) = declared.values.iter().find(|v| spelled(&v.value)) {
        return listed(declared, literal(&allowed.value));
    }
    let json = serde_json::from_str::<serde_json::Value>(text).ok();
    match (&declared.kind, json) {
        (Kind::Boolean, _) if matches!(text, "true" | "yes" | "on") => Value::Boolean(true),
        (Kind::Boolean, _) if matches!(text, "false" | "no" | "off") => Value::Boolean(false),
        (Kind::Integer | Kind::Number | Kind::Money, _) => {
            let plain: String = text.trim_start_matches(['$', '€', '£']).chars().filter(|c| *c != ',').collect();
            number(&plain).unwrap_or_else(|| Value::Text(text.to_owned()))
        }
        (_, Some(json)) if json.is_array() || json.is_object() => Value::Given(json),
        _ if declared.many => Value::List(text.split(',').map(|t| Value::Text(t.trim().to_owned())).collect()),
        _ => Value::Text(text.to_owned()),
    }
}

/// Whether one day is the end of a range too: where days are looked for, or where an end must be said. "Starts December 1"
/// does not end on that day.
pub(super) fn day_ends(op: &Operation, declared: &Parameter) -> bool {
    let end = declared.range_end.as_deref().and_then(|end| op.param(end));
    op.reads() || end.is_some_and(|end| end.required)
}

/// `ahead`: what is asked for has yet to be.
pub(super) fn dated((op, ahead): (&Operation, bool), declared: &Parameter, date: &DateMatch, out: &mut Vec<Argument>) {
    let ahead = ahead || declared.ahead.unwrap_or(!op.reads());
    let when = if ahead { &date.ahead } else { &date.back };
    let end = declared.range_end.as_deref();
    let mut put = |name: Option<&str>, value: Value| {
        if let Some(name) = name {
            set(out, name, value);
        }
    };
    match when {
        When::Day(day) => {
            put(Some(&declared.name), Value::Date(*day));
            let told = end.is_some_and(|end| out.iter().any(|a| a.name == end));
            if let Some(end) = end.filter(|_| day_ends(op, declared) && !told) {
                set(out, end, Value::Date(*day));
            }
        }
        When::Moment(at) => {
            put(Some(&declared.name), Value::DateTime(at.clone()));
            let told = end.is_some_and(|end| out.iter().any(|a| a.name == end));
            let until = at.checked_add(Span::new().hours(date.hours)).ok();
            if let (Some(end), Some(until)) = (end.filter(|_| op.reads() && !told), until) {
                set(out, end, Value::DateTime(until));
            }
        }
        When::Days(first, last) => {
            put(Some(&declared.name), Value::Date(*first));
            put(end, Value::Date(*last));
        }
        When::Span(first, last) => {
            put(Some(&declared.name), Value::DateTime(first.clone()));
            put(end, Value::DateTime(last.clone()));
        }
        When::From(first) => put(Some(&declared.name), Value::Date(*first)),
        When::Until(last) => put(end.or(Some(&declared.name)), Value::Date(*last)),
        When::Minutes(minutes) => {
            put(Some(&declared.name), Value::Number((*minutes).into()));
            if let Some(unit) = declared.unit.as_deref().and_then(|u| op.param(u)) {
                let minutes = |v: &&EnumValue| v.say.iter().any(|s| s.starts_with("minute"));
                if let Some(value) = unit.values.iter().find(minutes) {
                    set(out, &unit.name, literal(&value.value));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_whole_when_they_can_be() {
        let json = |text: &str| number(text).map(|n| n.to_json().to_string());
        assert_eq!(json("5,000").as_deref(), Some("5000"));
        assert_eq!(json("1200.50").as_deref(), Some("1200.5"));
        assert_eq!(json("89.0").as_deref(), Some("89"));
        assert_eq!(json("a lot"), None);
    }
}
