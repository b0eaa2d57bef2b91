use std::sync::Arc;

use serde_json::{Map, Value};

use super::{Answer, EngineOptions, Failure, FailureKind, Reply, RunOptions, Session, routing};
use crate::catalog::Catalog;
use crate::diagnostic::Diagnostic;
use crate::intent::{Intent, Reader};

/// Everything that conversations share. Cloning it is cheap.
#[derive(Debug, Clone)]
pub struct Engine(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    catalog: Catalog,
    options: EngineOptions,
    reader: Reader,
}

impl Engine {
    /// An engine over a checked catalog. Nothing is sent and no file is opened yet.
    ///
    /// # Errors
    /// When an option does not fit: a base URL that is neither https nor loopback.
    pub fn new(catalog: Catalog, options: EngineOptions) -> Result<Self, Diagnostic> {
        Ok(Self(Arc::new(Inner { catalog, options, reader: Reader::new() })))
    }

    /// What it can do.
    pub fn catalog(&self) -> &Catalog {
        &self.0.catalog
    }

    /// What it was built from.
    pub fn options(&self) -> &EngineOptions {
        &self.0.options
    }

    /// Reads a phrase. Offline, and without a conversation: pronouns have nothing to stand for.
    pub fn route(&self, text: &str) -> Intent {
        routing::route(&self.0.reader, &self.0.catalog, &self.0.options, text)
    }

    /// A reading as `sayso route` prints it.
    pub fn route_json(&self, intent: &Intent) -> Value {
        routing::route_json(&self.0.catalog, &self.0.options, intent)
    }

    /// Reads a phrase and carries it out. When a question is open, a line that can be its reply is taken as one.
    pub async fn say(&self, session: &mut Session, text: &str, run: RunOptions) -> Answer {
        let _ = (session, text, run);
        not_built()
    }

    /// Carries out an operation by its catalog name or "METHOD /path", with values sent as they are;
    /// `{"find": "Jane Doe"}` in the place of an id asks for a look-up.
    pub async fn call(
        &self,
        session: &mut Session,
        operation: &str,
        params: Map<String, Value>,
        run: RunOptions,
    ) -> Answer {
        let _ = (session, operation, params, run);
        not_built()
    }

    /// Carries on with a reply to the open question.
    pub async fn answer(&self, session: &mut Session, reply: Reply, run: RunOptions) -> Answer {
        let _ = (session, reply, run);
        not_built()
    }
}

fn not_built() -> Answer {
    Answer::refused(Failure::new(FailureKind::Catalog, "this part is being built"))
}
