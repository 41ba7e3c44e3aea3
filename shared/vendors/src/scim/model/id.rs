//! What a user is known by: the system's own id, our id in it, and the name of their login.
//!
//! Some systems make one of these of another, or of an address, so none of them shows in `Debug`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A text that is kept as it was given, blanks included. Not personal by nature, but it may hold an address.
macro_rules! kept_text {
    ($(#[$doc:meta])* $name:ident, $is_good:path) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(into = "String", try_from = "String")]
        pub struct $name(String);

        impl $name {
            /// The text: for the system, the ledger and whoever may see the user, never for a log line.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = Unusable;

            fn from_str(text: &str) -> Result<Self, Unusable> {
                text.to_owned().try_into()
            }
        }

        impl TryFrom<String> for $name {
            type Error = Unusable;

            fn try_from(text: String) -> Result<Self, Unusable> {
                if $is_good(&text) { Ok(Self(text)) } else { Err(Unusable) }
            }
        }

        impl From<$name> for String {
            fn from(kept: $name) -> Self {
                kept.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(personal)"))
            }
        }
    };
}

kept_text! {
    /// The system's id of a user: opaque, compared exactly (RFC 7643, 3.1).
    UserId, is_id
}
kept_text! {
    /// Our id of a user in the system: set by whoever provisions, compared exactly (RFC 7643, 3.1).
    ExternalId, is_given
}
kept_text! {
    /// The name of a user's login, often an address: unique in the system, whatever its case (RFC 7643, 4.1.1).
    UserName, is_given
}

/// The text is blank, or an id that no address can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("blank, or an id that no address can hold")]
pub struct Unusable;

impl UserName {
    /// Whether both are the same login: case does not count.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.0.to_lowercase() == other.0.to_lowercase()
    }

    /// The name in lower case, in which some systems keep it and alone find it.
    #[must_use]
    pub fn lower_case(&self) -> Self {
        Self(self.0.to_lowercase())
    }
}

fn is_given(text: &str) -> bool {
    !text.trim().is_empty()
}

/// A path may not end in `.` or `..`, even where they are encoded: they lead elsewhere.
fn is_id(text: &str) -> bool {
    is_given(text) && ![".", ".."].contains(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_kept_as_they_are() {
        let id: UserId = " 2819c223/Ä?#% ".parse().unwrap();
        assert_eq!(id.as_str(), " 2819c223/Ä?#% ");
        assert_eq!(serde_json::to_string(&id).unwrap(), r#"" 2819c223/Ä?#% ""#);
        for bad in ["", "  ", ".", ".."] {
            assert_eq!(bad.parse::<UserId>(), Err(Unusable), "{bad:?}");
            assert!(serde_json::from_str::<UserId>(&format!("{bad:?}")).is_err());
        }
        assert!("..".parse::<ExternalId>().is_ok() && " ".parse::<ExternalId>().is_err());
    }

    #[test]
    fn a_login_is_the_same_whatever_its_case() {
        let name = |text: &str| text.parse::<UserName>().unwrap();
        assert!(name("Jörg@Example.com").is_same(&name("JÖRG@example.COM")));
        assert!(!name("joerg@example.com").is_same(&name("jörg@example.com")));
        assert_eq!(name("Dora@Example.com").lower_case(), name("dora@example.com"));
        assert_ne!(name("Dora@Example.com"), name("dora@example.com"));
    }
}
