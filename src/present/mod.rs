//! [`Answer`](crate::execute::Answer) → text: for people, or as JSON, JSON lines, CSV and YAML for programs.
//!
//! Pure: it returns what goes to standard output and what goes to standard error; whoever called writes them. Colours
//! are always in the text for people and are taken out by the stream when nobody can see them.

mod cell;
mod clean;
mod csv;
mod data;
mod everywhere;
mod figures;
mod look;
mod palette;
mod people;
mod pick;
mod printed;
mod render;
mod stream;
mod table;

pub use clean::{clean, clean_lines};
pub use figures::{counted, grouped, span};
pub use look::{Form, Look};
pub use palette::{BAD, DIM, GOOD, STRONG, painted};
pub use printed::Printed;
pub use render::render;
pub use stream::Stream;
