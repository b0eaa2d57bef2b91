use std::sync::OnceLock;

use serde::Deserialize;

use super::freeze::Header;
use super::{Event, Frame, Lexicon, Method, Operation, Resource, Service, Vocabulary, compile};

/// Position of an operation in its catalog.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OpId(pub u32);

/// A checked catalog: services, operations and the shared lexicon.
///
/// One that was loaded holds every operation; a frozen one decodes each when it is first asked for.
#[derive(Debug)]
pub struct Catalog {
    header: Header,
    operations: Vec<OnceLock<Box<Operation>>>,
    frames: Vec<OnceLock<Box<Frame>>>,
    events: OnceLock<Vec<Event>>,
    through: Option<Box<Through>>,
    records: &'static [u8],
}

/// A service whose operations are sent through another.
#[derive(Debug)]
struct Through {
    /// Its name.
    extended: String,
    /// It, as the other offers it.
    service: Service,
}

impl Catalog {
    /// Joins checked parts and compiles their words. The loader is the only caller.
    pub fn new(services: Vec<Service>, operations: Vec<Operation>, lexicon: Lexicon) -> Self {
        let (vocabulary, frames) = compile(&services, &operations, &lexicon);
        let header = Header::new(services, lexicon, vocabulary, &operations);
        let operations = operations.into_iter().map(|operation| OnceLock::from(Box::new(operation))).collect();
        let frames = frames.into_iter().map(|frame| OnceLock::from(Box::new(frame))).collect();
        Self { header, operations, frames, events: OnceLock::from(Vec::new()), through: None, records: &[] }
    }

    /// The same with the events of its services.
    #[must_use]
    pub fn with_events(mut self, events: Vec<Event>) -> Self {
        self.events = OnceLock::from(events);
        self
    }

    /// A catalog whose operations stand in `records`, to be decoded one by one.
    pub(super) fn lazy(header: Header, records: &'static [u8]) -> Self {
        let operations = header.entries.iter().map(|_| OnceLock::new()).collect();
        let frames = header.entries.iter().map(|_| OnceLock::new()).collect();
        Self { header, operations, frames, events: OnceLock::new(), through: None, records }
    }

    /// What is frozen ahead of the operations.
    pub(super) fn header(&self) -> &Header {
        &self.header
    }

    /// The same, to be changed.
    pub(super) fn header_mut(&mut self) -> &mut Header {
        &mut self.header
    }

    /// Sends the operations of a service through another, which offers it so.
    pub(super) fn set_through(&mut self, extended: String, service: Service) {
        self.through = Some(Box::new(Through { extended, service }));
    }

    /// All services.
    pub fn services(&self) -> &[Service] {
        &self.header.services
    }

    /// The shared English.
    pub fn lexicon(&self) -> &Lexicon {
        &self.header.lexicon
    }

    /// Every word the catalog knows.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.header.vocabulary
    }

    /// What the services report of their own accord.
    pub fn events(&self) -> &[Event] {
        self.events.get_or_init(|| self.decode(self.header.events))
    }

    /// What the words mean to one operation.
    pub fn frame(&self, id: OpId) -> &Frame {
        let at = id.0 as usize;
        self.frames[at].get_or_init(|| Box::new(self.decode(self.header.entries[at].frame)))
    }

    /// How many operations there are.
    pub fn len(&self) -> usize {
        self.operations.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.operations.is_empty()
    }

    /// Ids of all operations, in catalog order.
    pub fn ids(&self) -> impl Iterator<Item = OpId> + use<> {
        (0..u32::try_from(self.operations.len()).unwrap_or(u32::MAX)).map(OpId)
    }

    /// The operation of that id.
    pub fn operation(&self, id: OpId) -> &Operation {
        let at = id.0 as usize;
        self.operations[at].get_or_init(|| Box::new(self.decode(self.header.entries[at].operation)))
    }

    /// The name of an operation, without decoding it.
    pub fn name(&self, id: OpId) -> &str {
        &self.header.entries[id.0 as usize].name
    }

    /// The operation of that catalog name.
    pub fn by_name(&self, name: &str) -> Option<OpId> {
        let header = &self.header;
        let found = header.by_name.binary_search_by(|&at| header.entries[at as usize].name.as_str().cmp(name)).ok()?;
        header.by_name.get(found).copied().map(OpId)
    }

    /// The operation of that method and `OpenAPI` path; names of path variables and a trailing slash are not compared. Of
    /// several, the first in catalog order.
    pub fn by_request(&self, method: Method, path: &str) -> Option<OpId> {
        self.with_request(method, path).next()
    }

    /// The same in one service.
    pub fn by_request_of(&self, service: &str, method: Method, path: &str) -> Option<OpId> {
        let wanted = self.header.services.iter().position(|s| s.name == service)?;
        let of = |id: OpId| self.header.vocabulary.heads.get(id.0 as usize).map(|head| usize::from(head.service));
        self.with_request(method, path).find(|id| of(*id) == Some(wanted))
    }

    fn with_request(&self, method: Method, path: &str) -> impl Iterator<Item = OpId> {
        let header = &self.header;
        let wanted = shape(path);
        let entry = |at: u32| &header.entries[at as usize];
        let from = header.by_request.partition_point(|&at| entry(at).shape < wanted);
        let same = header.by_request[from..].iter().copied().take_while(move |at| entry(*at).shape == wanted);
        same.filter(move |at| entry(*at).method == method).map(OpId)
    }

    /// The operations that say of themselves that they replace a request, in catalog order. An operation of that very
    /// request goes before them: ask [`Self::by_request`] first.
    pub fn replacing(&self, method: Method, path: &str) -> Vec<OpId> {
        let wanted = shape(path);
        let same = |line: &String| {
            let (verb, path) = line.split_once(' ').unwrap_or_default();
            verb == method.as_str() && shape(path) == wanted
        };
        self.ids().filter(|id| self.operation(*id).replaces.iter().any(same)).collect()
    }

    /// The service of that name.
    pub fn service(&self, name: &str) -> Option<&Service> {
        self.header.services.iter().find(|s| s.name == name)
    }

    /// The service an operation belongs to, or the one it is sent through.
    ///
    /// # Panics
    /// Never for an operation of this catalog: the loader refuses one without a service.
    pub fn service_of(&self, operation: &Operation) -> &Service {
        if let Some(through) = self.through.as_deref().filter(|through| through.extended == operation.service) {
            return &through.service;
        }
        self.service(&operation.service).expect("the loader checked the service of every operation")
    }

    /// A resource of a service.
    pub fn resource(&self, service: &str, name: &str) -> Option<&Resource> {
        self.service(service)?.resource(name)
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
