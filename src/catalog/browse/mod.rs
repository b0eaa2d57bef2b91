//! The catalog for people: finding operations, showing one, starting a new one, and what is suspicious about the whole.

mod alike;
mod curl;
mod events;
mod labels;
mod lint;
mod list;
mod params_table;
mod show;
mod skeleton;
#[cfg(test)]
mod tests;
mod twins;

pub use events::events;
pub use lint::{declared_at, lint};
pub use list::list;
pub use show::show;
pub use skeleton::{Skeleton, skeleton};
pub use twins::{Twins, twins};
