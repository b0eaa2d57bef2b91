//! Operations that the same words would lead to are told apart by a word that one of them needs.

use std::collections::BTreeMap;

use super::english::{is, is_particle_of, pairs, words};
use super::model::Model;
use super::noun::singular_words;
use super::op::Op;
use super::shape::Part;

/// Gives keys to operations that share verb, noun and what they need.
pub(super) fn tell_apart(model: &mut Model<'_>) {
    for op in &mut model.operations {
        if op.act.bulk {
            op.keys = ["multiple", "several", "many", "bulk", "batch", "all"].map(str::to_owned).to_vec();
            // What takes the ids of several is not what is done to all.
            if super::bulk::several(op).is_some() {
                op.keys.pop();
            }
        }
    }
    longer_deeds(model);
    for at in 0..model.operations.len() {
        let op = &model.operations[at];
        if op.act.bulk {
            let same = |other: &&Op<'_>| {
                other.spec.method == op.spec.method && !other.act.bulk && other.objects.first() == op.objects.first()
            };
            let others: Vec<String> = model.operations.iter().filter(same).map(|other| other.name.clone()).collect();
            model.operations[at].prefer_over = others;
        }
    }
    for at in 0..model.operations.len() {
        let others = behind(model, at);
        model.operations[at].prefer_over.extend(others);
    }
    for at in 0..model.operations.len() {
        let others = narrower(model, at);
        model.operations[at].prefer_over.extend(others);
    }
    for op in &mut model.operations {
        let mut known = std::collections::BTreeSet::new();
        op.prefer_over.retain(|other| known.insert(other.clone()));
    }
    // What is deprecated goes before nothing that is not.
    let current: Vec<String> =
        model.operations.iter().filter(|op| !op.spec.deprecated).map(|op| op.name.clone()).collect();
    for op in model.operations.iter_mut().filter(|op| op.spec.deprecated) {
        op.prefer_over.retain(|other| !current.contains(other));
    }
    endings(model);
    for op in model.operations.iter_mut().filter(|op| !op.act.by.is_empty()) {
        let noun = &op.act.noun;
        let short: Vec<String> = op.act.by.iter().filter(|word| !noun.contains(word)).cloned().collect();
        op.keys = vec![op.act.by.join(" "), short.join(" ")];
        op.keys.retain(|key| !key.is_empty() && key != "id");
        op.keys.dedup();
    }
    let mut groups: BTreeMap<(String, String, Vec<String>), Vec<usize>> = BTreeMap::new();
    for (at, op) in model.operations.iter().enumerate() {
        if op.act.bulk || !op.act.by.is_empty() || !op.shape.ending.is_empty() {
            continue;
        }
        let verb = op.act.classes.first().or(op.act.own.first()).cloned().unwrap_or_default();
        let object = op.objects.first().cloned().unwrap_or_default();
        let needs = path_needs(op);
        groups.entry((verb, object, needs)).or_default().push(at);
    }
    for group in groups.into_values().filter(|group| group.len() > 1) {
        let marks: Vec<Vec<String>> = group.iter().map(|at| marks(&model.operations[*at])).collect();
        let old: Vec<bool> = group.iter().map(|at| model.operations[*at].spec.deprecated).collect();
        let beside: Vec<usize> = group.iter().map(|at| beside(model, *at)).collect();
        let busiest = beside.iter().max().copied().unwrap_or(0);
        let busiest = (beside.iter().filter(|count| **count == busiest).count() == 1).then_some(busiest);
        for (n, at) in group.iter().enumerate() {
            let others: Vec<&Vec<String>> =
                marks.iter().enumerate().filter(|(m, _)| *m != n).map(|(_, marks)| marks).collect();
            let own: Vec<String> =
                marks[n].iter().filter(|mark| !others.iter().any(|other| other.contains(mark))).cloned().collect();
            let adjective = !model.operations[*at].act.adjective.is_empty();
            // One of them may go without: the one that says the least, so that the plain phrase leads somewhere.
            // What is deprecated is not that one.
            let lengths = || marks.iter().zip(&old).filter(|(_, old)| !**old).map(|(marks, _)| marks.len());
            let least = !old[n] && lengths().min() == Some(marks[n].len());
            let plainest = least
                && (lengths().filter(|other| *other == marks[n].len()).count() == 1 || busiest == Some(beside[n]));
            if !own.is_empty() && (adjective || !plainest) {
                model.operations[*at].keys = own;
            }
        }
        prefer(model, &group);
    }
    for at in 0..model.operations.len() {
        let op = &model.operations[at];
        // "Current" of `/groups/current` need not be said where there is no other group to be seen.
        let reads =
            |op: &Op<'_>| op.act.classes.first().is_some_and(|c| matches!(c.as_str(), "list" | "get" | "search"));
        let rival = |other: &Op<'_>| {
            other.name != op.name
                && other.objects.first() == op.objects.first()
                && (reads(other) && reads(op) || other.act.classes.first() == op.act.classes.first())
        };
        let told = op.keys.is_empty() && !op.act.adjective.is_empty();
        if told && (model.operations.iter().any(rival) || op.act.adjective.iter().all(|word| !is("unspoken", word))) {
            model.operations[at].keys = vec![op.act.adjective.join(" ")];
        }
    }
    other_words(model);
    one_way(model);
}

