use std::io::{self, Write};

use crate::present::Printed;

/// Writes an answer to the two streams; colours are left out where nobody can see them.
///
/// A reader that has gone away has had enough, which is no error.
pub fn print(printed: &Printed) {
    drop(write_all(anstream::stdout(), &printed.out));
    drop(write_all(anstream::stderr(), &printed.err));
}

/// Writes text to standard output.
pub fn out(text: &str) {
    drop(write_all(anstream::stdout(), text));
}

/// Writes text to standard output; whether somebody still reads it.
pub fn try_out(text: &str) -> bool {
    write_all(anstream::stdout(), text).is_ok()
}

/// Writes text to standard error.
pub fn complain(text: &str) {
    drop(write_all(anstream::stderr(), text));
}

fn write_all(mut stream: impl Write, text: &str) -> io::Result<()> {
    stream.write_all(text.as_bytes())?;
    stream.flush()
}
