//! Phrase patterns for questions and for doings that begin with the other noun.

use super::english::{Family, deed, family, is_me, is_particle_of, is_person, is_verbable, pairs, words};
use super::field::Field;
use super::kind::Kind;
use super::kinds::Kinds;
use super::noun::{plural_of, singular_words};
use super::op::Op;

/// The records that the path names and somebody has to say, the outermost first.
pub(super) fn records<'o>(op: &'o Op<'_>, kinds: &Kinds) -> Vec<&'o Field> {
    let said = |field: &&Field| {
        op.sent.template.contains(&format!("{{{{ {} }}}}", field.name))
            && field.default.is_none()
            && kinds.all.contains_key(&field.kind)
    };
    let mut found: Vec<&Field> = op.sent.fields.iter().filter(said).collect();
    found.sort_by_key(|field| op.sent.template.find(&format!("{{{{ {} }}}}", field.name)));
    found
}

/// The record that a request is about where no path but a field names it: `project` of a request that updates a project.
pub(super) fn sent_record<'o>(op: &'o Op<'_>, kinds: &Kinds) -> Option<&'o Field> {
    let kind = op.objects.first().and_then(|name| kinds.all.get(name))?;
    let own = |field: &&Field| {
        let plain = !field.many && field.fields.is_empty() && field.values.is_empty() && !field.name.contains('.');
        let noun = super::act::noun_of_variable(&field.name).join(" ");
        plain && kind.nouns.contains(&noun)
    };
    op.sent.fields.iter().find(own)
}

/// The patterns for an operation that asks, counts or invites.
pub(super) fn questions(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let mut says = Vec::new();
    let first = op.act.classes.first().map(String::as_str).unwrap_or_default();
    let Some(object) = op.objects.first().and_then(|name| kinds.all.get(name)) else { return says };
    let nouns: Vec<String> = object.nouns.iter().take(4).map(|noun| plural_of(noun)).collect();
    let many = format!("({})", nouns.join("|"));
    let owner = records(op, kinds).last().copied();
    let own = owner.is_some_and(|field| field.kind == object.name);
    match (first, owner) {
        ("count", None) => says.push(format!("how many {many} [are there|do we have|do i have|exist|in total]")),
        ("count", Some(owner)) => {
            let counted = counted(op, kinds).unwrap_or(many);
            says.push(format!("how many {counted} [are] (in|on|of|for|at|from|under) {{{}}}", owner.name));
            says.push(format!("how many {counted} (does|do|has|have) {{{}}} [have|got]", owner.name));
        }
        ("list", Some(owner)) if !own && op.act.adjective.is_empty() => {
            let owned = format!("{{{}}}", owner.name);
            says.push(format!("[show|list|get|see|view|what are] {owned} 's {many}"));
            let owners = kinds.all.get(&owner.kind).map(super::properties::choice).unwrap_or_default();
            says.push(format!(
                "(what|which|how many) {many} (is|are|was|were) [currently|now] [running|being used|used|used by|listed|kept|stored|there] (in|inside|on|of|for|at|under|by) [{owners}] {owned}"
            ));
            says.push(format!(
                "(what|which) {many} (does|do|did|has|have|is|are) [{owners}] {owned} [have|has|got|own|use|in|on]"
            ));
            let people: Vec<String> =
                object.nouns.iter().flat_map(|noun| pairs("joined-people", noun)).map(|noun| plural_of(noun)).collect();
            if !people.is_empty() {
                let people = super::properties::alternatives(people);
                says.push(format!(
                    "[(who|what) are] [the|all|all the] {people} (of|in|on|at|for|to|from) [the] [{owners}] {owned}"
                ));
            }
            if object.person || object.nouns.iter().any(|noun| noun.ends_with("membership")) {
                says.push(format!("who (is|are|works|belongs|was) (in|on|at|to|part of) {owned}"));
                says.push(format!("who are the {many} (of|in|on|at|for) {owned}"));
            }
        }
        ("get", Some(owner)) if !own && op.act.adjective.is_empty() && !op.act.acted => {
            let owners = kinds.all.get(&owner.kind).map(super::properties::choice).unwrap_or_default();
            says.push(format!(
                "(what|which) {many} (is|are|was|were) [currently|now] [running|being used|used|listed|kept|stored|there] (in|inside|on|of|for|at|under|by) [{owners}] {{{}}}", owner.name
            ));
            says.push(format!(
                "[show|get|see|view] {{{}}} 's ({})",
                owner.name,
                object.nouns.iter().take(4).cloned().collect::<Vec<_>>().join("|")
            ));
        }
        _ => {}
    }
    says.extend(invitation(op, owner));
    says.extend(owner.into_iter().flat_map(|owner| verbs(op, &owner.name)));
    says.extend(bringing(op, kinds));
    says.extend(joining(op, kinds, object));
    says.extend(super::doings::doing(op, kinds, owner));
    says.extend(purpose(op, kinds, owner));
    says
}

/// What is counted, where the path ends in `count` of something that is no record of the path.
fn counted(op: &Op<'_>, kinds: &Kinds) -> Option<String> {
    let told = op.act.told.iter().map(|told| told.noun.join(" ")).find(|noun| !noun.is_empty())?;
    let kind = kinds.called(&told)?;
    Some(format!("({})", kind.nouns.iter().take(4).map(|noun| plural_of(noun)).collect::<Vec<_>>().join("|")))
}

