use super::section::{key, needed};
use super::{Section, Shape};
use crate::catalog::load::TOKENS;

/// `oauth` of a service.
pub static OAUTH: Section = Section {
    name: "login",
    heading: "The login",
    laid: false,
    keys: &[
        needed("authorize", Shape::Fitting("^https?://", "URL"), "the page where a person lets the program in"),
        key(
            "query",
            FIELDS,
            "its query; templates over `client_id`, `redirect_uri`, `scopes`, `state` and `code_challenge`",
        ),
        key("pkce", Shape::Flag, "a code challenge (S256) goes along; default false"),
        needed(
            "exchange",
            Shape::Section(&TOKEN_REQUEST),
            "the code for tokens; templates over `client_id`, `client_secret`, `code`, `redirect_uri`, `code_verifier`",
        ),
        key(
            "refresh",
            Shape::Section(&TOKEN_REQUEST),
            "the refresh token for new ones; templates over `client_id`, `client_secret`, `refresh_token`",
        ),
        key(
            "account",
            Shape::Section(&TOKEN_REQUEST),
            "the agency's token for one of an account; sent with it; templates over the context values",
        ),
        key("answer", Shape::Section(&TOKEN_ANSWER), "where the answers tell what"),
        key("kinds", Shape::Map("the API's word", &Shape::Choice(kinds)), "what the API calls the kinds of its tokens"),
    ],
};

/// A request that brings a token.
pub static TOKEN_REQUEST: Section = Section {
    name: "token request",
    heading: "A token request",
    laid: false,
    keys: &[
        needed("url", Shape::Text, "a path below `base_url`, or a whole https address; it is sent as a POST"),
        key("json", Shape::Flag, "the fields go as JSON; default as a form"),
        key("basic", Shape::Flag, "the client's id and secret go as HTTP basic; default false"),
        key("headers", Shape::Map("name", &Shape::Text), "headers"),
        needed("fields", FIELDS, "the body; a field that comes out empty is left out"),
    ],
};

/// `answer` of a login.
pub static TOKEN_ANSWER: Section = Section {
    name: "token answer",
    heading: "A token answer",
    laid: false,
    keys: &[
        key("access", Shape::Text, "dotted place of the access token; default `access_token`"),
        key("refresh", Shape::Text, "of the refresh token; default `refresh_token`"),
        key("expires_in", Shape::Text, "of the seconds until it expires; default `expires_in`"),
        key("scopes", Shape::Text, "of the scopes that were given; default `scope`"),
        key("kind", Shape::Text, "of the kind, in the API's word"),
        key("context", Shape::Map("context value", &Shape::Text), "context values, and where the answer tells them"),
    ],
};

const FIELDS: Shape = Shape::Map("name", &Shape::Template);

fn kinds() -> Vec<&'static str> {
    TOKENS.iter().map(|(name, _)| *name).collect()
}
