use super::operation::CHOICES;
use super::parameter::ANY_FORM;
use super::section::{key, needed};
use super::{OAUTH, Section, Shape};
use crate::catalog::load::{FAULTS, TOKENS, names};

/// A `service.yaml`.
pub static SERVICE: Section = Section {
    name: "service",
    heading: "`<service>/service.yaml`",
    laid: true,
    keys: &[
        needed("service", Shape::Text, "the name; the folder's"),
        key("title", Shape::Text, "what people call it"),
        needed("base_url", Shape::Fitting("^https?://[^/?#@{\\s]", "URL"), "scheme, host and optional path"),
        key("auth", Shape::Either(&[Shape::Word("none"), Shape::Section(&AUTH)]), "the credential; default none"),
        key("oauth", Shape::Section(&OAUTH), "how `sayso login` gets tokens"),
        key("scopes_at", Shape::Text, "where people add scopes to a token, for the answer when one lacks some"),
        key("version_header", Shape::Text, "header that carries an operation's `version`"),
        key("version", Shape::Text, "version of operations that do not name one"),
        key("headers", Shape::Map("name", &Shape::Template), "sent with every request; templates over context values"),
        key("context", Shape::Map("name", &Shape::Section(&CONTEXT)), "values from outside the phrase"),
        key(
            "parameter_sets",
            Shape::Map("name", &Shape::Map("name", &ANY_FORM)),
            "quirks that operations share, taken in by `use:`; the operation's own keys win",
        ),
        key(
            "places",
            Shape::Map("group", &Shape::Words),
            "what people call the part of the program that a group's operations are in: they may be said behind a \
             preposition (\"list the carriers on the store\") and need not",
        ),
        CHOICES,
        key(
            "rate_limit",
            Shape::Either(&[Shape::Word("none"), Shape::Section(&RATE_LIMIT)]),
            "the limit of every request; default none",
        ),
        key(
            "rate_limits",
            Shape::Map("name", &Shape::Section(&RATE_LIMIT)),
            "further limits, of the operations that name them",
        ),
        key("pagination", Shape::Map("style", &Shape::Section(&STYLE)), "how lists are paged"),
        key("errors", Shape::List(&Shape::Section(&ERROR)), "what error answers mean"),
        key("id_pattern", Shape::Regex, "ids in a path; default `^[A-Za-z0-9_-]{1,128}$`"),
        key("country", Shape::Text, "ISO code; reads phone numbers without a country code; default `US`"),
        key(
            "loose",
            Shape::Flag,
            "a bot's values are held to their JSON type and not to the form their type suggests (e-mail, phone, URL, time \
             zone, date, whole number): for an API whose documents call everything a string or a number. Phrases are held \
             to the form all the same",
        ),
        key(
            "token_kinds",
            Shape::Map("security scheme", &Shape::Choice(|| names(TOKENS))),
            "the kind of token that a security scheme of the API's OpenAPI files means, for `sayso catalog diff`",
        ),
        key("resources", Shape::Map("name", &Shape::Section(&RESOURCE)), "kinds of records"),
        key(
            "variants",
            Shape::Map("name", &Shape::Section(&SERVICE_VARIANT)),
            "other versions of the API that its operations can be asked for in, with `--api-version`",
        ),
        key(
            "extends",
            Shape::Either(&[Shape::Name("service"), Shape::Section(&EXTENSION)]),
            "another service whose operations can be sent through this one",
        ),
    ],
};

/// A value of `variants`.
pub static SERVICE_VARIANT: Section = Section {
    name: "version",
    heading: "A variant of a service",
    laid: true,
    keys: &[
        key("version", Shape::Text, "`version` of its operations; default the one that each has anyway"),
        key("keep", Shape::Texts, "groups whose operations keep the version that they have"),
    ],
};

