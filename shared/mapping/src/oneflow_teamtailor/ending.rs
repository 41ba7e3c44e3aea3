//! Why a contract is not signed, as far as Oneflow tells: it keeps no words of whoever declined.

use std::fmt;

use vendors::oneflow::model::{Contract, ContractState, DeliveryStatus, Participant, SignState};

/// Why a contract is not signed. `Display` follows the status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// A counterparty declined.
    DeclinedByCounterparty,
    /// Our side declined.
    DeclinedByUs,
    /// The invitation came back.
    Bounced,
    /// The invitation could not be sent.
    NotSent,
}

impl Ending {
    /// The reason; `None`: the contract has not ended so, or Oneflow does not tell.
    #[must_use]
    pub fn of(contract: &Contract) -> Option<Self> {
        match contract.state {
            ContractState::Declined => declined(contract),
            ContractState::Pending => not_delivered(contract),
            _ => None,
        }
    }
}

fn declined(contract: &Contract) -> Option<Ending> {
    let has_declined = |person: &Participant| person.sign_state == Some(SignState::Declined);
    let party = contract.parties.iter().find(|party| party.participants.iter().any(has_declined))?;
    Some(if party.is_ours { Ending::DeclinedByUs } else { Ending::DeclinedByCounterparty })
}

fn not_delivered(contract: &Contract) -> Option<Ending> {
    let mut people = contract.parties.iter().flat_map(|party| &party.participants);
    people.find_map(|person| match person.delivery {
        Some(DeliveryStatus::Bounce) => Some(Ending::Bounced),
        Some(DeliveryStatus::Failure) => Some(Ending::NotSent),
        _ => None,
    })
}

impl fmt::Display for Ending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::DeclinedByCounterparty => "by the candidate",
            Self::DeclinedByUs => "by the company",
            Self::Bounced => "the invitation came back",
            Self::NotSent => "the invitation could not be sent",
        })
    }
}
