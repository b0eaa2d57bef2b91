//! The program: reads the command line and hands over.

use std::process::ExitCode;

fn main() -> ExitCode {
    sayso::front::start(std::env::args_os()).into()
}
