//! `Plan` → [`ValidRequest`]: fills the templates and checks every value before anything is sent. Pure: no clock, no
//! network, no files.

mod accounts;
mod body;
mod compose;
mod curl;
mod date;
mod draft;
mod file;
mod given;
mod header;
mod limits;
mod nest;
mod parts;
mod path;
mod phone;
mod problem;
mod query;
mod said;
mod shapes;
mod valid_request;
mod wire;

pub use body::{Body, Part};
pub use compose::{draft, validate};
pub use curl::{curl_line, curl_line_to};
pub use draft::{CredentialPlace, Draft};
pub use file::File;
pub use phone::e164;
pub use problem::Problem;
pub use valid_request::ValidRequest;
