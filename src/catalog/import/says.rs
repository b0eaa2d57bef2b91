//! Phrase patterns for what verb and noun do not give.

use super::english::{Family, is, pairs};
use super::field::Field;
use super::kinds::Kinds;
use super::model::Model;
use super::noun::singular_words;
use super::op::Op;
use super::records::is_search;
use super::shape::Part;

/// Adds patterns, and what introduces the values of some parameters.
pub(super) fn add(model: &mut Model<'_>) {
    for at in 0..model.operations.len() {
        let op = &model.operations[at];
        let mut says = op.says.clone();
        says.extend(membership(op, &model.kinds));
        says.extend(myself(op));
        says.extend(condition(op, &model.kinds));
        says.extend(marking(op, &model.kinds));
        says.extend(super::questions::questions(op, &model.kinds));
        says.extend(super::properties::property(op, &model.kinds));
        says.extend(super::properties::deed(op, &model.kinds));
        says.extend(super::properties::side_by_side(op, &model.kinds));
        says.extend(super::properties::upload(op, &model.kinds));
        says.extend(super::properties::by(op, &model.kinds));
        says.extend(super::summaries::summary(op, &model.kinds));
        says.extend(super::summaries::holding(op, &model.kinds));
        says.extend(super::summaries::longer(op, &model.kinds));
        says.extend(super::summaries::participles(op, &model.kinds));
        says.extend(super::summaries::of_another(op, &model.kinds));
        says.extend(super::summaries::asked(op, &model.name));
        says.extend(super::everyday::everyday(model, op));
        says.extend(super::relations::relations(model, op));
        says.extend(super::asked::asked(model, op));
        says.extend(super::given::given(op, &model.kinds));
        says.extend(super::levers::levers(model, op));
        says.extend(super::subjects::subjects(model, op));
        says.extend(super::bulk::bulk(op, &model.kinds));
        says.extend(super::changes::changes(model, op));
        says.extend(super::deeds::deeds(model, op));
        says.extend(super::joined::joined(model, op));
        says.extend(super::library::library(op, &model.kinds));
        says.extend(super::listed::listed(op, &model.kinds));
        says.extend(super::placed::placed(op, &model.kinds));
        says.extend(everything(op));
        // What replaces a record is not asked to change it, where another request does.
        if op.act.classes.is_empty() && op.act.own.first().is_some_and(|own| own == "replace") {
            says.retain(|say| say.contains("replace"));
        }
        if counted_elsewhere(model, at) {
            for say in &mut says {
                *say = say.replacen("(what|which|how many)", "(what|which)", 1);
            }
        }
        says.extend(of_owner(model, at));
        let beside_one = listed_beside_one(model, at);
        let op = &mut model.operations[at];
        op.says = says;
        parts(op, &model.kinds);
        other_names(op);
        called(op);
        leads(op);
        if beside_one {
            filters(op);
        }
        super::introduced::introduced(op);
        record_in_body(op);
    }
}

/// Whether another request counts what one lists.
fn counted_elsewhere(model: &Model<'_>, at: usize) -> bool {
    let path = model.operations[at].spec.path.trim_end_matches('/');
    let counts = |other: &Op<'_>| {
        other.act.classes.first().is_some_and(|class| class == "count")
            && other.spec.path.strip_prefix(path).is_some_and(|rest| rest.matches('/').count() == 1)
    };
    model.operations.iter().any(counts)
}

/// Whether an operation lists what another shows one of, or deletes by their names what another deletes by its id.
fn listed_beside_one(model: &Model<'_>, at: usize) -> bool {
    use crate::catalog::Method::{Delete, Get};
    let op = &model.operations[at];
    let ends = matches!(op.shape.last(), Some(Part::Fixed(_)));
    let lists = matches!(op.spec.method, Get | Delete) && ends && !op.act.acted;
    let one = |other: &Op<'_>| {
        let ends = matches!(other.shape.last(), Some(Part::Variable(_)));
        ends && other.spec.method == op.spec.method && !other.act.many && other.objects.first() == op.objects.first()
    };
    lists && !op.act.classes.iter().any(|class| class == "search") && model.operations.iter().any(one)
}

