//! Phrase patterns for requests that change, read or fetch one thing of a record: `PUT /courses/{id}/category`.

use super::english::{Family, is, is_determiner, is_uploaded, words};
use super::field::Field;
use super::kind::Kind;
use super::kinds::Kinds;
use super::noun::{plural_of, singular_words};
use super::op::Op;
use super::questions::records;
use super::shape::Part;
use super::told::Told;

/// What people call a kind, as alternatives of a pattern.
pub(super) fn choice(kind: &Kind) -> String {
    alternatives(kind.nouns.iter().take(4).cloned().collect())
}

/// Alternatives of a pattern.
pub(super) fn alternatives(mut all: Vec<String>) -> String {
    all.dedup();
    if all.len() == 1 { all.concat() } else { format!("({})", all.join("|")) }
}

/// "change the category of course 7 to Science".
pub(super) fn property(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let Some(owner) = records(op, kinds).last().copied() else { return Vec::new() };
    let Some(kind) = kinds.all.get(&owner.kind) else { return Vec::new() };
    let own = op.objects.first() == Some(&kind.name);
    let changes = op.act.classes.first().is_some_and(|class| class == "update")
        || op.act.told.iter().any(|told| told.family() == Family::Update);
    if own || !changes || op.act.acted || !matches!(op.shape.last(), Some(Part::Fixed(_))) {
        return Vec::new();
    }
    let nouns = names(op, kinds, kind);
    let to = main_field(op).map_or_else(String::new, |field| format!(" [(to|as) {{{}}}]", field.name));
    let (nouns, owners, owner) = (alternatives(nouns), choice(kind), &owner.name);
    let verbs = "(change|set|update|edit|modify)";
    let mut says = vec![
        format!("{verbs} {nouns} (of|for|on|in) {owners} {{{owner}}}{to}"),
        format!("{verbs} {owners} {{{owner}}} 's {nouns}{to}"),
    ];
    if kind.person {
        says.push(format!("{verbs} {nouns} (of|for) {{{owner}}}{to}"));
        says.push(format!("{verbs} {{{owner}}} 's {nouns}{to}"));
    }
    says
}

/// What a request is said to do, where it is more than its path says: "resend the invitation email to user 7".
pub(super) fn deed(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let Some(told) = op.act.told.first().filter(|told| op.act.titled && told.family() == Family::Own) else {
        return Vec::new();
    };
    let plain = |text: &str| text.chars().all(|c| c.is_ascii_alphabetic() || c == ' ');
    let one = told.noun.join(" ");
    if told.noun.is_empty() || told.noun.len() > 4 || !plain(&one) || !plain(&told.verb) || told.verb.contains(" as ") {
        return Vec::new();
    }
    let both = two(op, kinds, told);
    if !both.is_empty() {
        return both;
    }
    let owner = records(op, kinds).last().copied();
    let owner = owner.and_then(|field| Some((field, kinds.all.get(&field.kind)?)));
    let nouns = alternatives(vec![one.clone(), plural_of(&one)]);
    let Some((field, kind)) = owner else { return vec![format!("{} {nouns}", told.verb)] };
    if kind.nouns.contains(&one) {
        return Vec::new();
    }
    let (owners, name) = (choice(kind), &field.name);
    let said = &one[..];
    let short = said.strip_prefix(kind.nouns[0].as_str()).map_or("", str::trim);
    let nouns =
        if short.is_empty() { nouns } else { alternatives(vec![one.clone(), short.to_owned(), plural_of(short)]) };
    let joint = "(of|for|to|from|on|in|with)";
    let mut says = vec![format!("{} {nouns} {joint} {owners} {{{name}}}", told.verb)];
    if kind.person {
        says.push(format!("{} {nouns} {joint} {{{name}}}", told.verb));
    }
    says
}

