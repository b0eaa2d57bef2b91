//! The ways in: command line, conversation and pipe. Thin: they read, hand over to [`crate::app`] and print.

mod cli;
mod lines;
pub mod pipe;
mod print;
pub mod repl;

pub use cli::{CatalogCommand, Cli, Command, Options, Output, SandboxOptions};