/// "What does firewall 38 look like?" asks for the one, not for all that are called 38: what a list is filtered by is said
/// with its name.
fn filters(op: &mut Op<'_>) {
    let object = op.objects.first().cloned();
    let template = op.sent.template.clone();
    for field in &mut op.sent.fields {
        let of_record = Some(&field.kind) == object.as_ref();
        let named = field.bare || matches!(field.name.as_str(), "name" | "title");
        if named && !template.contains(&format!("{{{{ {} }}}}", field.name)) && !field.many && !of_record {
            field.bare = false;
            field.led = true;
        }
    }
}

/// "actions of server 42", where several things have actions, or where more is needed than that.
fn of_owner(model: &Model<'_>, at: usize) -> Option<String> {
    let op = &model.operations[at];
    let class = op.act.classes.first().filter(|class| matches!(class.as_str(), "list" | "get"))?;
    let owner = *super::questions::records(op, &model.kinds).last()?;
    let object = op.objects.first()?;
    let nouns = &model.kinds.all.get(object)?.nouns;
    let asked =
        super::model::asked(&op.sent.fields).filter(|f| !op.sent.template.contains(&format!("{{{{ {} }}}}", f.name)));
    let rival = |other: &Op<'_>| other.objects.first() == Some(object) && other.act.classes.first() == Some(class);
    let several = model.operations.iter().filter(|other| rival(other)).count() > 1;
    if owner.kind == *object || !op.act.adjective.is_empty() || !(several || asked.count() > 0) || op.act.acted {
        return None;
    }
    // "A conversation for contact 5" may be one that is to be made.
    let many = class == "list";
    let both = |noun: &String| {
        let one = Some(noun.clone()).filter(|_| !many);
        std::iter::once(super::noun::plural_of(noun)).chain(one)
    };
    let said: Vec<String> = nouns.iter().take(3).flat_map(both).collect();
    let owners = model.kinds.all.get(&owner.kind).map(super::properties::choice).unwrap_or_default();
    Some(format!("({}) (of|for|on|in) [{owners}] {{{}}}", said.join("|"), owner.name))
}

/// A request that changes a record names it somewhere, if not in the path then in the body.
fn record_in_body(op: &mut Op<'_>) {
    let changes = op.act.classes.first().is_some_and(|class| matches!(class.as_str(), "update" | "delete"));
    if !changes || op.act.bulk || op.sent.template.contains("{{") {
        return;
    }
    let object = op.objects.first().cloned().unwrap_or_default();
    let own = |field: &&mut Field| field.kind == object && !field.many && !field.name.contains('.');
    if let Some(field) = op.sent.fields.iter_mut().find(own) {
        field.needed = true;
    }
}

/// "add Jane to team Design", where the kind is clear without its noun: it is a person.
fn membership(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let record = |field: &&Field| kinds.all.contains_key(&field.kind) && field.default.is_none() && !field.many;
    let path: Vec<&Field> = op
        .sent
        .fields
        .iter()
        .filter(|f| op.sent.template.contains(&format!("{{{{ {} }}}}", f.name)))
        .filter(record)
        .collect();
    let mut body: Vec<&Field> =
        op.sent.fields.iter().filter(|f| f.required && !path.iter().any(|p| p.name == f.name)).filter(record).collect();
    // `{"usernames": ["jane"]}` names people too.
    let object = op.objects.first().and_then(|name| kinds.all.get(name));
    if body.is_empty() && object.is_some_and(|object| object.person) {
        let people = |field: &&Field| names_people(field) && !path.iter().any(|p| p.name == field.name);
        body = op.sent.fields.iter().filter(people).take(1).collect();
    }
    let last_is_variable = matches!(op.shape.last(), Some(Part::Variable(_)));
    let (who, whole) = match (path.as_slice(), body.as_slice()) {
        ([.., whole, who], _) if last_is_variable => (*who, *whole),
        ([.., whole], [who]) if !last_is_variable => (*who, *whole),
        _ => return Vec::new(),
    };
    let person = kinds.all.get(&who.kind).is_some_and(|kind| kind.person) || names_people(who);
    let own = super::act::noun_of_variable(&who.name).join(" ");
    if !person && !super::english::is_person(&own) && !["username", "login"].contains(&own.as_str()) {
        return Vec::new();
    }
    let nouns = kinds.all.get(&whole.kind).map_or(&[][..], |kind| kind.nouns.as_slice());
    let noun = if nouns.len() > 1 { format!("({})", nouns.join("|")) } else { nouns.concat() };
    let people = object.map_or_else(Vec::new, |object| object.nouns.iter().take(3).cloned().collect());
    let people =
        people.into_iter().flat_map(|noun| [super::noun::plural_of(&noun), noun]).collect::<Vec<_>>().join("|");
    let people = if people.is_empty() { String::new() } else { format!("[{people}] ") };
    let (who, whole) = (&who.name, &whole.name);
    let has = |class: &str| op.act.classes.iter().any(|known| known == class);
    if has("add") {
        vec![format!("(add|put|include) {people}{{{who}}} (to|on|into|in) {noun} {{{whole}}}")]
    } else if has("remove") {
        vec![format!("(remove|take|kick|drop) {people}{{{who}}} (from|off|out of) {noun} {{{whole}}}")]
    } else {
        Vec::new()
    }
}

