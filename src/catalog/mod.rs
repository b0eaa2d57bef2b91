//! The YAML side: what operations there are, what they take, and the words people use for them.
//!
//! [`load`] turns YAML layers into a checked [`Catalog`]; the one that ships is frozen into the binary at build time
//! and thawed lazily ([`Catalog::builtin`]), so that a one-shot command pays only for the operations it touches.

mod alike;
mod alternative;
mod batch;
mod browse;
#[cfg(frozen)]
mod builtin;
mod cases;
mod catalog_type;
mod compile;
mod condition;
#[cfg(frozen)]
pub mod drift;
mod each;
mod event;
mod filler;
mod flat;
mod frame;
mod freeze;
#[cfg(frozen)]
pub mod import;
pub mod inflect;
#[cfg(frozen)]
mod kept;
mod keys;
mod layer;
mod lazy;
mod lexicon;
mod load;
mod mending;
mod named;
mod oauth;
#[cfg(frozen)]
pub mod openapi;
mod operation;
mod parameter;
pub mod pattern;
mod postings;
mod resource;
mod service;
pub(crate) mod singular;
mod template;
mod through;
mod variant;
mod vocabulary;
mod ways;
mod whole_match;
mod yaml;

pub use alternative::Alternative;
pub use batch::Batch;
pub use browse::{Skeleton, Twins, declared_at, events, lint, list, show, skeleton, twins};
pub use cases::{AGREEMENT, CHANGES, Case, CasePhrase, CaseRequest, read_cases};
pub use catalog_type::{Catalog, OpId};
pub use compile::compile;
pub use condition::Condition;
pub use each::Each;
pub use event::Event;
pub use filler::Filler;
pub use flat::View;
pub use frame::{Frame, Longest, NounRole, Piece, Role, traits, word_mark};
pub use freeze::{freeze, freeze_forest, thaw, thaw_forest};
pub use keys::{Declared, FileKind, Section, Shape, schema, sections};
pub(crate) use keys::{key, needed};
pub use layer::{Layer, read_layer};
pub use lexicon::{Construction, Lexicon, VerbClass};
pub use load::{Forest, Loaded, load, load_over};
pub(crate) use load::{RISKS, TOKENS};
pub use named::Named;
pub use oauth::{OAuth, TokenAnswer, TokenRequest};
pub use operation::{BodyKind, Lifecycle, Method, Operation, Page, Returns, Risk, Settle, TokenKind};
pub use parameter::{DateFormat, EnumValue, Kind, Literal, Parameter, Place, WireType};
pub use postings::{Filed, signature, term_bit};
pub use resource::{Finder, Resource};
pub use service::{
    Auth, ContextValue, ErrorRule, Extension, Fault, PageAdvance, PageStyle, RateLimit, Service, ServiceVariant,
};
pub use template::template_environment;
pub use variant::{VariantOperations, Variation};
pub use vocabulary::{Head, NounInfo, Sense, TermId, TurnPlace, Vocabulary, WordSet};
pub use ways::{Choices, Said};
pub use whole_match::{compiled, fits_whole, matches_whole};
pub(crate) use yaml::{Fields, Key, Node, Report, Value as NodeValue, parse, suggest, wrong};
