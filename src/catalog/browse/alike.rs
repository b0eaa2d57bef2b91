use super::super::{Catalog, Kind, Operation, Parameter, Place};

/// Whether the values that one of two operations must be given are all that the other needs, and nothing that it cannot
/// take: then what is said for the one is a whole command for the other too. What a phrase may leave out tells no two
/// operations apart.
pub(super) fn same_slots(catalog: &Catalog, a: &Operation, b: &Operation) -> bool {
    serves(catalog, a, b) || serves(catalog, b, a)
}

/// Whether what `a` must be given fits `b`: each value finds a parameter of its own there, and each one needed there its
/// value. (When there is a pairing of either kind, there is one that is both.)
fn serves(catalog: &Catalog, a: &Operation, b: &Operation) -> bool {
    let (given, needed) = (needed(a), needed(b));
    let taken: Vec<&Parameter> = b.params.iter().filter(|p| !p.supplied).collect();
    needed.len() <= given.len()
        && paired(&given, &taken, &|x, y| alike(catalog, (a, x), (b, y)))
        && paired(&needed, &given, &|y, x| alike(catalog, (a, x), (b, y)))
}

/// What only a phrase can give an operation.
fn needed(operation: &Operation) -> Vec<&Parameter> {
    let fixed = |name: &str| operation.fixed.iter().any(|(fixed, _)| fixed == name);
    let open = |p: &&Parameter| p.required && !p.supplied && p.default.is_none() && p.derive.is_none();
    operation.params.iter().filter(open).filter(|p| !fixed(&p.name)).collect()
}

type Fits<'a> = &'a dyn Fn(&Parameter, &Parameter) -> bool;

/// Whether each of the first finds a partner of its own among the second.
fn paired(first: &[&Parameter], second: &[&Parameter], fits: Fits) -> bool {
    let mut partner: Vec<Option<usize>> = vec![None; second.len()];
    (0..first.len()).all(|at| find(at, first, second, fits, &mut partner, &mut vec![false; second.len()]))
}

/// Finds a partner, moving those found before where that helps.
fn find(
    at: usize,
    first: &[&Parameter],
    second: &[&Parameter],
    fits: Fits,
    partner: &mut [Option<usize>],
    tried: &mut [bool],
) -> bool {
    for to in 0..second.len() {
        if tried[to] || !fits(first[at], second[to]) {
            continue;
        }
        tried[to] = true;
        if partner[to].is_none_or(|other| find(other, first, second, fits, partner, tried)) {
            partner[to] = Some(at);
            return true;
        }
    }
    false
}

/// Whether the same words may fill either parameter.
fn alike(catalog: &Catalog, (of_a, a): (&Operation, &Parameter), (of_b, b): (&Operation, &Parameter)) -> bool {
    let closed = |p: &Parameter| !p.values.is_empty() && !p.open;
    match (closed(a), closed(b)) {
        (true, true) => {
            return a.values.iter().flat_map(|v| &v.say).any(|w| b.values.iter().any(|v| v.say.contains(w)));
        }
        (false, false) => {}
        _ => return false,
    }
    match (&a.kind, &b.kind) {
        (Kind::Entity(x), Kind::Entity(y)) => x == y || share_a_noun(catalog, (of_a, x), (of_b, y)),
        (Kind::Text | Kind::FreeText | Kind::Id, Kind::Text | Kind::FreeText | Kind::Id) => {
            (needs_no_lead(a) && needs_no_lead(b)) || called_alike(a, b)
        }
        (Kind::Entity(_), Kind::Text | Kind::FreeText | Kind::Id) => needs_no_lead(b),
        (Kind::Text | Kind::FreeText | Kind::Id, Kind::Entity(_)) => needs_no_lead(a),
        (Kind::Object | Kind::Any, Kind::Object | Kind::Any) => called_alike(a, b),
        (x, y) => measure(x) == measure(y),
    }
}

/// Whether people give the value without saying what it is: what the path names is the thing itself.
fn needs_no_lead(param: &Parameter) -> bool {
    param.bare || param.place == Place::Path
}

/// Types whose literals are written alike are one.
fn measure(kind: &Kind) -> &Kind {
    match kind {
        Kind::Integer | Kind::Money => &Kind::Number,
        Kind::Date => &Kind::DateTime,
        other => other,
    }
}

fn called_alike(a: &Parameter, b: &Parameter) -> bool {
    let calls = |p: &Parameter, word: &String| p.names.contains(word) || p.roles.contains(word);
    a.names.iter().chain(&a.roles).any(|word| calls(b, word))
}

fn share_a_noun(catalog: &Catalog, (of_a, x): (&Operation, &str), (of_b, y): (&Operation, &str)) -> bool {
    let (Some(x), Some(y)) = (catalog.resource(&of_a.service, x), catalog.resource(&of_b.service, y)) else {
        return false;
    };
    x.nouns.iter().any(|noun| y.nouns.contains(noun))
}
