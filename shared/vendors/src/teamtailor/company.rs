//! The call that says whose API key it is: what `check` asks first.

use super::client::Teamtailor;
use super::document;
use super::model::Company;
use super::operations::READ_COMPANY;
use super::reading;
use super::refusal::unreadable;
use crate::Error;
use crate::json::Field;

/// The company of the API key.
///
/// # Errors
/// As for all calls.
pub async fn read(teamtailor: &Teamtailor) -> Result<Company, Error> {
    let document = teamtailor.get(READ_COMPANY, teamtailor.url("company")).await?;
    let company = document::one(&document).ok_or(Field("data")).and_then(reading::company);
    company.map_err(|field| unreadable(READ_COMPANY, field))
}
