//! The sandbox over real HTTP: what it refuses, what it remembers, how it pages and how it misbehaves.

#[path = "sandbox/every_operation.rs"]
mod every_operation;
#[path = "sandbox/faults.rs"]
mod faults;
#[path = "sandbox/gates.rs"]
mod gates;
#[path = "sandbox/harness.rs"]
mod harness;
#[path = "sandbox/other_services.rs"]
mod other_services;
#[path = "sandbox/pages.rs"]
mod pages;
#[path = "sandbox/seeds.rs"]
mod seeds;
#[path = "sandbox/shapes.rs"]
mod shapes;
#[path = "sandbox/state.rs"]
mod state;
