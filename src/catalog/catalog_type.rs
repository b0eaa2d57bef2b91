use std::sync::{Arc, OnceLock};

use serde::Deserialize;

use super::freeze::{Entry, Header};
use super::through::Through;
use super::variant::{Change, Changes, Varied};
use super::{
    Event, Frame, Lexicon, Method, Operation, Resource, Service, VariantOperations, Variation, Vocabulary, compile,
};

/// Position of an operation in its catalog.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OpId(pub u32);

/// A checked catalog: services, operations and the shared lexicon.
///
/// One that was loaded holds every operation; a frozen one decodes each when it is first asked for. Cloning is cheap.
#[derive(Debug, Clone)]
pub struct Catalog {
    parts: Arc<Parts>,
    /// The variant whose operations it shows.
    variant: Option<usize>,
    /// The service whose operations are sent through another.
    through: Option<Arc<Through>>,
}

#[derive(Debug)]
struct Parts {
    header: Header,
    operations: Vec<OnceLock<Box<Operation>>>,
    frames: Vec<OnceLock<Box<Frame>>>,
    events: OnceLock<Vec<Event>>,
    /// One a variant.
    varied: Vec<Varied>,
    records: &'static [u8],
}

impl Catalog {
    /// Joins checked parts and compiles their words. The loader is the only caller.
    pub fn new(
        services: Vec<Service>,
        operations: Vec<Operation>,
        variants: Vec<VariantOperations>,
        lexicon: Lexicon,
    ) -> Self {
        let differing = || variants.iter().flat_map(|v| &v.operations).filter_map(|(id, o)| Some((*id, o.as_ref()?)));
        let (vocabulary, frames, other) = compile(&services, &operations, &differing().collect::<Vec<_>>(), &lexicon);
        let changes = variants.iter().map(Changes::new).collect();
        let header = Header::new(services, lexicon, vocabulary, &operations, changes);
        let mut other = other.into_iter();
        let varied = variants.into_iter().map(|variant| Varied::loaded(variant.operations, &mut other)).collect();
        let operations = operations.into_iter().map(|operation| OnceLock::from(Box::new(operation))).collect();
        let frames = frames.into_iter().map(|frame| OnceLock::from(Box::new(frame))).collect();
        Self::whole(Parts { header, operations, frames, events: OnceLock::new(), varied, records: &[] })
    }

    /// The same with the events of its services.
    #[must_use]
    pub fn with_events(self, events: Vec<Event>) -> Self {
        // They are only asked for once the catalog is whole.
        drop(self.parts.events.set(events));
        self
    }

    /// A catalog whose operations stand in `records`, to be decoded one by one.
    pub(super) fn lazy(header: Header, records: &'static [u8]) -> Self {
        let operations = header.entries.iter().map(|_| OnceLock::new()).collect();
        let frames = header.entries.iter().map(|_| OnceLock::new()).collect();
        let varied = header.variants.iter().map(Varied::of).collect();
        Self::whole(Parts { header, operations, frames, events: OnceLock::new(), varied, records })
    }

    fn whole(parts: Parts) -> Self {
        Self { parts: Arc::new(parts), variant: None, through: None }
    }

    /// The same catalog with the operations as they are in a variant: those that it changes, and all others as they were.
    /// `None` when no service has a variant of that name.
    #[must_use]
    pub fn in_variant(&self, name: &str) -> Option<Self> {
        let at = self.header().variants.iter().position(|variant| variant.name == name)?;
        Some(Self { parts: self.parts.clone(), variant: Some(at), through: self.through.clone() })
    }

    /// Names of the variants that its services have.
    pub fn variants(&self) -> impl Iterator<Item = &str> {
        self.header().variants.iter().map(|variant| variant.name.as_str())
    }

    /// The variant whose operations it shows.
    #[must_use]
    pub fn variant(&self) -> Option<&str> {
        self.variant.map(|at| self.header().variants[at].name.as_str())
    }

    /// What the variant shown makes of an operation.
    #[must_use]
    pub fn variation(&self, id: OpId) -> Variation {
        match self.change(id) {
            None => Variation::Same,
            Some((.., change)) if change.there => Variation::Own,
            Some(_) => Variation::Absent,
        }
    }

    /// What is frozen ahead of the operations.
    pub(super) fn header(&self) -> &Header {
        &self.parts.header
    }

    /// The operations of a variant that differ, with their frames.
    pub(super) fn differing(&self, variant: usize) -> Vec<(Change, Option<(&Operation, &Frame)>)> {
        let list = &self.header().variants[variant].list;
        let found = |(at, change): (usize, Change)| {
            let own = || (self.parts.own(variant, at, change), self.parts.own_frame(variant, at, change));
            (change, change.there.then(own))
        };
        list.range(0..list.count()).enumerate().map(found).collect()
    }

