//! The call that reads what a server says of itself (RFC 7644, 4).

use reqwest::StatusCode;

use super::client::Scim;
use super::model::ProviderConfig;
use super::operations::READ_PROVIDER_CONFIG;
use super::reading;
use super::refusal::{failure, unexplained};
use crate::Error;

/// What the server says it can do. Hints only: what it refuses with 405 or 501 counts.
///
/// # Errors
/// [`Kind::WrongAddress`](crate::Kind::WrongAddress): the server has no such page, which some lack, or the base URL is
/// wrong. Otherwise as for all calls.
pub async fn read(scim: &Scim) -> Result<ProviderConfig, Error> {
    let answer = scim.get(READ_PROVIDER_CONFIG, scim.url("ServiceProviderConfig")).await?;
    match answer.status {
        StatusCode::OK => {
            reading::provider_config(&answer.body).ok_or_else(|| unexplained(READ_PROVIDER_CONFIG, &answer))
        }
        _ => Err(failure(READ_PROVIDER_CONFIG, &answer)),
    }
}
