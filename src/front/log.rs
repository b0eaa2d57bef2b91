use std::io;

use tracing_subscriber::EnvFilter;

/// Sends what the program has to tell about itself to standard error: warnings, with `-v` what it does, with `-vv` all.
pub(super) fn start(verbose: u8) {
    let level = match verbose {
        0 => "warn",
        1 => "info,sayso=debug",
        _ => "debug,sayso=trace",
    };
    let filter = EnvFilter::try_from_env("SAYSO_LOG").unwrap_or_else(|_| EnvFilter::new(level));
    // A second start, in a test, changes nothing.
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).with_ansi(false);
    // Told of a log that cannot be written, it would tell standard error, and panic.
    drop(log.log_internal_errors(false).try_init());
}
