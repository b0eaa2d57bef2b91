//! `sayso catalog …`: looking into the operations, checking the YAML, running its cases.

mod cases;
mod compare;
mod run;
mod tally;

pub(super) use run::run;
