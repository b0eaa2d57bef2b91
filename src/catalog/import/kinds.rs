//! The kinds of records that the operations of a service speak of.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::load::KINDS;

use super::act::{Act, noun_of_variable};
use super::english::{is, is_adjective, is_me, is_person};
use super::kind::Kind;
use super::noun::{is_plural, plural_of, singular_words};
use super::shape::{Part, Shape};

/// The name of the kind with a noun: no resource goes by the name of a type of the catalog.
pub(super) fn key(noun: &[String]) -> String {
    let name = noun.join("-");
    if KINDS.iter().any(|(known, _)| *known == name) { format!("{name}-record") } else { name }
}

/// All kinds, by name.
#[derive(Debug, Default)]
pub(super) struct Kinds {
    pub(super) all: BTreeMap<String, Kind>,
    /// The kind that a variable names wherever it stands: the one whose records most paths name by it.
    by_id: BTreeMap<String, String>,
    /// Variables that stand behind the plural of a kind and name what its records belong to: `/flags/{projectKey}`.
    owners: BTreeSet<(String, String)>,
    /// Kinds of parts that stand behind the record itself: `/integrations/{integrationKey}/{integrationId}`.
    parts: BTreeMap<(String, String), String>,
}

impl Kinds {
    /// The kinds that some operations act on or name in their paths.
    pub(super) fn of(operations: &[(Shape, Act)]) -> Self {
        let mut kinds = Self::default();
        for (shape, act) in operations {
            kinds.add(&act.noun);
            for at in 0..shape.parts.len() {
                if let (Part::Fixed(fixed), Some(Part::Variable(_))) = (&shape.parts[at], shape.parts.get(at + 1))
                    && is_plural(fixed)
                    && !is_me(&fixed.join(" "))
                {
                    kinds.add(&singular_words(fixed));
                }
                if let Part::Fixed(fixed) = &shape.parts[at] {
                    kinds.plural(fixed);
                }
            }
        }
        kinds.find_owners(operations);
        kinds.ids(operations);
        kinds.synonyms(operations);
        kinds.scoped(operations);
        kinds.containers(operations);
        kinds.wholes(operations);
        kinds
    }

    pub(super) fn get(&self, noun: &[String]) -> Option<&Kind> {
        self.all.get(&key(noun))
    }

    /// The kind that goes by a noun, its primary or another one.
    pub(super) fn called(&self, noun: &str) -> Option<&Kind> {
        let words: Vec<String> = noun.split(' ').map(str::to_owned).collect();
        self.all.get(&key(&words)).or_else(|| self.all.values().find(|kind| kind.nouns.iter().any(|n| n == noun)))
    }

    /// The kind with a noun, made when there is none.
    pub(super) fn add(&mut self, noun: &[String]) -> Option<String> {
        if noun.is_empty() {
            return None;
        }
        let name = key(noun);
        let text = noun.join(" ");
        // `/translations-glossary` is the translation glossary.
        let single: Vec<String> = noun.iter().map(|word| super::noun::singular_word(word)).collect();
        let single = Some(single.join(" ")).filter(|single| *single != text);
        self.all.entry(name.clone()).or_insert_with(|| Kind {
            name: name.clone(),
            person: is_person(&text),
            nouns: std::iter::once(text).chain(single).collect(),
            ..Kind::default()
        });
        Some(name)
    }

    /// The kind with a noun that a summary has, made when there is none: a "receive form submission" is a form submission.
    pub(super) fn add_with_tails(&mut self, noun: &[String]) -> Option<String> {
        let fresh = !self.all.contains_key(&key(noun));
        let tails = (1..noun.len().saturating_sub(1)).map(|cut| noun[cut..].join(" "));
        let tails: Vec<String> = tails.filter(|tail| fresh && self.called(tail).is_none()).collect();
        let name = self.add(noun)?;
        if let Some(kind) = self.all.get_mut(&name) {
            kind.nouns.extend(tails);
        }
        Some(name)
    }

    /// Remembers the plural of a path where no rule gives it.
    fn plural(&mut self, fixed: &[String]) {
        let one = singular_words(fixed);
        let many = fixed.join(" ");
        if let Some(kind) = self.all.get_mut(&key(&one))
            && is_plural(fixed)
            && plural_of(&one.join(" ")) != many
            && !kind.plurals.contains(&many)
        {
            kind.plurals.push(many);
        }
    }

