/// A kind of record, on its way to become a resource of the catalog.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Kind {
    /// Name: its noun with hyphens.
    pub(super) name: String,
    /// What people call one, the primary noun first.
    pub(super) nouns: Vec<String>,
    /// Plurals that no rule gives.
    pub(super) plurals: Vec<String>,
    /// Variable of a path that carries its id.
    pub(super) id: Option<String>,
    /// Key of the id inside a record.
    pub(super) id_key: Option<String>,
    /// What an id looks like.
    pub(super) id_pattern: Option<String>,
    /// Whether what people call it is what goes on the wire.
    pub(super) by_name: bool,
    /// Whether it is a person.
    pub(super) person: bool,
    /// The kind it lives under.
    pub(super) parent: Option<String>,
    /// How a name becomes an id.
    pub(super) find: Option<Finding>,
    /// Template that shows a record.
    pub(super) label: Option<String>,
    /// What a table shows.
    pub(super) columns: Vec<String>,
}

/// How a name becomes an id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Finding {
    /// Operation, by its position.
    pub(super) operation: usize,
    /// Parameter that takes what is searched.
    pub(super) query: Option<String>,
    /// Keys that are compared.
    pub(super) by: Vec<String>,
}
