//! The call that asks whether the login is good.

use super::client::Oneflow;
use super::operations::PING;
use super::refusal::failure;
use crate::Error;

#[cfg(doc)]
use crate::Kind;

/// Asks whether the token is accepted.
///
/// # Errors
/// [`Kind::LoginRefused`]: it is not. Otherwise as for all calls.
pub async fn ping(oneflow: &Oneflow) -> Result<(), Error> {
    let answer = oneflow.get(PING, oneflow.url("ping")).await?;
    if answer.status.is_success() { Ok(()) } else { Err(failure(PING, &answer)) }
}
