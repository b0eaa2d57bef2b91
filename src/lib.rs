//! sayso reads a plain-English command, finds the API operation it means in a YAML catalog, fills and checks the
//! request, runs it and shows the result.
//!
//! ```text
//! text ──language──▶ Utterance ──intent──▶ Intent ──plan──▶ Plan ──request──▶ ValidRequest ──execute──▶ Outcome ──present──▶ bytes
//! ```
//!
//! One folder a stage; arrows go downwards only (`tests/architecture.rs` keeps it so). [`app`] joins the stages for
//! every front door.

pub mod app;
pub mod catalog;
pub mod diagnostic;
pub mod execute;
pub mod front;
pub mod intent;
pub mod language;
pub mod plan;
pub mod present;
pub mod profile;
pub mod request;
pub mod sandbox;
pub mod store;
