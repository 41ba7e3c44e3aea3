//! Oneflow, where contracts are written and signed: contracts are read, created from templates, published and their data
//! fields filled; the signed PDF is fetched; its webhook wakes us. [`client`] is what every call shares; the calls are
//! functions over it. Source of its rules: developer.oneflow.com and the vendor's own connector, summed up in this folder's
//! README.

pub mod account;
pub mod client;
pub mod contracts;
pub mod data_fields;
pub mod drafts;
pub mod event;
pub mod files;
pub mod model;
pub mod operations;
mod paging;
pub mod ping;
mod reading;
mod refusal;
pub mod rights;
pub mod template_types;
pub mod templates;
#[cfg(test)]
mod tests;
pub mod users;
pub mod webhook;
pub mod workspaces;
