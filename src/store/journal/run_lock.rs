use std::fs::{File, OpenOptions, TryLockError};

use crate::store::{Store, StoreError};

/// The right to carry a run on. The system takes it back when the process ends, however it ends.
#[derive(Debug)]
pub struct RunLock(#[expect(dead_code, reason = "held for as long as the run is carried on")] Option<File>);

impl Store {
    /// The right to carry a run on; nothing while another process has it.
    ///
    /// # Errors
    /// When the file that stands for it cannot be made.
    pub fn lock_run(&self, run: i64) -> Result<Option<RunLock>, StoreError> {
        // A store in memory is this process's alone.
        let Some(path) = self.path() else { return Ok(Some(RunLock(None))) };
        let path = path.with_extension(format!("run-{run}.lock"));
        let wrong = |source| StoreError::File { path: path.display().to_string(), source };
        let mut options = OpenOptions::new();
        options.create(true).append(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path).map_err(wrong)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(RunLock(Some(file)))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(wrong(error)),
        }
    }
}
