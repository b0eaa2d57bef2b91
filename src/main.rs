//! The program: reads the command line and hands over.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// A line makes some hundred small things that several threads hand to each other: the allocator of the system spends a
/// fifth of the time on them.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    sayso::front::start(std::env::args_os()).into()
}
