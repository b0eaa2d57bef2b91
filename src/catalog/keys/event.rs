use super::section::{key, needed};
use super::{Section, Shape};
use crate::catalog::load::{LIFECYCLES, names};

/// An event of a group file.
pub static EVENT: Section = Section {
    name: "event",
    heading: "An event",
    laid: true,
    keys: &[
        needed("tells", Shape::Text, "what happened, in one line"),
        key("group", Shape::Text, "the group of operations it belongs to; default the file's"),
        key("resource", Shape::Name("resource"), "the kind of record it is about"),
        key("type", Shape::Text, "what the report itself says it is, where that is not the name"),
        key("status", Shape::Choice(|| names(LIFECYCLES)), "where it stands in its life; default `official`"),
    ],
};