/// Whether a field takes names or addresses of people, without any kind of record having them.
fn names_people(field: &Field) -> bool {
    let spoken = singular_words(&super::english::words(field.name.rsplit('.').next().unwrap_or(&field.name)));
    let text = spoken.join(" ");
    let plain =
        field.values.is_empty() && field.fields.is_empty() && !matches!(field.kind.as_str(), "boolean" | "object");
    plain && (field.kind == "email" || is("names-people", &text) || super::english::is_person(&text))
}

/// "search for invoices of Acme", where a service has one search over everything.
fn everything(op: &Op<'_>) -> Vec<String> {
    let noun = op.act.noun.join(" ");
    let reads = op.act.reads || op.spec.method == crate::catalog::Method::Get;
    if op.shape.variables().count() > 0
        || !reads
        || !(noun.is_empty() || is("search", &noun) || is("everything", &noun))
    {
        return Vec::new();
    }
    let free = |field: &&Field| field.kind.is_empty() && field.values.is_empty() && !field.many;
    let texts = || op.sent.fields.iter().filter(free);
    let query = texts().find(|field| is_search(&field.name)).or_else(|| texts().find(|field| field.required));
    let Some(query) = query.map(|field| &field.name) else { return Vec::new() };
    vec![
        format!("(search|look) [everything|everywhere|all] [for] {{{query}}}"),
        format!("search {} for {{{query}}}", "(everything|all|everywhere|site|service|forum|app|account|workspace)"),
        format!("find everything (about|on|for|matching|with) {{{query}}}"),
    ]
}

/// "mark task X as done", "mark comment 5 of post 2 as spam"
fn marking(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let state = &op.act.state;
    let Some(object) = op.objects.first().and_then(|name| kinds.all.get(name)).filter(|_| !state.is_empty()) else {
        return Vec::new();
    };
    let path = super::questions::records(op, kinds);
    // "Mark it as a no-show."
    let hyphened = state.replace(' ', "-");
    let state = &if hyphened == *state { state.clone() } else { format!("({state}|{hyphened})") };
    if let Some(field) = path.last() {
        let name = &field.name;
        let mut says = vec![format!("(mark|set|flag|make) {{{name}}} [as] [the|a|an] {state}")];
        if let [.., owner, _] = path.as_slice() {
            let owner = &owner.name;
            says.push(format!(
                "(mark|set|flag|make) {{{name}}} (of|on|in|from|for) {{{owner}}} [as] [the|a|an] {state}"
            ));
            says.push(format!(
                "(mark|set|flag|make) {{{name}}} [as] [the|a|an] {state} (of|on|in|from|for) {{{owner}}}"
            ));
        }
        return says;
    }
    let noun = object.nouns.first().cloned().unwrap_or_default();
    // "Mark notifications 5 and 6 as read."
    if let Some(field) = super::bulk::several(op) {
        let many = super::noun::plural_of(&noun);
        return super::frames::frames(
            "marked-several",
            &[("many", &many), ("value", &format!("{{{}}}", field.name)), ("state", state)],
        );
    }
    vec![format!(
        "(mark|set|flag) [all] [my|the] ({}|{noun}|everything|all) [as] {state}",
        super::noun::plural_of(&noun)
    )]
}

