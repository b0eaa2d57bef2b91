use std::sync::Arc;

use serde_json::{Map, Value};

use super::inner::Inner;
use super::job::Job;
use super::place::Place;
use super::{Answer, EngineOptions, Failure, FailureKind, Reply, RunOptions, Session, calling, routing};
use crate::catalog::{Catalog, OpId};
use crate::diagnostic::Diagnostic;
use crate::execute::Bindings;
use crate::intent::Intent;
use crate::store::{StoreError, WriteEntry};

/// Everything that conversations share. Cloning it is cheap.
#[derive(Debug, Clone)]
pub struct Engine(pub(super) Arc<Inner>);

impl Engine {
    /// An engine over a checked catalog. Nothing is sent and no file is opened yet.
    ///
    /// # Errors
    /// When an option does not fit: a base URL that is neither https nor loopback.
    pub fn new(catalog: Catalog, options: EngineOptions) -> Result<Self, Diagnostic> {
        Ok(Self(Arc::new(Inner::new(catalog, options)?)))
    }

    /// What it can do.
    #[must_use]
    pub fn catalog(&self) -> &Catalog {
        &self.0.catalog
    }

    /// What it was built from.
    #[must_use]
    pub fn options(&self) -> &EngineOptions {
        &self.0.options
    }

    /// Reads a phrase. Offline, and without a conversation: pronouns have nothing to stand for.
    #[must_use]
    pub fn route(&self, text: &str) -> Intent {
        routing::route(&self.0.reader, &self.0.catalog, &self.0.options, text, self.0.options.explain)
    }

    /// How each word of a phrase is read and each candidate scored, a line each.
    #[must_use]
    pub fn explain(&self, text: &str) -> Vec<String> {
        routing::route(&self.0.reader, &self.0.catalog, &self.0.options, text, true).trace
    }

    /// The operations that a phrase may mean, with the points that each reading earns, the best first; however poor. A
    /// line of several commands is taken for one.
    #[must_use]
    pub fn ranking(&self, text: &str) -> Vec<(OpId, i32)> {
        routing::ranking(&self.0.reader, &self.0.catalog, &self.0.options, text)
    }

    /// What a line means, as `sayso route` prints it; of one about many records, what is done to each, and how they are
    /// found.
    #[must_use]
    pub fn reading_json(&self, text: &str) -> Value {
        match self.0.select(text, &self.0.now()) {
            Ok(None) => self.route_json(&self.route(text)),
            Ok(Some(selection)) => routing::selection_json(&self.0.catalog, &self.0.options, &selection),
            Err(failure) => self.route_json(&routing::refused(text, failure.message)),
        }
    }

    /// A reading as `sayso route` prints it.
    #[must_use]
    pub fn route_json(&self, intent: &Intent) -> Value {
        routing::route_json(&self.0.catalog, &self.0.options, intent)
    }

    /// The engine as a line wants it: in the version of the API that the line names.
    pub(super) fn for_line(&self, api_version: Option<&str>) -> Result<Self, Failure> {
        let Some(name) = api_version else { return Ok(self.clone()) };
        let catalog = self.0.catalog.in_variant(name).ok_or_else(|| unknown_version(&self.0.catalog, name))?;
        Ok(Self(Arc::new(self.0.over(catalog))))
    }

    /// Reads a phrase and carries it out. When a question is open, a line that can be its reply is taken as one.
    pub async fn say(&self, session: &mut Session, text: &str, run: RunOptions) -> Answer {
        let run = session.settled(run);
        if session.is_waiting() {
            match self.for_line(session.asked_in().as_deref()) {
                Err(failure) => return Answer::refused(failure),
                Ok(engine) => {
                    let reply = Reply::Text(text.to_owned());
                    if let Some(answer) = engine.begin_asked(session, &reply, &run).await {
                        return self.shown(answer);
                    }
                    if let Some(answer) = engine.go_on_everywhere(session, &reply, &run).await {
                        return self.shown(answer);
                    }
                    if let Some(answer) = engine.0.reply_in_words(session, text, &run).await {
                        return self.shown(answer);
                    }
                }
            }
        }
        session.cancel();
        if let Some(intent) = self.0.familiar(session, text, &run) {
            return self.shown(self.0.intend(session, intent, run).await);
        }
        if let Some(answer) = self.0.switch(session, text).await {
            return self.shown(answer);
        }
        match self.for_line(run.api_version.as_deref()) {
            Err(failure) => Answer::refused(failure),
            Ok(engine) => match engine.say_everywhere(session, text, &run).await {
                Some(answer) => {
                    session.memory.say(Vec::new());
                    self.shown(answer)
                }
                None => engine.say_here(session, text, run).await,
            },
        }
    }

    /// Reads a phrase and carries it out in one account, when no question is open.
    pub(super) async fn say_here(&self, session: &mut Session, text: &str, run: RunOptions) -> Answer {
        if let Some(answer) = self.say_of_many(session, text, &run).await {
            session.memory.say(Vec::new());
            return self.shown(answer);
        }
        let intent = self.0.read(session, text);
        self.shown(self.0.intend(session, intent, run).await)
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
        session.cancel();
        let run = session.settled(run);
        let engine = match self.for_line(run.api_version.as_deref()) {
            Err(failure) => return Answer::refused(failure),
            Ok(engine) => engine,
        };
        let answer = match calling::step(engine.catalog(), self.0.options.service.as_deref(), operation, params) {
            Err(failure) => Answer::refused(failure),
            Ok(step) => {
                let job = Job {
                    text: operation.to_owned(),
                    steps: vec![step],
                    bindings: Bindings::new(session.recent().to_vec()),
                    run,
                    called: true,
                    confirmed: false,
                    trace: Vec::new(),
                    speaker: session.speaker,
                    place: Place::default(),
                };
                engine.0.carry_out(session, job).await
            }
        };
        self.shown(answer)
    }

    /// Carries on with a reply to the open question.
    pub async fn answer(&self, session: &mut Session, reply: Reply, run: RunOptions) -> Answer {
        let run = session.settled(run);
        match self.for_line(session.asked_in().as_deref()) {
            Err(failure) => Answer::refused(failure),
            Ok(engine) => {
                if let Some(answer) = engine.begin_asked(session, &reply, &run).await {
                    return self.shown(answer);
                }
                if let Some(answer) = engine.go_on_everywhere(session, &reply, &run).await {
                    return self.shown(answer);
                }
                self.shown(engine.0.reply(session, reply, &run).await)
            }
        }
    }

    /// A text with every credential taken out of it.
    #[must_use]
    pub fn redact(&self, text: &str) -> String {
        self.0.transport.credentials().redact(text)
    }

    /// An answer with every credential taken out of it, whoever put it there.
    pub(super) fn shown(&self, mut answer: Answer) -> Answer {
        answer.rewrite(&self.0.transport.credentials().redactor());
        answer
    }

    /// The last so many writes, the latest first; those of one run only, when it is named.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn history(&self, run: Option<i64>, most: u32) -> Result<Vec<WriteEntry>, StoreError> {
        self.0.store().last_writes(run, most)
    }
}

/// A version that no service has.
#[must_use]
pub fn unknown_version(catalog: &Catalog, name: &str) -> Failure {
    let known: Vec<&str> = catalog.variants().collect();
    let hint = if known.is_empty() {
        "there is only the usual one".to_owned()
    } else {
        format!("there is {}", known.join(", "))
    };
    Failure::new(FailureKind::Invalid, format!("no service has a version `{name}` to ask for")).hint(hint)
}
