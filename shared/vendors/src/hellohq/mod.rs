//! helloHQ ("HQ"), an agency software: absences are entered in it (API v2). Source of its rules: the vendor's guide and
//! OpenAPI document at developer.hellohq.io, summed up in this folder's README.

pub mod client;
pub mod model;
pub mod operations;
mod read;
mod refusal;
pub mod rights;
