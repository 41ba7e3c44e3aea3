//! Personio, an HR system. Recruiting API v1: job applications are created in it ([`recruiting`], [`model`]). HR API v2:
//! absences, their types and persons are read from it ([`hr`], [`model::absence`]), it tells of changes through webhooks
//! ([`webhook`]), and these are managed ([`webhooks`]). Source of its rules: the vendor's reference at
//! developer.personio.de, summed up in this folder's README.

mod absences;
pub mod hr;
pub mod model;
mod pages;
mod persons;
mod problem;
mod reading;
pub mod recruiting;
mod refusal;
#[cfg(test)]
mod tests;
mod token;
pub mod webhook;
pub mod webhooks;