/// "check booking 7 in", "replace room 5".
fn verbs(op: &Op<'_>, owner: &str) -> Vec<String> {
    let mut says = Vec::new();
    for own in &op.act.own {
        match own.split_once(' ') {
            Some((verb, particle)) if is_particle_of(verb, particle) => {
                says.extend([format!("{verb} {particle} {{{owner}}}"), format!("{verb} {{{owner}}} {particle}")]);
            }
            None if own == "replace" => says.push(format!("(replace|overwrite) {{{owner}}}")),
            _ => {}
        }
    }
    says
}

/// "subscribe customer 5 to plan 7", "tag guest 9 with vip", where the noun is made by doing.
fn bringing(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let noun = op.act.noun.last().map(String::as_str).unwrap_or_default();
    let deed = deed(noun).or_else(|| is_verbable(noun).then_some(noun));
    let Some(verb) = deed.filter(|deed| op.act.own.iter().any(|own| own == deed)) else { return Vec::new() };
    let record = |field: &&Field| kinds.all.contains_key(&field.kind) && !field.many && field.default.is_none();
    let said: Vec<&Field> = op.sent.fields.iter().filter(|field| field.required).filter(record).collect();
    let [one, other] = said.as_slice() else { return Vec::new() };
    let way = |first: &Field, second: &Field| {
        format!("{verb} [a|an|the] {{{}}} (to|for|in|on|with|into|at|as) {{{}}}", first.name, second.name)
    };
    vec![way(one, other), way(other, one)]
}

/// "add user 7 to project Apollo", where a request of its own makes "project members" of both.
fn joining(op: &Op<'_>, kinds: &Kinds, object: &Kind) -> Vec<String> {
    let makes = op.act.classes.iter().any(|class| matches!(class.as_str(), "create" | "add"));
    let noun = object.nouns.first().map(String::as_str).unwrap_or_default();
    let joins = is_person(noun) || noun.ends_with("membership") || noun.ends_with("assignment") || noun.contains(' ');
    let body = |field: &&Field| kinds.all.contains_key(&field.kind) && field.kind != object.name && !field.many;
    let fields: Vec<&Field> = op.sent.fields.iter().filter(body).collect();
    let [one, other] = fields.as_slice() else { return Vec::new() };
    let person = |field: &Field| kinds.all[&field.kind].person;
    let (who, whole) = match (person(one), person(other)) {
        (true, false) => (one, other),
        (false, true) => (other, one),
        _ => return Vec::new(),
    };
    if !makes || !joins || op.act.acted {
        return Vec::new();
    }
    vec![format!("(add|assign|put) {{{}}} (to|on|into|in) {{{}}}", who.name, whole.name)]
}

/// "submit timesheets for approval": what a summary says behind the noun, where it is no record and no field.
fn purpose(op: &Op<'_>, kinds: &Kinds, owner: Option<&Field>) -> Vec<String> {
    let told = op.act.told.iter().filter(|told| op.act.titled && !told.noun.is_empty());
    let first =
        |told: &&super::told::Told| told.rest.first().is_some_and(|(_, rest)| !rest.is_empty() && rest.len() < 3);
    let Some(told) = told.into_iter().find(first) else { return Vec::new() };
    let Some((preposition, rest)) = told.rest.first() else { return Vec::new() };
    let text = rest.join(" ");
    let named = op.sent.fields.iter().any(|field| singular_words(&words(&field.name)).join(" ").contains(&text));
    let known = kinds.called(&text).is_some() || named || is_me(&text) || told.of_me();
    let plain = text.chars().all(|c| c.is_ascii_alphabetic() || c == ' ');
    if known || !plain || !matches!(preposition.as_str(), "for" | "to" | "as" | "from" | "in" | "into") {
        return Vec::new();
    }
    let (verb, one) = (&told.verb, told.noun.join(" "));
    let things = format!("{one}|{}", plural_of(&one));
    // What "skip playback to the next track" is about need not be said where there is no record of it.
    let things =
        if owner.is_none() && family(verb) == Family::Own { format!("[{things}]") } else { format!("({things})") };
    let mut says = vec![format!("{verb} {things} {preposition} [a|an|the] {text}")];
    says.extend(owner.map(|owner| format!("{verb} {{{}}} {preposition} [a|an|the] {text}", owner.name)));
    says
}

/// "invite ann@x.com to workspace Acme"
fn invitation(op: &Op<'_>, owner: Option<&Field>) -> Vec<String> {
    if !op.act.own.iter().any(|own| own == "invite") {
        return Vec::new();
    }
    // `{"invites": [{"email": "ann@x.com"}]}` takes addresses too.
    let listed = |field: &Field| {
        let each = field.each.as_ref().and_then(|each| field.fields.iter().find(|inner| inner.name == *each));
        each.is_some_and(|inner| inner.kind == "email")
    };
    let mail = op.sent.fields.iter().find(|field| field.kind == "email" || listed(field));
    match (mail, owner) {
        (Some(mail), Some(owner)) => {
            vec![format!("invite {{{}}} [to|into|in|onto|to join|as] {{{}}}", mail.name, owner.name)]
        }
        (Some(mail), None) => vec![format!("invite {{{}}}", mail.name)],
        _ => Vec::new(),
    }
}
