//! `hrsync preview`: what would be done if everything were brought in line now, one object explained, or a saved delivery
//! read; and what another file would do differently. Cannot write anywhere.

mod args;
mod bodies;
mod compared;
mod place;
mod previewed;
mod record;
mod shown;
mod verb;

pub(crate) use args::Args;
pub(crate) use verb::run;
