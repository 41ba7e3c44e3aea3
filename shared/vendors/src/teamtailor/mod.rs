//! Teamtailor, an applicant tracking system: candidates with their custom fields, applications and their stages are read;
//! values of custom fields, files and notes are written; its company webhooks wake us. [`client`] is what every call shares;
//! the calls are functions over it. Source of its rules: the vendor's published API documents and what others met, summed up
//! in this folder's README.

pub mod account;
pub mod applications;
pub mod candidates;
pub mod client;
pub mod company;
pub mod custom_fields;
mod document;
pub mod field_values;
pub mod jobs;
pub mod model;
pub mod notes;
pub mod operations;
mod paging;
mod reading;
mod refusal;
pub mod rights;
#[cfg(test)]
mod tests;
pub mod uploads;
pub mod users;
pub mod webhook;
