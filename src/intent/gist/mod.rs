//! What a line is about by its words alone: for a service that is spoken of by name and of which little more is known than
//! what its API description says. Where the grammar of a line says nothing, the operation is found whose title, path, nouns
//! and fields hold most of what was said. What only reads is then shown; what changes anything is asked about.

mod asked;
mod gist_type;
mod stems;
mod told;

pub(super) use gist_type::Gists;
