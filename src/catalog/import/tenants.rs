//! Path variables that nearly every request has: the account to work in. They come from the environment unless a phrase
//! names another.

use std::collections::{BTreeMap, BTreeSet};

use super::act::noun_of_variable;
use super::english::is;
use super::kinds::is_generic;
use super::shape::{Part, Shape};

/// The variables, each with the noun of what it names.
pub(super) fn tenants(shapes: &[&Shape]) -> Vec<String> {
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    let mut children: BTreeMap<&str, BTreeSet<&[String]>> = BTreeMap::new();
    for shape in shapes {
        for (at, part) in shape.parts.iter().enumerate() {
            let Part::Variable(name) = part else { continue };
            if let Some(next) = shape.parts.get(at + 1) {
                *uses.entry(name).or_default() += 1;
                if let Part::Fixed(words) = next {
                    children.entry(name).or_default().insert(words);
                }
            }
        }
    }
    let most = shapes.len();
    let frequent = |count: usize| most >= 12 && count * 100 >= most * 40;
    let account = |name: &str| {
        let noun = noun_of_variable(name);
        let children = children.get(name).map_or(0, BTreeSet::len);
        noun.last().is_some_and(|noun| is("account", noun.as_str())) && children >= 4
    };
    let first = |name: &str| {
        shapes.iter().any(|shape| {
            let run = shape.parts.iter().take_while(|part| !matches!(part, Part::Variable(v) if v == name));
            run.filter(|part| matches!(part, Part::Variable(_))).count() == 0
        })
    };
    // What is called only `id` names another thing on every path.
    let one_thing = |name: &str| {
        let mut before = shapes.iter().filter_map(|shape| {
            let at = shape.parts.iter().position(|part| matches!(part, Part::Variable(v) if v == name))?;
            Some(shape.fixed_right_before(at))
        });
        let first = before.next();
        !is_generic(name) && before.all(|other| Some(other) == first)
    };
    let found =
        uses.iter().filter(|(name, count)| one_thing(name) && (frequent(**count) || account(name) && first(name)));
    found.map(|(name, _)| (*name).to_owned()).collect()
}
