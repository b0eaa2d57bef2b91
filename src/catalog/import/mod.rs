//! A specification → the files of a service: [`import`]. Nothing is written here, and no file is read.

mod act;
mod cases;
mod english;
mod everyday;
mod field;
mod glued;
mod import_type;
mod kind;
mod kinds;
mod lists;
mod mend;
mod model;
mod naming;
mod noun;
mod op;
mod paging;
mod parameters;
mod phrases;
mod properties;
mod questions;
mod records;
mod risk;
mod says;
mod security;
mod shape;
mod stamp;
mod states;
mod summaries;
mod tenants;
mod told;
mod twins;
mod typed;
mod write;
mod yaml_text;

pub use import_type::{Beside, Import, ImportOptions, Led, Trial, import, import_name};
pub use stamp::is_untouched;
