//! Phrase patterns from what a summary says beside verb and noun: "delete unused images", "list processes running inside a
//! container".

use super::english::{alternatives_of, base_form, is, is_determiner, is_me, is_preposition, pairs, words};
use super::field::Field;
use super::kinds::Kinds;
use super::noun::{plural_of, singular_word, singular_words};
use super::op::Op;
use super::properties::choice;
use super::questions::records;
use super::told::{Told, spoken_words};

/// The longest summary that is taken for a pattern, in words.
const LONGEST: usize = 9;

/// The words of a summary in their order, with the records of the path in their places.
pub(super) fn summary(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let Some(told) = op.act.told.first().filter(|_| op.act.titled) else { return Vec::new() };
    let said = spoken_words(&op.spec.summary);
    let head = told.verb.split(' ').count();
    let plain = |word: &String| word.chars().all(|c| c.is_ascii_alphabetic() || c == '-');
    if said.len() > LONGEST || said.len() < head + 2 || !said.iter().all(plain) || told.verb.contains(" as ") {
        return Vec::new();
    }
    let mut left = records(op, kinds);
    let mut out = vec![verbs(told)];
    let mut telling = false;
    let mut at = head;
    let mut tail = None;
    while at < said.len() {
        let word = &said[at];
        // "… for this principal" may be left unsaid.
        let ends = || said[at + 1..].iter().all(|word| !is_preposition(word));
        if tail.is_none() && telling && out.len() > 3 && is_preposition(word) && ends() {
            tail = Some(out.len());
        }
        if is_determiner(word) || is("whose", word) && op.act.mine && !is_preposition(word) {
            at += 1;
            continue;
        }
        if let Some((place, count)) = record_at(&said[at..], &left, kinds) {
            tail = None;
            let field = left.remove(place);
            let nouns = choice(&kinds.all[&field.kind]);
            // What the record itself is must be said.
            let own = op.objects.first() == Some(&field.kind);
            let nouns = if own { nouns } else { format!("[{}]", inner(&nouns)) };
            out.push(format!("[a|an|the|this] {nouns} {{{}}}", field.name));
            at += count;
            continue;
        }
        telling |= !is_preposition(word) && !is_own_noun(word, op, kinds);
        out.push(either(word));
        at += 1;
    }
    if !telling || out.len() < 2 {
        return Vec::new();
    }
    let rest = left.iter().map(|field| {
        format!(" [(of|for|in|on|from|to|with) [{}] {{{}}}]", inner(&choice(&kinds.all[&field.kind])), field.name)
    });
    // "Seek to position" with the position.
    let mut needed = op.sent.fields.iter().filter(|field| {
        let in_path = op.sent.template.contains(&format!("{{{{ {} }}}}", field.name));
        field.required && field.default.is_none() && !in_path && field.fields.is_empty()
    });
    let lone = needed.next().filter(|_| needed.next().is_none());
    let ends = lone.filter(|field| said.last().is_some_and(|last| words(&field.name).contains(&singular_word(last))));
    let value = ends.map_or_else(String::new, |field| format!(" [{{{}}}]", field.name));
    let joint = " [a|an|the|all|my|your|any] ";
    let (said, unsaid) = out.split_at(tail.unwrap_or(out.len()));
    let unsaid = if unsaid.is_empty() { String::new() } else { format!(" [{}]", unsaid.join(joint)) };
    vec![said.join(joint) + &unsaid + &value + &rest.collect::<String>()]
}

