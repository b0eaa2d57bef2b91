//! Phrase patterns for paths that end in a verb with more: "change the ip range of network 6", "attach server 7 to network 6",
//! "turn the rescue mode of server 7 off".

use super::english::{Family, all, family, is, is_preposition, pairs, words};
use super::field::Field;
use super::kinds::Kinds;
use super::noun::{plural_of, singular_words};
use super::op::Op;
use super::properties::{alternatives, main_field};

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
        return vec![format!("{} {lead} [a|an|the] {things}", alternatives(verbs)).replace("  ", " ")];
    };
    if !lead.is_empty() {
        return moved(&verbs, lead, &owner, (&one, &things), other);
    }
    let joint = "(to|for|of|on|from|in|at|off|with)";
    let plain = alternatives(verbs.clone());
    let mut says = vec![format!("{plain} [a|an|the] {things} {joint} {owner}"), format!("{plain} {owner} 's {things}")];
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

/// What people say for the verb of such a path.
fn verbs(verb: &str) -> Vec<String> {
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
    // "Change reverse DNS entry" says of `change_dns_ptr` what people say.
    let told =
        op.act.told.iter().filter(|told| op.act.titled && family(&told.verb) == family(verb)).map(|told| &told.noun);
    for noun in told.map(|noun| noun.join(" ")).filter(|noun| !noun.is_empty()) {
        let plain = noun.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, ' ' | '-'));
        if plain && !found.contains(&noun) {
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
