//! Phrase patterns that join two records, or a record and what it holds: "add image 7 to collection 3", "which agents handle
//! inbox 5?".

use crate::catalog::Method;
use crate::catalog::openapi::SpecPlace;

use super::act::noun_of_variable;
use super::english::{all, is, is_verbable, pairs, words};
use super::field::Field;
use super::kinds::Kinds;
use super::model::Model;
use super::noun::{is_plural, plural_of, singular_words};
use super::op::Op;
use super::properties::{alternatives, choice};
use super::questions::records;
use super::shape::Part;

/// The patterns of an operation.
pub(super) fn relations(model: &Model<'_>, op: &Op<'_>) -> Vec<String> {
    let kinds = &model.kinds;
    let mut says = putting(op, kinds);
    says.extend(linking(op, kinds));
    says.extend(marked(op, kinds));
    says.extend(held(op, kinds));
    says.extend(done_to(model, op));
    says.extend(counted(op, kinds));
    says.extend(used(op, kinds));
    says.extend(super::wholes::wholes(op, kinds));
    says.extend(super::wholes::contents(op, kinds));
    says.extend(super::wholes::turned(op, kinds));
    says.extend(so(op, kinds));
    says.extend(super::history::history(op, kinds));
    says
}

/// The record that an operation works in: the last that the path names and that is not its own, or else the account.
pub(super) fn owner<'o>(op: &'o Op<'_>, kinds: &Kinds) -> Option<&'o Field> {
    let account = || {
        let known =
            |field: &&Field| in_path(op, field) && field.default.is_some() && kinds.all.contains_key(&field.kind);
        op.sent
            .fields
            .iter()
            .filter(known)
            .max_by_key(|field| op.sent.template.find(&format!("{{{{ {} }}}}", field.name)))
    };
    records(op, kinds).last().copied().or_else(account)
}

pub(super) fn in_path(op: &Op<'_>, field: &Field) -> bool {
    op.sent.template.contains(&format!("{{{{ {} }}}}", field.name))
}

/// What people call the records that an operation is about. Those of an account or a channel go by the last word too: the
/// users of an account are "account users", and "contactable inboxes" are inboxes.
fn things(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let objects = op.objects.iter().take(4).filter_map(|name| kinds.all.get(name));
    let nouns: Vec<&String> = objects.flat_map(|kind| kind.nouns.iter().take(3)).collect();
    let scope = owner(op, kinds).and_then(|owner| kinds.all.get(&owner.kind));
    let heads = nouns.iter().filter_map(|noun| {
        let (lead, head) = noun.rsplit_once(' ')?;
        let scoped = scope.is_some_and(|scope| scope.nouns.iter().any(|noun| noun == lead));
        (scoped || lead.ends_with("able") || lead.ends_with("ed")).then(|| head.to_owned())
    });
    let heads: Vec<String> = heads.collect();
    unique(nouns.into_iter().cloned().chain(heads).filter(|noun| is_plain(noun)))
}

pub(super) fn is_plain(noun: &str) -> bool {
    noun.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, ' ' | '-'))
}

fn unique(nouns: impl Iterator<Item = String>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for noun in nouns {
        if !found.contains(&noun) {
            found.push(noun);
        }
    }
    found
}

/// Nouns with their plurals.
fn both(nouns: &[String]) -> Vec<String> {
    unique(nouns.iter().flat_map(|noun| [noun.clone(), plural_of(noun)]))
}

/// What people call what a field names.
pub(super) fn nouns_of(field: &Field, kinds: &Kinds) -> Vec<String> {
    let last = field.name.rsplit('.').next().unwrap_or(&field.name);
    let own = singular_words(&noun_of_variable(&singular_words(&words(last)).join("_")));
    let mut found: Vec<String> = Vec::new();
    let mut add = |noun: String| {
        if noun.len() > 2 && is_plain(&noun) && !found.contains(&noun) && !is("id-word", &noun) {
            found.push(noun);
        }
    };
    add(own.join(" "));
    if let Some(kind) = kinds.all.get(&field.kind) {
        kind.nouns.iter().take(3).cloned().for_each(&mut add);
    }
    if !kinds.all.contains_key(&field.kind) && own.last().is_some_and(|last| is("part", last)) {
        let people = kinds.all.values().filter(|kind| kind.person && kind.id.is_some());
        people.flat_map(|kind| kind.nouns.iter().take(2)).cloned().for_each(&mut add);
    }
    found
}