/// "artists related to artist 7", "what track is currently playing": names with a participle, taken apart.
pub(super) fn participles(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    if op.spec.method != crate::catalog::Method::Get || op.act.acted {
        return Vec::new();
    }
    let mut says = Vec::new();
    let told = op.act.told.iter().take(1).filter(|_| op.act.titled).map(|told| &told.noun);
    for noun in std::iter::once(&op.act.noun).chain(told) {
        let [.., done, head] = noun.as_slice() else { continue };
        let many = plural_of(head);
        let owner = records(op, kinds).last().copied();
        if done.ends_with("ed")
            && done.len() > 4
            && let Some(owner) = owner
        {
            let owners = inner(&choice(&kinds.all[&owner.kind])).to_owned();
            says.push(format!("({many}|{head}) {done} (to|with|by|for) [{owners}] {{{}}}", owner.name));
        }
        // "Suggest some questions", where they are called recommended.
        let does = Some(base_form_of(done)).filter(|does| done.ends_with("ed") && is("advising", does));
        if does.is_some() {
            let verbs = super::english::all("advising").collect::<Vec<_>>().join("|");
            says.push(format!("({verbs}) [me|us] [some|a few|a couple of|similar] ({many}|{head})"));
            let slot = owner.map(|owner| format!("{{{}}}", owner.name));
            says.extend(
                slot.map(|slot| format!("({verbs}) [me|us] [some|a few] ({many}|{head}) (for|to|in|of|from) {slot}")),
            );
        }
        if done.ends_with("ing") && done.len() > 5 && owner.is_none() {
            says.push(format!(
                "(what|which) ({head}|{many}) (is|are) [currently|now] {done} [now|right now|currently]"
            ));
            says.push(format!("(what|what 's) [is] [currently|now] {done}"));
        }
    }
    says.dedup();
    says
}

/// "the features of track 7", where a path without its name takes the id of another record.
pub(super) fn of_another(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let Some(super::shape::Part::Variable(last)) = op.shape.last() else { return Vec::new() };
    let reads = op.spec.method == crate::catalog::Method::Get && !op.act.acted;
    let param = op.spec.params.iter().find(|param| param.name == *last).filter(|_| reads);
    let field = op.sent.fields.iter().find(|field| field.name == *last);
    let object = op.objects.first().and_then(|name| kinds.all.get(name));
    let (Some(param), Some(field), Some(object)) = (param, field, object) else { return Vec::new() };
    let Some(other) = super::parameters::described(param, kinds) else { return Vec::new() };
    if kinds.called(&other).is_none_or(|kind| kind.name == object.name) {
        return Vec::new();
    }
    let things: Vec<String> = object.nouns.iter().take(3).flat_map(|noun| [noun.clone(), plural_of(noun)]).collect();
    let (things, name) = (things.join("|"), &field.name);
    vec![
        format!("({things}) (of|for|in|on) [the|a] {other} {{{name}}}"),
        format!("[the] {other} {{{name}}} 's ({things})"),
    ]
}

/// "show auth token 7", where a summary has a longer name for the record that the path ends in.
pub(super) fn longer(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let Some(record) = records(op, kinds).last().copied() else { return Vec::new() };
    let Some(kind) = kinds.all.get(&record.kind).filter(|kind| op.objects.first() == Some(&kind.name)) else {
        return Vec::new();
    };
    let verbs = match op.act.classes.first().map(String::as_str) {
        Some("get") => "(show|get|see|view|display|open|fetch|find|check)",
        Some("delete") => "(delete|remove|get rid of)",
        Some("update") => "(update|change|edit|modify)",
        _ => return Vec::new(),
    };
    let known =
        |noun: &str| kind.nouns.iter().any(|own| noun.strip_suffix(own.as_str()).is_some_and(|l| l.ends_with(' ')));
    let others = op.objects.iter().skip(1).filter_map(|name| kinds.all.get(name)).flat_map(|kind| &kind.nouns);
    let mut nouns: Vec<String> = others.filter(|noun| known(noun)).cloned().collect();
    nouns.sort();
    nouns.dedup();
    if nouns.is_empty() || op.act.acted {
        return Vec::new();
    }
    vec![format!("{verbs} [the|an|a|my] {} {{{}}}", super::properties::alternatives(nouns), record.name)]
}

