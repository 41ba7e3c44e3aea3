//! Links that were good for a while.
//!
//! Source: what Amazon S3 ("Request has expired"), Google Cloud Storage ("ExpiredToken") and Azure Storage ("Signature not
//! valid in the specified time frame") answer to a signed link after its time, and the parameters that such links have.

use reqwest::Response;
use url::Url;

use super::error::FetchErrorKind;

/// As much of an answer as is read for its reason.
const LONGEST: usize = 4096;

const WORDS: &[&str] = &["expired", "not valid in the specified time frame"];

/// Parameters of signed links: the signature, and the end of its time.
const SIGNATURES: &[&str] = &["x-amz-signature", "x-goog-signature", "signature", "sig"];
const ENDS: &[&str] = &["x-amz-expires", "x-goog-expires", "expires", "se"];

/// The kind of a refusal, or [`FetchErrorKind::Expired`] where the link was good for a time only and that is over.
pub(super) async fn or(kind: FetchErrorKind, url: &Url, response: Response) -> FetchErrorKind {
    let may_be = matches!(kind, FetchErrorKind::Status(400 | 401 | 403));
    if may_be && (is_signed(url) || says_so(response).await) { FetchErrorKind::Expired } else { kind }
}

fn is_signed(url: &Url) -> bool {
    let has = |names: &[&str]| url.query_pairs().any(|(name, _)| names.contains(&name.to_ascii_lowercase().as_str()));
    has(SIGNATURES) && has(ENDS)
}

async fn says_so(mut response: Response) -> bool {
    let mut body = Vec::new();
    while body.len() < LONGEST
        && let Ok(Some(chunk)) = response.chunk().await
    {
        body.extend_from_slice(&chunk);
    }
    let said = String::from_utf8_lossy(&body).to_lowercase();
    WORDS.iter().any(|word| said.contains(word))
}
