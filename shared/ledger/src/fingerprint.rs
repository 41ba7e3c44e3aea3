//! A hash that tells two versions of an object apart.

use std::fmt;
use std::num::ParseIntError;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The first eight bytes of a SHA-256. Shown as 16 hex digits, stored as a number.
///
/// Fingerprints are kept in links for as long as the links: what a flow hashes must stay as it is, or every object would
/// look edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// The fingerprint of all that decides what the target should hold, spelled as one text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let hash = Sha256::digest(text);
        Self(hash.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl FromStr for Fingerprint {
    type Err = ParseIntError;

    fn from_str(text: &str) -> Result<Self, ParseIntError> {
        u64::from_str_radix(text, 16).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_stays_what_it_is() {
        let of = Fingerprint::of("version 1");
        assert_eq!(of.to_string(), "b19f8edae2ee6c22");
        assert_eq!(of.to_string().parse(), Ok(of));
        assert_ne!(of, Fingerprint::of("version 2"));
    }
}
