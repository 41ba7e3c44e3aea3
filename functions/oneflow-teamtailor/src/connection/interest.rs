//! Which events a connection has use for.

use super::contract_rules::ContractRules;
use super::directions::Directions;
use super::start_rules::StartRules;

/// Which events of candidates and applications a connection has use for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interest {
    /// Edits of candidates reach contracts.
    pub follows: bool,
    /// Applications start contracts.
    pub starts: bool,
}

impl Interest {
    pub(super) fn of(directions: Directions, contracts: &ContractRules, start: Option<&StartRules>) -> Self {
        Self { follows: directions.to_oneflow && contracts.update, starts: directions.to_oneflow && start.is_some() }
    }
}
