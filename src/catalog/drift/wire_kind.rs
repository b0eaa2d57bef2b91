use std::fmt;

use super::fields::fields_of;
use crate::catalog::openapi::{SpecKind, SpecSchema};
use crate::catalog::{DateFormat, Kind, Parameter, Place, WireType};

/// The JSON type of a value on the wire, with what a list holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum WireKind {
    /// Nothing is said, or several types are allowed.
    Any,
    /// A text.
    String,
    /// A whole number.
    Integer,
    /// Any number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// An object.
    Object,
    /// A list of these.
    Array(Box<WireKind>),
}

impl WireKind {
    /// What a parameter is sent as.
    pub(super) fn of_parameter(parameter: &Parameter) -> Self {
        let single = Self::of_kind(&parameter.kind, parameter.format);
        let usual = if parameter.many { Self::Array(Box::new(single)) } else { single };
        match (parameter.wire, usual) {
            (None, usual) => usual,
            // Outside a body, a list that is sent as one text is a list all the same: its items stand with commas.
            (Some(WireType::String), Self::Array(of)) if parameter.place != Place::Body => Self::Array(of),
            (Some(WireType::Array), Self::Array(of)) => Self::Array(of),
            (Some(WireType::Array), single) => Self::Array(Box::new(single)),
            (Some(wire), _) => Self::of_wire(wire),
        }
    }

    /// A type that an API takes beside the usual one.
    pub(super) fn of_wire(wire: WireType) -> Self {
        match wire {
            WireType::String => Self::String,
            WireType::Number => Self::Number,
            WireType::Integer => Self::Integer,
            WireType::Boolean => Self::Boolean,
            WireType::Array => Self::Array(Box::new(Self::Any)),
            WireType::Object => Self::Object,
        }
    }

    fn of_kind(kind: &Kind, format: DateFormat) -> Self {
        match (kind, format) {
            (Kind::Any, _) => Self::Any,
            (Kind::Integer, _) => Self::Integer,
            (Kind::Number | Kind::Money | Kind::Duration, _)
            | (Kind::Date | Kind::DateTime, DateFormat::EpochMs | DateFormat::EpochS) => Self::Number,
            (Kind::Boolean, _) => Self::Boolean,
            (Kind::Object, _) => Self::Object,
            _ => Self::String,
        }
    }

    /// What a specification asks for.
    pub(super) fn of_schema(schema: &SpecSchema) -> Self {
        match schema.kind {
            SpecKind::Any if !fields_of(schema).is_empty() => Self::Object,
            SpecKind::Any => Self::Any,
            SpecKind::String => Self::String,
            SpecKind::Integer => Self::Integer,
            SpecKind::Number => Self::Number,
            SpecKind::Boolean => Self::Boolean,
            SpecKind::Object => Self::Object,
            SpecKind::Array => {
                Self::Array(Box::new(schema.items.as_ref().map_or(Self::Any, |items| Self::of_schema(items))))
            }
        }
    }

    /// Whether what one side sends is what the other asks for; where the specification says nothing, all is.
    pub(super) fn fits(&self, spec: &Self) -> bool {
        match (self, spec) {
            (_, Self::Any) => true,
            (Self::Array(ours), Self::Array(_)) if **ours == Self::Any => true,
            (Self::Array(ours), Self::Array(theirs)) => ours.fits(theirs),
            (ours, theirs) => ours == theirs,
        }
    }
}

impl fmt::Display for WireKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("any"),
            Self::String => f.write_str("string"),
            Self::Integer => f.write_str("integer"),
            Self::Number => f.write_str("number"),
            Self::Boolean => f.write_str("boolean"),
            Self::Object => f.write_str("object"),
            Self::Array(of) => write!(f, "[{of}]"),
        }
    }
}
