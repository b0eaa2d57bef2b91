use super::section::key;
use super::{Section, Shape};

/// A case of a `.test.yaml`.
pub static CASE: Section = Section {
    name: "case",
    heading: "`<service>/<group>.test.yaml`",
    laid: false,
    keys: &[
        key("say", Shape::Texts, "each of these phrases must read to this operation"),
        key("params", Shape::Map("parameter", &Shape::Literal), "exactly what the phrases say"),
        key(
            "missing",
            Shape::Names("parameter"),
            "what only the user can supply; `changes` where nothing is said of what is to be changed or made, `agreement` where a word was not understood",
        ),
        key(
            "request",
            Shape::Section(&CASE_REQUEST),
            "what is sent; entities stand as they were named; only the keys given are compared",
        ),
        key("refuse", Shape::Texts, "none of these phrases may read to this operation"),
    ],
};

/// `request` of a case.
pub static CASE_REQUEST: Section = Section {
    name: "request",
    heading: "The request of a case",
    laid: false,
    keys: &[
        key("method", Shape::Text, "upper-case"),
        key("path", Shape::Text, "variables in braces or filled in"),
        key("query", Shape::Object, "its parameters, compared as the text they are sent as"),
        key("body", Shape::Literal, "the fields given must be in it"),
        key("headers", Shape::Object, "those given must be among them"),
    ],
};
