//! Holds the arrows between crates and the house rules against the real tree.
//!
//! Each rule is a pure function from a [`model::Workspace`] to offences, so `planted` can show that it bites: a rule
//! without a planted offence is not trusted. `syn` reads the code.

mod arrows;
mod errors;
mod files;
mod habits;
mod imports;
mod model;
mod modules;
mod paths;
#[cfg(test)]
mod planted;
mod read;
#[cfg(test)]
mod real_tree;
mod reconcile;
mod rules;
mod source;
mod tokens;
