use std::sync::Arc;

use serde_json::{Map, Value};

use super::Body;
use crate::catalog::{Auth, Method, Risk, TokenKind};

/// A request with its values in the API's own form. It may still hold names where ids belong, so it can be shown but not
/// sent: only a [`super::ValidRequest`] can.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Name of the operation.
    pub operation: String,
    /// Its group.
    pub group: String,
    /// Name of its service.
    pub service: String,
    /// Name of the service it is sent through, when that is another.
    pub through: Option<String>,
    /// Kind of token it takes.
    pub token: TokenKind,
    /// Scopes the token needs.
    pub scopes: Arc<[String]>,
    /// Id of the account it is about: the one that its values name, else the one it runs in.
    pub account: Option<String>,
    /// Ids of all accounts that its values name.
    pub accounts: Vec<String>,
    /// Method.
    pub method: Method,
    /// Scheme, host and base path, without a trailing slash.
    pub base: String,
    /// Path, encoded.
    pub path: String,
    /// Path with its variables in braces, as API documents write it.
    pub shape: String,
    /// Query, not encoded.
    pub query: Vec<(String, String)>,
    /// Headers, without the credential.
    pub headers: Vec<(String, String)>,
    /// Body.
    pub body: Option<Body>,
    /// What it does to the account.
    pub risk: Risk,
    /// Where the credential goes.
    pub credential: CredentialPlace,
}

/// Where the credential goes, by the variables that may hold it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CredentialPlace {
    /// None is sent.
    None,
    /// `Authorization: Bearer …`.
    Bearer(Vec<String>),
    /// A header of that name.
    Header(String, Vec<String>),
    /// A query parameter of that name.
    Query(String, Vec<String>),
    /// HTTP basic: user and password.
    Basic(Vec<String>, Vec<String>),
}

impl CredentialPlace {
    /// Where an operation's credential goes.
    pub(super) fn of(auth: &Auth, token: TokenKind) -> Self {
        match auth {
            Auth::None => Self::None,
            _ if token == TokenKind::None => Self::None,
            Auth::Bearer(variables) => Self::Bearer(variables.clone()),
            Auth::Header(name, variables) => Self::Header(name.clone(), variables.clone()),
            Auth::Query(name, variables) => Self::Query(name.clone(), variables.clone()),
            Auth::Basic(user, password) => Self::Basic(user.clone(), password.clone()),
        }
    }
}

impl Draft {
    /// The whole address.
    #[must_use]
    pub fn url(&self) -> String {
        let mut url = [self.base.as_str(), self.path.as_str()].concat();
        if !self.query.is_empty() {
            let mut text = url::form_urlencoded::Serializer::new(String::new());
            text.extend_pairs(&self.query);
            url.push('?');
            url.push_str(&text.finish());
        }
        url
    }

    /// The body as JSON for people and bots.
    pub fn body_json(&self) -> Option<Value> {
        self.body.as_ref().map(Body::to_json)
    }

    /// As `.test.yaml` files compare it: `{method, path, query, body, headers}`, the path with its variables in braces.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut query = Map::new();
        for (name, value) in &self.query {
            match query.get_mut(name) {
                None => drop(query.insert(name.clone(), value.clone().into())),
                Some(Value::Array(values)) => values.push(value.clone().into()),
                Some(one) => *one = Value::Array(vec![one.take(), value.clone().into()]),
            }
        }
        let headers: Map<String, Value> = self.headers.iter().map(|(n, v)| (n.clone(), v.clone().into())).collect();
        serde_json::json!({
            "method": self.method.as_str(), "path": self.shape, "query": query,
            "body": self.body_json(), "headers": headers,
        })
    }
}
