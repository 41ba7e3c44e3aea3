//! SCIM 2.0, the standard by which systems let their users be managed from outside. People are looked up, created, changed,
//! deactivated and removed in whatever system speaks it. [`client`] is what every call shares; the calls are functions over
//! it ([`users`], [`lookup`], [`list`], [`provider`]); [`patch`] makes what a change sends, purely. Source of
//! its rules: RFC 7643, RFC 7644 and what was observed of servers, summed up in this folder's README.

pub mod account;
pub mod client;
mod json;
pub mod list;
pub mod lookup;
pub mod model;
pub mod operations;
pub mod patch;
pub mod provider;
mod reading;
mod refusal;
mod resource;
pub mod rights;
#[cfg(test)]
mod tests;
pub mod users;
