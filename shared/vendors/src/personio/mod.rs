//! Personio, an HR system. Recruiting API v1: job applications are created in it ([`recruiting`], [`model`]). HR API
//! v2: absences and their types, persons, employments and the names that these give by id are read from it ([`hr`],
//! [`absences`], [`persons`], [`employments`], [`organization`]), it tells of changes through webhooks ([`webhook`],
//! [`people_webhook`]), and these are managed ([`webhooks`], [`webhook_log`]) and registered ([`registration`]). Source
//! of its rules: the vendor's reference at developer.personio.de, summed up in this folder's README.

pub mod absences;
mod account;
mod app_id;
mod employment_reading;
pub mod employments;
pub mod hr;
mod json;
pub mod model;
pub mod operations;
pub mod organization;
mod pages;
pub mod people_webhook;
mod person_reading;
pub mod persons;
mod problem;
mod reading;
pub mod recruiting;
mod refusal;
pub mod registration;
pub mod rights;
#[cfg(test)]
mod tests;
mod token;
pub mod webhook;
pub mod webhook_log;
pub mod webhooks;

pub use pages::Listing;