/// "what version is running", where a path has no record and ends in what services are often asked.
pub(super) fn asked(op: &Op<'_>, service: &str) -> Vec<String> {
    let Some(super::shape::Part::Fixed(last)) = op.shape.last() else { return Vec::new() };
    let reads = matches!(op.spec.method, crate::catalog::Method::Get | crate::catalog::Method::Head);
    if !reads || op.shape.variables().count() > 0 || op.shape.parts.len() > 2 {
        return Vec::new();
    }
    let service = service.replace(['-', '_'], " ");
    let mut says: Vec<String> =
        pairs("asked-as", &last.join(" ")).iter().map(|say| say.replace('$', &service)).collect();
    // `/health/cache`: is the cache up?
    if let [super::shape::Part::Fixed(first), super::shape::Part::Fixed(thing)] = op.shape.parts.as_slice()
        && matches!(first.join(" ").as_str(), "health" | "status")
    {
        let thing = super::properties::alternatives(vec![thing.join(" "), thing.concat()]);
        says.push(format!("(is|are) [the] {thing} (healthy|ok|up|alive|running|working|online|fine)"));
    }
    says
}

/// "do I follow artist 7", "is track 5 in my saved tracks", where a path ends in what is asked.
pub(super) fn holding(op: &Op<'_>, kinds: &Kinds) -> Vec<String> {
    let Some(super::shape::Part::Fixed(last)) = op.shape.last() else { return Vec::new() };
    if !last.last().is_some_and(|last| is("asking", last)) || op.spec.method != crate::catalog::Method::Get {
        return Vec::new();
    }
    let needed = |field: &&Field| {
        field.required && field.default.is_none() && !op.sent.template.contains(&format!("{{{{ {} }}}}", field.name))
    };
    let asked: Vec<&Field> = op.sent.fields.iter().filter(needed).collect();
    let Some(field) = asked.iter().rfind(|field| field.values.is_empty()).or(asked.last()) else { return Vec::new() };
    let at = op.shape.parts.len().saturating_sub(1);
    let things = op.shape.fixed_before(at).map(singular_words).unwrap_or_default().join(" ");
    let clause = op.act.told.iter().find(|told| !told.clause.is_empty()).map(|told| &told.clause);
    let does = clause.and_then(|clause| {
        let stem = |word: &'_ String| {
            Some(word.strip_suffix('s').unwrap_or(word)).filter(|stem| is("verb", stem)).map(str::to_owned)
        };
        clause.iter().find_map(stem)
    });
    let adjective = op.act.told.iter().flat_map(|told| &told.noun).find(|word| word.ends_with("ed") && word.len() > 4);
    let mut nouns = vec![things.clone()];
    nouns.extend(op.sent.fields.iter().flat_map(|f| &f.values).map(|value| value.trim_matches('"').to_lowercase()));
    nouns.retain(|noun| !noun.is_empty() && noun.chars().all(|c| c.is_ascii_alphabetic() || c == ' '));
    nouns.dedup();
    if nouns.is_empty() {
        return Vec::new();
    }
    let nouns = nouns.iter().flat_map(|n| [n.clone(), plural_of(n)]).collect::<Vec<_>>().join("|");
    let owner = records(op, kinds).last().map(|owner| {
        let owners = inner(&choice(&kinds.all[&owner.kind])).to_owned();
        (owners, owner.name.clone())
    });
    let name = &field.name;
    let mut says = Vec::new();
    if let Some(verb) = does {
        match &owner {
            None => says.extend([
                format!("[check|see|tell me] [if|whether] [do] i [already] {verb} [{nouns}] {{{name}}}"),
                format!("am i [already] (following|{verb}ing) [{nouns}] {{{name}}}"),
            ]),
            Some((owners, owner)) => says.extend([
                format!("[check|see] [if|whether] [user|users|{nouns}] {{{name}}} {verb}s [{owners}] {{{owner}}}"),
                format!("(does|do) [user|users|{nouns}] {{{name}}} {verb} [{owners}] {{{owner}}}"),
                format!("is [user|{nouns}] {{{name}}} (following|{verb}ing) [{owners}] {{{owner}}}"),
            ]),
        }
    }
    if let Some(state) = adjective.filter(|_| owner.is_none()) {
        let verb = base_form_of(state);
        says.extend([
            format!("[check|see|tell me] [if|whether] [have] i [have] [already] {state} [{nouns}] {{{name}}}"),
            format!("did i [already] {verb} [{nouns}] {{{name}}}"),
            format!("[check|see] [if|whether] [is|are] [{nouns}] {{{name}}} [is|are] [already] {state} [by me]"),
        ]);
    }
    if owner.is_none() {
        says.push(format!(
            "[check|see] [if|whether] [is|are] [{nouns}] {{{name}}} [is|are] [already] (in|among|one of) (my|the) [{}] [{nouns}|library]",
            adjective.map_or("saved", String::as_str)
        ));
    }
    says
}

