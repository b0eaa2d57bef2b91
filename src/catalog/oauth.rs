use serde::{Deserialize, Serialize};

use super::TokenKind;

/// How a service gives tokens to a program that a person lets in: OAuth 2, authorization code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OAuth {
    /// The page where a person agrees.
    pub authorize: String,
    /// Its query, as templates over `client_id`, `redirect_uri`, `scopes`, `state` and `code_challenge`.
    pub query: Vec<(String, String)>,
    /// Whether a code challenge (PKCE, S256) goes along.
    pub pkce: bool,
    /// The code for tokens; templates over `client_id`, `client_secret`, `code`, `redirect_uri` and `code_verifier`.
    pub exchange: TokenRequest,
    /// The refresh token for new ones; templates over `client_id`, `client_secret` and `refresh_token`.
    pub refresh: Option<TokenRequest>,
    /// The token of the agency for one of an account; templates over the context values of the service.
    pub account: Option<TokenRequest>,
    /// Where an answer to these tells what.
    pub answer: TokenAnswer,
    /// What the API calls the kinds of its tokens: (its word, the kind).
    pub kinds: Vec<(String, TokenKind)>,
}

/// A request whose answer is a token. It is a POST.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenRequest {
    /// A path below the service's base URL, or a whole https address.
    pub url: String,
    /// Whether the fields are sent as JSON rather than as a form.
    pub json: bool,
    /// Whether the client's id and secret go as HTTP basic.
    pub basic: bool,
    /// Headers.
    pub headers: Vec<(String, String)>,
    /// Fields, as templates; one that comes out empty is left out.
    pub fields: Vec<(String, String)>,
}

/// Dotted places in the answer to a token request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenAnswer {
    /// The access token.
    pub access: String,
    /// The refresh token.
    pub refresh: String,
    /// Seconds until the access token expires.
    pub expires_in: String,
    /// Scopes that were given, in one text or a list.
    pub scopes: String,
    /// The kind, in the API's word.
    pub kind: String,
    /// Context values that the answer tells: (name, place).
    pub context: Vec<(String, String)>,
}
