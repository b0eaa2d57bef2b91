use super::{Frame, Lexicon, Method, Operation, Resource, Service, Vocabulary, compile};

/// Position of an operation in its catalog.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OpId(pub u32);

/// A checked catalog: services, operations and the shared lexicon.
#[derive(Debug)]
pub struct Catalog {
    services: Vec<Service>,
    operations: Vec<Operation>,
    lexicon: Lexicon,
    vocabulary: Vocabulary,
    frames: Vec<Frame>,
}

impl Catalog {
    /// Joins checked parts. The loader is the only caller.
    pub fn new(services: Vec<Service>, operations: Vec<Operation>, lexicon: Lexicon) -> Self {
        let (vocabulary, frames) = compile(&services, &operations, &lexicon);
        Self { services, operations, lexicon, vocabulary, frames }
    }

    /// All services.
    pub fn services(&self) -> &[Service] {
        &self.services
    }

    /// The shared English.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Every word the catalog knows.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// What the words mean to one operation.
    pub fn frame(&self, id: OpId) -> &Frame {
        &self.frames[id.0 as usize]
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
        &self.operations[id.0 as usize]
    }

    /// The operation of that catalog name.
    pub fn by_name(&self, name: &str) -> Option<OpId> {
        self.operations.iter().position(|o| o.name == name).map(id)
    }

    /// The operation of that method and OpenAPI path; names of path variables and a trailing slash are not compared.
    pub fn by_request(&self, method: Method, path: &str) -> Option<OpId> {
        let wanted = shape(path);
        self.operations.iter().position(|o| o.method == method && shape(&o.path) == wanted).map(id)
    }

    /// The service of that name.
    pub fn service(&self, name: &str) -> Option<&Service> {
        self.services.iter().find(|s| s.name == name)
    }

    /// The service an operation belongs to.
    ///
    /// # Panics
    /// Never for an operation of this catalog: the loader refuses one without a service.
    pub fn service_of(&self, operation: &Operation) -> &Service {
        self.service(&operation.service).expect("the loader checked the service of every operation")
    }

    /// A resource of a service.
    pub fn resource(&self, service: &str, name: &str) -> Option<&Resource> {
        self.service(service)?.resource(name)
    }
}

fn id(position: usize) -> OpId {
    OpId(u32::try_from(position).unwrap_or(u32::MAX))
}

fn shape(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for part in path.trim_end_matches('/').split('/') {
        out.push('/');
        out.push_str(if part.starts_with('{') { "{}" } else { part });
    }
    out
}
