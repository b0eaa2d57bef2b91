//! `sayso catalog …`: looking into the operations, checking the YAML, running its cases, starting a new operation.

mod browse;
mod cases;
mod check;
mod compare;
mod confusion;
mod diff;
mod events;
mod few;
mod import;
mod mutated;
mod mutation;
mod new;
mod run;
mod schema;
mod tally;
mod wrong_calls;

pub(super) use run::run;
