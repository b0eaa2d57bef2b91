//! Phrase patterns for paths that end in a verb with more: "change the ip range of network 6", "attach server 7 to network 6",
//! "turn the rescue mode of server 7 off".

use crate::catalog::inflect::{Form, verb_forms};

use super::english::{Family, all, family, is, is_any_verb, is_determiner, is_preposition, paired_with, pairs, words};
use super::field::Field;
use super::frames::frames;
use super::kinds::Kinds;
use super::noun::{plural_of, singular_words};
use super::op::Op;
use super::properties::{alternatives, main_field};

/// The most yes-or-no fields that get patterns of their own.
const MOST: usize = 4;

/// The patterns of an operation whose path ends in such words.
pub(super) fn doing(op: &Op<'_>, kinds: &Kinds, owner: Option<&Field>) -> Vec<String> {
    let [verb, thing] = op.act.thing.as_slice() else { return Vec::new() };
    let (verb, verbs) = (verb.as_str(), verbs(verb));
    let (lead, noun) = thing.split_once(' ').filter(|(lead, _)| is_preposition(lead)).unwrap_or(("", thing));
    let one = singular_words(&words(noun)).join(" ");
    let things = things(op, &one, verb);
    let other = op.sent.fields.iter().find(|field| {
        let spoken = singular_words(&words(&field.name)).join(" ");
        let same =
            spoken.trim_end_matches(" id") == one || kinds.called(&one).is_some_and(|kind| kind.name == field.kind);
        same && owner.is_none_or(|owner| owner.name != field.name) && field.fields.is_empty()
    });
    let Some(owner) = owner.map(|owner| format!("{{{}}}", owner.name)) else {
        let verbs = alternatives(verbs);
        let mut says = vec![format!("{verbs} {lead} [a|an|the] {things}").replace("  ", " ")];
        // "Terminate the sessions of groups 5 and 6" at `/groups/terminate_sessions`.
        let object = op.objects.first().and_then(|name| kinds.all.get(name)).filter(|_| lead.is_empty());
        let of = op.sent.fields.iter().find(|field| {
            let ids = singular_words(&super::act::noun_of_variable(&field.name)).join(" ");
            object.is_some_and(|object| field.kind == object.name || object.nouns.contains(&ids))
        });
        says.extend(of.zip(object).map(|(field, object)| {
            // A list is spoken of as several: one alone has a request of its own.
            let called = |noun: &String| if field.many { plural_of(noun) } else { noun.clone() };
            let nouns = alternatives(object.nouns.iter().take(4).map(called).collect());
            format!("{verbs} [the|all|all the] {things} (of|for|on|in|from) [the] {nouns} {{{}}}", field.name)
        }));
        return says;
    };
    if !lead.is_empty() {
        return moved(&verbs, lead, &owner, (&one, &things), other);
    }
    let mut says = taken_as(op, &verbs, &owner);
    says.extend(handed(verb, &one, &owner));
    let joint = "(to|for|of|on|from|in|at|off|with)";
    let plain = alternatives(verbs.clone());
    let things = described(op, &one) + &things;
    says.extend([format!("{plain} [a|an|the] {things} {joint} {owner}"), format!("{plain} {owner} 's {things}")]);
    for (head, particle) in verbs.iter().filter_map(|verb| verb.split_once(' ')) {
        says.push(format!("{head} [the] {things} [of|for|on|in] [{owner}] {particle} [again] [{joint}] [{owner}]"));
    }
    let value = other.or_else(|| main_field(op)).map(|field| format!("{{{}}}", field.name));
    if let Some(value) = value {
        says.push(format!("{plain} [a|an|the] {things} {value} {joint} {owner}"));
        says.push(format!("{plain} [a|an|the] {things} {joint} {owner} (to|as|with) {value}"));
        says.push(format!("{plain} {owner} 's {things} (to|as|with) {value}"));
        says.extend(other.map(|other| format!("{plain} [{one}] {{{}}} {joint} {owner}", other.name)));
    }
    says.extend(switched(op, &things, &owner));
    says.extend(two_values(op, &plain, &things, &owner));
    says.extend(kept_from(op, &one, &owner));
    // "Give webhook 3 a new token."
    if is("renewing", verb) {
        says.push(format!("(give|get|make|issue|create) [the] {owner} [a|an] (new|fresh|another|different) {things}"));
        says.push(format!(
            "(get|give|make|issue|create) [me|us] [a|an] (new|fresh|another|different) {things} (for|to|on|of) {owner}"
        ));
    }
    says
}