/// Whether a field names a record, or several.
pub(super) fn names(field: &Field, kinds: &Kinds) -> bool {
    let last = words(field.name.rsplit('.').next().unwrap_or(&field.name)).pop().unwrap_or_default();
    let id = matches!(last.as_str(), "id" | "ids" | "uuid" | "uuids");
    let plain = field.values.is_empty() && field.default.is_none();
    plain && (kinds.all.contains_key(&field.kind) || id || field.kind == "id" || field.each.is_some())
}

/// Whether what an operation is about is called after what a field names: rows of sales orders after the order.
pub(super) fn leads(field: &Field, op: &Op<'_>, kinds: &Kinds) -> bool {
    let own = op.act.noun.join(" ");
    nouns_of(field, kinds).iter().any(|noun| own.strip_prefix(noun.as_str()).is_some_and(|rest| rest.starts_with(' ')))
}

/// What is put to a record or taken from it, and the record.
fn member<'o>(op: &'o Op<'_>, kinds: &Kinds) -> Option<(&'o Field, &'o Field)> {
    let path = records(op, kinds);
    if let (Some(Part::Variable(last)), [.., owner, member]) = (op.shape.last(), path.as_slice()) {
        return (member.name == *last).then_some((*member, *owner));
    }
    let head = op.act.noun.last().cloned().unwrap_or_default();
    let is_own = |field: &Field| {
        let spoken = singular_words(&words(field.name.rsplit('.').next().unwrap_or(&field.name)));
        field.many && spoken.last().is_some_and(|last| *last == head)
    };
    let beside = || op.sent.fields.iter().filter(|field| !in_path(op, field) && field.default.is_none());
    let candidates: Vec<&Field> =
        beside().filter(|field| (names(field, kinds) || is_own(field)) && !field.name.contains('.')).collect();
    // `contactIds` beside whole `contacts` and what their numbers are.
    let known: Vec<&Field> = candidates.iter().copied().filter(|field| kinds.all.contains_key(&field.kind)).collect();
    let candidates = if known.len() == 1 && !path.is_empty() { known } else { candidates };
    // Of several, those that the operation is about.
    let own: Vec<&Field> = candidates.iter().copied().filter(|field| op.objects.first() == Some(&field.kind)).collect();
    let candidates = if own.len() == 1 && !path.is_empty() { own } else { candidates };
    let needed: Vec<&Field> = candidates.iter().copied().filter(|field| field.required).collect();
    match (path.last(), needed.as_slice(), candidates.as_slice()) {
        (Some(owner), [one], _) | (Some(owner), [], [one]) if one.kind != owner.kind => Some((one, owner)),
        // `{"inbox_id": 3, "user_ids": [7, 9]}`
        (None, [a, b], _) if a.many != b.many => Some(if a.many { (a, b) } else { (b, a) }),
        // Rows of sales orders: `{"sales_order_id": 12, "variant_id": 5}`.
        (None, [_, _, ..], _) | (None, _, [_, _, ..]) => {
            let all = if needed.len() > 1 { &needed } else { &candidates };
            let whole = all.iter().copied().find(|field| leads(field, op, kinds))?;
            let named = |field: &&Field| {
                let nouns = nouns_of(field, kinds);
                field.kind != whole.kind && field.required || nouns.contains(&head)
            };
            let others: Vec<&Field> =
                all.iter().copied().filter(|field| field.name != whole.name).filter(named).collect();
            let [one] = others.as_slice() else { return None };
            Some((one, whole))
        }
        // Users of an account, where the account is known.
        (None, [one], _) | (None, [], [one]) => {
            let own = nouns_of(one, kinds).iter().any(|noun| *noun == head || *noun == op.act.noun.join(" "));
            owner(op, kinds).filter(|owner| own && owner.kind != one.kind).map(|owner| (*one, owner))
        }
        _ => None,
    }
}

