//! A contract with its fields, parties and events.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::account::Source;

/// A contract.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Contract {
    pub id: i64,
    pub name: String,
    pub workspace_id: i64,
    pub template_id: i64,
    pub template_type_id: i64,
    pub state: State,
    /// The e-mail address of the user who made it.
    pub creator: String,
    /// Whether a caller of the API made it.
    pub by_api: bool,
    pub created: Timestamp,
    pub updated: Timestamp,
    pub state_updated: Timestamp,
    pub published: Option<Timestamp>,
    pub deleted: Option<Timestamp>,
    pub data_fields: Vec<DataField>,
    pub parties: Vec<Party>,
    /// Oldest first.
    pub events: Vec<Event>,
}

impl Contract {
    /// The value of the data field with this `custom_id`.
    #[must_use]
    pub fn value(&self, custom_id: &str) -> Option<&str> {
        self.field(custom_id).map(|field| field.value.as_str())
    }

    /// The data field with this `custom_id`.
    #[must_use]
    pub fn field(&self, custom_id: &str) -> Option<&DataField> {
        self.data_fields.iter().find(|field| field.custom_id == custom_id)
    }

    /// Everybody, our own people first.
    pub fn participants(&self) -> impl Iterator<Item = &Participant> {
        self.parties.iter().flat_map(|party| &party.participants)
    }

    /// The participant with this e-mail address.
    #[must_use]
    pub fn participant(&self, email: &str) -> Option<&Participant> {
        self.participants().find(|participant| participant.is(email))
    }

    pub(super) fn participant_mut(&mut self, email: &str) -> Option<&mut Participant> {
        self.parties.iter_mut().flat_map(|party| &mut party.participants).find(|participant| participant.is(email))
    }

    /// Whether it can still be filled and signed.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.state, State::Draft | State::Pending)
    }

    pub(super) fn move_to(&mut self, state: State, now: Timestamp) {
        (self.state, self.state_updated, self.updated) = (state, now, now);
    }
}

/// How far a contract is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum State {
    Draft,
    Pending,
    Overdue,
    Signed,
    Declined,
}

/// A data field of a contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct DataField {
    /// Of this contract alone: the template type's field has another one.
    pub id: i64,
    pub custom_id: String,
    pub name: String,
    pub description: String,
    pub placeholder: String,
    pub source: Source,
    /// Empty where nothing was filled in.
    pub value: String,
    pub created: Timestamp,
    pub updated: Timestamp,
}

/// A party.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Party {
    pub id: i64,
    #[serde(rename = "type")]
    pub kind: PartyType,
    /// Whether it is the account's own.
    pub mine: bool,
    pub name: String,
    pub country_code: String,
    pub identification_number: String,
    /// Exactly one where it is an individual.
    pub participants: Vec<Participant>,
}

/// What kind of party.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum PartyType {
    Individual,
    Company,
}

/// Somebody who takes part in a contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Participant {
    pub id: i64,
    pub name: String,
    pub email: String,
    pub phone_number: String,
    pub title: String,
    pub identification_number: String,
    pub signatory: bool,
    pub organizer: bool,
    pub may_update: bool,
    pub delivery_channel: String,
    pub sign_method: String,
    pub two_step_authentication_method: String,
    pub delivery_status: DeliveryStatus,
    pub sign_state: SignState,
    pub sign_state_updated: Option<Timestamp>,
    pub visits: Vec<Timestamp>,
    pub created: Timestamp,
    pub updated: Timestamp,
}

impl Participant {
    fn is(&self, email: &str) -> bool {
        self.email.eq_ignore_ascii_case(email)
    }
}

/// What became of an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum DeliveryStatus {
    NotSent,
    Success,
    Bounce,
    Opened,
}

/// What a participant said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum SignState {
    Undecided,
    Signed,
    Declined,
}

/// Something that happened to a contract.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Event {
    pub id: i64,
    #[serde(rename = "type")]
    pub kind: String,
    pub at: Timestamp,
    /// The participant or user who did it, by e-mail address.
    pub actor: Option<String>,
    /// `{"changes": [{"attribute", "from", "to"}], "subject": {}}`
    pub data: Value,
}