/// "attach server 7 to network 6", "take server 7 out of its network".
fn moved(verbs: &[String], lead: &str, owner: &str, what: (&str, &str), other: Option<&Field>) -> Vec<String> {
    let (one, things) = what;
    let joint = match lead {
        "to" | "into" | "in" | "onto" | "on" => "(to|into|in|onto|on|up to|with)",
        "from" => "(from|off|out of|off of)",
        other => other,
    };
    let verbs = alternatives(verbs.to_vec());
    let mut says =
        vec![format!("{verbs} {owner} {joint} [a|an|the|its|all|whatever] {things} [it is|it 's|it was] [in|on|at]")];
    says.extend(other.map(|other| format!("{verbs} {owner} [up] {joint} [the] [{one}] {{{}}}", other.name)));
    says
}

/// "protect server 7 from being deleted", where what is changed has a verb of its own.
fn kept_from(op: &Op<'_>, one: &str, owner: &str) -> Vec<String> {
    let last = one.rsplit(' ').next().unwrap_or(one);
    let deeds: Vec<String> = pairs("deed", last).iter().map(|deed| (*deed).to_owned()).collect();
    if deeds.is_empty() || family(&op.act.thing[0]) != Family::Update {
        return Vec::new();
    }
    let rest = all("kept-from").collect::<Vec<_>>().join("|");
    vec![format!("{} {owner} [(from|against) ({rest})] [or] [{rest}]", alternatives(deeds))]
}

/// "switch on delete protection for volume 7", where a yes-or-no field says what the thing is to be.
fn switched(op: &Op<'_>, things: &str, owner: &str) -> Vec<String> {
    let flags: Vec<&Field> = op
        .sent
        .fields
        .iter()
        .filter(|field| field.kind == "boolean" && !field.many && field.default.is_none() && !field.name.contains('.'))
        .collect();
    let mut says = Vec::new();
    for field in flags.iter().take(MOST) {
        let mut spoken = words(&field.name);
        spoken.retain(|word| !is("auxiliary", word) && !is("lever", word));
        let name = spoken.join(" ");
        let mut names = if is_any_verb(&name) { names_of_deed(&name) } else { vec![name.clone()] };
        names.retain(|name| !name.is_empty() && super::relations::is_plain(name));
        let names = names.join("|");
        // What is the only one need not be said.
        let which = match (names.is_empty(), flags.len()) {
            (true, 1) => things.to_owned(),
            (true, _) => continue,
            (false, 1) => format!("[{names}] {things}"),
            (false, _) => format!("({names}) {things}"),
        };
        for (set, particle, value) in [("turning-on", "on", "true"), ("turning-off", "off", "false")] {
            let verbs = alternatives(all(set).map(str::to_owned).collect());
            let value = format!("{{{}={value}}}", field.name);
            let places = [
                ("verb", verbs.as_str()),
                ("particle", particle),
                ("name", which.as_str()),
                ("record", owner),
                ("value", value.as_str()),
            ];
            says.extend(frames("switched", &places));
        }
    }
    says
}

/// "take a snapshot of server 7", where a field says what is made: `create_image` of `{"type": "snapshot"}`.
fn taken_as(op: &Op<'_>, verbs: &[String], owner: &str) -> Vec<String> {
    let made = op.act.thing.first().is_some_and(|verb| family(verb) == Family::Create);
    let kinds =
        op.sent.fields.iter().filter(|field| !field.values.is_empty() && !field.many && field.default.is_none());
    let Some(field) =
        kinds.filter(|_| made).find(|field| words(&field.name).last().is_some_and(|last| is("sort", last)))
    else {
        return Vec::new();
    };
    vec![format!(
        "{} [a|an|the|another] [new] {{{}}} (of|from|for|on) {owner}",
        alternatives(verbs.to_vec()),
        field.name
    )]
}

/// "send driver 52 the invitation again".
fn handed(verb: &str, one: &str, owner: &str) -> Vec<String> {
    let mut names: Vec<String> = paired_with("deed", one).map(str::to_owned).collect();
    names.push(one.to_owned());
    names.retain(|name| super::relations::is_plain(name));
    if !is("sends", verb) || names.is_empty() {
        return Vec::new();
    }
    frames("handed", &[("record", owner), ("name", &alternatives(names))])
}

