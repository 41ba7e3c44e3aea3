//! Openings that recruiters have added by hand to positions that hrsync has made. They are never touched, and count for
//! nothing; a person who looks at a connection is told of them.

use std::collections::BTreeSet;

use admin::{Error, ReadingContext};
use vendors::Http;
use vendors::recruit::model::PositionUid;
use vendors::recruit::openings::{self, OpeningsOfPosition};

use crate::connection::Settings;
use crate::link::{claim_of_opening, position_of_claim};

/// Tells of each position that has some: one call of Recruit for each position, where the file names a way to list
/// openings.
///
/// # Errors
/// Where the table fails. What Recruit refuses is told, and ends the looking.
pub(super) async fn tell(context: &ReadingContext<'_>, settings: &Settings, http: &Http) -> Result<(), Error> {
    if settings.ways.list_openings.is_none() {
        return Ok(());
    }
    let recruit = settings.recruit(http, context.now);
    let claims = context.ledger.claims(context.name).await?;
    let ours: BTreeSet<&str> = claims.iter().map(|(claim, _)| claim.as_str()).collect();
    for position in ours.iter().filter_map(|claim| position_of_claim(claim)) {
        let listed = match openings::of_position(&recruit, &position).await {
            Ok(OpeningsOfPosition::Listed(listed)) => listed,
            Ok(OpeningsOfPosition::Unsupported) => return Ok(()),
            Err(error) => {
                (context.progress)(&format!("openings made by hand are not told: {error}"));
                return Ok(());
            }
        };
        let by_hand = listed.items.iter().filter(|opening| !ours.contains(claim_of_opening(&opening.uid).as_str()));
        let uids: Vec<String> = by_hand.map(|opening| opening.uid.to_string()).collect();
        if !uids.is_empty() {
            (context.progress)(&said(&position, &uids));
        }
        tokio::time::sleep(settings.between_recruit_calls()).await;
    }
    Ok(())
}

fn said(position: &PositionUid, uids: &[String]) -> String {
    let uids = uids.join(", ");
    format!("openings of Recruit's position {position} that hrsync has not made, and leaves alone: {uids}")
}
