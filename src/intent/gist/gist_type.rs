use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use crate::catalog::{Catalog, Kind, OpId, Operation, Parameter, Place, Risk};

use super::super::reading::makes;
use super::asked::Asked;
use super::stems::{is_empty, stem, words};

/// How much a word tells of an operation, by where it stands.
const TITLE: f64 = 3.0;
const PATH: f64 = 2.0;
const OTHER_NOUN: f64 = 1.2;
const GROUP: f64 = 1.0;
const FIELD: f64 = 0.6;
const BESIDE: f64 = 0.4;
const HELP: f64 = 0.3;
/// Words that stand beside an operation by its own description; behind them are those that all share.
const OWN_BESIDE: usize = 14;
/// What a word costs that nothing of the service goes by.
const STRANGE: f64 = 2.0;
/// What the words of an operation weigh that were not said.
const UNSAID: f64 = 0.35;
/// A verb that asks for such an operation, one that does not, and a question of what changes something.
const FIT: f64 = 0.15;
const UNFIT: f64 = 0.12;
const QUESTIONED: f64 = 0.45;
/// An operation that only reads, for an order; and one that destroys, for a verb that nobody knows.
const SHOWS: f64 = 0.35;
const DESTROYS: f64 = 0.25;
/// One that changes something, for who asks to be shown something, and one that makes or keeps it, for who destroys.
const CHANGES: f64 = 0.25;
/// The verb of an order in the title or the path of an operation; and one that makes something, for a verb that nobody knows.
const CALLED: f64 = 0.08;
const MAKES: f64 = 0.05;
/// Each record of a path that is not named, and each value more than it takes.
const UNNAMED: f64 = 0.12;
const SPARE: f64 = 0.06;
/// A value behind the noun of what a path names.
const NAMED: f64 = 0.12;

/// What the operations of a service go by.
#[derive(Debug)]
pub struct Gist {
    entries: Vec<Entry>,
    /// How many of them go by a stem.
    known: HashMap<String, u32>,
    /// The stems of what its things are called, by their own names.
    nouns: BTreeSet<String>,
}

#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each tells something else of the request")]
struct Entry {
    id: OpId,
    weights: HashMap<String, f64>,
    /// Stems of its title and of its path.
    own: BTreeSet<String>,
    /// What the records of its path are called.
    named: Vec<BTreeSet<String>>,
    reads: bool,
    makes: bool,
    destroys: bool,
    verbs: u64,
    /// Whether it only takes what its path and its query name.
    bodiless: bool,
}

/// How well an operation fits what was said.
#[derive(Debug, Clone, Copy)]
pub struct Fit {
    /// Which.
    pub id: OpId,
    /// All in all.
    pub points: f64,
    /// The share of what was said that it goes by.
    pub share: f64,
}

/// The gists of services, each made when it is first asked for.
#[derive(Debug, Default)]
pub struct Gists(Mutex<BTreeMap<u16, Arc<Gist>>>);

impl Gists {
    /// That of a service.
    pub fn of(&self, service: u16, catalog: &Catalog) -> Arc<Gist> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(all.entry(service).or_insert_with(|| Arc::new(Gist::new(service, catalog))))
    }
}

impl Gist {
    fn new(service: u16, catalog: &Catalog) -> Self {
        let heads = &catalog.vocabulary().heads;
        let own = catalog.ids().filter(|id| {
            let head = &heads[id.0 as usize];
            head.service == service && !head.hidden
        });
        let entries: Vec<Entry> = own.map(|id| Entry::new(id, catalog)).collect();
        let mut known = HashMap::new();
        for entry in &entries {
            for stem in entry.weights.iter().filter(|(_, weight)| **weight >= GROUP).map(|(stem, _)| stem) {
                *known.entry(stem.clone()).or_insert(0) += 1;
            }
        }
        let first = |entry: &Entry| {
            let op = catalog.operation(entry.id);
            let object = op.objects.first()?;
            Some(stem(catalog.resource(&op.service, object)?.nouns.first()?))
        };
        let nouns = entries.iter().filter_map(first).collect();
        Self { entries, known, nouns }
    }