/// "who am i", "show my profile", "change my time zone to UTC".
fn myself(op: &Op<'_>) -> Vec<String> {
    let class = op.act.classes.first().map(String::as_str).unwrap_or_default();
    // `DELETE /v1/user` without a variable is about the one who asks.
    let alone = op.shape.parts.len() == 1 && is_profile(op) && !op.act.many;
    let whole = (op.act.mine || alone) && op.act.adjective.is_empty() && is_profile(op);
    if !whole {
        return Vec::new();
    }
    let things = "(profile|account|user|user profile|details|info)";
    if matches!(class, "get" | "list") {
        let mut says = super::frames::frames("who-am-i", &[]);
        says.extend([
            "who am i".to_owned(),
            "whoami".to_owned(),
            format!("[show|get|view|see|open|display] my {things}"),
            "[show|get] me".to_owned(),
        ]);
        return says;
    }
    if class == "delete" {
        return vec![format!("(delete|remove|close|erase|deactivate|cancel) my {things}")];
    }
    if class == "update" {
        let mut says = vec![
            format!("(update|change|edit|set|modify) my [{}]", &things[1..things.len() - 1]),
            "(update|edit) me".to_owned(),
        ];
        for field in op.sent.fields.iter().filter(|field| !field.many && field.fields.is_empty()).take(12) {
            let spoken = super::english::words(field.name.rsplit('.').next().unwrap_or(&field.name)).join(" ");
            says.push(format!("(change|set|update|make) my {spoken} [to|as] {{{}}}", field.name));
        }
        return says;
    }
    Vec::new()
}

/// Whether the path ends at the one who asks.
fn is_profile(op: &Op<'_>) -> bool {
    let last = match op.shape.last() {
        Some(Part::Fixed(words)) => words.join(" "),
        _ => return false,
    };
    super::english::is_me(&last) || ["user", "account", "profile", "me"].contains(&last.as_str())
}

/// "is gist X starred", from "Check if a gist is starred".
fn condition(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let clause = &op.act.clause;
    let Some(is) =
        clause.iter().position(|word| matches!(word.as_str(), "is" | "are" | "has" | "can" | "was" | "have"))
    else {
        return Vec::new();
    };
    let plain = |words: &[String]| -> Vec<String> {
        words.iter().filter(|word| !super::english::is_determiner(word)).cloned().collect()
    };
    let subject = plain(&clause[..is]);
    let mut state = plain(&clause[is + 1..]);
    state.retain(|word| !matches!(word.as_str(), "been" | "be"));
    let slot = |noun: &[String]| -> Option<String> {
        let kind = kinds.called(&singular_words(noun).join(" "))?;
        let field = op.sent.fields.iter().find(|field| field.kind == kind.name && field.default.is_none());
        field.map(|field| field.name.clone())
    };
    let subject = slot(&subject).or_else(|| subject.last().and_then(|last| slot(std::slice::from_ref(last))));
    let last = subject.or_else(|| {
        let last = op.sent.fields.iter().rev().find(|field| field.required && field.default.is_none());
        last.map(|field| field.name.clone())
    });
    let (Some(subject), false) = (last, state.is_empty()) else { return Vec::new() };
    // What is said after a preposition names records that may be said behind the pattern.
    let short: Vec<String> = state.iter().take_while(|word| !super::english::is_preposition(word)).cloned().collect();
    let state = if short.is_empty() { state } else { short };
    let text = state.join(" ");
    let last = state.last().cloned().unwrap_or_default();
    let verb = clause[is].as_str();
    let mut says = vec![format!("({verb}|check if|check whether|see if) {{{subject}}} [is|has|can] [been|be] {text}")];
    if last != text {
        says.push(format!("({verb}|check if|check whether|see if) {{{subject}}} [is|has|can] [been|be] {last}"));
    }
    says
}

/// The name of a field without the record that its body wraps it in: `product.name` of a product.
fn unwrapped<'n>(name: &'n str, noun: &str) -> &'n str {
    let inner = name.split_once('.').filter(|(lead, rest)| {
        let lead = singular_words(&super::english::words(lead)).join(" ");
        !rest.contains('.') && (noun == lead || noun.ends_with(&format!(" {lead}")) || is("wrapper", &lead))
    });
    inner.map_or(name, |(_, rest)| rest)
}