    /// Sends the operations of a service through another from here on.
    pub(super) fn set_through(&mut self, through: Through) {
        self.through = Some(Arc::new(through));
    }

    /// Whether the operations of the service at one position are reached by keeping to the one at another: they are its
    /// own, or are sent through it.
    #[must_use]
    pub fn reaches(&self, kept: u16, service: u16) -> bool {
        kept == service || self.through.as_deref().is_some_and(|through| through.leads(kept, service))
    }

    /// All services.
    #[must_use]
    pub fn services(&self) -> &[Service] {
        &self.header().services
    }

    /// The shared English.
    #[must_use]
    pub fn lexicon(&self) -> &Lexicon {
        &self.header().lexicon
    }

    /// Every word the catalog knows.
    #[must_use]
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.header().vocabulary
    }

    /// What the services report of their own accord.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        let place = self.header().events;
        self.parts.events.get_or_init(|| if place == (0, 0) { Vec::new() } else { self.parts.decode(place) })
    }

    /// What the words mean to one operation.
    #[must_use]
    pub fn frame(&self, id: OpId) -> &Frame {
        match self.change(id) {
            Some((variant, at, change)) if change.there => self.parts.own_frame(variant, at, change),
            _ => self.parts.frame(id),
        }
    }

    /// Whether the variant shown has patterns of its own for an operation, so that what the vocabulary keeps of the
    /// patterns is not said of them.
    #[must_use]
    pub fn has_own_patterns(&self, id: OpId) -> bool {
        self.change(id).is_some_and(|(.., change)| change.there)
    }

    /// How many operations there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.parts.operations.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts.operations.is_empty()
    }

    /// Ids of all operations, in catalog order.
    pub fn ids(&self) -> impl Iterator<Item = OpId> + use<> {
        (0..u32::try_from(self.parts.operations.len()).unwrap_or(u32::MAX)).map(OpId)
    }

    /// Ids of the operations that may get one record by what ends their path, none of them decoded.
    pub fn ids_of_one(&self) -> impl Iterator<Item = OpId> {
        let entries = &self.header().entries;
        // In a variant an operation may be somewhere else.
        let may = |entry: &Entry| entry.method == Method::Get && entry.shape.ends_with("/{}");
        self.ids().filter(move |id| self.variant.is_some() || may(&entries[id.0 as usize]))
    }

    /// The operation of that id.
    #[must_use]
    pub fn operation(&self, id: OpId) -> &Operation {
        let Some(variant) = self.variant else { return self.parts.operation(id) };
        match self.change(id) {
            Some((_, at, change)) if change.there => self.parts.own(variant, at, change),
            Some(_) => self.parts.operation(id),
            None => self.stamped(variant, id),
        }
    }

    /// An operation that differs in its version at most.
    fn stamped(&self, variant: usize, id: OpId) -> &Operation {
        let operation = self.parts.operation(id);
        let name = &self.header().variants[variant].name;
        let declared = self.service_of(operation).variants.iter().find(|declared| declared.name == *name);
        declared.map_or(operation, |declared| self.parts.varied[variant].stamp(id, operation, declared, self.len()))
    }

    /// What the variant shown changes in an operation: the variant, and the position among its changes.
    fn change(&self, id: OpId) -> Option<(usize, usize, Change)> {
        let variant = self.variant?;
        let (at, change) = self.header().variants[variant].of(id)?;
        Some((variant, at, change))
    }

    /// The name of an operation, without decoding it.
    #[must_use]
    pub fn name(&self, id: OpId) -> &str {
        &self.header().entries[id.0 as usize].name
    }

    /// The operation of that catalog name.
    pub fn by_name(&self, name: &str) -> Option<OpId> {
        let header = self.header();
        header.by_name.find(&name, |at| &header.entries[*at as usize].name).map(OpId)
    }

    /// The operation of that method and `OpenAPI` path; names of path variables and a trailing slash are not compared. Of
    /// several, the first in catalog order. In a variant, the address that an operation has without it fits too.
    #[must_use]
    pub fn by_request(&self, method: Method, path: &str) -> Option<OpId> {
        self.with_request(method, path).next()
    }

    /// The same in one service.
    #[must_use]
    pub fn by_request_of(&self, service: &str, method: Method, path: &str) -> Option<OpId> {
        let wanted = u16::try_from(self.services().iter().position(|s| s.name == service)?).ok()?;
        let of = |id: &OpId| self.vocabulary().heads.get(id.0 as usize).map(|head| head.service);
        self.with_request(method, path).find(|id| of(id).is_some_and(|service| self.reaches(wanted, service)))
    }

    fn with_request(&self, method: Method, path: &str) -> impl Iterator<Item = OpId> {
        let header = self.header();
        let wanted = shape(path);
        let moved = self.moved_to(method, wanted.clone());
        let entry = |at: u32| &header.entries[at as usize];
        let from = header.by_request.first_of(&wanted.as_str(), |at| &entry(*at).shape);
        let all = header.by_request.range(from..header.by_request.count());
        let same = all.take_while(move |at| entry(*at).shape == wanted);
        same.filter(move |at| entry(*at).method == method).map(OpId).chain(moved)
    }

    /// The operations that the variant shown has at an address of that shape.
    fn moved_to(&self, method: Method, wanted: String) -> impl Iterator<Item = OpId> {
        let own = self.variant.into_iter().flat_map(|variant| self.differing(variant));
        own.filter_map(move |(change, own)| {
            let (operation, _) = own?;
            let moved = operation.method == method && shape(&operation.path) == wanted;
            moved.then_some(OpId(change.operation))
        })
    }

    /// The operations that say of themselves that they replace a request, in catalog order. An operation of that very
    /// request goes before them: ask [`Self::by_request`] first.
    #[must_use]
    pub fn replacing(&self, method: Method, path: &str) -> Vec<OpId> {
        let wanted = shape(path);
        let same = |line: &String| {
            let (verb, path) = line.split_once(' ').unwrap_or_default();
            verb == method.as_str() && shape(path) == wanted
        };
        self.ids().filter(|id| self.operation(*id).replaces.iter().any(same)).collect()
    }

    /// Name and group of every operation, none of them decoded.
    pub fn names(&self) -> impl Iterator<Item = (&str, &str)> {
        self.header().entries.iter().map(|entry| (&*entry.name, &*entry.group))
    }

    /// Reads phone numbers of a service by another country's rules; whether it does now. It does not once the catalog is
    /// shared.
    pub fn set_country(&mut self, service: &str, country: &str) -> bool {
        let services = Arc::get_mut(&mut self.parts).map(|parts| &mut parts.header.services);
        let found = services.and_then(|services| services.iter_mut().find(|s| s.name == service));
        found.map(|service| country.clone_into(&mut service.country)).is_some()
    }

    /// The service of that name.
    #[must_use]
    pub fn service(&self, name: &str) -> Option<&Service> {
        self.header().services.iter().find(|s| s.name == name)
    }

    /// The service an operation belongs to, or the one it is sent through.
    ///
    /// # Panics
    /// Never for an operation of this catalog: the loader refuses one without a service.
    #[must_use]
    pub fn service_of(&self, operation: &Operation) -> &Service {
        if let Some(offered) = self.through.as_deref().and_then(|through| through.offers(&operation.service)) {
            return offered;
        }
        self.service(&operation.service).expect("the loader checked the service of every operation")
    }

    /// A resource of a service.
    #[must_use]
    pub fn resource(&self, service: &str, name: &str) -> Option<&Resource> {
        self.service(service)?.resource(name)
    }
}

