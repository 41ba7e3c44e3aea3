//! Which fields positions and openings have. A search passes over fields that HiBob does not know, so whoever sets up a
//! connection compares.

use super::client::{Hibob, unexplained};
use super::model::{FieldDescription, FieldId};
use super::operations::{DESCRIBE_OPENINGS, DESCRIBE_POSITIONS};
use super::reading;
use crate::{Error, Operation, Page};

/// The fields of positions.
///
/// # Errors
/// As for all calls.
pub async fn of_positions(hibob: &Hibob) -> Result<Page<FieldDescription, FieldId>, Error> {
    described(hibob, DESCRIBE_POSITIONS, "metadata/objects/position").await
}

/// The fields of openings.
///
/// # Errors
/// As for all calls.
pub async fn of_openings(hibob: &Hibob) -> Result<Page<FieldDescription, FieldId>, Error> {
    described(hibob, DESCRIBE_OPENINGS, "positions/position-openings/metadata").await
}

async fn described(hibob: &Hibob, operation: Operation, path: &str) -> Result<Page<FieldDescription, FieldId>, Error> {
    let answer = hibob.get(operation, path).await?;
    reading::descriptions(answer).ok_or_else(|| unexplained(operation))
}