/// What is left of a name without the noun at its front, be it cut short: `conn type` of a connection.
fn own_word<'n>(name: &'n str, noun: &str) -> Option<&'n str> {
    let (first, rest) = name.split_once(' ')?;
    let last = noun.rsplit(' ').next()?;
    let short = first.len() > 2 && last.starts_with(first);
    (short && !rest.contains(' ')).then_some(rest)
}

/// Gives fields the other names that people have for them, unless another field of the operation has the name: the wording
/// that a `content` takes, the event of an `event_name`.
fn other_names(op: &mut Op<'_>) {
    let spoken = |field: &Field| super::english::words(field.name.rsplit('.').next().unwrap_or(&field.name)).join(" ");
    let mut taken: Vec<String> =
        op.sent.fields.iter().flat_map(|field| std::iter::once(spoken(field)).chain(field.names.clone())).collect();
    taken.push(op.act.noun.join(" "));
    taken.extend(op.act.noun.last().cloned());
    let template = op.sent.template.clone();
    for field in &mut op.sent.fields {
        if template.contains(&format!("{{{{ {} }}}}", field.name)) || !field.fields.is_empty() {
            continue;
        }
        let name = spoken(field);
        let (lead, last) = name.rsplit_once(' ').unwrap_or(("", &name));
        let whole = pairs("field-name", &name).iter().map(|other| (*other).to_owned());
        let head = pairs("field-name", last).iter().filter(|_| !lead.is_empty()).map(|other| format!("{lead} {other}"));
        let short = Some(lead.to_owned()).filter(|lead| !lead.is_empty() && is("field-tail", last));
        // What is `due_on` a day has a due date.
        let dated = matches!(field.kind.as_str(), "date" | "datetime") && matches!(last, "on" | "at");
        let day = Some(format!("{lead} date")).filter(|_| dated && !lead.is_empty());
        // `ends_on` is the end date, and the end.
        let stem = lead.strip_suffix('s').filter(|stem| dated && stem.len() > 2 && is("verb", stem));
        let day = day.into_iter().chain(stem.into_iter().flat_map(|stem| [format!("{stem} date"), stem.to_owned()]));
        // `checkInTime` is the check-in time.
        let hyphened = super::english::all("particle").find_map(|particle| {
            let (verb, rest) = name.split_once(&format!(" {particle} "))?;
            (!verb.contains(' ')).then(|| format!("{verb}-{particle} {rest}"))
        });
        for other in whole.chain(head.take(2)).chain(short).chain(day).chain(hyphened).collect::<Vec<_>>() {
            if !taken.contains(&other) {
                field.names.push(other.clone());
                taken.push(other);
            }
        }
    }
}

/// Who has a part in a record is spoken of as what the service's people are: an `assignee_id` is an agent's.
fn parts(op: &mut Op<'_>, kinds: &Kinds) {
    let part = |field: &Field| {
        let last = field.name.rsplit('.').next().unwrap_or(&field.name);
        super::act::noun_of_variable(last).pop().filter(|noun| is("part", noun))
    };
    let template = op.sent.template.clone();
    let all: Vec<usize> = (0..op.sent.fields.len())
        .filter(|at| {
            let field = &op.sent.fields[*at];
            part(field).is_some() && !template.contains(&format!("{{{{ {} }}}}", field.name))
        })
        .collect();
    let [at] = all.as_slice() else { return };
    let field = &op.sent.fields[*at];
    if !field.values.is_empty()
        || kinds.all.contains_key(&field.kind)
        || matches!(field.kind.as_str(), "boolean" | "object")
    {
        return;
    }
    let known: Vec<String> = op.sent.fields.iter().map(|f| super::act::noun_of_variable(&f.name).join(" ")).collect();
    let people = kinds.all.values().filter(|kind| kind.person && kind.id.is_some());
    let names: Vec<String> = people
        .filter(|kind| op.objects.first() != Some(&kind.name))
        .flat_map(|kind| kind.nouns.iter().take(2).cloned())
        .filter(|noun| !known.contains(noun))
        .collect();
    op.sent.fields[*at].names.extend(names);
}

