//! `OpenAPI` 3.0 and 3.1 (and 2.0, turned into 3.0 first) → [`Spec`]: what the files say of each operation, with every
//! reference followed and a warning, never a failure, for each of their faults.
//!
//! [`SpecFiles`] holds the texts, [`read_spec`] reads them. Nothing of sayso's own catalog is known here.

mod bodies;
mod documents;
mod merging;
mod operations;
mod parameters;
mod places;
mod read;
mod repair;
mod schemas;
mod scheme_kind;
mod security;
mod spec_body;
mod spec_files;
mod spec_kind;
mod spec_operation;
mod spec_parameter;
mod spec_place;
mod spec_requirement;
mod spec_response;
mod spec_schema;
mod spec_scheme;
mod spec_server;
mod spec_type;
mod swagger;
#[cfg(test)]
mod tests;
mod tree;

pub use read::read_spec;
pub use scheme_kind::SchemeKind;
pub use spec_body::SpecBody;
pub use spec_files::SpecFiles;
pub use spec_kind::SpecKind;
pub use spec_operation::SpecOperation;
pub use spec_parameter::SpecParameter;
pub use spec_place::SpecPlace;
pub use spec_requirement::SpecRequirement;
pub use spec_response::SpecResponse;
pub use spec_schema::SpecSchema;
pub use spec_scheme::SpecScheme;
pub use spec_server::SpecServer;
pub use spec_type::Spec;
