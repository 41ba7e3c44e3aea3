//! What is told of a contract, in a few words.

use std::fmt;

use vendors::oneflow::model::{Contract, ContractState, DeliveryStatus, Participant, SignState};

/// What has become of a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Not sent.
    Draft,
    /// An invitation did not arrive.
    DeliveryFailed,
    /// Sent.
    Sent,
    /// Somebody has opened it.
    Opened,
    /// Some have signed.
    SignedBy {
        /// So many.
        signed: usize,
        /// Of so many.
        of: usize,
    },
    /// All have signed.
    Signed,
    /// Somebody declined.
    Declined,
    /// The time for signing is over.
    Expired,
    /// It was cancelled after it was signed.
    Cancelled,
    /// It was deleted.
    Deleted,
    /// A state that is not known here.
    Unknown,
}

impl Status {
    /// What a contract's status is.
    #[must_use]
    pub fn of(contract: &Contract) -> Self {
        match &contract.state {
            ContractState::Draft => Self::Draft,
            ContractState::Pending => pending(contract),
            ContractState::Overdue => Self::Expired,
            ContractState::Signed if contract.is_cancelled == Some(true) => Self::Cancelled,
            ContractState::Signed => Self::Signed,
            ContractState::Declined => Self::Declined,
            ContractState::Other(_) => Self::Unknown,
        }
    }

    /// Whether the contract's values may still reach Teamtailor.
    #[must_use]
    pub fn counts(self) -> bool {
        self.is_open() || self == Self::Signed
    }

    /// Whether the contract's values may still be edited.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::DeliveryFailed | Self::Sent | Self::Opened | Self::SignedBy { .. })
    }

    /// Whether nobody has signed yet what would be changed.
    #[must_use]
    pub fn is_unsigned(self) -> bool {
        self.is_open() && !matches!(self, Self::SignedBy { .. })
    }

    /// Whether something may still become of the contract. One that has expired can be revived.
    #[must_use]
    pub fn may_change(self) -> bool {
        self.is_open() || matches!(self, Self::Expired | Self::Unknown)
    }

    /// Whether it ended without a signature of all.
    #[must_use]
    pub fn has_failed(self) -> bool {
        matches!(self, Self::DeliveryFailed | Self::Declined | Self::Expired | Self::Cancelled | Self::Deleted)
    }
}

fn pending(contract: &Contract) -> Status {
    let people: Vec<&Participant> = contract.parties.iter().flat_map(|party| &party.participants).collect();
    let has_failed =
        |person: &&Participant| matches!(person.delivery, Some(DeliveryStatus::Failure | DeliveryStatus::Bounce));
    let signatories = people.iter().filter(|person| person.is_signatory != Some(false));
    let signed = signatories.clone().filter(|person| person.sign_state == Some(SignState::Signed)).count();
    if signed > 0 {
        return Status::SignedBy { signed, of: signatories.count() };
    }
    if people.iter().copied().any(|person| has_failed(&person)) {
        return Status::DeliveryFailed;
    }
    let is_opened =
        |person: &&Participant| person.first_visit.is_some() || person.delivery == Some(DeliveryStatus::Opened);
    if contract.counterparties().any(|person| is_opened(&person)) { Status::Opened } else { Status::Sent }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Draft => "draft",
            Self::DeliveryFailed => "delivery failed",
            Self::Sent => "sent",
            Self::Opened => "opened",
            Self::SignedBy { signed, of } => return write!(f, "signed by {signed} of {of}"),
            Self::Signed => "signed",
            Self::Declined => "declined",
            Self::Expired => "expired",
            Self::Cancelled => "cancelled",
            Self::Deleted => "deleted",
            Self::Unknown => "unknown",
        })
    }
}
