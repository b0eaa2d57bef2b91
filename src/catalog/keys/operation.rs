use super::event::EVENT;
use super::parameter::ANY_FORM;
use super::section::{Declared, key, needed};
use super::{Section, Shape};
use crate::catalog::load::{BODIES, LIFECYCLES, RISKS, TOKENS, names};

/// A group file.
pub static GROUP: Section = Section {
    name: "group file",
    heading: "`<service>/<group>.yaml`",
    laid: true,
    keys: &[
        key(
            "operations",
            Shape::Map("name", &Shape::Section(&OPERATION)),
            "the operations; a name is unique over all services",
        ),
        key(
            "events",
            Shape::Map("name", &Shape::Section(&EVENT)),
            "what the service reports of its own accord (webhooks); `sayso catalog events` lists them",
        ),
        CHOICES,
    ],
};

/// Words that patterns share; also of `service.yaml`.
pub(super) const CHOICES: Declared = key(
    "choices",
    Shape::Map("name", &Shape::Patterns),
    "what [patterns](#patterns-say) share: of `bot: [chat bot, bot]`, `<bot>` in a `say:` line is one of the two; a name \
     is unique in the service and holds for all its files",
);

const REQUEST: &str = "^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) +/[^?#]*$";

/// An operation.
pub static OPERATION: Section = Section {
    name: "operation",
    heading: "An operation",
    laid: true,
    keys: &[
        key("title", Shape::Text, "one line for people; default from the name (`pets.add-note`: \"Add note\")"),
        needed(
            "request",
            Shape::Fitting(REQUEST, "`METHOD /path/{{ param }}`"),
            "exact case and trailing slash; every variable is under `params`, in a set it uses, or a context value; \
             filters may follow a name, nothing else",
        ),
        key("version", Shape::Text, "default the service's"),
        key("scopes", Shape::Texts, "all that the token needs"),
        key("token", Shape::Choice(|| names(TOKENS)), "the kind of token it takes; default `any`"),
        key(
            "risk",
            Shape::Choice(|| names(RISKS)),
            "default: GET read, DELETE destroy, else write, or read when every verb class only reads",
        ),
        key(
            "status",
            Shape::Choice(|| names(LIFECYCLES)),
            "where it stands in its life; default `official`; an undocumented one is chosen only with \
             `--allow-undocumented`, and then only for words that lead to no other",
        ),
        key(
            "replaces",
            Shape::Texts,
            "requests (`METHOD /path/{param}`) that documents name and the API does not have, for what this operation \
             does; whoever asks for one is refused with the name of this operation; an operation of that very request \
             wins",
        ),
        key(
            "body",
            Shape::Choice(|| names(BODIES)),
            "default `json` when a parameter is in the body; `json` sends `{}` when none is said, though not with a \
             GET; `json-whole` sends the value of `body`, or one object (in a list, when `body` is one) of the fields \
             named `body.NAME`",
        ),
        key("use", Shape::Names("parameter set"), "the parameters of these sets too"),
        key("params", Shape::Map("name", &ANY_FORM), "its parameters"),
        key(
            "page",
            Shape::Either(&[Shape::Name("pagination style"), Shape::Section(&PAGE)]),
            "how the list is paged; the parameters that it turns need not be under `params`",
        ),
        key("returns", Shape::Either(&[Shape::Name("resource"), Shape::Section(&RETURNS)]), "what the answer holds"),
        key(
            "verb",
            Shape::Names("verb class"),
            "default from the method and path: GET of a record `get`, GET `list`, POST `create`, PUT/PATCH `update`, \
             DELETE `delete`; a path that ends in a verb of the lexicon (`/pets/search`) takes that class, a POST that \
             ends in another word that is no plural (`/pets/{{ petId }}/vaccinate`) takes the word; `none`: only its own `words` and `say`",
        ),
        key(
            "words",
            Shape::Words,
            "verbs only this operation understands (\"void\", \"enrol\"); ` .. ` marks where the object stands \
             (\"turn .. off\")",
        ),
        key(
            "object",
            Shape::Names("resource"),
            "what the verb acts on; default from `returns`, or from the path: the resource that its last segments \
             speak of, else one made from them (`/pets`: \"pet\")",
        ),
        key("keys", Shape::Words, "one of these must be said (\"bulk\", \"slug\")"),
        key(
            "beside",
            Shape::Words,
            "words that may be said beside verb and object and need not: where it belongs, what else it is called by \
             (\"billing\", \"help center\"); no other operation has them by that",
        ),
        key("say", Shape::Patterns, "idioms that the verb and the object do not give"),
        key("not", Shape::Words, "phrases that must not lead here"),
        key(
            "apart",
            Shape::Map("parameter=value", &Shape::Names("parameter")),
            "parameters that a phrase never gives beside that value: \"cancel the appointment on Friday\" tells which one is \
             meant, and no new time for it",
        ),
        key("prefer_over", Shape::Names("operation"), "wins a tie with these"),
        key("rate_limit", Shape::Names("rate limit"), "limits that it falls under beside the one of every request"),
        key(
            "idempotent",
            Shape::Flag,
            "doing it twice leaves the same as doing it once, so that it is sent again when its answer was lost; \
             default: true unless the method is POST or PATCH",
        ),
        key(
            "batch",
            Shape::Section(&BATCH),
            "the operation that does it for many records at once: a line about many records (\"… to all contacts tagged \
             lead\") is sent that way",
        ),
        key("settle", Shape::Section(&SETTLE), "how to find out whether it was done when its answer was lost"),
        key(
            "differs",
            Shape::Map("difference", &Shape::Text),
            "where this is not what the API's OpenAPI file says: the difference as `sayso catalog diff` names it, and why",
        ),
        key(
            "undo",
            Shape::Name("operation"),
            "what takes it back; its own name: writing what stood there before. Without it, what makes a record is taken \
             back by the request that deletes one, and a change of one record by its former values",
        ),
        key("done", Shape::Template, "the line after success"),
        key(
            "fixed",
            Shape::Map("parameter", &Shape::Literal),
            "sent whatever is said; the parameter need not be under `params`",
        ),
        key(
            "variants",
            Shape::Map("variant", &Shape::Either(&[Shape::Word("none"), Shape::Section(&VARIANT)])),
            "what is sent otherwise in a variant of the service, `none` when the variant does not have it",
        ),
    ],
};