    /// The kind whose record a variable of a path names: that of the plural right before it, if the variable is the last
    /// of its run; else the one that goes by the variable's name.
    pub(super) fn of_variable(&self, shape: &Shape, name: &str) -> Option<&Kind> {
        let at = shape.parts.iter().position(|part| *part == Part::Variable(name.to_owned()))?;
        let last_of_run = !matches!(shape.parts.get(at + 1), Some(Part::Variable(_)));
        let run = shape.parts[..at].iter().rev().take_while(|part| matches!(part, Part::Variable(_))).count();
        let before = shape.fixed_right_before(at - run);
        let own = self.noun_of(name).join(" ");
        if let Some(before) = before.filter(|before| last_of_run && is_plural(before) && !self.is_owner(before, name)) {
            let part = self.parts.get(&(key(&singular_words(before)), name.to_owned()));
            if let Some(part) = part.and_then(|part| self.all.get(part)) {
                return Some(part);
            }
            return self.get(&singular_words(before));
        }
        let called = self.called(&own);
        if called.is_some() || !last_of_run {
            return called;
        }
        if let Some(before) = before.filter(|_| is_generic(name)) {
            return self.get(&singular_words(before));
        }
        let usual = self.by_id.get(name).and_then(|kind| self.all.get(kind));
        before.and_then(|before| self.get(&singular_words(before))).or(usual)
    }

    /// The noun of what a variable names: a `username` is a user's.
    fn noun_of(&self, variable: &str) -> Vec<String> {
        let noun = noun_of_variable(variable);
        let short = noun.first().and_then(|word| word.strip_suffix("name")).filter(|_| noun.len() == 1);
        let short = short.map(|short| vec![short.to_owned()]).filter(|short| is_person(&short.concat()));
        short.filter(|short| self.get(&noun).is_none() && self.get(short).is_some()).unwrap_or(noun)
    }

    /// Whether a variable behind a plural names what the records belong to.
    pub(super) fn is_owner(&self, plural: &[String], variable: &str) -> bool {
        self.owners.contains(&(key(&singular_words(plural)), variable.to_owned()))
    }

    /// Finds the variables that stand behind a plural and name a record of another kind: those of paths that list, or beside
    /// which another variable names the records themselves.
    fn find_owners(&mut self, operations: &[(Shape, Act)]) {
        let mut seen: BTreeMap<Vec<String>, BTreeMap<String, bool>> = BTreeMap::new();
        let mut parts: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
        for (shape, act) in operations {
            let ends = shape.parts.len().saturating_sub(1);
            for (at, part) in shape.parts.iter().enumerate() {
                let Part::Variable(name) = part else { continue };
                let run = shape.parts[..at].iter().rev().take_while(|p| matches!(p, Part::Variable(_))).count();
                if let Some(before) = shape.fixed_right_before(at - run).filter(|before| is_plural(before)) {
                    if run > 0 && at == ends && !is_generic(name) {
                        let place = (key(&singular_words(before)), name.clone());
                        parts.entry(place).or_default().insert(key(&act.noun));
                    }
                    let lists = seen.entry(singular_words(before)).or_default().entry(name.clone()).or_default();
                    *lists |= act.many && at == ends;
                }
            }
        }
        // A part has a name of its own in all that is said of it.
        for (place, nouns) in parts {
            let one =
                nouns.first().filter(|noun| nouns.len() == 1 && **noun != place.0 && self.all.contains_key(*noun));
            if let Some(noun) = one.cloned() {
                self.parts.insert(place, noun);
            }
        }
        for (plural, variables) in seen {
            let own = |name: &str| {
                let noun = noun_of_variable(name);
                let head = |words: &[String]| words.last().cloned();
                is_generic(name) || head(&noun) == head(&plural) || plural.join("") == noun.join("")
            };
            let named = variables.keys().any(|name| own(name));
            for (name, lists) in &variables {
                let other = self.get(&self.noun_of(name)).is_some_and(|kind| kind.name != key(&plural));
                if other && !own(name) && (named || *lists) {
                    self.owners.insert((key(&plural), name.clone()));
                }
            }
        }
    }

