//! What vendors sign with, as hex text.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::{Digest as _, Sha1};
use sha2::Sha256;

/// SHA-1 of a text.
pub(crate) fn sha1(text: &str) -> String {
    hex(&Sha1::digest(text.as_bytes()))
}

/// HMAC with SHA-256.
pub(crate) fn hmac_sha256(key: &str, text: &str) -> String {
    #[expect(clippy::expect_used, reason = "an HMAC takes a key of any length")]
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).expect("any key fits");
    mac.update(text.as_bytes());
    hex(&mac.finalize().into_bytes())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
