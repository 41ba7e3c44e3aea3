//! What hrsync knows of other people's systems: one module folder per vendor, none of which sees another.
//!
//! A vendor's folder holds its wire shapes (`model`), its client and, where the vendor calls us, its `webhook` door.
//! Paths, headers, error bodies and limits of a vendor are written down there and nowhere else. What every vendor
//! needs is beside them: [`Error`] (a failure named by its cause), [`Http`] (the one HTTP client), [`secret`]
//! (webhook secrets and their comparison) and [`value`] (value types shared by flows).

mod error;
mod http;
pub mod secret;
pub mod value;

pub mod hellohq;
pub mod heyflow;
pub mod personio;

pub use error::{Error, Kind, Meaning, Reason};
pub use http::Http;
