//! Many rows through one phrase: read first, planned and agreed to, then carried out side by side, each row once, whatever
//! becomes of the process.

mod bulk_plan;
mod bulk_report;
mod carrying;
mod each_of;
mod phrase;
mod placing;
mod planning;
mod quoting;
mod reading;
mod settings;
mod shape;
mod source_row;
mod unread_row;

pub use bulk_plan::{BulkPlan, Rate};
pub use bulk_report::BulkReport;
pub use carrying::BulkWatch;
pub(super) use each_of::EachOf;
pub(super) use placing::{BEFORE, in_the_place_of};
pub use source_row::SourceRow;
pub use unread_row::UnreadRow;
