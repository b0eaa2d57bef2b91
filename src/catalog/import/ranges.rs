//! Two parameters that are the beginning and the end of one stretch of time: `from` and `to`, `start_date` and `end_date`.

use super::english::{is, words};
use super::field::Field;

/// Joins what begins a stretch of time with what ends it, and says what introduces either.
pub(super) fn join(fields: &mut [Field]) {
    let ends: Vec<(usize, usize)> = (0..fields.len())
        .filter_map(|start| {
            let wanted = other(&fields[start].name)?;
            let end = fields.iter().position(|field| wanted.contains(&words(&field.name).join(" ")))?;
            (start != end && times(&fields[start]) && times(&fields[end]) && fields[start].place == fields[end].place)
                .then_some((start, end))
        })
        .collect();
    for (start, end) in ends {
        let dated = |field: &Field| matches!(field.kind.as_str(), "date" | "datetime");
        if dated(&fields[start]) && fields[start].kind == fields[end].kind {
            fields[start].range_end = Some(fields[end].name.clone());
        } else {
            lead(&mut fields[start], &["from", "since", "after", "starting"]);
            lead(&mut fields[end], &["to", "until", "till", "through", "before"]);
        }
    }
}

/// Gives a field what introduces its value, unless it has its own.
fn lead(field: &mut Field, roles: &[&str]) {
    if field.roles.is_empty() {
        field.roles = roles.iter().map(|role| (*role).to_owned()).collect();
    }
}

/// What the end of a range is called that begins with that name, in words.
fn other(start: &str) -> Option<Vec<String>> {
    let spoken = words(start);
    // `arrivalDate` and `departureDate`, `check_in` and `check_out`.
    for (at, word) in spoken.iter().enumerate() {
        let pairs = super::english::pairs("range-pair", word);
        let particle = word == "in" && at > 0 && is("with-particle", &spoken[at - 1]);
        let ends: Vec<&str> = if particle { vec!["out"] } else { pairs.to_vec() };
        if !ends.is_empty() {
            let named = ends.iter().map(|end| {
                let mut name = spoken.clone();
                (*end).clone_into(&mut name[at]);
                name.join(" ")
            });
            return Some(named.collect());
        }
    }
    let at = spoken.iter().position(|word| is("range-start", word))?;
    let ends = super::english::all("range-end").map(|end| {
        let mut name = spoken.clone();
        end.clone_into(&mut name[at]);
        name.join(" ")
    });
    Some(ends.collect())
}

/// Whether a field takes a point in time, by its type or by what is told of it.
fn times(field: &Field) -> bool {
    let told = format!("{} {}", words(&field.name).join(" "), field.help.to_lowercase());
    let speaks = told.split(|c: char| !c.is_alphanumeric()).any(|word| is("time-word", word));
    let text = field.kind.is_empty() && field.values.is_empty() && !field.many;
    // "From 08:00 to 16:00" of `start` and `end`.
    let spoken = words(&field.name);
    let set = |set: &str| spoken.len() == 1 && is(set, &spoken[0]);
    let paired = super::english::all("range-pair").any(|start| {
        let ends = super::english::pairs("range-pair", start);
        spoken.len() == 1 && (start == spoken[0] || ends.contains(&spoken[0].as_str()))
    });
    let bare = set("range-start") || set("range-end") || paired;
    matches!(field.kind.as_str(), "date" | "datetime") && !field.many || text && (speaks || bare)
}
