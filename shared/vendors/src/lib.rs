//! What hrsync knows of other people's systems: one module folder per vendor, none of which sees another.
//!
//! A vendor's folder holds its wire shapes (`model`), its client, its `operations` and, where the vendor calls us, the
//! verification of its `webhook`. Paths, headers, error bodies and limits of a vendor are written down there and nowhere
//! else. What every vendor needs is beside them: [`Operation`] (which call it is), [`Error`] (a failure named by its
//! cause), [`Http`] (the one HTTP client), [`Page`] and [`Cursor`] (lists), [`Right`] (what a credential may do), [`secret`] (webhook secrets and their
//! comparison), [`FileStream`] (a file on its way from one vendor to another), [`id`] (the forms of ids), [`lenient`] (what
//! is delivered, read leniently), [`text`] (what people typed, cleaned) and [`value`] (value types shared by flows).

mod encoding;
mod error;
mod file;
mod http;
pub mod id;
mod json;
pub mod lenient;
mod operation;
mod page;
#[cfg(test)]
mod personal;
mod right;
pub mod secret;
mod system;
pub mod text;
pub mod value;

pub mod hellohq;
pub mod heyflow;
pub mod hibob;
pub mod oneflow;
pub mod personio;
pub mod recruit;
pub mod scim;
pub mod teamtailor;

pub use error::{Error, Kind, Meaning, Reason};
pub use file::FileStream;
pub use http::Http;
pub use id::NotAnId;
pub use operation::Operation;
pub use page::{Cursor, Page, UnreadableItem};
pub use right::Right;
pub use system::{System, systems};
