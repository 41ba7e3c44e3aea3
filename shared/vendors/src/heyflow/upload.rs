//! The guarded download of a form's upload link: the one place where outsiders choose a URL that is fetched from within
//! the account.
//!
//! Guarantees: a connection is only made over https to a public address (or to a listed origin), and to exactly the
//! address that was checked: a name is resolved once, and refused whole when any of its addresses is not public. Every
//! redirect is checked like the link itself. No proxy, cookie, referrer or credential goes along. Size and time are
//! capped while the file streams in. A page in place of the file, a type that the target does not take and bytes
//! that no name explains are refused; a file goes on under the ending of its content.
//!
//! Not guaranteed: that a file is harmless to open. Names that resolve to NAT64 addresses are refused, so a subnet with
//! DNS64 switched on cannot fetch at all.
//!
//! Source: Heyflow's help page "Webhook API" (an upload is a link, readable without login only with "Public Link
//! access" switched on). The host of the links is not documented, so the default is any public address.

mod address;
mod content;
mod detect;
mod error;
mod expired;
mod fetch;
mod file;
mod guard;
mod judge;
mod known;
mod name;
mod office;
mod origin;
mod rules;
#[cfg(test)]
mod tests;

pub use error::{FetchError, FetchErrorKind, Refusal};
pub use file::Upload;
pub use guard::Guard;
pub use known::KnownFile;
pub use origin::{BadOrigin, Origin};
pub use rules::GuardRules;
