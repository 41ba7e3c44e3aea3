//! Who may call: a bearer token or a name and a password, as long as they live.

use axum::http::{HeaderMap, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;

use super::account::Account;
use super::problem::Problem;

/// Refuses whoever has neither login of the account.
pub(super) fn check(account: &Account, headers: &HeaderMap, now: Timestamp) -> Result<(), Problem> {
    let authorization = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (scheme, secret) = authorization.split_once(' ').unwrap_or_default();
    let known = match scheme.to_lowercase().as_str() {
        "bearer" => !secret.is_empty() && secret == account.token,
        "basic" => account.basic.as_ref().is_some_and(|basic| {
            let written = STANDARD.encode(format!("{}:{}", basic.user, basic.password));
            !basic.password.is_empty() && secret == written
        }),
        _ => false,
    };
    match (known, account.expires_at) {
        (false, _) => Err(Problem::login("The login is not known.")),
        (true, Some(end)) if now >= end => Err(Problem::login("The login has expired.")),
        (true, _) => Ok(()),
    }
}
