//! A report for a connection's owner: rendered from the template files of `templates/`, sent through SES. The only
//! crate that names SES.
//!
//! A report holds ids, codes and fixed words. No name, address or answer of a record goes into a mail.

mod report;
mod send;

pub use report::{BadTemplate, Kind, Mail, Record, Report};
pub use send::{Mailer, NotSent};
