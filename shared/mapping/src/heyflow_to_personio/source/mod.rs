//! Where a value comes from: read from the table of a target, then found in a response.

mod on_unusable;
mod origin;
mod read;
mod translation;
mod value_source;

pub(crate) use on_unusable::OnUnusable;
pub(crate) use read::read;
pub(crate) use value_source::{SourceText, ValueSource};
