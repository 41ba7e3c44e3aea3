//! The door for Heyflow's webhook. Heyflow signs nothing (its help pages mention no signature), so the sender is known
//! by a secret in a static header that the form's owner sets; the name of the header is a setting.
//!
//! Nothing is parsed before the secret was right: only [`verify`] makes a [`Verified`], only a `Verified` can be read.

use http::{HeaderMap, HeaderName};
use jiff::Timestamp;

use super::model::{Submission, Unreadable};
use crate::secret::{self, WebhookSecret};

/// The header name that the connection file uses unless it says otherwise.
pub const DEFAULT_HEADER: HeaderName = HeaderName::from_static("x-heyflow-secret");

/// The id of the response that Heyflow's test button sends: invented fields, to be answered and not processed.
pub const TEST_RESPONSE_ID: &str = "demo-response-id";

/// A body whose sender has proved to know the secret.
#[derive(Debug)]
pub struct Verified<'a>(&'a [u8]);

/// The sender did not prove to know a secret that counts. Deliberately says no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the secret is missing, wrong or ended")]
pub struct Refused;

/// What a verified body is.
#[derive(Debug)]
pub enum Delivery {
    /// The test button was pressed.
    Test,
    /// A form response.
    Response(Submission),
}

/// Checks the secret in `header` against those that count at `now`. A header that comes twice is refused.
///
/// # Errors
/// [`Refused`].
pub fn verify<'a>(
    headers: &HeaderMap,
    body: &'a [u8],
    header: &HeaderName,
    secrets: &[WebhookSecret],
    now: Timestamp,
) -> Result<Verified<'a>, Refused> {
    let mut values = headers.get_all(header).iter();
    match (values.next(), values.next()) {
        (Some(value), None) if secret::any_matches(secrets, value.as_bytes(), now) => Ok(Verified(body)),
        _ => Err(Refused),
    }
}

impl Verified<'_> {
    /// Reads the body.
    ///
    /// # Errors
    /// [`Unreadable`] with line and column.
    pub fn read(&self) -> Result<Delivery, Unreadable> {
        let submission = Submission::read(self.0)?;
        Ok(if submission.response_id == TEST_RESPONSE_ID { Delivery::Test } else { Delivery::Response(submission) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    const TEST_BODY: &[u8] =
        br#"{"flowID":"F","id":"demo-response-id","createdAt":"2026-03-01T10:00:00Z","fields":{"Demo Field 1":"a"}}"#;

    fn check(headers: &HeaderMap) -> Result<Verified<'static>, Refused> {
        let secrets = [WebhookSecret::new("the-only-secret-value".into(), None)];
        verify(headers, TEST_BODY, &DEFAULT_HEADER, &secrets, "2026-03-01T10:00:00Z".parse().unwrap())
    }

    fn headers(values: &[&'static str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(DEFAULT_HEADER, HeaderValue::from_static(value));
        }
        headers
    }

    #[test]
    fn the_right_secret_opens_and_the_test_button_is_recognised() {
        let verified = check(&headers(&["the-only-secret-value"])).unwrap();
        assert!(matches!(verified.read(), Ok(Delivery::Test)));
    }

    #[test]
    fn a_missing_wrong_repeated_or_joined_header_is_refused() {
        let joined = "the-only-secret-value,the-only-secret-value";
        for values in [&[][..], &[""], &["wrong"], &["the-only-secret-value", "the-only-secret-value"], &[joined]] {
            assert_eq!(check(&headers(values)).unwrap_err(), Refused, "{values:?}");
        }
    }
}
