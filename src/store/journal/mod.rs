//! The journal: every write, recorded before it is sent and settled after, and the rows of bulk runs, so that nothing is
//! lost or done twice when a process ends in the middle.

mod new_run;
mod pruning;
mod row_entry;
mod rows;
mod run_entry;
mod run_lock;
mod runs;
mod slips;
mod standing;
mod tally;
#[cfg(test)]
mod tests;
mod write_end;
mod write_entry;
mod writes;

pub use new_run::NewRun;
pub use row_entry::RowEntry;
pub use run_entry::RunEntry;
pub use run_lock::RunLock;
pub(super) use slips::{Batch, Slip};
pub use standing::Standing;
pub use tally::Tally;
pub use write_end::WriteEnd;
pub use write_entry::WriteEntry;