    /// The variable that carries the id of each kind: the one that most paths have.
    fn ids(&mut self, operations: &[(Shape, Act)]) {
        let mut seen: BTreeMap<(String, String), usize> = BTreeMap::new();
        for (shape, _) in operations {
            for (name, _) in shape.variables() {
                let at = shape.parts.iter().position(|part| *part == Part::Variable(name.to_owned()));
                let last_of_run = at.is_some_and(|at| !matches!(shape.parts.get(at + 1), Some(Part::Variable(_))));
                let before = at.and_then(|at| {
                    let run = shape.parts[..at].iter().rev().take_while(|p| matches!(p, Part::Variable(_))).count();
                    shape.fixed_right_before(at - run)
                });
                let one = |before: &[String]| is_generic(name) || noun_of_variable(name) == before;
                let own = |before: &&[String]| {
                    last_of_run && (is_plural(before) || one(before)) && !self.is_owner(before, name)
                };
                if let Some(before) = before.filter(own) {
                    *seen.entry((key(&singular_words(before)), name.to_owned())).or_default() += 1;
                }
            }
        }
        let mut most: BTreeMap<&str, usize> = BTreeMap::new();
        for ((kind, variable), count) in &seen {
            let known = most.entry(variable).or_default();
            if count > known && !is_generic(variable) {
                *known = *count;
                self.by_id.insert(variable.clone(), kind.clone());
            }
        }
        for kind in self.all.values_mut() {
            let of = seen.iter().filter(|((name, _), _)| *name == kind.name);
            kind.id = of.max_by_key(|(_, count)| **count).map(|((_, variable), _)| variable.clone());
        }
    }

    /// What most summaries call a kind is a name of it.
    fn synonyms(&mut self, operations: &[(Shape, Act)]) {
        let names: Vec<String> = self.all.keys().cloned().collect();
        for name in names {
            let acts: Vec<&Act> = operations
                .iter()
                .map(|(_, act)| act)
                .filter(|act| key(&act.noun) == name && !act.told.is_empty())
                .collect();
            let mut counts: BTreeMap<Vec<String>, usize> = BTreeMap::new();
            let mut telling = 0;
            for act in &acts {
                let nouns = act.told.iter().map(|told| &told.noun).filter(|noun| !noun.is_empty() && noun.len() < 5);
                let mut unique: Vec<&Vec<String>> = nouns.collect();
                unique.dedup();
                telling += usize::from(!unique.is_empty());
                for noun in unique {
                    *counts.entry(noun.clone()).or_default() += 1;
                }
            }
            let base: Vec<String> = self.all[&name].nouns[0].split(' ').map(str::to_owned).collect();
            // A tag names the records of a path in full: "Access tokens" are at `/tokens`.
            let tags: BTreeSet<&Vec<String>> = acts.iter().map(|act| &act.tag).collect();
            for tag in tags {
                let frequent = acts.iter().filter(|act| act.tag == *tag).count() * 10 >= acts.len() * 6;
                let longer = tag.len() > base.len() && tag.len() < 5 && tag.ends_with(&base);
                let shorter = tag.len() == 1 && tag[0].len() > 2 && base.len() == 1 && base[0].len() > tag[0].len();
                let longer = longer || shorter && base[0].ends_with(&tag[0]);
                if frequent && longer && !self.all.contains_key(&key(tag)) {
                    self.synonym(&name, &base, tag, true);
                }
            }
            for (noun, count) in counts {
                let frequent = telling > 0 && count * 10 >= telling * 6;
                let taken = self.all.contains_key(&key(&noun));
                if frequent && !taken && noun != base {
                    self.synonym(&name, &base, &noun, acts.len() > 1);
                }
            }
        }
    }

    /// `/slas/policies` are SLA policies, and so is what `sla_policy_id` names.
    fn scoped(&mut self, operations: &[(Shape, Act)]) {
        let mut counts: BTreeMap<String, BTreeMap<Vec<String>, usize>> = BTreeMap::new();
        let mut all: BTreeMap<String, usize> = BTreeMap::new();
        for (shape, act) in operations {
            *all.entry(key(&act.noun)).or_default() += 1;
            let before = shape.parts.windows(2).find_map(|pair| match pair {
                [Part::Fixed(scope), Part::Fixed(things)] if singular_words(things) == act.noun => Some(scope),
                _ => None,
            });
            let scope = before.filter(|scope| !is_me(&scope.join(" ")) && !is_adjective(scope));
            if let Some(scope) = scope {
                let noun = [singular_words(scope), act.noun.clone()].concat();
                *counts.entry(key(&act.noun)).or_default().entry(noun).or_default() += 1;
            }
        }
        let names: Vec<String> = self.all.keys().cloned().collect();
        for name in names {
            let frequent = counts.remove(&name).unwrap_or_default().into_iter();
            let mut found: Vec<Vec<String>> =
                frequent.filter(|(_, count)| count * 10 >= all[&name] * 6).map(|(noun, _)| noun).collect();
            let base = self.all[&name].nouns[0].clone();
            let variable = self.all[&name].id.as_deref().map(noun_of_variable).unwrap_or_default();
            if variable.join(" ").ends_with(&format!(" {base}")) || self.goes_by(&name, &variable, operations) {
                found.push(variable);
            }
            for noun in found.into_iter().filter(|noun| noun.len() < 5) {
                let text = noun.join(" ");
                if self.called(&text).is_none()
                    && let Some(kind) = self.all.get_mut(&name)
                {
                    kind.nouns.push(text);
                }
            }
        }
    }

