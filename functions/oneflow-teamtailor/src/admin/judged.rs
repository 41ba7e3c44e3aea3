//! What a preview finds out of one candidate.

use admin::ChangeKind;
use jiff::Timestamp;
use ledger::Subject;
use vendors::oneflow::model::ContractId;
use vendors::value::Personal;

use crate::blocker::Blocker;
use crate::order::Order;

/// What lists say of a candidate.
#[derive(Debug, Default)]
pub(super) struct Asked {
    /// What asks for contracts.
    pub(super) orders: Vec<Order>,
    /// Contracts, each with the time when it came into its state.
    pub(super) contracts: Vec<(ContractId, Option<Timestamp>)>,
}

/// One thing that would be done, or be in the way.
#[derive(Debug)]
pub(super) struct Judged {
    pub(super) kind: ChangeKind,
    pub(super) what: String,
    /// What the fields hold that `what` names.
    pub(super) value: Option<Personal<String>>,
    /// What counts against the day's new contracts.
    pub(super) takes: Option<Subject>,
}

impl Judged {
    pub(super) fn new(kind: ChangeKind, what: String) -> Self {
        Self { kind, what, value: None, takes: None }
    }

    /// The same with what the fields hold, `field: value`, each once.
    pub(super) fn with_values(self, values: impl Iterator<Item = (String, String)>) -> Self {
        let values: Vec<String> = values.map(|(field, value)| format!("{field}: {value}")).collect();
        Self { value: (!values.is_empty()).then(|| Personal::new(values.join(", "))), ..self }
    }

    pub(super) fn blocked(blocker: &Blocker) -> Self {
        Self::new(ChangeKind::Refused, blocker.notice.reasons.join("; "))
    }
}
