//! The two forms of ids that several vendors have: numbers, and texts whose form is not documented.

/// The longest text that is taken for an id.
pub(crate) const LONGEST: usize = 64;

/// The text is not the id of a thing that the vendor numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a positive whole number")]
pub struct NotANumberId;

/// The text is no id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id, which is 1 to {LONGEST} letters, digits, \"-\" and \"_\"")]
pub struct NotAnId;

/// Whether a text is made of letters, digits, `-` and `_` only, so that it can name no other path.
pub(crate) fn is_id(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    (1..=LONGEST).contains(&text.len()) && text.bytes().all(is_plain)
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

/// An id that is a text of letters, digits, `-` and `_`.
macro_rules! opaque_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(into = "String", try_from = "String")]
        pub struct $name(String);

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