/// "add image 7 to collection 3", "take agent 81 out of inbox 3"
fn putting(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let has = |class: &str| op.act.classes.iter().any(|known| known == class);
    let undone = op.spec.method == Method::Delete && op.act.classes.is_empty();
    let joined = op.spec.method != Method::Delete && op.act.own.iter().any(|own| is("linking", own));
    let (adds, takes) = (has("add") || has("create") || joined, has("remove") || has("delete") || undone);
    if op.act.acted || !(adds || takes) {
        return Vec::new();
    }
    let Some((member, owner)) = member(op, kinds) else { return Vec::new() };
    let owners = nouns_of(owner, kinds);
    let mut nouns = nouns_of(member, kinds);
    nouns.extend(things(op, kinds));
    nouns.retain(|noun| !owners.contains(noun));
    let person = kinds.all.get(&member.kind).is_some_and(|kind| kind.person)
        || op.objects.iter().take(2).filter_map(|name| kinds.all.get(name)).any(|kind| kind.person);
    let nouns: Vec<String> = both(&nouns).into_iter().take(14).collect();
    if nouns.is_empty() || owners.is_empty() {
        return Vec::new();
    }
    let (nouns, owners) = (alternatives(nouns), alternatives(owners));
    let (member, owner) = (&member.name, &owner.name);
    if takes && !adds {
        let verbs = "(remove|delete|take|kick|drop|detach|unassign|unlink|disconnect|pull)";
        let mut says = vec![format!("{verbs} [the] {nouns} {{{member}}} (from|off|out of) [the] {owners} {{{owner}}}")];
        if person {
            says.push(format!(
                "(revoke|remove|take away|withdraw) [the] access (of|for|from) {nouns} {{{member}}} (to|from) [the] {owners} {{{owner}}}"
            ));
        }
        return says;
    }
    let access = person
        .then(|| format!("(give|grant) {nouns} {{{member}}} [an|a] access (to|in|on) [the] {owners} {{{owner}}}"));
    let verbs = "(add|put|include|attach|assign|place|link|connect|associate)";
    let put =
        format!("{verbs} [a|an|the|new] {nouns} {{{member}}} (to|on|onto|into|in|with) [the] {owners} {{{owner}}}");
    std::iter::once(put).chain(access).collect()
}

/// "tag parcel 7 as fragile", "untag parcel 7", where what is put to a record is a verb as well.
fn marked(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let path = records(op, kinds);
    let noun = op.act.noun.join(" ");
    let (owner, value) = match (op.shape.last(), path.as_slice()) {
        (Some(Part::Variable(last)), [.., owner, member]) if member.name == *last => {
            (*owner, Some(member.name.clone()))
        }
        (Some(Part::Fixed(_)), [.., owner]) => {
            (*owner, super::properties::main_field(op).map(|field| field.name.clone()))
        }
        _ => return Vec::new(),
    };
    let Some(kind) = kinds.all.get(&owner.kind).filter(|kind| is_verbable(&noun) && !kind.nouns.contains(&noun)) else {
        return Vec::new();
    };
    let owners = super::properties::choice(kind);
    let slot = value.map_or_else(String::new, |value| format!(" {{{value}}}"));
    match op.spec.method {
        Method::Post | Method::Put if !op.act.acted => {
            vec![format!("{noun} [the] {owners} {{{}}} (as|with|saying|to){slot}", owner.name)]
        }
        Method::Delete => {
            vec![format!("(un{noun}|un-{noun}) [the] {owners} {{{}}} [(as|with|from|of|to|by)]{slot}", owner.name)]
        }
        _ => Vec::new(),
    }
}