/// "Punch user 77 in" is not "punch user 77 in as manager": what a path says more is a word that has to be said.
fn longer_deeds(model: &mut Model<'_>) {
    for at in 0..model.operations.len() {
        let op = &model.operations[at];
        let Some((Part::Fixed(short), front)) = op.shape.parts.split_last().filter(|_| op.act.acted) else { continue };
        let longer = |other: &Op<'_>| {
            let (last, before) = other.shape.parts.split_last()?;
            let Part::Fixed(last) = last else { return None };
            let same = before == front && other.spec.method == op.spec.method && !other.act.bulk;
            let rest = last.strip_prefix(short.as_slice()).filter(|rest| same && !rest.is_empty())?;
            let told = rest.iter().filter(|word| !super::english::is_preposition(word)).cloned().collect::<Vec<_>>();
            (!told.is_empty()).then(|| told.join(" "))
        };
        let found: Vec<(usize, String)> =
            model.operations.iter().enumerate().filter_map(|(n, other)| Some((n, longer(other)?))).collect();
        for (n, key) in found {
            let name = model.operations[n].name.clone();
            model.operations[at].prefer_over.push(name);
            if model.operations[n].keys.is_empty() && !super::english::means_many(&key) {
                model.operations[n].keys = vec![key];
            }
        }
    }
}

/// Of two that would each go before the other, the first does.
fn one_way(model: &mut Model<'_>) {
    for at in 0..model.operations.len() {
        let (name, over) = (model.operations[at].name.clone(), model.operations[at].prefer_over.clone());
        for other in model.operations[at + 1..].iter_mut().filter(|other| over.contains(&other.name)) {
            other.prefer_over.retain(|known| *known != name);
        }
    }
}

/// Of `/sounds/{id}` and `/sounds/{id}.mp3` the second is the one that is downloaded as an mp3.
fn endings(model: &mut Model<'_>) {
    let plain: std::collections::BTreeSet<String> =
        model.operations.iter().filter(|op| op.shape.ending.is_empty()).map(|op| op.spec.path.clone()).collect();
    for op in &mut model.operations {
        let ending = op.shape.ending.clone();
        let bare = op.spec.path.len().checked_sub(ending.len() + 1).and_then(|end| op.spec.path.get(..end));
        if ending.is_empty() || bare.is_none_or(|bare| !plain.contains(bare)) {
            op.shape.ending.clear();
            continue;
        }
        if op.spec.method == crate::catalog::Method::Get {
            op.act.own.extend(["download", "export"].map(str::to_owned));
        }
        op.keys = vec![ending];
    }
}

/// Gives what is told apart by an adjective the other words for it, unless another operation has them.
fn other_words(model: &mut Model<'_>) {
    let taken: std::collections::BTreeSet<String> =
        model.operations.iter().flat_map(|op| op.keys.iter().cloned()).collect();
    for op in &mut model.operations {
        let more: Vec<String> = op
            .keys
            .iter()
            .flat_map(|key| pairs("adjective-as", key))
            .filter(|word| !taken.contains(**word))
            .map(|word| (*word).to_owned())
            .collect();
        op.keys.extend(more);
    }
}

