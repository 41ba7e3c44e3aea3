//! Who calls, and in which version.

use axum::http::{HeaderMap, header};

use super::account::Account;
use super::problem::Problem;

const VERSION: &str = "x-api-version";
/// Versions that are known to be in use; the last one is the current one.
const VERSIONS: [&str; 5] = ["20161108", "20210218", "20211201", "20240404", "20240904"];
const CURRENT: &str = "20240904";

/// Whether the call's key is that of the account, on the host of its region.
pub(super) fn opens(account: &Account, region: &str, headers: &HeaderMap) -> bool {
    let login = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = login.and_then(|login| login.strip_prefix("Token token="));
    account.region.segment() == region && token == Some(account.token.as_str())
}

/// The version that the caller speaks.
pub(super) fn version(headers: &HeaderMap) -> Result<&'static str, Problem> {
    let sent = headers.get(VERSION).and_then(|value| value.to_str().ok());
    VERSIONS.into_iter().find(|version| sent == Some(version)).ok_or_else(|| Problem::version(CURRENT))
}
