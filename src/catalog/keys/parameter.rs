use super::section::key;
use super::{Section, Shape};
use crate::catalog::load::{FORMATS, PLACES, WIRES, names};

/// A parameter in its long form, as its type alone, or as a template for a value that fills itself.
pub(super) static ANY_FORM: Shape =
    Shape::Either(&[Shape::Section(&PARAMETER), Shape::Type, Shape::Template, Shape::Nothing]);

/// A parameter.
pub static PARAMETER: Section = Section {
    name: "parameter",
    heading: "A parameter",
    laid: true,
    keys: &[
        key(
            "in",
            Shape::Choice(|| names(PLACES)),
            "default: path if the request template has it, else query for GET, DELETE and HEAD, else body",
        ),
        key(
            "type",
            Shape::Type,
            "default: a path variable is the resource that its name or the segment before it speaks of, or an `id`; \
             with `fields` `object`; with `format` a date; with whole numbers or truth values as `enum` theirs; else \
             `text`",
        ),
        key("required", Shape::Flag, "path variables are always required"),
        key(
            "enum",
            Shape::Either(&[
                Shape::List(&Shape::Text),
                Shape::Map("value", &Shape::Either(&[Shape::Words, Shape::Nothing])),
            ]),
            "allowed values and how they are said; each is also said as it is spelt",
        ),
        key("open", Shape::Flag, "the `enum` only says what phrases may mean; any other value is sent as it is given"),
        key("format", Shape::Choice(|| names(FORMATS)), "dates on the wire; default `iso`"),
        key("wire", Shape::Choice(|| names(WIRES)), "JSON type where it differs from the type's own"),
        key("names", Shape::Words, "what people call the field, beside its own name"),
        key("roles", Shape::Words, "prepositions and leads of its value: `to`, `for`, `called`, `due`"),
        key(
            "bare",
            Shape::Flag,
            "the value may follow verb or object without a lead; default: the object's own id, `name`, `title`",
        ),
        key("default", Shape::Literal, "sent when not said; a template over context values fills itself"),
        key(
            "supplied",
            Shape::Flag,
            "fills itself, is never asked for; default true when `default` is a template, or when a parameter set \
             gives a `default`",
        ),
        key("ask", Shape::Text, "the question when it is missing"),
        key("help", Shape::Text, "one line"),
        key("fields", Shape::Map("name", &ANY_FORM), "of an `object` or `[object]`"),
        key(
            "each",
            Shape::Section(&EACH),
            "how people say one of an `[object]`. A field of it with `derive: OTHER` takes the value of that parameter of the \
             operation",
        ),
        key(
            "alternatives",
            Shape::List(&Shape::List(&Shape::Text)),
            "the shapes an `object` may take, each a list of fields: it must have exactly those of one of them. What ends \
             in `?` may be left out. The fields are under `fields`, or beside it under dotted names",
        ),
        key(
            "takes",
            Shape::List(&Shape::Choice(|| names(WIRES))),
            "JSON types the API documents beside the one that people's words make; a bot's value of such a type is sent \
             as it is",
        ),
        key("also", Shape::Choice(|| names(PLACES)), "the same value is sent there too, under the same name"),
        key("pattern", Shape::Regex, "the value on the wire, whole"),
        key("min", Shape::Number, "the least"),
        key("max", Shape::Number, "the most"),
        key("range_end", Shape::Name("parameter"), "this is the start of a range that ends there"),
        key("derive", Shape::Text, "`OTHER` or `OTHER + 30m`: taken from another parameter when only that is said"),
        key(
            "needed",
            Shape::Flag,
            "asked for when a phrase does not say it and no default fills it, though the API does not require it; a bot \
             may leave it out",
        ),
        key(
            "ahead",
            Shape::Flag,
            "an undated weekday or month is the coming one; default: true when the operation writes",
        ),
        key(
            "splits",
            Shape::Names("parameter"),
            "never sent: what is said is split at the first space over these (\"full name\" → first, last)",
        ),
        key(
            "fills",
            Shape::Text,
            "`LIST.FIELD`: never sent; what is said goes into that field of every object of that list (\"…, carrier UPS\")",
        ),
        key(
            "rest_of_address",
            Shape::Names("parameter"),
            "of an address said as one text (\"12 Oak St, Austin, TX 78701\"): the fields of the city, the state and the \
             postal code",
        ),
        key("unit", Shape::Name("parameter"), "field that takes the unit of a duration said here"),
        key("example", Shape::Text, "a believable value"),
    ],
};

/// How one element of a list of objects is said.
pub static EACH: Section = Section {
    name: "element",
    heading: "An element",
    laid: false,
    keys: &[
        key(
            "id",
            Shape::Text,
            "field that takes the code in front of the words, which every element then has: \"68aa01 becomes before.jpg\"",
        ),
        key("text", Shape::Text, "field that takes the words: \"boiler service\""),
        key(
            "price",
            Shape::Text,
            "field that takes the amount of money, which every element then has: \"gate $120\", \"$450 for gutter cleaning\"",
        ),
        key("count", Shape::Text, "field that takes the number in front: \"2 x filter at $35 each\""),
    ],
};