/// Operations that the words of another only half fit: what a path says it does with a record goes before what is done to
/// the record itself, "check in" before "check", and "replace" before "update".
fn behind(model: &Model<'_>, at: usize) -> Vec<String> {
    let op = &model.operations[at];
    let particle = |own: &String| own.split_once(' ').is_some_and(|(verb, rest)| is_particle_of(verb, rest));
    let split = op.act.acted && op.act.own.iter().any(particle);
    let replaces = op.act.own.first().is_some_and(|own| own == "replace") && op.act.classes.is_empty();
    let reads = |other: &Op<'_>| other.act.classes.iter().any(|c| matches!(c.as_str(), "get" | "list" | "search"));
    // Who searches has no ids at hand.
    let searches = op.act.classes.iter().any(|class| class == "search");
    let by_id = |other: &Op<'_>| {
        let ids = |name: &str| matches!(words(name).join(" ").as_str(), "id" | "ids");
        reads(other) && other.sent.fields.iter().any(|field| field.required && field.many && ids(&field.name))
    };
    // "Delete send 801" deletes one, whatever deletes sends 801 and 802.
    let deletes = |other: &Op<'_>| other.act.classes.first().is_some_and(|class| class == "delete");
    let many_ids = |other: &Op<'_>| {
        let ids = |name: &str| matches!(words(name).join(" ").as_str(), "id" | "ids");
        deletes(other)
            && !ends_in_variable(other)
            && other.sent.fields.iter().any(|field| field.many && ids(&field.name))
    };
    let deletes_one = deletes(op) && !op.act.acted && ends_in_variable(op);
    // "Move copy 7 to shelf 14" is what `/copies/{id}/move` does, though an update takes a shelf as well.
    let moves = op.act.acted && op.act.thing.is_empty() && !op.act.reads && op.act.state.is_empty();
    // "How many products are in category 301?" counts them.
    let counts = op.act.classes.first().is_some_and(|class| class == "count");
    // "Album 7" is one, whatever "albums 7, 8 and 9" are.
    let one = op.act.classes.first().is_some_and(|class| class == "get") && !op.act.acted && ends_in_variable(op);
    let fits = |other: &&Op<'_>| {
        if counts {
            return other.act.many && other.objects.first() == op.objects.first() && other.name != op.name;
        }
        let same = !other.act.acted && other.objects.first() == op.objects.first() && other.name != op.name;
        same && (split
            || (searches || one) && by_id(other)
            || deletes_one && many_ids(other)
            || moves && other.act.classes.first().is_some_and(|class| class == "update")
            || !reads(other) && !op.act.thing.is_empty()
            || replaces && other.spec.path == op.spec.path && !reads(other))
    };
    model.operations.iter().filter(fits).map(|other| other.name.clone()).collect()
}

/// Decides between two that nothing that is said tells apart: the current one, the plainer one, the shorter path.
pub(super) fn decide(model: &mut Model<'_>, pairs: &[(String, String)]) -> bool {
    let mut changed = false;
    for (first, second) in pairs {
        let at = |name: &str| model.operations.iter().position(|op| op.name == name);
        let (Some(first), Some(second)) = (at(first), at(second)) else { continue };
        let rank = |at: usize| {
            let op = &model.operations[at];
            (op.spec.deprecated, !op.keys.is_empty(), !op.act.own.is_empty(), op.shape.parts.len(), at)
        };
        let (winner, loser) = if rank(first) <= rank(second) { (first, second) } else { (second, first) };
        let loser = model.operations[loser].name.clone();
        if !model.operations[winner].prefer_over.contains(&loser) {
            model.operations[winner].prefer_over.push(loser);
            changed = true;
        }
    }
    changed
}

/// The kinds of the records that the path of an operation names, sorted.
fn path_needs(op: &Op<'_>) -> Vec<String> {
    let mut needs: Vec<String> =
        op.sent.fields.iter().filter(|field| is_in_path(op, &field.name)).map(|field| field.kind.clone()).collect();
    needs.sort();
    needs
}

