//! The fixed words of the YAML and what they stand for.

use crate::catalog::{BodyKind, DateFormat, Fault, Kind, Lifecycle, Method, Place, Risk, TokenKind, WireType};

pub(in crate::catalog) const METHODS: &[(&str, Method)] = &[
    ("GET", Method::Get),
    ("POST", Method::Post),
    ("PUT", Method::Put),
    ("PATCH", Method::Patch),
    ("DELETE", Method::Delete),
    ("HEAD", Method::Head),
    ("OPTIONS", Method::Options),
];

pub(in crate::catalog) const PLACES: &[(&str, Place)] =
    &[("path", Place::Path), ("query", Place::Query), ("body", Place::Body), ("header", Place::Header)];

pub(crate) const RISKS: &[(&str, Risk)] = &[
    ("read", Risk::Read),
    ("write", Risk::Write),
    ("send", Risk::Send),
    ("money", Risk::Money),
    ("destroy", Risk::Destroy),
    ("bulk", Risk::Bulk),
];

pub(crate) const TOKENS: &[(&str, TokenKind)] = &[
    ("any", TokenKind::Any),
    ("sub-account", TokenKind::SubAccount),
    ("agency", TokenKind::Agency),
    ("none", TokenKind::None),
];

pub(in crate::catalog) const FAULTS: &[(&str, Fault)] =
    &[("credentials", Fault::Credentials), ("api", Fault::Api), ("timeout", Fault::Timeout)];

pub(in crate::catalog) const LIFECYCLES: &[(&str, Lifecycle)] = &[
    ("official", Lifecycle::Official),
    ("deprecated", Lifecycle::Deprecated),
    ("undocumented", Lifecycle::Undocumented),
];

pub(in crate::catalog) const BODIES: &[(&str, BodyKind)] = &[
    ("json", BodyKind::Json),
    ("json-whole", BodyKind::JsonWhole),
    ("form", BodyKind::Form),
    ("multipart", BodyKind::Multipart),
    ("none", BodyKind::None),
];

pub(in crate::catalog) const FORMATS: &[(&str, DateFormat)] = &[
    ("iso", DateFormat::Iso),
    ("iso-utc", DateFormat::IsoUtc),
    ("date-only", DateFormat::DateOnly),
    ("epoch-ms", DateFormat::EpochMs),
    ("epoch-ms-text", DateFormat::EpochMsText),
    ("epoch-s", DateFormat::EpochS),
    ("mm-dd-yyyy", DateFormat::MmDdYyyy),
];

pub(in crate::catalog) const WIRES: &[(&str, WireType)] = &[
    ("string", WireType::String),
    ("number", WireType::Number),
    ("integer", WireType::Integer),
    ("boolean", WireType::Boolean),
    ("array", WireType::Array),
    ("object", WireType::Object),
];

/// The types of the YAML; `string` is what API documents call a text.
pub(in crate::catalog) const KINDS: &[(&str, Kind)] = &[
    ("text", Kind::Text),
    ("string", Kind::Text),
    ("free-text", Kind::FreeText),
    ("integer", Kind::Integer),
    ("number", Kind::Number),
    ("money", Kind::Money),
    ("boolean", Kind::Boolean),
    ("date", Kind::Date),
    ("datetime", Kind::DateTime),
    ("duration", Kind::Duration),
    ("email", Kind::Email),
    ("phone", Kind::Phone),
    ("url", Kind::Url),
    ("timezone", Kind::Timezone),
    ("id", Kind::Id),
    ("file", Kind::File),
    ("object", Kind::Object),
    ("any", Kind::Any),
];

/// The words of such a table.
pub(in crate::catalog) fn names<T>(table: &[(&'static str, T)]) -> Vec<&'static str> {
    table.iter().map(|(name, _)| *name).collect()
}
