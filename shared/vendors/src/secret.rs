//! Webhook secrets: several at a time, so that a rotation drops nothing, each with an end, so that a leaked one can be
//! ended at once. Compared in constant time.

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use subtle::{Choice, ConstantTimeEq};

/// One secret that a vendor may present, until it ends.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WebhookSecret {
    value: SecretString,
    #[serde(default)]
    not_after: Option<Timestamp>,
}

impl WebhookSecret {
    /// The shortest secret of ours that counts, in bytes. A shorter (or empty) one in the settings matches nothing. A
    /// secret that a vendor makes up may be as short as the vendor likes.
    pub const SHORTEST: usize = 16;

    /// A secret that ends at `not_after`, or never.
    #[must_use]
    pub fn new(value: SecretString, not_after: Option<Timestamp>) -> Self {
        Self { value, not_after }
    }

    fn counts(&self, shortest: usize, now: Timestamp) -> bool {
        self.value.expose_secret().len() >= shortest && self.not_after.is_none_or(|end| now < end)
    }
}

/// Whether `presented` is one of the secrets that count at `now`. Looks at all of them, whichever matches.
#[must_use]
pub fn any_matches(secrets: &[WebhookSecret], presented: &[u8], now: Timestamp) -> bool {
    // digests, so that neither the length nor the place of the first difference shows in the time taken
    let presented = Sha256::digest(presented);
    one_fits(secrets, WebhookSecret::SHORTEST, now, |own| Sha256::digest(own).as_slice().ct_eq(presented.as_slice()))
}

/// Whether one of the vendor's own secrets that count at `now` fits, which `fits` judges of a secret's bytes in constant
/// time. The vendor decides how long they are; an empty one fits nothing. Looks at all of them, whichever fits.
pub(crate) fn any_of_vendor_fits(secrets: &[WebhookSecret], now: Timestamp, fits: impl Fn(&[u8]) -> Choice) -> bool {
    one_fits(secrets, 1, now, fits)
}

fn one_fits(secrets: &[WebhookSecret], shortest: usize, now: Timestamp, fits: impl Fn(&[u8]) -> Choice) -> bool {
    let counting = secrets.iter().filter(|secret| secret.counts(shortest, now));
    counting.fold(Choice::from(0), |found, secret| found | fits(secret.value.expose_secret().as_bytes())).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(value: &str, not_after: Option<&str>) -> WebhookSecret {
        WebhookSecret::new(value.into(), not_after.map(|end| end.parse().unwrap()))
    }

    fn now() -> Timestamp {
        "2026-03-01T10:00:00Z".parse().unwrap()
    }

    #[test]
    fn the_old_secret_counts_beside_the_new_one_until_its_end() {
        let rotating =
            [secret("the-new-secret-value", None), secret("the-old-secret-value", Some("2026-03-01T10:00:01Z"))];
        assert!(any_matches(&rotating, b"the-new-secret-value", now()));
        assert!(any_matches(&rotating, b"the-old-secret-value", now()));

        let rotated =
            [secret("the-new-secret-value", None), secret("the-old-secret-value", Some("2026-03-01T10:00:00Z"))];
        assert!(!any_matches(&rotated, b"the-old-secret-value", now()));
    }

    #[test]
    fn nothing_near_a_secret_matches() {
        let secrets = [secret("the-only-secret-value", None)];
        for wrong in ["", "the-only-secret-valu", "the-only-secret-value ", "THE-ONLY-SECRET-VALUE"] {
            assert!(!any_matches(&secrets, wrong.as_bytes(), now()), "{wrong:?}");
        }
    }

    #[test]
    fn an_empty_or_short_secret_in_the_settings_matches_nothing() {
        assert!(!any_matches(&[secret("", None)], b"", now()));
        assert!(!any_matches(&[secret("short", None)], b"short", now()));
        assert!(!any_matches(&[], b"", now()));
    }

    #[test]
    fn what_a_vendors_secret_that_counts_signs_is_known() {
        let secrets = [secret("short", None), secret("", None), secret("old", Some("2026-03-01T10:00:00Z"))];
        let presents = |presented: &str| {
            let signed = |key: &[u8]| format!("signed by {}", String::from_utf8_lossy(key));
            any_of_vendor_fits(&secrets, now(), |key| signed(key).as_bytes().ct_eq(presented.as_bytes()))
        };
        assert!(presents("signed by short"));
        for wrong in ["signed by old", "signed by ", "", "signed by short "] {
            assert!(!presents(wrong), "{wrong:?}");
        }
    }
}
