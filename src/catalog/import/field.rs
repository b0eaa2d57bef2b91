/// A parameter on its way into the YAML.
#[derive(Debug, Clone, Default, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a key of its own in the YAML")]
pub(super) struct Field {
    /// The API's own name; dots for nested fields.
    pub(super) name: String,
    /// `query`, `header`, `body` where it is not what the method suggests.
    pub(super) place: Option<&'static str>,
    /// Type, or the name of a kind; `text` when empty.
    pub(super) kind: String,
    /// A list of that.
    pub(super) many: bool,
    /// Whether a request without it is refused.
    pub(super) required: bool,
    /// Whether it is asked for all the same.
    pub(super) needed: bool,
    /// Allowed values, as YAML.
    pub(super) values: Vec<String>,
    /// What is said for true and for false.
    pub(super) flag: Option<(Vec<String>, Vec<String>)>,
    /// How a date is written on the wire.
    pub(super) format: Option<&'static str>,
    /// JSON type where it differs from the type's.
    pub(super) wire: Option<&'static str>,
    /// What people call it.
    pub(super) names: Vec<String>,
    /// What introduces its value.
    pub(super) roles: Vec<String>,
    /// Its value needs no lead.
    pub(super) bare: bool,
    /// Its value needs a lead, though it is a name.
    pub(super) led: bool,
    /// Sent when nothing is said, as YAML.
    pub(super) default: Option<String>,
    /// Bounds.
    pub(super) min: Option<f64>,
    pub(super) max: Option<f64>,
    /// Regular expression for the whole value.
    pub(super) pattern: Option<String>,
    /// One line.
    pub(super) help: String,
    /// Where the same value is sent too.
    pub(super) also: Option<&'static str>,
    /// Other fields that what is said is split over.
    pub(super) splits: Vec<String>,
    /// Field of each object of a list that a plain text stands for.
    pub(super) each: Option<String>,
    /// Where the range ends that begins here.
    pub(super) range_end: Option<String>,
    /// Fields of an object.
    pub(super) fields: Vec<Field>,
}