/// "link contact 208 to inbox 3", "assign conversation 310 to agent 77"
fn linking(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let makes = op.act.classes.iter().any(|class| matches!(class.as_str(), "create" | "add" | "assign"));
    let Some(owner) = records(op, kinds).last().copied().filter(|_| makes || op.act.acted) else { return Vec::new() };
    let head = op.act.noun.last().cloned().unwrap_or_default();
    let deeds: Vec<&str> = pairs("deed", &head).iter().copied().filter(|deed| is("linking", deed)).collect();
    let own: Vec<&str> = op.act.own.iter().map(String::as_str).filter(|own| is("linking", own)).collect();
    let fields: Vec<&Field> = op
        .sent
        .fields
        .iter()
        .filter(|field| {
            !in_path(op, field) && names(field, kinds) && field.kind != owner.kind && !field.name.contains('.')
        })
        .collect();
    let needed: Vec<&Field> = fields.iter().copied().filter(|field| field.required).collect();
    let fields = if needed.is_empty() { fields } else { needed };
    // `contact_inboxes` are of contacts and inboxes.
    let of_both =
        fields.len() == 1 && nouns_of(fields[0], kinds).iter().any(|noun| op.act.noun.len() > 1 && *noun == head);
    let verbs: Vec<&str> = if !own.is_empty() || !deeds.is_empty() {
        own.into_iter().chain(deeds).collect()
    } else if of_both {
        vec!["link", "connect", "attach", "add", "assign", "associate"]
    } else {
        return Vec::new();
    };
    if fields.is_empty() || fields.len() > 3 {
        return Vec::new();
    }
    let (verbs, owners) =
        (alternatives(verbs.into_iter().map(str::to_owned).collect()), alternatives(nouns_of(owner, kinds)));
    let says = fields.into_iter().filter_map(|field| {
        let nouns = nouns_of(field, kinds);
        (!nouns.is_empty()).then(|| {
            let nouns = alternatives(nouns);
            format!("{verbs} [the] {owners} {{{}}} (to|with|into|in|on) [the] {nouns} {{{}}}", owner.name, field.name)
        })
    });
    says.collect()
}

/// "which agents handle inbox 3?", "what tracks are in collection 7?"
fn held(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let reads = op.spec.method == Method::Get && !op.act.acted && op.act.adjective.is_empty();
    let Some(owner) = owner(op, kinds).filter(|_| reads) else { return Vec::new() };
    if op.objects.first() == Some(&owner.kind) {
        return Vec::new();
    }
    let things = both(&things(op, kinds));
    let Some(kind) = kinds.all.get(&owner.kind).filter(|_| !things.is_empty()) else { return Vec::new() };
    let account = owner.default.is_some();
    let mut owners: Vec<String> = kind.nouns.iter().take(4).cloned().collect();
    owners.extend(super::wholes::told_owners(op, owner, kinds));
    let owners = alternatives(unique(owners.into_iter()));
    let (things, owner) = (alternatives(things), format!("{{{}}}", owner.name));
    let plain = owners.trim_start_matches('(').trim_end_matches(')');
    let owners = if account { owners.clone() } else { format!("[{plain}]") };
    let set = |name: &str| all(name).collect::<Vec<_>>().join("|");
    vec![
        format!(
            "(what|which) {things} ({}) [to|in|on|for|with|under|of|at|by] [the] {owners} {owner}",
            set("relation")
        ),
        format!(
            "(what|which) {things} (is|are|was|were) [currently|now] [{}] (to|in|inside|on|for|with|under|of|at|by|from) [the] {owners} {owner}",
            set("kept")
        ),
        format!(
            "[through|by|in|on] (what|which) {things} (does|do|did|can|could|has|have) [i|we|you|the] {owners} {owner} ({})",
            set("having")
        ),
        format!("(what|which) {things} (has|have|had) {owners} {owner} [already] ({})", set("done-with")),
        format!(
            "(show|list|get|see|view|what are|give me) [all|me] [the|all] {things} [that|which] {owners} {owner} [has|have] ({}|{})",
            set("done-with"),
            set("relation")
        ),
        format!(
            "[through|by|in|on] (what|which) {things} (can|could|do|should) (i|we|you) ({}) [the] {owners} {owner}",
            set("having")
        ),
    ]
}

