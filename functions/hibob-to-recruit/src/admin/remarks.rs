//! What whoever applies a file should know of the accounts: how many positions `policies.backfill` leaves.

use std::collections::BTreeSet;

use admin::{Context, Error};
use mapping::hibob_to_recruit::OpeningRules;
use vendors::hibob::model::PositionId;

use super::context::{hibob, only_reading, settings};
use super::listed::HibobLists;
use crate::desired::{Desired, Known, decide};
use crate::link::OpeningState;

/// Asks HiBob, once: after the first sweep it is decided what is left. Writes nothing.
///
/// # Errors
/// HiBob's; where file or secret cannot be used, or the table fails.
pub(super) async fn remarks(context: Context<'_>) -> Result<Vec<String>, Error> {
    if context.ledger.cursor(context.name).await?.is_some() {
        return Ok(Vec::new());
    }
    let settings = settings(&context)?;
    let hibob = hibob(&context, &settings, &only_reading()?);
    let lists = HibobLists::read(&hibob, &settings).await?;
    Ok(vec![said(left(&lists, &settings.rules).len())])
}

/// What is said of positions that the first sweep leaves.
pub(super) fn said(left: usize) -> String {
    format!("{left} positions were approved before the first sweep, and `policies.backfill` leaves them")
}

/// The positions with an opening that the first sweep leaves.
fn left<'a>(lists: &'a HibobLists, rules: &OpeningRules) -> BTreeSet<&'a PositionId> {
    let rows = lists.openings.iter().filter_map(|opening| lists.row(opening));
    let decided = |row| decide(row, &OpeningState::default(), rules, Known::BeforeFirstSweep);
    rows.filter(|row| decided(*row) == Ok(Desired::Left)).map(|row| &row.position.id).collect()
}