/// What is made is called by what its file calls a display name or a label, where it has no plain name.
fn called(op: &mut Op<'_>) {
    let makes = op.act.classes.iter().any(|class| class == "create");
    let template = op.sent.template.clone();
    let spoken = |field: &Field| super::english::words(field.name.rsplit('.').next().unwrap_or(&field.name));
    let plain = |field: &Field| matches!(spoken(field).join(" ").as_str(), "name" | "title" | "subject" | "label");
    if !makes || op.sent.fields.iter().any(plain) {
        return;
    }
    let named = |field: &&mut Field| {
        let in_path = template.contains(&format!("{{{{ {} }}}}", field.name));
        let text = field.kind.is_empty() && field.values.is_empty() && !field.many && field.place.is_none();
        let last = spoken(field).pop().unwrap_or_default();
        text && !in_path && field.default.is_none() && matches!(last.as_str(), "name" | "title" | "label" | "subject")
    };
    let own = |field: &Field| spoken(field).iter().any(|word| op.act.noun.contains(word));
    let at = op.sent.fields.iter().position(|field| own(field) && spoken(field).last().is_some_and(|l| l == "name"));
    let at = at.map(|at| op.sent.fields[at].name.clone());
    let found = op.sent.fields.iter_mut().filter(|field| at.as_ref().is_none_or(|at| field.name == *at)).find(named);
    if let Some(field) = found {
        field.bare = true;
        field.roles.extend(["called", "named", "titled"].map(str::to_owned));
    }
}

/// Whether a field numbers a record: a sales order goes by its `order_no`, what has no name by its reference.
fn numbers(field: &str, noun: &str, named: bool) -> bool {
    let numbered = field.rsplit_once(' ').filter(|(_, last)| is("numbering", last));
    numbered
        .is_some_and(|(lead, _)| noun == lead || noun.ends_with(&format!(" {lead}")) || lead == "reference" && !named)
}

/// Lets what is searched for stand behind "for" and the like; alone, too, where nothing but searching is asked.
fn looks_for(field: &mut Field, searching: bool) {
    if !field.values.is_empty() || !searching && field.name == "name" {
        return;
    }
    field.roles = ["for", "about", "matching", "called", "named", "containing"].map(str::to_owned).to_vec();
    // What else a line holds is not what is searched for: "which videos are blocked?"
    field.led = searching;
}

