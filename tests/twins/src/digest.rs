//! What vendors sign with, as hex text.

use sha1::{Digest as _, Sha1};

/// SHA-1 of a text.
pub(crate) fn sha1(text: &str) -> String {
    hex(&Sha1::digest(text.as_bytes()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