/// "link service 7 to calendar 3", where the summary names two kinds and the request both of their records.
fn two(op: &Op<'_>, kinds: &Kinds, told: &Told) -> Vec<String> {
    let record = |noun: &[String]| {
        let kind = kinds.called(&noun.join(" "))?;
        let field = op.sent.fields.iter().find(|field| field.kind == kind.name && field.default.is_none())?;
        Some((choice(kind), &field.name))
    };
    let Some((nouns, name)) = record(&told.noun) else { return Vec::new() };
    let verb = &told.verb;
    let others = told.rest.iter().filter(|(preposition, _)| is("joining", preposition));
    let ways = others.filter_map(|(preposition, noun)| {
        let plain = noun.join(" ");
        let other = record(noun).filter(|(_, other)| *other != name);
        let named = other.map(|(nouns, other)| format!("[{nouns}] {{{other}}}"));
        let said = (!noun.is_empty()).then(|| named.unwrap_or_else(|| format!("[a|an|the|its|all] {plain}")))?;
        Some(format!("{verb} [{nouns}] {{{name}}} {preposition} {said}"))
    });
    let mut says: Vec<String> = ways.collect();
    // "Punch user 7" does not say whether in or out.
    if !op.act.acted || op.act.own.contains(verb) || op.act.own.is_empty() {
        says.push(format!("{verb} {nouns} {{{name}}}"));
    }
    says
}

/// "upload photo.png to product 7", "upload a file".
pub(super) fn upload(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    if !op.act.own.iter().any(|own| own == "upload") {
        return Vec::new();
    }
    let sent = op.sent.fields.iter().find(|field| {
        let spoken = words(field.name.rsplit('.').next().unwrap_or(&field.name));
        let plain =
            field.values.is_empty() && field.fields.is_empty() && matches!(field.kind.as_str(), "" | "any" | "url");
        plain && spoken.last().is_some_and(|last| is_uploaded(last) || is("file-field", last))
    });
    let object = op.objects.first().and_then(|name| kinds.all.get(name));
    let mut nouns: Vec<String> = object.map_or_else(Vec::new, |kind| kind.nouns.iter().take(5).cloned().collect());
    nouns.retain(|noun| noun != "upload" && super::relations::is_plain(noun));
    // What is uploaded is a file, except where the service calls something else one.
    if kinds.called("file").is_none_or(|file| object.is_some_and(|kind| kind.name == file.name)) {
        nouns.push("file".to_owned());
    }
    nouns.dedup();
    if nouns.is_empty() {
        return Vec::new();
    }
    let slot = sent.map_or_else(String::new, |field| format!(" [{{{}}}]", field.name));
    let owner = records(op, kinds).last().copied().filter(|field| object.is_none_or(|kind| kind.name != field.kind));
    // "Upload plan.pdf to folder 7", where the folder is told in the body.
    let told = || {
        let into = |field: &&Field| field.required && !field.many && kinds.all.contains_key(&field.kind);
        let mut all = op.sent.fields.iter().filter(into).filter(|field| object.is_none_or(|o| o.name != field.kind));
        all.next().filter(|_| all.next().is_none())
    };
    let owner = owner.or_else(told).and_then(|field| Some((field, kinds.all.get(&field.kind)?)));
    let nouns = alternatives(nouns);
    match owner {
        None => {
            let named = sent.map(|field| format!("upload {{{}}}", field.name));
            let mine = op.act.mine.then(|| super::frames::frames("put-up-mine", &[("name", &nouns)]));
            let named = named.into_iter().chain(mine.into_iter().flatten());
            std::iter::once(format!("upload [new] {nouns}{slot}")).chain(named).collect()
        }
        Some((field, kind)) => {
            let (owners, name) = (choice(kind), &field.name);
            let mut says = vec![format!("upload [new] {nouns}{slot} (to|for|of|on|in|into) {owners} {{{name}}}")];
            let record = super::frames::record(field, kinds);
            says.extend(super::frames::frames("put-up", &[("name", &nouns), ("record", &record)]));
            says
        }
    }
}

/// "find the customer with email ann@x.com", where the path finds a record by another field than its id.
pub(super) fn by(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let Some(Part::Variable(variable)) = op.shape.last().filter(|_| !op.act.by.is_empty()) else { return Vec::new() };
    let kind = op.objects.first().and_then(|name| kinds.all.get(name));
    let field = op.sent.fields.iter().find(|field| field.name == *variable);
    let (Some(kind), Some(field)) = (kind, field) else { return Vec::new() };
    let reads = op.act.classes.first().is_some_and(|class| matches!(class.as_str(), "get" | "list"));
    if !reads {
        return Vec::new();
    }
    let nouns = kind.nouns.iter().take(4).flat_map(|noun| [noun.clone(), plural_of(noun)]).collect();
    let (nouns, by, name) = (alternatives(nouns), op.act.by.join(" "), &field.name);
    vec![format!("[find|show|get|list|look up] {nouns} (by|with|whose|for|in|of) {by} [is] {{{name}}}")]
}