/// "license image 7", "which images have I licensed?", where a path ends in what is done to the things before it:
/// `/images/licenses`.
fn done_to(model: &Model<'_>, op: &Op<'_>) -> Vec<String> {
    let kinds = &model.kinds;
    let [.., Part::Fixed(things), Part::Fixed(deed)] = op.shape.parts.as_slice() else { return Vec::new() };
    let done = singular_words(deed).join(" ");
    if !is_plural(things) && kinds.get(&singular_words(things)).is_none() || op.act.acted {
        return Vec::new();
    }
    let mut verbs: Vec<String> = pairs("deed", &done).iter().map(|deed| (*deed).to_owned()).collect();
    if is_verbable(&done) && !verbs.contains(&done) {
        verbs.push(done.clone());
    }
    if verbs.is_empty() {
        return Vec::new();
    }
    let one = singular_words(things);
    // Of `/images/licenses` and `/editorial/images/licenses` the second is of editorial images.
    let scope = scope(model, op);
    let mut nouns = vec![one.join(" "), plural_of(&one.join(" "))];
    // "List audio licenses" and "license audio tracks" say what is licensed.
    let beside = model.operations.iter().filter(|other| other.spec.path == op.spec.path);
    for told in beside.flat_map(|other| &other.act.told) {
        let lead = match told.noun.split_last() {
            Some((last, lead)) if *last == done => lead,
            _ if verbs.contains(&told.verb) => told.noun.as_slice(),
            _ => &[],
        };
        if !lead.is_empty() {
            nouns.extend([lead.join(" "), plural_of(&lead.join(" "))]);
        }
    }
    if let Some(kind) = kinds.get(&one) {
        nouns.extend(kind.nouns.iter().skip(1).take(2).flat_map(|noun| [noun.clone(), plural_of(noun)]));
    }
    nouns.retain(|noun| is_plain(noun));
    if let Some(scope) = scope {
        let lead = |noun: String| if noun.contains(&scope) { noun } else { format!("{scope} {noun}") };
        nouns = nouns.into_iter().map(lead).collect();
    }
    let nouns = alternatives(unique(nouns.into_iter()));
    let past: Vec<String> = verbs.iter().map(|verb| past_of(verb)).collect();
    let (verbs, past) = (alternatives(verbs), alternatives(past));
    match op.spec.method {
        Method::Post if !op.act.reads => {
            let free = |field: &&Field| !in_path(op, field) && (names(field, kinds) || field.each.is_some());
            let mut fields = op.sent.fields.iter().filter(free).filter(|field| field.required || field.each.is_some());
            let slot = fields.next().map_or_else(String::new, |field| format!(" [{{{}}}]", field.name));
            vec![format!("{verbs} [a|an|the|this|that|some|several|these] {nouns}{slot}")]
        }
        Method::Get => {
            let asked = op.spec.params.iter().any(|param| param.required && param.place == SpecPlace::Query);
            if asked {
                return Vec::new();
            }
            vec![
                format!("(what|which) {nouns} (have|has|did|do) (i|we|you|they) [already] ({past}|{verbs})"),
                format!("{nouns} [that] (i|we) [have] [already] {past}"),
                format!("{nouns} (i've|we've) [already] {past}"),
                format!("(list|show|get|see|view|find) [all] [me] [my|our|the] {past} {nouns}"),
            ]
        }
        _ => Vec::new(),
    }
}

/// The step of a path before its last two, where another path is the same without it.
fn scope(model: &Model<'_>, op: &Op<'_>) -> Option<String> {
    let [lead @ .., Part::Fixed(scope), things, deed] = op.shape.parts.as_slice() else { return None };
    let without: Vec<&Part> = lead.iter().chain([things, deed]).collect();
    let plain = |other: &Op<'_>| other.shape.parts.iter().collect::<Vec<_>>() == without;
    model.operations.iter().any(plain).then(|| scope.join(" "))
}