/// What introduces values: a name is "called", a search is "for" something.
fn leads(op: &mut Op<'_>) {
    let searching = op.act.classes.iter().any(|class| class == "search");
    let noun = op.act.noun.join(" ");
    let lone = {
        let mut needed = op.sent.fields.iter().filter(|field| field.required && field.default.is_none());
        let mut in_body =
            needed.by_ref().filter(|field| !op.sent.template.contains(&format!("{{{{ {} }}}}", field.name)));
        in_body.next().map(|field| field.name.clone()).filter(|_| in_body.next().is_none())
    };
    let names_record = op.sent.fields.iter().any(|field| {
        Some(&field.kind) == op.objects.first() && op.sent.template.contains(&format!("{{{{ {} }}}}", field.name))
    });
    let changes_one = names_record && op.act.classes.first().is_some_and(|class| class == "update");
    let sums = op.sent.fields.iter().filter(|field| field.kind == "money").count();
    let makes = op.act.classes.iter().any(|class| class == "create");
    let changes = op.act.classes.iter().any(|c| matches!(c.as_str(), "add" | "remove" | "delete" | "update"));
    // "Register a domain" at `/domains/registrations` takes the name of a domain.
    let told_nouns: Vec<String> = op.act.named.iter().filter(|_| makes).map(|noun| noun.join(" ")).collect();
    let beside: Vec<String> = {
        let plain =
            |field: &&Field| field.fields.is_empty() && !matches!(field.kind.as_str(), "object" | "any" | "boolean");
        let all = op.sent.fields.iter().filter(plain);
        all.filter(|field| !op.sent.template.contains(&format!("{{{{ {} }}}}", field.name)))
            .map(|field| field.name.clone())
            .collect()
    };
    let heads: Vec<String> = op.act.told.iter().filter_map(|told| told.noun.last().cloned()).collect();
    let own: Vec<Family> = op.act.told.iter().map(super::told::Told::family).collect();
    let spoken_names: Vec<String> =
        op.sent.fields.iter().map(|field| super::english::words(&field.name).join(" ")).collect();
    let named = spoken_names.iter().any(|name| matches!(name.as_str(), "name" | "title"));
    let mut prosaic = false;
    for field in &mut op.sent.fields {
        let spoken = super::english::words(unwrapped(&field.name, &noun)).join(" ");
        let last = spoken.rsplit(' ').next().unwrap_or_default().to_owned();
        let in_path = op.sent.template.contains(&format!("{{{{ {} }}}}", field.name));
        // `conn_type` of a connection is its type.
        if let Some(rest) = own_word(&spoken, &noun).filter(|rest| makes || *rest != "id")
            && !in_path
            && !spoken_names.iter().any(|known| known == rest)
        {
            match rest {
                "id" => field.roles.extend(["with id", "id"].map(str::to_owned)),
                rest => field.names.push(rest.to_owned()),
            }
        }
        if matches!(spoken.as_str(), "name" | "title" | "subject" | "display name" | "label") && !in_path {
            field.roles = ["called", "named", "titled"].map(str::to_owned).to_vec();
            // "Create live stream Keynote", where the name is inside an object.
            field.bare |= makes && field.name.contains('.') && matches!(spoken.as_str(), "name" | "title");
        }
        if is_search(&field.name) && !in_path && op.act.many {
            looks_for(field, searching);
        }
        let one = singular_words(&super::english::words(&field.name)).join(" ");
        let of_noun = std::iter::once(&noun).chain(&told_nouns).filter(|noun| !noun.is_empty()).any(|noun| {
            one.strip_prefix(noun.as_str())
                .is_some_and(|rest| matches!(rest.trim(), "" | "number" | "code" | "name" | "key" | "no"))
        });
        let numbered = makes && numbers(&one, &noun, named);
        // A "promo code" goes by its code.
        let tail = makes && noun.ends_with(&format!(" {one}"));
        if (of_noun || tail || numbered) && !in_path && !names_record && field.fields.is_empty() && !noun.is_empty() {
            field.bare = true;
        }
        if sums == 1 && field.kind == "money" && makes {
            field.roles.extend(["of", "worth"].map(str::to_owned));
        }
        if field.kind == "free-text" && !in_path && !field.many && !op.act.many && !prosaic {
            field.roles.extend(["saying", "that says", "reading"].map(str::to_owned));
            prosaic = true;
        }
        // "Give me a summary for user 42" gives nobody another name.
        field.led = changes_one && !in_path && matches!(field.name.as_str(), "name" | "title");
        let only = lone.as_deref() == Some(field.name.as_str());
        // What is done to a record with the one other thing that is sent.
        if op.act.acted && (beside.len() == 1 && beside[0] == field.name || only && !in_path) && !field.many {
            field.roles.extend(["with", "as", "to"].map(str::to_owned));
        }
        // "With key X" of an unlock key, where no other key is sent.
        let lone_last = beside.len() < 13 && last.len() > 2 && last != spoken && !is("id-word", &last) || last == "key";
        if lone_last && !in_path && spoken_names.iter().filter(|name| name.ends_with(&last)).count() == 1 {
            field.names.push(last.clone());
        }
        // "Add numbers" takes the numbers.
        let told = field.many && field.fields.is_empty() && heads.contains(&one);
        if told && changes && !in_path {
            field.bare = true;
        }
        let listed = matches!(one.as_str(), "id" | "ids" | "uri" | "uris");
        let only_thing = field.required || beside.len() < 4;
        if listed && only_thing && !in_path && (changes || !makes && field.required) {
            field.bare = true;
        }
        let said = matches!(last.as_str(), "due" | "deadline") || spoken == "due date";
        if said {
            field.roles.push("due".to_owned());
        }
        let object_like = field.kind.is_empty()
            || matches!(field.kind.as_str(), "free-text" | "integer" | "number" | "money" | "email" | "url");
        if only && object_like && field.values.is_empty() && !searching {
            field.bare = true;
            let same = last == noun || noun.ends_with(&last);
            if same && !own.contains(&Family::Read) {
                field.roles.push("to".to_owned());
            }
        }
    }
    super::bulk::only_behind_noun(op);
}