    /// Whether a kind goes by what its variable is called: the channel of `/conversations/{channel}`, wherever it is named.
    fn goes_by(&self, name: &str, variable: &[String], operations: &[(Shape, Act)]) -> bool {
        const OFTEN: usize = 3;
        let Some(id) = self.all[name].id.as_deref().filter(|id| !is_generic(id)) else { return false };
        let plain = variable.last().is_some_and(|last| !is("named-by", last) && !is("id-word", last));
        let before: Vec<Option<&[String]>> = operations
            .iter()
            .flat_map(|(shape, _)| shape.variables().filter(|(variable, _)| *variable == id).map(|(_, before)| before))
            .collect();
        let own = |before: Option<&[String]>| {
            before.is_some_and(|before| is_plural(before) && key(&singular_words(before)) == name)
        };
        plain && before.len() >= OFTEN && before.into_iter().all(own)
    }

    /// What a plural of a path answers with as one, like `/properties/{id}/policies`, goes by the plural.
    fn wholes(&mut self, operations: &[(Shape, Act)]) {
        let parts = |fixed: &[String]| {
            operations.iter().any(|(shape, _)| {
                let pair = |pair: &[Part]| matches!(pair, [Part::Fixed(f), Part::Variable(_)] if f == fixed);
                shape.parts.windows(2).any(pair)
            })
        };
        for (shape, act) in operations {
            let [.., Part::Variable(_), Part::Fixed(last)] = shape.parts.as_slice() else { continue };
            let shown =
                act.classes.first().is_some_and(|class| class == "get") && !act.many && !act.acted && !act.reads;
            if shown
                && is_plural(last)
                && !parts(last)
                && let Some(kind) = self.all.get_mut(&key(&act.noun))
                && !kind.nouns.contains(&last.join(" "))
            {
                kind.nouns.push(last.join(" "));
            }
        }
    }

    /// Lists that hold contacts are contact lists.
    fn containers(&mut self, operations: &[(Shape, Act)]) {
        let mut held: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (shape, _) in operations {
            for parts in shape.parts.windows(3) {
                if let [Part::Fixed(holder), Part::Variable(_), Part::Fixed(things)] = parts
                    && holder.len() == 1
                    && is_plural(holder)
                    && is_plural(things)
                    && is("container", &singular_words(holder).concat())
                {
                    held.entry(key(&singular_words(holder))).or_default().insert(singular_words(things).join(" "));
                }
            }
        }
        for (name, things) in held {
            let known: Vec<String> = things.into_iter().filter(|thing| self.called(thing).is_some()).collect();
            for thing in known {
                let noun = format!("{thing} {name}");
                if self.called(&noun).is_none()
                    && let Some(kind) = self.all.get_mut(&name)
                {
                    kind.nouns.push(noun);
                }
            }
        }
    }

    fn synonym(&mut self, name: &str, base: &[String], noun: &[String], sure: bool) {
        let Some(kind) = self.all.get_mut(name) else { return };
        let text = noun.join(" ");
        let same = text.replace(' ', "") == base.join("");
        let longer = noun.ends_with(base) || noun.starts_with(base) || noun.join("").starts_with(&base.join(""));
        let mut found = vec![text];
        // "Audit log items" are what the path calls `auditlogs`: the words of the name are known now.
        let parted = (1..noun.len()).map(|cut| &noun[..cut]).find(|part| part.join("") == base.join(""));
        found.extend(parted.filter(|part| part.len() > base.len()).map(|part| part.join(" ")));
        // Of a "public ssh key" people say "ssh key" too.
        if noun.ends_with(base) {
            found.extend((1..noun.len() - base.len()).map(|cut| noun[cut..].join(" ")));
        }
        for (at, noun) in found.into_iter().enumerate() {
            if !kind.nouns.contains(&noun) {
                let front = at == 0 && sure && (same || longer);
                kind.nouns.insert(if front { 0 } else { kind.nouns.len() }, noun.clone());
                kind.person |= is_person(&noun);
            }
        }
    }
}

/// Names of variables that every kind may use for its id.
pub(super) fn is_generic(variable: &str) -> bool {
    ["id", "key", "slug", "name", "uuid", "code"].contains(&variable)
}