/// A variant of an operation.
pub static VARIANT: Section = Section {
    name: "variant",
    heading: "A variant of an operation",
    laid: true,
    keys: &[
        key(
            "rename",
            Shape::Map("parameter", &Shape::Text),
            "new names; patterns and the request follow by themselves",
        ),
        key("drop", Shape::Names("parameter"), "parameters that it does not take"),
        key("request", Shape::Fitting(REQUEST, "`METHOD /path/{{ param }}`"), "as of an operation"),
        key("version", Shape::Text, "default the variant's own"),
        key("scopes", Shape::Texts, "as of an operation"),
        key("token", Shape::Choice(|| names(TOKENS)), "as of an operation"),
        key("risk", Shape::Choice(|| names(RISKS)), "as of an operation"),
        key("body", Shape::Choice(|| names(BODIES)), "as of an operation"),
        key("use", Shape::Names("parameter set"), "as of an operation"),
        key("params", Shape::Map("name", &ANY_FORM), "keys of parameters that differ, and parameters that are new"),
        key("page", Shape::Either(&[Shape::Name("pagination style"), Shape::Section(&PAGE)]), "as of an operation"),
        key("returns", Shape::Either(&[Shape::Name("resource"), Shape::Section(&RETURNS)]), "as of an operation"),
        key("keys", Shape::Words, "as of an operation; an empty list takes away those there are"),
        key("prefer_over", Shape::Names("operation"), "as of an operation"),
        key("done", Shape::Template, "as of an operation"),
        key("fixed", Shape::Map("parameter", &Shape::Literal), "as of an operation"),
    ],
};

/// `batch`.
pub static BATCH: Section = Section {
    name: "batch",
    heading: "The batch",
    laid: false,
    keys: &[
        key(
            "operation",
            Shape::Name("operation"),
            "does it for many; default the operation itself, which takes a list",
        ),
        needed("records", Shape::Text, "its parameter that takes the records"),
        key("most", Shape::Whole, "most records at once; default 100"),
        key(
            "with",
            Shape::Map("parameter", &Shape::Text),
            "its other parameters, and those of this operation that they are taken from; what says more than these is \
             done one by one",
        ),
        key("fixed", Shape::Map("parameter", &Shape::Literal), "values that it takes whatever is said"),
        key("done", Shape::Text, "dotted place in its answer of the ids of those that were done"),
    ],
};

/// `settle` of an operation.
pub static SETTLE: Section = Section {
    name: "settlement",
    heading: "The settlement",
    laid: false,
    keys: &[
        needed("operation", Shape::Name("operation"), "the look-up; it only reads"),
        key(
            "with",
            Shape::Map("parameter", &Shape::Text),
            "parameters of the look-up, and those of this operation that they are taken from; required ones of the \
             same name need not be said",
        ),
        needed(
            "match",
            Shape::Map("dotted key", &Shape::Text),
            "what tells the record: keys of it, and the parameters of this operation whose values stand there",
        ),
        key(
            "made",
            Shape::Text,
            "dotted key of the moment at which a record was made: one that was made before the request is another",
        ),
    ],
};

/// `page` of an operation.
pub static PAGE: Section = Section {
    name: "page",
    heading: "The page",
    laid: false,
    keys: &[needed("style", Shape::Name("pagination style"), "a style of the service's `pagination`")],
};

/// `returns` of an operation.
pub static RETURNS: Section = Section {
    name: "answer",
    heading: "The answer",
    laid: false,
    keys: &[
        key("resource", Shape::Name("resource"), "what kind of record"),
        key("at", Shape::Text, "dotted place of the record or the list; default the whole answer"),
        key("many", Shape::Flag, "whether there is a list; default whether it has a `page`"),
    ],
};
