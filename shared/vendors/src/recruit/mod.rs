//! Recruit (Spark Hire Recruit, formerly Comeet), a system for hiring: positions and openings are made in it. [`client`] is
//! what every call shares; the calls are functions over it ([`positions`], [`openings`]). What its public reference does not
//! describe is done in ways that the settings name ([`way`]). [`careers`] reads the public careers feed. Source of its rules:
//! the vendor's reference at developers.comeet.com, summed up in this folder's README.

pub mod account;
pub mod careers;
pub mod client;
pub mod model;
pub mod openings;
pub mod operations;
pub mod outcome;
pub mod positions;
mod reading;
mod refusal;
pub mod rights;
#[cfg(test)]
mod tests;
mod token;
pub mod way;

pub use token::Tokens;
