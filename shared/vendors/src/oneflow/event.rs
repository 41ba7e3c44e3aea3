//! What can happen to a contract, as webhooks name it (developer.oneflow.com/docs/webhook-type). The list is open-ended.

use std::fmt;

use crate::json::plain;

/// A type of event. `Display` is the vendor's name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventType {
    /// The contract was made.
    ContractCreate,
    /// It was sent to its parties.
    ContractPublish,
    /// Its content was changed after it had been sent.
    ContractContentUpdate,
    /// All have signed.
    ContractSign,
    /// Somebody declined.
    ContractDecline,
    /// It was deleted.
    ContractDelete,
    /// Signatures were taken back.
    ContractSignatureReset,
    /// The time for signing is over.
    SigningPeriodExpire,
    /// There is time for signing again.
    SigningPeriodRevive,
    /// It was cancelled, ended, or began a period: at most 40 plain characters of what follows `contract:lifecycle_state:`.
    Lifecycle(String),
    /// A participant opened the contract for the first time.
    ParticipantFirstVisit,
    /// One participant signed.
    ParticipantSign,
    /// One participant declined.
    ParticipantDecline,
    /// The invitation could not be delivered.
    ParticipantDeliveryFailure,
    /// Anything else of a participant: at most 40 plain characters of the name.
    Participant(String),
    /// The value of a data field changed.
    DataFieldUpdate,
    /// Anything else: at most 40 plain characters of the name. To be accepted and passed over.
    Other(String),
}

impl EventType {
    /// The type that a delivery names.
    pub(super) fn of(name: &str) -> Self {
        match name {
            "contract:create" => Self::ContractCreate,
            "contract:publish" => Self::ContractPublish,
            "contract:content_update" => Self::ContractContentUpdate,
            "contract:sign" => Self::ContractSign,
            "contract:decline" => Self::ContractDecline,
            "contract:delete" => Self::ContractDelete,
            "contract:signature_reset" => Self::ContractSignatureReset,
            "contract:signing_period_expire" => Self::SigningPeriodExpire,
            "contract:signing_period_revive" => Self::SigningPeriodRevive,
            "participant:first_visit" => Self::ParticipantFirstVisit,
            "participant:sign" => Self::ParticipantSign,
            "participant:decline" => Self::ParticipantDecline,
            "participant:delivery_failure" => Self::ParticipantDeliveryFailure,
            "data_field:update" => Self::DataFieldUpdate,
            _ => Self::of_many(name),
        }
    }

    fn of_many(name: &str) -> Self {
        if let Some(change) = name.strip_prefix("contract:lifecycle_state:") {
            return Self::Lifecycle(plain(change));
        }
        match name.strip_prefix("participant:") {
            Some(change) => Self::Participant(plain(change)),
            None => Self::Other(plain(&name.replace(':', "."))),
        }
    }
}

impl fmt::Display for EventType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ContractCreate => "contract:create",
            Self::ContractPublish => "contract:publish",
            Self::ContractContentUpdate => "contract:content_update",
            Self::ContractSign => "contract:sign",
            Self::ContractDecline => "contract:decline",
            Self::ContractDelete => "contract:delete",
            Self::ContractSignatureReset => "contract:signature_reset",
            Self::SigningPeriodExpire => "contract:signing_period_expire",
            Self::SigningPeriodRevive => "contract:signing_period_revive",
            Self::Lifecycle(change) => return write!(f, "contract:lifecycle_state:{change}"),
            Self::ParticipantFirstVisit => "participant:first_visit",
            Self::ParticipantSign => "participant:sign",
            Self::ParticipantDecline => "participant:decline",
            Self::ParticipantDeliveryFailure => "participant:delivery_failure",
            Self::Participant(change) => return write!(f, "participant:{change}"),
            Self::DataFieldUpdate => "data_field:update",
            Self::Other(name) => name,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_kept() {
        for name in [
            "contract:create",
            "contract:publish",
            "contract:content_update",
            "contract:sign",
            "contract:decline",
            "contract:delete",
            "contract:signature_reset",
            "contract:signing_period_expire",
            "contract:signing_period_revive",
            "contract:lifecycle_state:cancel",
            "participant:first_visit",
            "participant:sign",
            "participant:decline",
            "participant:delivery_failure",
            "participant:update",
            "data_field:update",
        ] {
            let read = EventType::of(name);
            assert_eq!(read.to_string(), name);
            assert!(!matches!(read, EventType::Other(_)), "{name}");
        }
        assert_eq!(EventType::of("product:create"), EventType::Other("product.create".to_owned()));
    }
}