/// `license` → licensed, `buy` → bought.
pub(super) fn past_of(verb: &str) -> String {
    let (first, rest) = verb.split_once(' ').map_or((verb, ""), |(first, rest)| (first, rest));
    let past =
        pairs("past", first).first().map_or_else(|| crate::catalog::inflect::past(first), |past| (*past).to_owned());
    format!("{past} {rest}").trim().to_owned()
}

/// "how many conversations are there", where a summary says "conversation counts".
fn counted(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    if op.spec.method != Method::Get || op.act.classes.first().is_some_and(|class| class == "count") {
        return Vec::new();
    }
    let counts = |word: &String| matches!(word.as_str(), "count" | "total");
    let told = op.act.told.iter().map(|told| &told.noun).find(|noun| noun.len() > 1 && noun.last().is_some_and(counts));
    let Some(noun) = told.map(|noun| noun[..noun.len() - 1].join(" ")) else { return Vec::new() };
    let nouns =
        kinds.called(&noun).map_or_else(|| vec![noun.clone()], |kind| kind.nouns.iter().take(3).cloned().collect());
    let many = alternatives(nouns.iter().map(|noun| plural_of(noun)).collect());
    let values = op
        .sent
        .fields
        .iter()
        .find(|field| !field.values.is_empty() && words(&field.name).last().is_some_and(|last| is("status", last)));
    let state = values.map_or_else(String::new, |field| format!(" [{{{}}}]", field.name));
    if let Some(owner) = records(op, kinds).last() {
        let record = super::frames::record(owner, kinds);
        return super::frames::frames("counted-in", &[("many", &many), ("record", &record)]);
    }
    vec![
        format!("how many{state} {many} (are|is|exist|do|have) [there|we have|i have|we got]{state}"),
        format!("(count|number of|total of) [the|all] {many}"),
    ]
}

/// "how many credits did organization 3 use", where a path tells of usage.
fn used(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let Some(Part::Fixed(last)) = op.shape.last() else { return Vec::new() };
    if op.spec.method != Method::Get
        || !last.iter().any(|word| matches!(word.as_str(), "usage" | "consumption" | "usages"))
    {
        return Vec::new();
    }
    let told = op.act.told.iter().map(|told| &told.noun).chain(std::iter::once(&op.act.noun));
    let leads = told.filter_map(|noun| {
        let at = noun.iter().position(|word| matches!(word.as_str(), "usage" | "consumption"))?;
        Some(noun[..at].join(" ")).filter(|lead| !lead.is_empty() && is_plain(lead))
    });
    let leads = both(&unique(leads));
    let leads = if leads.is_empty() { String::new() } else { format!("[{}]", leads.join("|")) };
    let using = all("using").collect::<Vec<_>>().join("|");
    let who = owner(op, kinds).map_or_else(
        || "(we|i|you)".to_owned(),
        |owner| format!("[i|we|{}] {{{}}}", choice(&kinds.all[&owner.kind]).trim_matches(['(', ')']), owner.name),
    );
    vec![format!("how (much|many) {leads} (did|does|has|have|do|is|are) {who} [been] ({using})")]
}

/// "is integration 3 installed?", where a path ends in the status of a record.
fn so(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let ends = matches!(op.shape.last(), Some(Part::Fixed(last)) if last.last().is_some_and(|word| is("status", word)));
    if !ends || op.spec.method != Method::Get || op.act.many {
        return Vec::new();
    }
    let Some(record) = records(op, kinds).last().copied() else { return Vec::new() };
    let Some(kind) = kinds.all.get(&record.kind) else { return Vec::new() };
    let nouns = choice(kind);
    let plain = nouns.trim_matches(['(', ')']);
    let so = all("so").collect::<Vec<_>>().join("|");
    vec![
        format!("(is|are|was|has) [the] [{plain}] {{{}}} [{plain}] [been] ({so})", record.name),
        format!("(what|which) (status|state|stage) is [the] [{plain}] {{{}}} in", record.name),
        format!("how is [the] [{plain}] {{{}}} (doing|going)", record.name),
    ]
}
