use super::section::{key, needed};
use super::{Section, Shape};

/// `lexicon.yaml`.
pub static LEXICON: Section = Section {
    name: "lexicon",
    heading: "`lexicon.yaml`",
    laid: true,
    keys: &[
        key(
            "verbs",
            Shape::Map("class", &Shape::Either(&[Shape::Section(&VERB), Shape::Words])),
            "what people ask to have done; a bare list is the `words` of its class",
        ),
        key("words", Shape::Map("set", &Shape::Words), "closed sets of words, by the names that the reader knows"),
        key(
            "alike",
            Shape::Map("group", &Shape::Words),
            "phrases that mean the same: where a `say:` line has one of them, it has all of them",
        ),
        key(
            "constructions",
            Shape::Map("name", &Shape::Section(&CONSTRUCTION)),
            "sentence shapes that serve every operation",
        ),
    ],
};

/// A verb class.
pub static VERB: Section = Section {
    name: "verb class",
    heading: "A verb class",
    laid: true,
    keys: &[
        needed("words", Shape::Words, "base forms, primary first; inflections are derived"),
        key("also", Shape::Words, "weaker words: they fit the class, but others too"),
        key("reads", Shape::Flag, "only asks to see something"),
        key("destroys", Shape::Flag, "never reached through a repaired typo without asking"),
        key("changes", Shape::Flag, "asks for the record that is named to be changed: what of it must be said"),
        key("may_mean", Shape::Names("verb class"), "classes whose operations it may also ask for, at a lower weight"),
        key("opposite", Shape::Names("verb class"), "a typo is never repaired across the pair"),
    ],
};

/// A construction.
pub static CONSTRUCTION: Section = Section {
    name: "construction",
    heading: "A construction",
    laid: true,
    keys: &[
        needed(
            "pattern",
            Shape::Text,
            "words before, between or behind slots; a preposition that ends them introduces what follows",
        ),
        needed("verb", Shape::Name("verb class"), "the class it stands for"),
    ],
};
