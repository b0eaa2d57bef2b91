use serde::{Deserialize, Serialize};

use super::{Alternative, Each};

/// One parameter of an operation. Nested body fields have dotted names (`contactDetails.name`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a key of its own in the YAML")]
pub struct Parameter {
    /// The API's own name, exact in case.
    pub name: String,
    /// Where it is sent.
    pub place: Place,
    /// Another place where the same value is sent under the same name.
    pub also: Option<Place>,
    /// What it means to a reader.
    pub kind: Kind,
    /// A list of `kind`.
    pub many: bool,
    /// The request is refused without it.
    pub required: bool,
    /// Allowed values with the words people use for them; empty: anything of the kind.
    pub values: Vec<EnumValue>,
    /// How dates are written on the wire; `Iso` for anything else.
    pub format: DateFormat,
    /// JSON type on the wire where it differs from what `kind` suggests (numbers sent as text).
    pub wire: Option<WireType>,
    /// JSON types that the API documents beside the one that people's words make. A bot's value of such a type is sent as
    /// it is.
    pub takes: Vec<WireType>,
    /// The shapes that an object may take, by its fields: it has to have exactly the fields of one of them. Empty: any.
    pub alternatives: Vec<Alternative>,
    /// Phrases people use for the field, lower case: "phone number", "mobile". The name itself, split at capitals, is
    /// always among them.
    pub names: Vec<String>,
    /// Prepositions and lead words that introduce its value: "to", "for", "due", "called".
    pub roles: Vec<String>,
    /// The value may follow the verb or the object noun without any lead ("delete contact Jane Doe").
    pub bare: bool,
    /// Sent when the phrase does not say it: a literal, or a context value such as `{{ locationId }}`.
    pub default: Option<Literal>,
    /// Filled by the service's context or a parameter set; never asked for and never said unless named.
    pub supplied: bool,
    /// Question to ask when it is missing.
    pub ask: Option<String>,
    /// One line for help.
    pub help: Option<String>,
    /// Fields of an object kind, or of the objects in a list.
    pub fields: Vec<Parameter>,
    /// How people say one of the objects in a list; nothing when only a bot can.
    pub each: Option<Each>,
    /// Regular expression for the value on the wire, when the default for ids does not fit.
    pub pattern: Option<String>,
    /// Value that the field takes from another one when only that is said: `endTime` from `startTime` + 30 min.
    pub derive: Option<String>,
    /// Range edges: this field is the start (`Some("endTime")`) whose end is the named field.
    pub range_end: Option<String>,
    /// The allowed values are only those that phrases can say: the API takes others too, and they are sent as given.
    pub open: bool,
    /// Asked for when a phrase does not say it, though the API does not require it: a message without words.
    pub needed: bool,
    /// An undated weekday or month is the coming one (`Some(true)`) or the past one; absent: coming when the operation
    /// writes, past when it reads.
    pub ahead: Option<bool>,
    /// Never sent itself: what is said for it is split at the first space over these parameters ("full name").
    pub splits: Vec<String>,
    /// Never sent itself: what is said for it is a field of every object of a list (`trackings.shippingCarrier`).
    pub fills: Option<String>,
    /// Where the rest of a postal address goes that is said as one text: the parameters of the city, the state and the postal
    /// code.
    pub rest_of_address: Vec<String>,
    /// Smallest and largest number, in the unit of the field.
    pub bounds: (Option<f64>, Option<f64>),
    /// The unit field that a duration sets together with this one: `slotDuration` → (`slotDurationUnit`).
    pub unit: Option<String>,
    /// A believable value on the wire, for docs and tests.
    pub example: Option<String>,
}

impl Parameter {
    /// Whether it goes on the wire under its own name: not what others take up.
    #[must_use]
    pub fn is_sent(&self) -> bool {
        self.splits.is_empty() && self.fills.is_none()
    }
}

/// Where a parameter is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// In the path template.
    Path,
    /// In the query string.
    Query,
    /// In the body.
    Body,
    /// As a header.
    Header,
}

/// What a value means, which decides what words can fill it and how it is checked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Kind {
    /// A short piece of text: a name, a title, a code.
    Text,
    /// Prose that is sent byte for byte; may run to the end of the line.
    FreeText,
    /// A whole number.
    Integer,
    /// Any number.
    Number,
    /// An amount of money in the currency's main unit.
    Money,
    /// Yes or no.
    Boolean,
    /// A calendar day.
    Date,
    /// A point in time.
    DateTime,
    /// A length of time in minutes.
    Duration,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A web address.
    Url,
    /// An IANA time zone name.
    Timezone,
    /// An id that nothing is looked up for.
    Id,
    /// A record of that resource: an id on the wire, a name in people's mouths.
    Entity(String),
    /// A file of this machine, by its path; its content goes on the wire.
    File,
    /// A nested object.
    Object,
    /// Anything JSON.
    Any,
}

/// One allowed value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EnumValue {
    /// As the API spells it.
    pub value: Literal,
    /// Words people use for it, lower case; the spelling itself, split at capitals, `_` and `-`, is always among them.
    pub say: Vec<String>,
}

/// A scalar written in the YAML.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Literal {
    /// Text; in a `default` it may be a template over context values.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// Another number.
    Number(f64),
    /// Yes or no.
    Boolean(bool),
    /// A list.
    List(Vec<Literal>),
    /// An object.
    Map(Vec<(String, Literal)>),
    /// JSON null.
    Null,
}

impl Literal {
    /// It as JSON; a template stays the text that it is.
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Self::Text(text) => text.as_str().into(),
            Self::Integer(number) => (*number).into(),
            Self::Number(number) => (*number).into(),
            Self::Boolean(yes) => (*yes).into(),
            Self::List(items) => items.iter().map(Self::to_json).collect(),
            Self::Map(entries) => entries.iter().map(|(key, value)| (key.clone(), value.to_json())).collect(),
            Self::Null => serde_json::Value::Null,
        }
    }
}

/// How a date or time is written on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateFormat {
    /// RFC 3339 with the zone's offset for date-times, `YYYY-MM-DD` for dates.
    Iso,
    /// RFC 3339 in UTC with milliseconds: `2026-11-24T22:00:00.000Z`.
    IsoUtc,
    /// `YYYY-MM-DD`, also for a `DateTime` kind.
    DateOnly,
    /// Milliseconds since 1970 as a number.
    EpochMs,
    /// Milliseconds since 1970 as text.
    EpochMsText,
    /// Seconds since 1970 as a number.
    EpochS,
    /// `MM-DD-YYYY`.
    MmDdYyyy,
}

/// JSON types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WireType {
    /// A text.
    String,
    /// Any number.
    Number,
    /// A whole number.
    Integer,
    /// `true` or `false`.
    Boolean,
    /// A list.
    Array,
    /// An object.
    Object,
}
