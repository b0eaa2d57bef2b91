//! What people call things and doings beside the words of a file.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::Lexicon;

use super::english::{is, pairs};
use super::glued::Vocabulary;
use super::kinds::Kinds;
use super::model::Model;
use super::noun::{plural_of, singular_words};
use super::op::Op;
use super::shape::Part;

impl Model<'_> {
    /// Gives operations the other verbs that people have for what they do, unless another request of the same kind has them.
    pub(super) fn common_verbs(&mut self, lexicon: &Lexicon) {
        for at in 0..self.operations.len() {
            let op = &self.operations[at];
            let others: BTreeSet<&str> = self
                .operations
                .iter()
                .enumerate()
                .filter(|(n, other)| *n != at && other.objects.first() == op.objects.first())
                .flat_map(|(_, other)| other.act.own.iter().chain(&other.act.classes))
                .map(String::as_str)
                .collect();
            let own = op.act.own.iter().flat_map(|verb| pairs("done-as", verb));
            // "Make" asks for what creates one, "remove" for what deletes one.
            let meant = |verb: &str| {
                let having = lexicon.verbs.iter().filter(|class| class.words.iter().any(|word| word == verb));
                having.into_iter().any(|class| others.contains(class.name.as_str()))
            };
            let more: Vec<String> =
                own.filter(|verb| !others.contains(*verb) && !meant(verb)).map(|verb| (*verb).to_owned()).collect();
            // "Start server 7" starts one that is there, whatever "start a server" makes.
            let record = super::questions::records(op, &self.kinds).last().copied().filter(|_| op.act.acted);
            let elsewhere: Vec<String> = op
                .act
                .own
                .iter()
                .flat_map(|verb| pairs("done-as", verb))
                .filter(|verb| !more.iter().any(|more| more == *verb))
                .filter(|verb| is("starting", verb))
                .map(|verb| (*verb).to_owned())
                .collect();
            let named = record.filter(|record| !elsewhere.is_empty() && op.objects.first() == Some(&record.kind));
            let says = named.map(|record| {
                let nouns = super::properties::choice(&self.kinds.all[&record.kind]);
                format!(
                    "{} [the|my|this] {nouns} {{{}}} [up|again|now]",
                    super::properties::alternatives(elsewhere),
                    record.name
                )
            });
            self.operations[at].says.extend(says);
            let known = &mut self.operations[at].act.own;
            for verb in more {
                if !known.contains(&verb) {
                    known.push(verb);
                }
            }
        }
    }

    /// Gives kinds the other names that people have for them, unless something else of the service has the name.
    pub(super) fn common_names(&mut self, vocabulary: &Vocabulary) {
        let acted: BTreeSet<String> = self.operations.iter().filter_map(|op| op.objects.first().cloned()).collect();
        let names = |kind: &&super::kind::Kind| acted.contains(&kind.name) || kind.id.is_some();
        let mut taken: Vec<String> =
            self.kinds.all.values().filter(names).flat_map(|kind| kind.nouns.clone()).collect();
        taken.extend(self.operations.iter().flat_map(|op| op.act.own.clone()));
        let owners: BTreeSet<String> =
            self.kinds.all.values().filter(|kind| kind.id.is_some()).flat_map(|kind| kind.nouns.clone()).collect();
        let mut heads: BTreeMap<String, usize> = BTreeMap::new();
        for kind in self.kinds.all.values() {
            if let Some((_, head)) = kind.nouns.first().and_then(|noun| noun.rsplit_once(' ')) {
                *heads.entry(head.to_owned()).or_default() += 1;
            }
        }
        let segments: BTreeSet<String> =
            self.operations.iter().flat_map(|op| op.spec.path.split(['/', '.'])).map(str::to_lowercase).collect();
        for kind in self.kinds.all.values_mut() {
            let primary = kind.nouns.first().cloned().unwrap_or_default();
            // Members of projects are "project members", but also "members".
            if let Some((owner, head)) = primary.rsplit_once(' ')
                && owners.contains(owner)
                && !taken.iter().any(|known| known == head)
                && (kind.person || super::english::is_person(head) || heads[head] == 1)
            {
                kind.nouns.push(head.to_owned());
                taken.push(head.to_owned());
            }
            let hyphened: Vec<String> = kind.nouns.iter().filter_map(|noun| vocabulary.hyphened(noun)).collect();
            for noun in hyphened.into_iter().filter(|noun| !taken.contains(noun)) {
                kind.nouns.push(noun);
            }
            // `/timezones` of "time zones": the word of the path is a name too.
            let joined = primary.replace(' ', "");
            if joined != primary
                && (segments.contains(&joined) || segments.contains(&plural_of(&joined)))
                && !taken.contains(&joined)
            {
                kind.nouns.push(joined.clone());
                taken.push(joined);
            }
            let full: Vec<&str> =
                primary.split(' ').map(|word| pairs("short-for", word).first().copied().unwrap_or(word)).collect();
            let full = full.join(" ");
            if full != primary && !taken.contains(&full) {
                kind.nouns.push(full.clone());
                taken.push(full);
            }
            // "Canned replies" are canned responses, and the photos of "product images" are photos.
            let known: Vec<String> = kind.nouns.iter().take(MOST_RENAMED).cloned().collect();
            let whole = known.iter().flat_map(|noun| super::english::synonyms(noun)).map(|name| (*name).to_owned());
            let parts = known.iter().flat_map(|noun| in_part(noun));
            let names: Vec<String> = whole.chain(parts).collect();
            for name in names {
                if !taken.contains(&name) {
                    kind.nouns.push(name.clone());
                    taken.push(name);
                }
            }
        }
    }
}

/// The most names of a kind that other names are made of.
const MOST_RENAMED: usize = 3;

/// A name of several words with the other names of its last word, and of those before it: "canned replies", "delivery
/// methods".
fn in_part(noun: &str) -> Vec<String> {
    let Some((lead, head)) = noun.rsplit_once(' ') else { return Vec::new() };
    let heads = super::english::synonyms(head).iter().take(3).map(|name| format!("{lead} {name}"));
    let leads = pairs("lead-synonym", lead).iter().chain(super::english::synonyms(lead).iter().take(2));
    heads.chain(leads.map(|name| format!("{name} {head}"))).collect()
}

/// What the "items" of a collection are: the things that the path or the tag speaks of before it.
pub(super) fn contents(op: &Op<'_>, kinds: &Kinds) -> Vec<Vec<String>> {
    let [before @ .., Part::Fixed(owner), Part::Variable(_), Part::Fixed(last)] = op.shape.parts.as_slice() else {
        return Vec::new();
    };
    if !last.last().is_some_and(|last| is("contents", last)) {
        return Vec::new();
    }
    let owner = singular_words(owner);
    // What stands for a record of its own is what holds the collection: `/courses/{id}/modules/{id}/items`.
    let path = before.iter().enumerate().filter_map(|(at, part)| match part {
        Part::Fixed(words) if !matches!(before.get(at + 1), Some(Part::Variable(_))) => Some(singular_words(words)),
        _ => None,
    });
    let tag = Some(op.act.tag.clone()).filter(|tag| kinds.get(tag).is_some());
    // `getTrackCollectionItems`: the tracks of a collection.
    let told = op.act.told.iter().filter_map(|told| {
        let at = told.noun.windows(owner.len()).position(|words| words == owner.as_slice())?;
        (at > 0).then(|| told.noun[..at].to_vec())
    });
    let mut found: Vec<Vec<String>> = path.chain(tag).chain(told).filter(|noun| *noun != owner).collect();
    found.push(vec!["content".to_owned()]);
    found
}