/// Operations that do the same to the same kind but need more records named: "list events" is not "list events of type …".
fn narrower(model: &Model<'_>, at: usize) -> Vec<String> {
    let op = &model.operations[at];
    let needs = path_needs(op);
    let reads = |op: &Op<'_>| op.act.classes.iter().any(|c| matches!(c.as_str(), "get" | "list" | "search"));
    let fits = |other: &&Op<'_>| {
        let more = path_needs(other);
        // … but what deletes many is not what deletes one.
        let deletes = |op: &Op<'_>| op.act.classes.first().is_some_and(|class| class == "delete");
        if deletes(op) && deletes(other) && !ends_in_variable(op) && ends_in_variable(other) {
            return false;
        }
        let same = other.objects.first() == op.objects.first() && !other.act.acted && !op.act.acted;
        // What names no record at all is the only one of its kind: `/usage/events` beside `/usage/events/{type}`.
        let single = needs.is_empty() && reads(op) && reads(other);
        let alike = other.act.classes.first() == op.act.classes.first() || other.act.many && (op.act.many || single);
        // "Vehicles at depot 4" are those of `/depots/{id}/vehicles`, whatever `/vehicles?depot_id=4` would say too.
        let filters = |need: &String| {
            !needs.contains(need)
                && op.sent.fields.iter().any(|field| field.kind == *need && !is_in_path(op, &field.name))
        };
        if op.act.many && other.act.many && more.iter().any(filters) {
            return false;
        }
        same && alike && more.len() > needs.len() && needs.iter().all(|need| more.contains(need))
    };
    let broader = |other: &&Op<'_>| {
        let less = path_needs(other);
        let filters = |need: &&String| {
            !less.contains(need)
                && other.sent.fields.iter().any(|field| field.kind == **need && !is_in_path(other, &field.name))
        };
        let same = other.objects.first() == op.objects.first() && !other.act.acted && !op.act.acted;
        same && op.act.many && other.act.many && less.len() < needs.len() && needs.iter().any(|need| filters(&need))
    };
    model.operations.iter().filter(|other| fits(other) || broader(other)).map(|other| other.name.clone()).collect()
}

/// How many operations act on the records at the path of an operation: the more, the likelier it is the place for them.
fn beside(model: &Model<'_>, at: usize) -> usize {
    let plural = |op: &Op<'_>| {
        let path = op.spec.path.trim_end_matches('/');
        let ends = matches!(op.shape.last(), Some(Part::Variable(_)));
        let end = if ends { path.rfind('/').unwrap_or(path.len()) } else { path.len() };
        path[..end].to_owned()
    };
    let own = plural(&model.operations[at]);
    model.operations.iter().filter(|op| plural(op) == own).count()
}

fn ends_in_variable(op: &Op<'_>) -> bool {
    matches!(op.shape.last(), Some(Part::Variable(_)))
}

fn is_in_path(op: &Op<'_>, name: &str) -> bool {
    op.sent.template.contains(&format!("{{{{ {name} }}}}"))
}

/// Words that may tell an operation from its twins: of its path, then of its summary.
fn marks(op: &Op<'_>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let noun = op.act.noun.join(" ");
    for part in &op.shape.parts {
        if let Part::Fixed(fixed) = part {
            let one = singular_words(fixed).join(" ");
            let many = fixed.join(" ");
            for word in [one, many] {
                // What is the verb already is no word beside it.
                if op.act.own.contains(&word) {
                    continue;
                }
                if singular_words(&words(&word)).join(" ") != noun && !found.contains(&word) {
                    found.push(word);
                }
            }
        }
    }
    for told in &op.act.told {
        let head = op.act.noun.len();
        if told.noun.len() > head && told.noun.ends_with(&op.act.noun) {
            found.push(told.noun[..told.noun.len() - head].join(" "));
        }
        for (preposition, noun) in &told.rest {
            if matches!(preposition.as_str(), "by" | "from" | "with" | "for" | "via") && !noun.is_empty() {
                found.push(noun.join(" "));
            }
        }
    }
    if op.act.mine {
        found.extend(["my", "mine", "me", "i"].map(str::to_owned));
    }
    found.dedup();
    found
}

/// Where nothing tells two apart, the shorter path that is not deprecated goes first.
fn prefer(model: &mut Model<'_>, group: &[usize]) {
    let plain: Vec<usize> = group.iter().copied().filter(|at| model.operations[*at].keys.is_empty()).collect();
    let rank = |at: &usize| {
        let op = &model.operations[*at];
        (op.spec.deprecated, op.shape.parts.len(), op.spec.method == crate::catalog::Method::Put, *at)
    };
    let Some(best) = plain.iter().copied().min_by_key(rank) else { return };
    let others: Vec<String> =
        plain.iter().filter(|at| **at != best).map(|at| model.operations[*at].name.clone()).collect();
    if !others.is_empty() {
        model.operations[best].prefer_over = others;
    }
}