/// `extends`.
pub static EXTENSION: Section = Section {
    name: "extension",
    heading: "An extension",
    laid: false,
    keys: &[
        needed("service", Shape::Name("service"), "the service that has the operations; it must not extend a third"),
        key(
            "path",
            Shape::Fitting("^(/[^/?#{\\s]+)+/?$", "path"),
            "what stands between this service's `base_url` and the paths of the other; default nothing",
        ),
        key(
            "context",
            Shape::Map("name", &Shape::Section(&CONTEXT)),
            "values from outside the phrase, beside those of the other service",
        ),
        key(
            "headers",
            Shape::Map("name", &Shape::Template),
            "sent with these requests, beside the headers of both services; one whose value is not known is left out",
        ),
    ],
};

/// `auth`.
pub static AUTH: Section = Section {
    name: "credential",
    heading: "The credential",
    laid: false,
    keys: &[
        key("bearer", Shape::Texts, "variables of a bearer token: the first that is set"),
        key("header", Shape::Text, "header that carries a key; the key's variables stand in `env`"),
        key("query", Shape::Text, "query parameter that carries a key; the key's variables stand in `env`"),
        key("env", Shape::Texts, "variables of the key of `header` or `query`: the first that is set"),
        key("basic", Shape::Section(&BASIC), "user and password"),
    ],
};

/// `basic` of `auth`.
pub static BASIC: Section = Section {
    name: "user and password",
    heading: "User and password",
    laid: false,
    keys: &[
        key("user", Shape::Texts, "variables of the user: the first that is set"),
        key("password", Shape::Texts, "variables of the password: the first that is set"),
    ],
};

/// A value of `context`.
pub static CONTEXT: Section = Section {
    name: "context value",
    heading: "A context value",
    laid: true,
    keys: &[
        key("env", Shape::Texts, "variables: the first that is set"),
        key("from", Shape::Text, "`METHOD /path#dotted.key`: a request that tells it, and where in the answer"),
        key("title", Shape::Text, "what it is, for the question when it is missing"),
    ],
};

/// `rate_limit`.
pub static RATE_LIMIT: Section = Section {
    name: "rate limit",
    heading: "The rate limit",
    laid: false,
    keys: &[
        needed("max", Shape::Whole, "requests in the time of `per`"),
        key("per", Shape::Fitting("^\\d+ ?(ms|s|m|h|d)$", "length of time"), "`10s`, `500ms`, `1m`; default `1s`"),
        key("daily", Shape::Whole, "requests a day"),
        key(
            "bucket",
            Shape::Text,
            "what shares the limit: a context value with the credential, `credential` alone, or all of the `service`; \
             default `credential`",
        ),
        key("headers", Shape::Section(&LIMIT_HEADERS), "headers of an answer that tell how much is left"),
    ],
};

/// `headers` of `rate_limit`.
pub static LIMIT_HEADERS: Section = Section {
    name: "limit headers",
    heading: "Limit headers",
    laid: false,
    keys: &[
        key("max", Shape::Text, "requests in an interval"),
        key("remaining", Shape::Text, "requests left in the interval"),
        key("interval", Shape::Text, "length of the interval in milliseconds"),
        key("daily", Shape::Text, "requests a day"),
        key("daily_remaining", Shape::Text, "requests left today"),
        key("daily_reset", Shape::Text, "milliseconds until the day begins anew"),
    ],
};

/// A style of `pagination`.
pub static STYLE: Section = Section {
    name: "pagination style",
    heading: "A pagination style",
    laid: false,
    keys: &[
        key("size", COUNTED, "the parameter that bounds a page, with the number to send"),
        key("page", COUNTED, "the parameter that counts pages, with the number of the first"),
        key("offset", Shape::Text, "the parameter that counts the records passed"),
        key(
            "cursor",
            Shape::Map("parameter", &Shape::Text),
            "parameters taken from dotted places of the answer before; `$last.` starts at its last record; of several \
             places with a bar between them the first that holds something",
        ),
        key("as_text", Shape::Flag, "numbers are sent as text"),
        key("more", Shape::Text, "dotted place of a truth value in the answer: whether there is another page"),
        key("not_with", Shape::Texts, "parameters that leave nothing to go on from: a list asked with one is one page"),
    ],
};

const COUNTED: Shape = Shape::Map("parameter", &Shape::Whole);

