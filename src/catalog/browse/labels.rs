//! How the parts of an operation are called, as in the YAML.

use super::super::{BodyKind, DateFormat, Kind, Lifecycle, Literal, Parameter, Place, Risk, TokenKind};

pub(super) fn place(place: Place) -> &'static str {
    match place {
        Place::Path => "path",
        Place::Query => "query",
        Place::Body => "body",
        Place::Header => "header",
    }
}

pub(super) fn token(token: TokenKind) -> &'static str {
    match token {
        TokenKind::Any => "any",
        TokenKind::SubAccount => "sub-account",
        TokenKind::Agency => "agency",
        TokenKind::None => "none",
    }
}

pub(super) fn risk(risk: Risk) -> String {
    let what = match risk {
        Risk::Read => "changes nothing",
        Risk::Write => "changes a record; runs without asking",
        Risk::Send => "reaches a person; asks first",
        Risk::Money => "moves money; asks first",
        Risk::Destroy => "cannot be taken back; asks first",
        Risk::Bulk => "touches many records; asks first",
    };
    format!("{} ({what})", risk.as_str())
}

pub(super) fn lifecycle(lifecycle: Lifecycle) -> &'static str {
    match lifecycle {
        Lifecycle::Official => "official",
        Lifecycle::Deprecated => "deprecated",
        Lifecycle::Undocumented => "undocumented",
    }
}

pub(super) fn body(body: BodyKind) -> Option<&'static str> {
    match body {
        BodyKind::None => None,
        BodyKind::Json => Some("JSON"),
        BodyKind::JsonWhole => Some("JSON, the value of `body` whole"),
        BodyKind::Form => Some("form"),
        BodyKind::Multipart => Some("multipart"),
    }
}

/// The type of a parameter, with its date format when it is not the usual one.
pub(super) fn kind(param: &Parameter) -> String {
    let name = match &param.kind {
        Kind::Text => "text",
        Kind::FreeText => "free-text",
        Kind::Integer => "integer",
        Kind::Number => "number",
        Kind::Money => "money",
        Kind::Boolean => "boolean",
        Kind::Date => "date",
        Kind::DateTime => "datetime",
        Kind::Duration => "duration",
        Kind::Email => "email",
        Kind::Phone => "phone",
        Kind::Url => "url",
        Kind::Timezone => "timezone",
        Kind::Id => "id",
        Kind::Entity(resource) => resource,
        Kind::File => "file",
        Kind::Object => "object",
        Kind::Any => "any",
    };
    let format = match param.format {
        DateFormat::Iso => "",
        DateFormat::IsoUtc => " (iso-utc)",
        DateFormat::DateOnly => " (date-only)",
        DateFormat::EpochMs => " (epoch-ms)",
        DateFormat::EpochMsText => " (epoch-ms-text)",
        DateFormat::EpochS => " (epoch-s)",
        DateFormat::MmDdYyyy => " (mm-dd-yyyy)",
    };
    if param.many { format!("[{name}]{format}") } else { format!("{name}{format}") }
}

/// A literal as a person would write it.
pub(super) fn literal(literal: &Literal) -> String {
    match literal {
        Literal::Text(text) => text.clone(),
        other => other.to_json().to_string(),
    }
}
