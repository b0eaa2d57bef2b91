//! Laying folders over the catalog takes many times the memory that the result does, and an allocator seldom gives it
//! back. So a process of its own does it, and the one that goes on takes over what it made.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::process::{Command, Stdio};

use super::failed::Failed;
use crate::app::ExitCode;
use crate::catalog::{Catalog, Layer};

/// The one argument of that process. It is nobody's to type, and stands in no help.
const COMMAND: &str = "__lay";

/// Whether this is that process.
pub(super) fn is_asked(args: &[OsString]) -> bool {
    matches!(args, [_, only] if only == COMMAND)
}

/// Has another process of this program lay layers over the catalog. Nothing when that cannot be, or when something is
/// wrong with them, which whoever lays them next will tell.
pub(super) fn elsewhere(layers: &[Layer]) -> Option<Vec<u8>> {
    if layers.iter().any(|layer| !layer.garbled.is_empty()) {
        return None;
    }
    let program = std::env::current_exe().ok()?;
    let mut command = Command::new(program);
    command.arg(COMMAND).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().ok()?;
    let (input, output) = (child.stdin.take(), child.stdout.take());
    // It reads everything before it writes.
    let laid = input.and_then(|mut input| input.write_all(&postcard::to_allocvec(layers).ok()?).ok());
    let laid = laid.and_then(|()| received(output?).ok());
    let ended = child.wait().ok()?;
    laid.filter(|_| ended.success())
}

/// That process.
pub(super) fn lay(mut input: impl Read, mut output: impl Write) -> Result<ExitCode, Failed> {
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes).map_err(Failed::machine)?;
    let layers: Vec<Layer> = postcard::from_bytes(&bytes).map_err(|error| Failed::usage(error.to_string()))?;
    let Some(laid) = Catalog::laid_under(&layers) else { return Ok(ExitCode::Catalog) };
    let length = u64::try_from(laid.len()).unwrap_or(u64::MAX).to_le_bytes();
    let sent = output.write_all(&length).and_then(|()| output.write_all(&laid)).and_then(|()| output.flush());
    sent.map_err(Failed::machine)?;
    Ok(ExitCode::Done)
}

/// What the process made. The length goes ahead of it, so that no more room is made than it takes.
fn received(mut output: impl Read) -> io::Result<Vec<u8>> {
    let mut length = [0; 8];
    output.read_exact(&mut length)?;
    let length = u64::from_le_bytes(length);
    let mut laid = Vec::new();
    laid.try_reserve_exact(usize::try_from(length).map_err(io::Error::other)?).map_err(io::Error::other)?;
    output.take(length).read_to_end(&mut laid)?;
    Ok(laid)
}
