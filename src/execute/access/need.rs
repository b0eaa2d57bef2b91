use crate::catalog::{Operation, Service, TokenKind};
use crate::request::Draft;

/// What a request asks of its token.
#[derive(Debug, Clone, Copy)]
pub(in crate::execute) struct Need<'a> {
    pub(super) service: &'a Service,
    /// Name of the operation.
    pub(super) operation: &'a str,
    pub(super) token: TokenKind,
    pub(super) scopes: &'a [String],
    /// Id of the account it is about.
    pub(super) account: Option<&'a str>,
}

impl<'a> Need<'a> {
    /// What an operation asks, in that account.
    pub(in crate::execute) fn of_operation(
        operation: &'a Operation,
        service: &'a Service,
        account: Option<&'a str>,
    ) -> Self {
        let (token, scopes) = (operation.token, &*operation.scopes);
        Self { service, operation: &operation.name, token, scopes, account }
    }

    /// What a request asks.
    pub(in crate::execute) fn of(draft: &'a Draft, service: &'a Service) -> Self {
        let account = draft.account.as_deref();
        Self { service, operation: &draft.operation, token: draft.token, scopes: &draft.scopes, account }
    }
}