    /// Whether some operation goes by a stem.
    pub fn knows(&self, stem: &str) -> bool {
        self.known.contains_key(stem)
    }

    /// Whether an operation goes by a stem.
    pub fn goes_by(&self, id: OpId, stem: &str) -> bool {
        self.entries.iter().any(|entry| entry.id == id && entry.weights.get(stem).is_some_and(|w| *w >= OTHER_NOUN))
    }

    /// Whether things of the service are called so.
    pub fn is_noun(&self, stem: &str) -> bool {
        self.nouns.contains(stem)
    }

    /// Whether an operation is called by the verb of an order, in its title or its path.
    pub fn called(&self, id: OpId, asked: &Asked) -> bool {
        let own = |verb: &String| self.entries.iter().any(|entry| entry.id == id && entry.own.contains(verb));
        asked.verb.as_ref().is_some_and(own)
    }

    /// How well each operation fits what was said, the best first.
    pub fn rank(&self, asked: &Asked) -> Vec<Fit> {
        let said = asked.terms.iter().map(|stem| if self.knows(stem) { self.rarity(stem) } else { STRANGE });
        let said = said.sum::<f64>().max(1.0);
        let mut fits: Vec<Fit> = self.entries.iter().map(|entry| self.fit(entry, asked, said)).collect();
        fits.sort_by(|a, b| b.points.total_cmp(&a.points).then(a.id.cmp(&b.id)));
        fits
    }

    /// What a stem tells: the fewer operations go by it, the more.
    fn rarity(&self, stem: &str) -> f64 {
        let many = self.known.get(stem).copied().unwrap_or(1);
        let all = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        (1.0 + f64::from(all) / f64::from(many)).ln()
    }

    fn fit(&self, entry: &Entry, asked: &Asked, said: f64) -> Fit {
        let told = |stem: &String| entry.weights.get(stem).map_or(0.0, |w| self.rarity(stem) * w.min(TITLE) / TITLE);
        let share = asked.terms.iter().map(told).sum::<f64>() / said;
        let weigh = |stems: &mut dyn Iterator<Item = &String>| stems.map(|stem| self.rarity(stem)).sum::<f64>();
        let whole = weigh(&mut entry.own.iter());
        let heard = weigh(&mut entry.own.iter().filter(|stem| asked.terms.contains(stem)));
        let mut points = share + if whole > 0.0 { UNSAID * heard / whole } else { 0.0 };
        if asked.question {
            points += if entry.reads { FIT } else { -QUESTIONED };
        } else {
            points += entry.ordered(asked);
        }
        let (values, records) = (asked.values.len(), entry.named.len());
        let count = |n: usize| f64::from(u8::try_from(n.min(3)).unwrap_or(3));
        if records > values {
            points -= UNNAMED * count(records - values);
        } else if values > records && (entry.bodiless || entry.reads) {
            points -= SPARE * count((values - records).min(2));
        }
        let behind = |nouns: &&BTreeSet<String>| {
            asked.values.iter().any(|(_, before)| before.as_ref().is_some_and(|noun| nouns.contains(noun)))
        };
        let named = entry.named.iter().filter(behind).count();
        let another = |(_, before): &(usize, Option<String>)| before.as_ref().is_some_and(|noun| self.knows(noun));
        points +=
            if named == 0 && records > 0 && asked.values.iter().any(another) { -SPARE } else { NAMED * count(named) };
        Fit { id: entry.id, points, share }
    }
}