/// "the summary of offerings", where two words of a path stand side by side.
pub(super) fn side_by_side(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let reads = op.act.classes.first().is_some_and(|class| matches!(class.as_str(), "list" | "get"));
    let [.., Part::Fixed(owner), Part::Fixed(thing)] = op.shape.parts.as_slice() else { return Vec::new() };
    let variables = op.shape.variables().count();
    if variables > 0 || op.act.mine || !op.act.adjective.is_empty() || op.act.acted {
        return Vec::new();
    }
    let verbs = match op.act.classes.first().map(String::as_str) {
        Some("create" | "add") => "create|add|make",
        Some("update") => "update|change|set|edit",
        Some("delete" | "remove") => "delete|remove|clear",
        _ => "",
    };
    let own = op.act.own.iter().map(String::as_str);
    let verbs: Vec<&str> = std::iter::once(verbs).chain(own).filter(|verb| !verb.is_empty()).collect();
    let both = |words: &[String]| {
        let one = singular_words(words).join(" ");
        let many = plural_of(&one);
        vec![one, many]
    };
    let things = both(thing);
    let mut things: Vec<String> = if kinds.get(&op.act.noun).is_some_and(|k| k.nouns.contains(&things[0])) {
        things
    } else {
        return Vec::new();
    };
    things.push(words(&things[0]).concat());
    things.dedup();
    let (owners, things) = (alternatives(both(owner)), alternatives(things));
    if !reads {
        let said = format!("({}) [a|an|the|new] {owners} {things}", verbs.join("|"));
        return if verbs.is_empty() { Vec::new() } else { vec![said] };
    }
    vec![
        format!("{owners} {things}"),
        format!("{things} {owners}"),
        format!("{things} (of|for|in) [all] {owners}"),
        format!("{owners} (of|for|in) [the] {things}"),
    ]
}

/// What the one thing of a record is called: by its path, and by summaries without the record's own name.
fn names(op: &Op<'_>, kinds: &Kinds, owner: &Kind) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut add = |text: String| {
        if !text.is_empty() && !all.contains(&text) && all.len() < 6 {
            all.push(text);
        }
    };
    if let Some(Part::Fixed(fixed)) = op.shape.last() {
        add(fixed.join(" "));
        add(singular_words(fixed).join(" "));
    }
    for told in op.act.told.iter().map(|told| &told.noun).filter(|noun| !noun.is_empty() && noun.len() < 5) {
        let lead = owner.nouns.iter().map(|noun| words(noun)).find(|noun| told.starts_with(noun));
        let rest = &told[lead.map_or(0, |lead| lead.len())..];
        let many = plural_of(&rest.join(" "));
        if !rest.iter().any(|word| is_determiner(word))
            && kinds.called(&rest.join(" ")).is_none_or(|k| k.name != owner.name)
        {
            add(rest.join(" "));
            add(many);
        }
    }
    all
}

/// The field that carries the thing: the only one, the only one that is needed, or the one that is called like it.
pub(super) fn main_field<'o>(op: &'o Op<'_>) -> Option<&'o Field> {
    let free = |field: &&Field| {
        !op.sent.template.contains(&format!("{{{{ {} }}}}", field.name))
            && field.default.is_none()
            && field.fields.is_empty()
            && !matches!(field.kind.as_str(), "object" | "any")
    };
    let fields: Vec<&Field> = op.sent.fields.iter().filter(free).collect();
    let last = match op.shape.last() {
        Some(Part::Fixed(words)) => singular_words(words),
        _ => Vec::new(),
    };
    let called = |field: &&&Field| {
        let spoken = singular_words(&words(field.name.rsplit('.').next().unwrap_or(&field.name)));
        !last.is_empty() && (spoken == last || spoken.ends_with(&last) || last.ends_with(&spoken))
    };
    let needed = || fields.iter().filter(|field| field.required).collect::<Vec<_>>();
    if let [only] = fields.as_slice() {
        return Some(only);
    }
    let named = fields.iter().find(called).copied();
    named.or_else(|| needed().as_slice().first().filter(|_| needed().len() == 1).map(|field| **field))
}