impl Parts {
    fn operation(&self, id: OpId) -> &Operation {
        let at = id.0 as usize;
        self.operations[at].get_or_init(|| Box::new(self.decode(self.header.entries[at].operation)))
    }

    fn frame(&self, id: OpId) -> &Frame {
        let at = id.0 as usize;
        self.frames[at].get_or_init(|| Box::new(self.decode(self.header.entries[at].frame)))
    }

    fn own(&self, variant: usize, at: usize, change: Change) -> &Operation {
        self.varied[variant].own[at].operation.get_or_init(|| Box::new(self.decode(change.record)))
    }

    fn own_frame(&self, variant: usize, at: usize, change: Change) -> &Frame {
        self.varied[variant].own[at].frame.get_or_init(|| Box::new(self.decode(change.frame)))
    }

    /// A part of the records.
    ///
    /// # Panics
    /// Never: the records were written by [`freeze`](super::freeze()) in the build that made this program.
    fn decode<T: Deserialize<'static>>(&self, (offset, length): (u32, u32)) -> T {
        let bytes = &self.records[offset as usize..(offset + length) as usize];
        postcard::from_bytes(bytes).expect("the record was frozen by this build")
    }
}

/// A path with its variables made alike: `/contacts/{}/tags`.
pub(super) fn shape(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for part in path.trim_end_matches('/').split('/') {
        out.push('/');
        out.push_str(if part.starts_with('{') { "{}" } else { part });
    }
    out
}
