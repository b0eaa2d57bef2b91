//! Every key of `profiles.yaml`, declared once; a test holds docs/PROFILES.md to it.

use crate::catalog::{RISKS, Section, Shape, TOKENS, key, needed};

/// The file.
pub(super) static FILE: Section = Section {
    name: "file",
    heading: "The file",
    laid: false,
    keys: &[
        key(
            "default",
            Shape::Name("profile"),
            "the one that is used when neither `--profile` nor `SAYSO_PROFILE` names one",
        ),
        needed("profiles", Shape::Map("name", &Shape::Section(&PROFILE)), "the profiles"),
    ],
};

/// A profile.
pub(super) static PROFILE: Section = Section {
    name: "profile",
    heading: "A profile",
    laid: false,
    keys: &[
        key("title", Shape::Text, "what people call it"),
        key(
            "services",
            Shape::Map("service", &Shape::Section(&SERVICE)),
            "what it has for each service of the catalog",
        ),
        key("policy", Shape::Section(&POLICY), "what may be done with it; default everything"),
    ],
};

/// A service of a profile.
pub(super) static SERVICE: Section = Section {
    name: "service",
    heading: "A service",
    laid: false,
    keys: &[
        key(
            "token",
            Shape::Either(&[Shape::Section(&TOKEN), Shape::List(&Shape::Section(&TOKEN))]),
            "its token, or several of different kinds",
        ),
        key("location", Shape::Name("location"), "the location that is meant when none is named; default the only one"),
        key(
            "locations",
            Shape::Map("name", &Shape::Section(&LOCATION)),
            "the accounts to work in, by what you call them",
        ),
        key(
            "context",
            Shape::Map("context value", &Shape::Text),
            "context values of the catalog, such as the id of the agency",
        ),
        key("country", Shape::Text, "ISO code; reads phone numbers without a country code; default the service's"),
        key(
            "host",
            Shape::Fitting("^https?://[^/?#@\\s]+$", "URL"),
            "the only place where the tokens are sent: scheme, host and port; needed when the service comes from a folder that `--endpoints` names",
        ),
        key("login", Shape::Section(&LOGIN), "how `sayso login` gets tokens"),
    ],
};

/// A location.
pub(super) static LOCATION: Section = Section {
    name: "location",
    heading: "A location",
    laid: false,
    keys: &[
        needed("id", Shape::Text, "its id in the API"),
        key("also", Shape::Texts, "other names"),
        key("token", Shape::Section(&TOKEN), "its own token"),
    ],
};

/// Where a token is kept.
pub(super) static TOKEN: Section = Section {
    name: "token",
    heading: "A token",
    laid: false,
    keys: &[
        key("env", Shape::Text, "the variable of the environment that holds it"),
        key(
            "file",
            Shape::Text,
            "the file that holds nothing else, readable by you alone; relative to the folder of the profiles",
        ),
        key("shared", Shape::Flag, "the file may be readable by others, as in a container"),
        key("keyring", Shape::Text, "its name in the keyring of the desktop (a build with the feature `keyring`)"),
        key("kind", Shape::Choice(kinds), "its kind; default `any`, of a location `sub-account`"),
        key(
            "scopes",
            Shape::Texts,
            "the scopes it was given, with `*`; an operation that needs another is refused before it is sent",
        ),
    ],
};

/// How the program logs in.
pub(super) static LOGIN: Section = Section {
    name: "login",
    heading: "A login",
    laid: false,
    keys: &[
        needed("client_id", Shape::Text, "the program's id with the service"),
        key("client_secret", Shape::Section(&SECRET), "its secret"),
        key(
            "redirect",
            Shape::Text,
            "the address on this machine that the service sends you back to, as it is registered there; default `http://127.0.0.1:PORT/callback` with a free port",
        ),
        key("scopes", Shape::Texts, "the scopes that are asked for"),
    ],
};

/// Where the secret of a program is kept.
pub(super) static SECRET: Section = Section {
    name: "secret",
    heading: "A secret",
    laid: false,
    keys: &[
        key("env", Shape::Text, "the variable of the environment that holds it"),
        key("file", Shape::Text, "the file that holds nothing else, readable by you alone"),
        key("shared", Shape::Flag, "the file may be readable by others"),
        key("keyring", Shape::Text, "its name in the keyring of the desktop"),
    ],
};

/// What may be done.
pub(super) static POLICY: Section = Section {
    name: "policy",
    heading: "A policy",
    laid: false,
    keys: &[
        key(
            "allow",
            RULES,
            "when it is there, only what one of these fits, look-ups included; an operation's name alone is a rule",
        ),
        key("deny", RULES, "never what one of these fits, whatever is allowed"),
        key("locations", Shape::Texts, "the only locations to work in, by id or name"),
        key("requests", Shape::Section(&CAPS), "the most that is sent"),
        key("dry_run", Shape::Flag, "only look-ups are sent"),
    ],
};

/// A rule of a policy.
pub(super) static RULE: Section = Section {
    name: "rule",
    heading: "A rule",
    laid: false,
    keys: &[
        key("operations", Shape::Texts, "names of operations, with `*`"),
        key("groups", Shape::Texts, "groups (the YAML file of an operation), with `*`"),
        key(
            "risks",
            Shape::Either(&[Shape::Choice(risks), Shape::List(&Shape::Choice(risks))]),
            "what an operation does to the account",
        ),
        key("services", Shape::Texts, "services, with `*`"),
        key("why", Shape::Text, "told when it refuses"),
    ],
};

/// Caps of a policy.
pub(super) static CAPS: Section = Section {
    name: "caps",
    heading: "Caps",
    laid: false,
    keys: &[
        key(
            "session",
            Shape::Whole,
            "requests in one run of the program: a conversation, or a pipe from its first line to its last",
        ),
        key("day", Shape::Whole, "requests in a day (UTC), all runs with this profile together"),
    ],
};

const RULES: Shape = Shape::List(&Shape::Either(&[Shape::Text, Shape::Section(&RULE)]));

/// Every section, in the order of docs/PROFILES.md.
#[must_use]
pub fn profile_sections() -> [&'static Section; 10] {
    [&FILE, &PROFILE, &SERVICE, &LOCATION, &TOKEN, &LOGIN, &SECRET, &POLICY, &RULE, &CAPS]
}

fn kinds() -> Vec<&'static str> {
    TOKENS.iter().map(|(name, _)| *name).filter(|name| *name != "none").collect()
}

fn risks() -> Vec<&'static str> {
    RISKS.iter().map(|(name, _)| *name).collect()
}
