//! Every key of the YAML, declared once. The loader refuses what is not declared here, the JSON Schema that editors use
//! is made from it, and a test holds docs/CATALOG.md to it.

mod cases;
mod event;
mod lexicon;
mod oauth;
mod operation;
mod parameter;
mod schema;
mod section;
mod service;
mod shape;

pub(super) use cases::{CASE, CASE_REQUEST};
pub(super) use event::EVENT;
pub(super) use lexicon::{CONSTRUCTION, LEXICON, VERB};
pub(super) use oauth::{OAUTH, TOKEN_ANSWER, TOKEN_REQUEST};
pub(super) use operation::{BATCH, GROUP, OPERATION, PAGE, RETURNS, SETTLE, VARIANT};
pub(super) use parameter::{EACH, PARAMETER};
pub use schema::{FileKind, schema};
pub use section::{Declared, Section, sections};
pub(crate) use section::{key, needed};
pub(super) use service::{
    AUTH, BASIC, CONDITION, CONTEXT, ERROR, EXTENSION, FIND, LIMIT_HEADERS, RATE_LIMIT, RESOURCE, SERVICE,
    SERVICE_VARIANT, STYLE,
};
pub use shape::Shape;
