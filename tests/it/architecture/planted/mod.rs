//! One planted offence per rule, in a workspace that is sound otherwise.

mod arrows;
mod errors;
mod files;
mod habits;
mod imports;
mod reconcile;
mod sound;