/// `saved` → save, `followed` → follow.
fn base_form_of(participle: &str) -> String {
    let stem = participle.strip_suffix("ed").unwrap_or(participle);
    let known = |word: &str| super::english::is_any_verb(word);
    base_form(&format!("{stem}e"), known).or_else(|| base_form(stem, known)).unwrap_or_else(|| format!("{stem}e"))
}

/// The verbs that ask for what a summary's verb does.
fn verbs(told: &Told) -> String {
    let family = told.family();
    let mut all: Vec<String> = vec![told.verb.clone()];
    all.extend(alternatives_of(family).map(str::to_owned));
    all.dedup();
    if all.len() == 1 { all.concat() } else { format!("({})", all.join("|")) }
}

/// A word, or its other number.
fn either(word: &str) -> String {
    let one = singular_word(word);
    let many = plural_of(&one);
    if matches!(word, "in" | "inside" | "on" | "within" | "of") {
        return "(in|inside|on|within|of|for)".to_owned();
    }
    if is_preposition(word) || word.ends_with("ing") || word.ends_with("ed") {
        word.to_owned()
    } else if one == word && many != word {
        format!("({word}|{many})")
    } else if one != word {
        format!("({word}|{one})")
    } else {
        word.to_owned()
    }
}

/// Which of some records is named at the front of these words, with how many words.
fn record_at(said: &[String], left: &[&Field], kinds: &Kinds) -> Option<(usize, usize)> {
    for count in (1..=said.len().min(3)).rev() {
        let spoken = singular_words(&said[..count]).join(" ");
        let named = |field: &&Field| kinds.all.get(&field.kind).is_some_and(|kind| kind.nouns.contains(&spoken));
        if let Some(place) = left.iter().rposition(named) {
            // "The container filesystem" names no container.
            let behind = said.get(count);
            return behind.is_none_or(|next| is_preposition(next) || is("particle", next)).then_some((place, count));
        }
    }
    None
}

/// Whether a word is one of those that the catalog knows an operation by anyway.
fn is_own_noun(word: &str, op: &Op<'_>, kinds: &Kinds) -> bool {
    let one = singular_word(word);
    let object = op.objects.first().and_then(|name| kinds.all.get(name));
    let has = |noun: &String| words(noun).iter().any(|part| *part == one || part == word);
    object.is_some_and(|kind| kind.nouns.first().is_some_and(has)) || is_me(word)
}

fn inner(choice: &str) -> &str {
    choice.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(choice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_participle_has_its_verb() {
        assert_eq!(base_form_of("saved"), "save");
        assert_eq!(base_form_of("followed"), "follow");
    }

    #[test]
    fn a_word_is_said_of_one_and_of_many() {
        assert_eq!(either("images"), "(images|image)");
        assert_eq!(either("process"), "(process|processes)");
        assert_eq!(either("unused"), "unused");
    }
}