/// "set the reverse DNS of server 7 for 1.2.3.4 to mail.example.com", where two values are sent.
fn two_values(op: &Op<'_>, verbs: &str, things: &str, owner: &str) -> Vec<String> {
    let plain = |field: &&Field| {
        !super::relations::in_path(op, field)
            && field.default.is_none()
            && field.fields.is_empty()
            && !field.many
            && !matches!(field.kind.as_str(), "boolean" | "object" | "any")
    };
    let sent: Vec<&Field> = op.sent.fields.iter().filter(plain).collect();
    let [first, second] = sent.as_slice() else { return Vec::new() };
    let names = |field: &Field| {
        let last = field.name.rsplit('.').next().unwrap_or(&field.name);
        let mut names = vec![words(last).join(" ")];
        names.extend(field.names.iter().take(2).cloned());
        names.extend(words(last).pop());
        names.retain(|name| super::relations::is_plain(name));
        names.dedup();
        names.join("|")
    };
    let ways = [(first, second), (second, first)];
    let says = ways.into_iter().flat_map(|(one, other)| {
        let (one_names, other_names) = (names(one), names(other));
        let (one, other) = (format!("{{{}}}", one.name), format!("{{{}}}", other.name));
        let places = [
            ("verb", verbs),
            ("name", things),
            ("record", owner),
            ("first", one_names.as_str()),
            ("one", one.as_str()),
            ("second", other_names.as_str()),
            ("other", other.as_str()),
        ];
        frames("two-values", &places)
    });
    says.collect()
}

/// What describes such a thing where the file tells of it: "automatic" of "an automatic daily backup option".
fn described(op: &Op<'_>, one: &str) -> String {
    let told = super::told::spoken_words(&op.spec.description);
    let mut found: Vec<&str> = Vec::new();
    let describes = |word: &&String| {
        !is_preposition(word) && !is_determiner(word) && !is_any_verb(word) && super::relations::is_plain(word)
    };
    let places = told.iter().enumerate().filter(|(_, word)| super::noun::singular_word(word) == one);
    for (at, _) in places {
        found.extend(told[..at].iter().rev().take(2).take_while(describes).map(String::as_str));
    }
    found.sort_unstable();
    found.dedup();
    if found.is_empty() { String::new() } else { format!("[{}] ", found.join("|")) }
}

/// What people call the doing of something: "closing" and "closure", "acknowledgement".
pub(super) fn names_of_deed(verb: &str) -> Vec<String> {
    let forms = verb_forms(verb, &[]);
    let doing = forms.into_iter().filter(|(_, form)| *form == Form::Gerund).map(|(text, _)| text);
    let nouns = paired_with("deed", verb).map(str::to_owned);
    let mut names: Vec<String> = nouns.chain(doing).collect();
    names.push(verb.to_owned());
    names.dedup();
    names
}

/// What people say for the verb of such a path.
pub(super) fn verbs(verb: &str) -> Vec<String> {
    let mut found = vec![verb.to_owned()];
    let set = match family(verb) {
        Family::Update => Some("update"),
        Family::Add => Some("attach"),
        Family::Remove => Some("detach"),
        Family::Delete => Some("delete"),
        Family::Create => Some("create"),
        _ => None,
    };
    let more = set.map_or_else(|| pairs("thing-verb", verb), |set| pairs("thing-verb", set));
    let more = if more.is_empty() { pairs("done-as", verb) } else { more };
    for more in more {
        if found.iter().all(|known| known != more) {
            found.push((*more).to_owned());
        }
    }
    found
}

/// What people call what stands behind the verb: by the path, and by a summary with the same verb.
fn things(op: &Op<'_>, one: &str, verb: &str) -> String {
    let mut found = vec![one.to_owned(), plural_of(one)];
    if verb == "undo" {
        found.extend(names_of_deed(one));
    }
    // "Change reverse DNS entry" says of `change_dns_ptr` what people say.
    let told =
        op.act.told.iter().filter(|told| op.act.titled && family(&told.verb) == family(verb)).map(|told| &told.noun);
    for noun in told.map(|noun| noun.join(" ")).filter(|noun| !noun.is_empty()) {
        let plain = noun.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, ' ' | '-'));
        if plain && !found.contains(&noun) {
            // Of a "reverse DNS entry" people say "reverse DNS".
            let short = noun.rsplit_once(' ').filter(|(_, last)| super::english::is_transparent(last));
            found.extend(short.map(|(lead, _)| lead.to_owned()));
            found.push(plural_of(&noun));
            found.push(noun);
        }
    }
    for name in super::english::synonyms(one) {
        found.extend([(*name).to_owned(), plural_of(name)]);
    }
    found.dedup();
    alternatives(found)
}
