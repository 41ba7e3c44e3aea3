//! HiBob, an HR system: its workforce planning is read. [`client`] is what every call shares; the calls are functions over
//! it ([`positions`], [`openings`], [`fields`], [`people`]). It tells of changes through webhooks ([`webhook`]). Nothing is
//! written. Source of its rules: the vendor's reference at apidocs.hibob.com, summed up in this folder's README.

pub mod account;
pub mod client;
pub mod fields;
pub mod model;
pub mod openings;
pub mod operations;
pub mod people;
pub mod positions;
mod reading;
mod refusal;
pub mod rights;
#[cfg(test)]
mod tests;
pub mod webhook;
