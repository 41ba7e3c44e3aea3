//! The two forms of ids that several vendors have: numbers, and texts whose form is not documented.

/// The longest text that is taken for an id.
pub(crate) const LONGEST: usize = 64;

/// The text is not the id of a thing that the vendor numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a positive whole number")]
pub struct NotANumberId;

/// The text is no id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id, which is 1 to {LONGEST} letters, digits, \"-\", \"_\" and \".\"")]
pub struct NotAnId;

/// Whether a text is made of letters, digits, `-`, `_` and `.` only, so that it can name no other path. A path may not end
/// in `.` or `..`: they lead elsewhere.
pub(crate) fn is_id(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    (1..=LONGEST).contains(&text.len()) && text.bytes().all(is_plain) && ![".", ".."].contains(&text)
}

/// A positive whole number that the vendor gave.
macro_rules! number_id {
    ($(#[$doc:meta])* $name:ident, $number:ty) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name($number);

        impl std::str::FromStr for $name {
            type Err = $crate::id::NotANumberId;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text.trim().parse() {
                    Ok(id) if id > 0 => Ok(Self(id)),
                    _ => Err($crate::id::NotANumberId),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

/// An id that is a text of letters, digits, `-`, `_` and `.`, so that it can name no other path.
macro_rules! opaque_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(into = "String", try_from = "String")]
        pub struct $name(String);

        impl $name {
            /// The id as it is sent.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::id::NotAnId;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let text = text.trim();
                if $crate::id::is_id(text) { Ok(Self(text.to_owned())) } else { Err($crate::id::NotAnId) }
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::id::NotAnId;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

pub(crate) use {number_id, opaque_id};

#[cfg(test)]
mod tests {
    use super::*;

    opaque_id! {
        /// An id.
        Id
    }

    #[test]
    fn an_id_is_kept_as_it_is_and_names_no_other_path() {
        let id: Id = " 3A.93C ".parse().unwrap();
        assert_eq!((id.to_string().as_str(), id.as_str()), ("3A.93C", "3A.93C"));
        assert_eq!(serde_json::to_string(&id).unwrap(), r#""3A.93C""#);
        assert!("6e0f3c0e-5b39-4b8a-9a34-0e6a7e6f52b1".parse::<Id>().is_ok());
        for bad in ["", " ", ".", "..", "1/2", "1?x", "ä", &"1".repeat(65)] {
            assert_eq!(bad.parse::<Id>(), Err(NotAnId), "{bad:?}");
            assert!(serde_json::from_str::<Id>(&format!("{bad:?}")).is_err());
        }
    }
}
