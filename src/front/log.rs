use std::io::{self, Write};

use tracing_subscriber::EnvFilter;

use crate::present::clean_lines;

/// Sends what the program has to tell about itself to standard error: warnings, with `-v` what it does, with `-vv` all.
pub(super) fn start(verbose: u8) {
    let level = match verbose {
        0 => "warn",
        1 => "info,sayso=debug",
        _ => "debug,sayso=trace",
    };
    let filter = EnvFilter::try_from_env("SAYSO_LOG").unwrap_or_else(|_| EnvFilter::new(level));
    // A second start, in a test, changes nothing.
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(|| Harmless(io::stderr())).with_ansi(false);
    // Told of a log that cannot be written, it would tell standard error, and panic.
    drop(log.log_internal_errors(false).try_init());
}

/// What is told may quote an answer, and so a stranger: nothing in it steers the terminal.
struct Harmless<W>(W);

impl<W: Write> Write for Harmless<W> {
    /// Each message comes in one piece.
    fn write(&mut self, message: &[u8]) -> io::Result<usize> {
        self.0.write_all(clean_lines(&String::from_utf8_lossy(message)).as_bytes())?;
        Ok(message.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}
