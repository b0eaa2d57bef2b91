//! What the schema of a record tells of its kind.

use crate::catalog::openapi::{SpecKind, SpecParameter, SpecSchema};

use super::english::{all, is, words};
use super::field::Field;
use super::kind::Kind;
use super::parameters::Sent;

/// Ids that are counted.
pub(super) const DIGITS: &str = "^[0-9]+$";
/// Ids that have a number in them.
pub(super) const NUMBERED: &str = "^[^ ]*[0-9][^ ]*$";
/// Ids that are e-mail addresses.
pub(super) const ADDRESS: &str = "^[^@ ]+@[^@ ]+$";

/// Whether a field is what people call a record by.
pub(super) fn is_name(key: &str) -> bool {
    is("label", &words(key).join(" "))
}

/// Whether a parameter takes what is searched for.
pub(super) fn is_search(name: &str) -> bool {
    let spoken = words(name).join(" ");
    is("searched", &spoken)
}

/// Takes label, columns and the key of the id from the schema of a record.
pub(super) fn describe(kind: &mut Kind, schema: &SpecSchema) {
    let fields = schema.fields();
    let plain = |wanted: &str| {
        let found = fields.iter().find(|(name, field, _)| {
            words(name).join(" ") == wanted && !matches!(field.kind, SpecKind::Object | SpecKind::Array)
        });
        found.map(|(name, ..)| (*name).to_owned())
    };
    let names: Vec<String> = all("label").filter_map(&plain).take(4).collect();
    let more = all("column").filter_map(&plain).filter(|key| !names.contains(key));
    kind.label = names.first().map(|name| {
        let first = plain("first name").zip(plain("last name")).filter(|(first, _)| first == name);
        match first {
            Some((first, last)) => format!("{{{{ {first} }}}} {{{{ {last} }}}}"),
            None => format!("{{{{ {name} }}}}"),
        }
    });
    kind.columns = names.iter().take(4).cloned().chain(more.take(3)).collect();
    if kind.label.as_ref().is_some_and(|label| label.contains(['-', '$', '@'])) {
        kind.label = None;
    }
    let own = |name: &String| fields.iter().any(|(key, ..)| key == name);
    let ids = ["id", "_id", "uuid", "guid", "uid", "key", "slug", "name"];
    let by_variable = kind.id.clone().filter(own);
    let usual = ids.iter().map(|id| (*id).to_owned()).find(own);
    kind.id_key = by_variable.or(usual).filter(|key| key != "id");
}

/// `?ids=1,2` names the records that a request is about; whether it does.
pub(super) fn several(sent: &mut Sent, kind: Option<&Kind>, bulk: bool) -> bool {
    let Some(kind) = kind.filter(|kind| kind.id.is_some() || bulk) else { return false };
    let template = sent.template.clone();
    let ids = |field: &&mut Field| {
        let name = words(&field.name).join(" ");
        let own = bulk && field.many && kind.nouns.iter().any(|noun| name.strip_suffix(" ids") == Some(noun));
        (name == "ids" || name == "id" && field.many || own)
            && (field.required || bulk)
            && field.values.is_empty()
            && field.fields.is_empty()
            && (matches!(field.kind.as_str(), "" | "integer" | "id") || bulk && field.kind == kind.name)
            && !template.contains(&format!("{{{{ {} }}}}", field.name))
    };
    let Some(field) = sent.fields.iter_mut().find(ids) else { return false };
    // A text of several ids parts them with commas.
    if !field.many && field.kind == "integer" {
        return false;
    }
    if !field.many {
        (field.many, field.wire) = (true, Some("string"));
    } else if field.kind == "integer" {
        field.wire = Some("integer");
    }
    field.bare = false;
    // "Archive the vehicles that are old" names none: what is done to several at once is done to those with a number.
    if bulk {
        field.kind.clear();
        field.pattern = Some(NUMBERED.to_owned());
    } else {
        field.kind.clone_from(&kind.name);
    }
    true
}

/// The id that a new record is to have names no record that is there already.
pub(super) fn own_id(sent: &mut Sent, made: Option<&Kind>) {
    let Some(kind) = made else { return };
    let template = sent.template.clone();
    let own = |field: &&mut Field| {
        field.kind == kind.name
            && !field.many
            && kind.id.as_deref() == Some(field.name.as_str())
            && !template.contains(&format!("{{{{ {} }}}}", field.name))
    };
    let known: Vec<String> = sent.fields.iter().map(|field| field.name.clone()).collect();
    for field in sent.fields.iter_mut().filter(own) {
        field.kind = if field.wire == Some("integer") { "integer".to_owned() } else { String::new() };
        field.wire = None;
        if !known.iter().any(|name| name == "id") {
            field.names = vec!["id".to_owned()];
        }
        if !known.iter().any(|name| is_name(name)) {
            field.roles = vec!["called".to_owned(), "named".to_owned()];
        }
    }
}

/// Takes what an id looks like from the parameter that carries it.
pub(super) fn identify(kind: &mut Kind, param: Option<&SpecParameter>) {
    let Some(param) = param else { return };
    let spoken = words(&param.name);
    let last = spoken.last().map(String::as_str).unwrap_or_default();
    let same = kind.nouns.iter().any(|noun| *noun == spoken.join(" "));
    if param.schema.kind == SpecKind::Integer {
        kind.id_pattern = Some(DIGITS.to_owned());
    } else if last == "email" {
        kind.id_pattern = Some(ADDRESS.to_owned());
    } else if param.schema.format.as_deref() == Some("uuid") {
        kind.id_pattern = None;
    } else if is("named-by", last) || same && last != "id" {
        kind.by_name = true;
        kind.id_pattern = is("dotted", last).then(|| "^[A-Za-z0-9][A-Za-z0-9_.:/@-]*$".to_owned());
    } else {
        let example = param.schema.example.as_ref().and_then(|example| example.as_str());
        kind.id_pattern =
            example.and_then(like).or_else(|| kind.find.is_none().then(|| "^[A-Za-z0-9][A-Za-z0-9_.:-]*$".to_owned()));
    }
}

/// A pattern for ids like `se-28529731` or `cus_9s6XKzkNRiz8i3`.
fn like(example: &str) -> Option<String> {
    let (prefix, rest) = example.split_at(example.find(['-', '_'])? + 1);
    let letters = prefix.len() > 1 && prefix[..prefix.len() - 1].chars().all(|c| c.is_ascii_lowercase());
    let digits = !rest.is_empty() && rest.chars().all(|c| c.is_ascii_digit());
    let plain =
        rest.len() > 3 && rest.chars().all(|c| c.is_ascii_alphanumeric()) && rest.chars().any(|c| c.is_ascii_digit());
    if letters && digits {
        return Some(format!("^{prefix}[0-9]+$"));
    }
    (letters && plain).then(|| format!("^{prefix}[A-Za-z0-9]+$"))
}
