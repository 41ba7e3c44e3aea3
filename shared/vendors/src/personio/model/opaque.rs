//! Ids of the HR API v2 whose form is not documented: a number in one sample, a UUID in another. Each is kept as the
//! text that it is.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The longest id that is taken for one.
const LONGEST: usize = 64;

/// An id that is a text of letters, digits, `-` and `_`, so that it can name no other path.
macro_rules! opaque_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(into = "String", try_from = "String")]
        pub struct $name(String);

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                let text = text.trim();
                if is_id(text) { Ok(Self(text.to_owned())) } else { Err(NotAnId) }
            }
        }

        impl TryFrom<String> for $name {
            type Error = NotAnId;

            fn try_from(text: String) -> Result<Self, NotAnId> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

opaque_id! {
    /// An employment: one contract of one person.
    EmploymentId
}
opaque_id! {
    /// An office, which Personio is about to call a workplace.
    OfficeId
}
opaque_id! {
    /// A department or a team.
    OrgUnitId
}
opaque_id! {
    /// A legal entity of the company.
    LegalEntityId
}
opaque_id! {
    /// A cost center.
    CostCenterId
}

/// The text is no id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id, which is 1 to {LONGEST} letters, digits, \"-\" and \"_\"")]
pub struct NotAnId;

fn is_id(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    (1..=LONGEST).contains(&text.len()) && text.bytes().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_kept_as_it_is_and_names_no_other_path() {
        let id: EmploymentId = " 6e0f3c0e-5b39-4b8a-9a34-0e6a7e6f52b1 ".parse().unwrap();
        assert_eq!(id.to_string(), "6e0f3c0e-5b39-4b8a-9a34-0e6a7e6f52b1");
        assert_eq!(serde_json::to_string(&id).unwrap(), r#""6e0f3c0e-5b39-4b8a-9a34-0e6a7e6f52b1""#);
        assert!("501".parse::<OrgUnitId>().is_ok());
        for bad in ["", " ", "..", "1/2", "1?x", "ä", &"1".repeat(65)] {
            assert_eq!(bad.parse::<OfficeId>(), Err(NotAnId), "{bad:?}");
            assert!(serde_json::from_str::<LegalEntityId>(&format!("{bad:?}")).is_err());
        }
    }
}
