//! Personio, an HR system. Recruiting API v1: job applications are created in it. Source of its rules: the vendor's
//! reference at developer.personio.de, summed up in this folder's README.

pub mod model;
pub mod recruiting;
mod refusal;
