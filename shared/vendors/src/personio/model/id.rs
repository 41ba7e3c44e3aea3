//! Ids of the HR API v2. Absences and their types have UUIDs, persons have the number that v1 calls the employee's id
//! and that v2 sends as a text of digits.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// An id that Personio gives as a UUID.
macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// The id that is this UUID.
            #[must_use]
            pub const fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The id as the UUID that it is.
            #[must_use]
            pub const fn as_uuid(&self) -> Uuid {
                self.0
            }
        }

        impl FromStr for $name {
            type Err = NotAUuid;

            fn from_str(text: &str) -> Result<Self, NotAUuid> {
                Uuid::try_parse(text.trim()).map(Self).map_err(|_| NotAUuid)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

uuid_id! {
    /// An absence period: the id in webhooks and in the absence endpoints of v2.
    AbsenceId
}
uuid_id! {
    /// A type of absence of the company's settings.
    AbsenceTypeId
}

/// The text is not the id of a thing that Personio gives a UUID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a UUID")]
pub struct NotAUuid;

/// A person: a positive whole number, a text of digits on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct PersonId(u64);

/// The text is not the id of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a person's id, which is a positive whole number")]
pub struct NotAPersonId;

impl FromStr for PersonId {
    type Err = NotAPersonId;

    fn from_str(text: &str) -> Result<Self, NotAPersonId> {
        let digits = text.trim();
        // the number's own parser would take a sign as well
        let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
        let number = digits.parse().ok().filter(|number| plain && *number > 0);
        number.map(Self).ok_or(NotAPersonId)
    }
}

impl TryFrom<String> for PersonId {
    type Error = NotAPersonId;

    fn try_from(text: String) -> Result<Self, NotAPersonId> {
        text.parse()
    }
}

impl From<PersonId> for String {
    fn from(id: PersonId) -> Self {
        id.to_string()
    }
}

impl fmt::Display for PersonId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_a_text_of_digits_on_the_wire() {
        let person: PersonId = serde_json::from_str(r#""3003""#).unwrap();
        assert_eq!(person, " 3003 ".parse().unwrap());
        assert_eq!(serde_json::to_string(&person).unwrap(), r#""3003""#);
        for bad in ["", "0", "-3", "+3", "3003.0", "x", "99999999999999999999"] {
            assert_eq!(bad.parse::<PersonId>(), Err(NotAPersonId), "{bad:?}");
        }
        assert!(serde_json::from_str::<PersonId>(r#""x""#).is_err());
    }

    #[test]
    fn an_absence_is_a_uuid_in_one_spelling() {
        let id: AbsenceId = " 1D8E3F7A-0000-4000-8000-000000000001 ".parse().unwrap();
        assert_eq!(id.to_string(), "1d8e3f7a-0000-4000-8000-000000000001");
        assert_eq!(serde_json::to_string(&id).unwrap(), r#""1d8e3f7a-0000-4000-8000-000000000001""#);
        assert_eq!(AbsenceId::from_uuid(id.as_uuid()), id);
        assert_eq!("12345".parse::<AbsenceTypeId>(), Err(NotAUuid));
    }
}
