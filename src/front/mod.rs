//! The ways in: command line, conversation and pipe. Thin: they read, hand over to [`crate::app`] and print.

mod accounts;
mod bulk;
mod catalog;
mod cli;
mod clock;
mod examples;
mod failed;
mod help;
mod laying;
mod lines;
mod listing;
mod log;
mod paths;
mod phrase;
pub mod pipe;
mod print;
pub mod repl;
mod route;
mod run;
mod sandbox;
mod setup;
mod terminal;
mod words;

pub use cli::{
    CatalogCommand, Cli, Command, EachOptions, HistoryOptions, LoginOptions, Options, Output, ResumeOptions,
    SandboxOptions, SetupOptions, TokenKinds, UndoOptions,
};
pub use run::start;
