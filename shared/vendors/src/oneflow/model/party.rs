//! Who takes part in a contract.

use jiff::Timestamp;

use super::id::{ParticipantId, PartyId};
use crate::value::{Email, Personal};

/// A party: a company with participants, or one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// Its id.
    pub id: PartyId,
    /// Whether it is the account's own.
    pub is_ours: bool,
    /// Its people.
    pub participants: Vec<Participant>,
}

/// A person of a party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participant {
    /// Their id in this contract.
    pub id: ParticipantId,
    /// Their name.
    pub name: Option<Personal<String>>,
    /// Their address, where it is one.
    pub email: Option<Email>,
    /// Their telephone number.
    pub phone: Option<Personal<String>>,
    /// Whether they are to sign. `None`: not told.
    pub is_signatory: Option<bool>,
    /// Whether the invitation reached them.
    pub delivery: Option<DeliveryStatus>,
    /// Whether they signed.
    pub sign_state: Option<SignState>,
    /// Since when.
    pub sign_state_updated: Option<Timestamp>,
    /// When they first opened the contract. `None`: not yet, or not told.
    pub first_visit: Option<Timestamp>,
}

/// Whether an invitation reached a participant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeliveryStatus {
    /// Not sent.
    NotSent,
    /// On its way.
    Pending,
    /// It could not be sent.
    Failure,
    /// It came back.
    Bounce,
    /// Delivered.
    Success,
    /// Delivered and opened.
    Opened,
    /// A status that is not known here: at most 40 plain characters of its name.
    Other(String),
}

/// Whether a participant signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignState {
    /// Not yet.
    Undecided,
    /// Yes.
    Signed,
    /// They declined.
    Declined,
    /// A state that is not known here: at most 40 plain characters of its name.
    Other(String),
}