impl Entry {
    fn new(id: OpId, catalog: &Catalog) -> Self {
        let op = catalog.operation(id);
        let mut entry = Self {
            id,
            weights: HashMap::new(),
            own: BTreeSet::new(),
            named: Vec::new(),
            reads: op.reads(),
            makes: makes(op),
            destroys: op.risk == Risk::Destroy,
            verbs: catalog.vocabulary().heads[id.0 as usize].verbs,
            bodiless: op.risk == Risk::Destroy || !op.params.iter().any(|p| p.place == Place::Body),
        };
        for segment in fixed(&op.path) {
            let stems = entry.add(segment, PATH, catalog);
            entry.own.extend(stems);
        }
        let stems = entry.add(&op.title, TITLE, catalog);
        entry.own.extend(stems);
        op.own_verbs.iter().for_each(|verb| drop(entry.add(verb, TITLE, catalog)));
        for (nth, object) in op.objects.iter().enumerate() {
            let resource = catalog.resource(&op.service, object);
            let nouns = resource.map_or(std::slice::from_ref(object), |resource| resource.nouns.as_slice());
            for (at, noun) in nouns.iter().enumerate() {
                let weight = if nth == 0 && at == 0 { PATH } else { OTHER_NOUN };
                entry.add(noun, weight, catalog);
            }
        }
        entry.add(&op.group, GROUP, catalog);
        for param in &op.params {
            entry.field(param, catalog);
        }
        for word in op.beside.iter().take(OWN_BESIDE) {
            entry.add(word, BESIDE, catalog);
        }
        entry.named = records(op).map(|param| nouns(op, param, catalog)).collect();
        entry
    }

    /// What the verb of an order tells of it.
    fn ordered(&self, asked: &Asked) -> f64 {
        let called = asked.verb.as_ref().is_some_and(|verb| self.own.contains(verb));
        let named = if called { CALLED } else { 0.0 };
        if asked.orders && self.reads {
            return if called { 0.0 } else { -SHOWS };
        }
        if asked.classes != 0 {
            let fits = self.verbs & asked.classes != 0 || self.reads && !asked.orders;
            let other = !asked.orders || asked.destroys && !self.destroys;
            let unfit = if other { CHANGES } else { UNFIT };
            return named + if fits { FIT } else { -unfit };
        }
        if asked.orders && self.destroys && !called {
            return -DESTROYS;
        }
        named + if asked.orders && self.makes { MAKES } else { 0.0 }
    }

    fn field(&mut self, param: &Parameter, catalog: &Catalog) {
        self.add(&param.name, FIELD, catalog);
        for name in &param.names {
            self.add(name, FIELD, catalog);
        }
        for value in &param.values {
            value.say.iter().for_each(|word| drop(self.add(word, FIELD, catalog)));
        }
        if let Some(help) = &param.help {
            self.add(help, HELP, catalog);
        }
    }

    /// Takes in the words of a text; their stems.
    fn add(&mut self, text: &str, weight: f64, catalog: &Catalog) -> Vec<String> {
        let told = words(text).into_iter().filter(|word| !is_empty(catalog, word));
        let stems: Vec<String> = told.map(|word| stem(&word)).collect();
        for stem in &stems {
            let known = self.weights.entry(stem.clone()).or_insert(0.0);
            *known = known.max(weight);
        }
        stems
    }
}

/// The parameters that name the records of a path, unless something else supplies them.
pub fn records(op: &Operation) -> impl Iterator<Item = &Parameter> {
    op.params.iter().filter(|p| p.place == Place::Path && p.default.is_none() && !p.supplied)
}

/// The stems of what the record is called that a parameter of a path names.
pub fn nouns(op: &Operation, param: &Parameter, catalog: &Catalog) -> BTreeSet<String> {
    let mut all: BTreeSet<String> = words(&param.name).iter().map(|word| stem(word)).collect();
    if let Kind::Entity(resource) = &param.kind
        && let Some(resource) = catalog.resource(&op.service, resource)
    {
        all.extend(resource.nouns.iter().filter_map(|noun| words(noun).last().map(|word| stem(word))));
    }
    let before = op.path.split('/').collect::<Vec<_>>();
    let own = before.windows(2).find(|two| two[1].contains(&format!("{{{}}}", param.name)));
    all.extend(own.and_then(|two| words(two[0]).last().map(|word| stem(word))));
    all.retain(|stem| stem.len() > 2);
    all
}

fn fixed(path: &str) -> impl Iterator<Item = &str> {
    let path = path.split('?').next().unwrap_or_default();
    path.split('/').filter(|segment| !segment.is_empty() && !segment.starts_with('{'))
}