/// A rule of `errors`.
pub static ERROR: Section = Section {
    name: "error rule",
    heading: "An error rule",
    laid: false,
    keys: &[
        key("status", Shape::Whole, "HTTP status; default any"),
        key("matches", Shape::Regex, "found in the answer; default anything"),
        needed(
            "means",
            Shape::Template,
            "the true cause; over `operation` (`name`, `title`, `method`, `path`, `scopes`, `token`, `source`), `body`, \
             `status`, `said`, `account`, `scopes_at`, the named groups of `matches`, and `near`: the parameter that is \
             spelt most like the group `field`, as a question",
        ),
        key("do", Shape::Template, "what the person can do; over the same"),
        key("fault", Shape::Choice(faults), "what it is about; default `credentials` for 401 and 403, else `api`"),
        key(
            "renews",
            Shape::Flag,
            "a fresh token would be taken: one of a login is renewed, and the request sent again",
        ),
        key(
            "passing",
            Shape::Flag,
            "whether the same request may succeed a little later; default: true of 408, 500, 502 to 504 and 520 to 529",
        ),
    ],
};

/// A kind of record.
pub static RESOURCE: Section = Section {
    name: "resource",
    heading: "A resource",
    laid: true,
    keys: &[
        needed("nouns", Shape::Words, "what people call one of them, primary first; plurals are derived"),
        key("plurals", Shape::Words, "irregular or extra plurals (\"people\")"),
        key("id", Shape::Text, "parameter that usually carries its id; default `<name>Id` (`free-slot`: `freeSlotId`)"),
        key("id_key", Shape::Text, "key of the id inside a record; default `id`"),
        key("id_pattern", Shape::Regex, "what an id looks like, whole; default `^[A-Za-z0-9]{17,64}$` or a UUID"),
        key(
            "codes",
            Shape::Texts,
            "letters that its codes begin with, which then stand for its noun (`[INV]`: \"void INV-9\"), or all up to a dot (`[plan.]`)",
        ),
        key("person", Shape::Flag, "him, her, them rather than it"),
        key("assumed", Shape::Flag, "a name without a noun may mean one of these (\"update Jane Doe: …\")"),
        key("find", Shape::Section(&FIND), "how a name becomes an id"),
        key("label", Shape::Template, "a record in one line; default its name, title or id"),
        key("columns", Shape::Texts, "dotted keys that a table shows first"),
        key("parent", Shape::Name("resource"), "what it lives under"),
        key("creates_on_write", Shape::Flag, "an unknown name would be created for the whole account: ask first"),
        key("by_name", Shape::Flag, "the name itself goes on the wire"),
        key(
            "where",
            Shape::Map("dotted key", &Shape::Either(&[Shape::Section(&CONDITION), Shape::Words])),
            "which ones are meant by what a record holds (\"all contacts tagged lead\"): keys of a record, and the words \
             before the value; a bare list is the `words`",
        ),
    ],
};

/// A value of `where`.
pub static CONDITION: Section = Section {
    name: "condition",
    heading: "A condition",
    laid: false,
    keys: &[
        needed("words", Shape::Words, "what stands before the value: \"tagged\", \"with the tag\""),
        key(
            "sends",
            Shape::Map("parameter", &Shape::Literal),
            "parameters of `find`'s operation that keep other records out, their texts templates over `value`; records \
             are compared when they arrive all the same",
        ),
    ],
};

/// `find` of a resource.
pub static FIND: Section = Section {
    name: "finder",
    heading: "A finder",
    laid: false,
    keys: &[
        needed("operation", Shape::Name("operation"), "lists or searches them"),
        key("query", Shape::Text, "its parameter that takes what is searched for; absent: it lists all"),
        needed("by", Shape::Texts, "dotted keys of a record compared with what was said"),
        key("inside", Shape::Text, "dotted place inside each record of the answer where the records themselves are"),
        key("with", Shape::Map("parameter", &Shape::Text), "other parameters of it, and what they are taken from"),
    ],
};

fn faults() -> Vec<&'static str> {
    FAULTS.iter().map(|(name, _)| *name).collect()
}
