//! Personio, an HR system. Recruiting API v1: job applications are created in it ([`recruiting`], [`model`]). HR API v2:
//! absences, their types and persons are read from it ([`hr`], [`absences`], [`persons`]), it tells of changes through
//! webhooks ([`webhook`]), and these are managed ([`webhooks`]) and registered ([`registration`]). Source of its rules: the
//! vendor's reference at developer.personio.de, summed up in this folder's README.

pub mod absences;
mod account;
mod app_id;
pub mod hr;
mod json;
pub mod model;
pub mod operations;
mod pages;
pub mod persons;
mod problem;
mod reading;
pub mod recruiting;
mod refusal;
pub mod registration;
#[cfg(test)]
mod tests;
mod token;
pub mod webhook;
pub mod webhooks;
