//! Whose values count where a candidate has several contracts.

use jiff::Timestamp;
use vendors::oneflow::model::ContractId;

/// A contract whose values may count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contender {
    /// Its id.
    pub id: ContractId,
    /// Whether it is signed by all.
    pub is_signed: bool,
    /// Since when it is in its state.
    pub since: Option<Timestamp>,
}

/// The newest that is signed, else the newest. Of two that are equally new, the one with the higher id.
#[must_use]
pub fn winner(contenders: &[Contender]) -> Option<ContractId> {
    contenders
        .iter()
        .max_by_key(|contract| (contract.is_signed, contract.since, contract.id))
        .map(|contract| contract.id)
}
