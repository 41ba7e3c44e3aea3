//! The parts of `[application]`, read from TOML with every fault.

pub(super) mod attributes;
pub(super) mod fields;
pub(super) mod files;
pub(super) mod names;
pub(super) mod phase;
pub(super) mod tags;
