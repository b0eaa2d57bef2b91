use std::sync::{Arc, Mutex, PoisonError};

use url::{Position, Url};

use crate::execute::{Failure, FailureKind};
use crate::request::Draft;

/// The addresses of requests. The host and what goes before it are the same for all requests to a service, and are taken
/// apart once.
#[derive(Debug, Default)]
pub(super) struct Addresses(Mutex<Vec<(String, Arc<Url>)>>);

impl Addresses {
    /// The address of a request.
    ///
    /// # Errors
    /// When it is none.
    pub(super) fn of(&self, draft: &Draft) -> Result<Url, Failure> {
        let wrong = |error| Failure::new(FailureKind::Network, format!("the address is wrong: {error}"));
        let whole = draft.url();
        let Some(base) = self.base(&draft.base) else { return Url::parse(&whole).map_err(wrong) };
        let rest = whole.strip_prefix(&base[..Position::BeforePath]).filter(|rest| is_path(rest));
        rest.map_or_else(|| Url::parse(&whole), |rest| base.join(rest)).map_err(wrong)
    }

    fn base(&self, base: &str) -> Option<Arc<Url>> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, url)) = known.iter().find(|(text, _)| text == base) {
            return Some(Arc::clone(url));
        }
        let url = Arc::new(Url::parse(base).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?);
        known.push((base.to_owned(), Arc::clone(&url)));
        Some(url)
    }
}

/// Whether it leads somewhere on the same host, whatever else is in it: two slashes would begin another host.
fn is_path(rest: &str) -> bool {
    rest.starts_with('/')
        && rest.as_bytes().get(1).is_none_or(|byte| byte.is_ascii_alphanumeric() || b"-._~%".contains(byte))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::catalog::{Method, Risk, TokenKind};
    use crate::request::CredentialPlace;

    fn draft(base: &str, path: &str, query: &str) -> Draft {
        Draft {
            operation: String::new(),
            group: String::new(),
            service: String::new(),
            through: None,
            token: TokenKind::Any,
            scopes: [].into(),
            account: None,
            accounts: Vec::new(),
            method: Method::Get,
            base: base.to_owned(),
            path: path.to_owned(),
            shape: path.to_owned(),
            query: vec![("q".to_owned(), query.to_owned())],
            headers: Vec::new(),
            body: None,
            risk: Risk::Read,
            credential: CredentialPlace::None,
        }
    }

    proptest! {
        #[test]
        fn it_is_what_the_whole_text_says(
            base in "(https?://(a\\.test|A.Test|u@a\\.test|127\\.0\\.0\\.1:80|b\\.test:8443|[a-z.]{1,9})(/v1)?|ftp://a|[a-z:/]{0,9})",
            path in "(/|//)[a-z0-9%@:./\\\\?# \t-]{0,20}",
            query in any::<String>(),
        ) {
            let draft = draft(&base, &path, &query);
            let addresses = Addresses::default();
            for _ in 0..2 {
                prop_assert_eq!(addresses.of(&draft).ok(), Url::parse(&draft.url()).ok());
            }
        }
    }
}
