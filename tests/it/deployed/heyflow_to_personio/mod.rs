//! heyflow-to-personio in the deployed stack.

pub(super) mod door;
pub(super) mod tenants;
