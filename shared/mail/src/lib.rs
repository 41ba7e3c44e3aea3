//! A report for a connection's owner: rendered from the template files of `templates/` as text and HTML, sent through
//! SES. The only crate that sends through it.
//!
//! A report holds ids, codes and fixed words. No name, address or answer of a record goes into a mail.

mod digest;
mod marked;
mod message;
mod render;
mod report;
mod send;
#[cfg(test)]
mod tests;

pub use digest::{Digest, Listed};
pub use render::{BadTemplate, Mail};
pub use report::{About, Kind, Link, Record, Report};
pub use send::{Mailer, NotSent};
