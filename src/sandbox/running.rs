use std::fmt;
use std::io;
use std::thread::JoinHandle;

use tokio::sync::oneshot;

use super::Exchange;
use super::log::Log;

/// A sandbox that is running; it stops when this is dropped.
pub struct Running {
    /// `http://127.0.0.1:PORT`, without a trailing slash.
    pub base_url: String,
    /// The one token it takes.
    pub token: String,
    /// Id of the first account; empty when the catalog knows no accounts.
    pub location_id: String,
    /// Every value that a client needs beside the token, by its name in the catalog's `context`.
    pub context: Vec<(String, String)>,
    log: Log,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<io::Result<()>>>,
}

impl Running {
    pub(super) fn new(
        base_url: String,
        token: String,
        context: Vec<(String, String)>,
        log: Log,
        stop: oneshot::Sender<()>,
        thread: JoinHandle<io::Result<()>>,
    ) -> Self {
        let location_id = context.first().map(|(_, value)| value.clone()).unwrap_or_default();
        Self { base_url, token, location_id, context, log, stop: Some(stop), thread: Some(thread) }
    }

    /// All requests so far, in order, without credentials.
    #[must_use]
    pub fn log(&self) -> Vec<Exchange> {
        self.log.all()
    }

    /// Stops at once; requests in flight get no answer.
    pub fn stop(mut self) {
        self.shut_down();
    }

    /// Waits until the server ends by itself, which it does only when it fails.
    ///
    /// # Errors
    /// Why it failed.
    pub fn wait(mut self) -> io::Result<()> {
        let joined = self.thread.take().map(JoinHandle::join);
        joined.unwrap_or(Ok(Ok(()))).unwrap_or_else(|_| Err(io::Error::other("the sandbox broke down")))
    }

    fn shut_down(&mut self) {
        if let Some(stop) = self.stop.take() {
            // The thread may have ended by itself; then there is nobody to tell.
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.shut_down();
    }
}

impl fmt::Debug for Running {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Running")
            .field("base_url", &self.base_url)
            .field("context", &self.context)
            .finish_non_exhaustive()
    }
}
