//! Writes fields of an opening that Recruit holds.

use edge::verdict::Fault;
use ledger::Fingerprint;
use mapping::hibob_to_recruit::{MappedOpening, OpeningField};
use vendors::recruit::model::{OpeningUid, PositionUid};
use vendors::recruit::openings::{self, OpeningChange};
use vendors::recruit::operations::UPDATE_OPENING;
use vendors::recruit::outcome::Changed;
use vendors::{Error, Kind};

use crate::blocker::{Blocker, Unsupported};
use crate::link::{GroupLink, OpeningLink, digests};
use crate::work::Work;

/// Writes the fields.
pub(crate) async fn change(
    work: &Work<'_>,
    opening: &mut OpeningLink<'_>,
    group: &mut GroupLink<'_>,
    mapped: &MappedOpening,
    fields: &[OpeningField],
) -> Result<Vec<Blocker>, Fault> {
    let names: Vec<String> = fields.iter().map(ToString::to_string).collect();
    let detail = names.join(", ");
    if work.recruit.ways().update_opening.is_none() {
        return Ok(vec![unsupported(work, mapped, &detail)]);
    }
    let Some((position, uid)) = uids(opening) else {
        return Ok(vec![Blocker::unknown_uid(&work.opening, &detail)]);
    };
    work.turn(group).await?;
    let answer = openings::update(&work.recruit, &position, &uid, &changed(mapped, fields)).await;
    match work.note(UPDATE_OPENING, answer) {
        Ok(Changed::Done) => {
            if let Some(target) = &mut opening.state_mut().target {
                target.sent = digests(mapped);
            }
            opening.save().await?;
            Ok(Vec::new())
        }
        Ok(Changed::Refused(reasons)) => {
            let reasons: Vec<String> = reasons.iter().map(ToString::to_string).collect();
            Ok(vec![Blocker::step_refused(&work.opening, "change the opening", &reasons)])
        }
        Ok(Changed::Unsupported) => Ok(vec![unsupported(work, mapped, &detail)]),
        Err(error) => refused(work, error, "change the opening"),
    }
}

/// Each change is told once: another one has another key.
fn unsupported(work: &Work<'_>, mapped: &MappedOpening, detail: &str) -> Blocker {
    let wanted = Fingerprint::of(&format!("{:?}", digests(mapped))).to_string();
    Blocker::unsupported(&work.opening, Unsupported::Update, &detail, wanted.get(..8).unwrap_or_default())
}

/// What a failed call says of this one opening; the error where it says nothing of it. An opening that Recruit does not show
/// is not made again: rights that were changed look the same.
pub(crate) fn refused(work: &Work<'_>, error: Error, step: &str) -> Result<Vec<Blocker>, Fault> {
    let reasons = match &error.kind {
        Kind::Gone => vec!["Recruit does not show it any more".to_owned()],
        kind if kind.is_refusal() => kind.reasons().iter().map(ToString::to_string).collect(),
        _ => return Err(error.into()),
    };
    Ok(vec![Blocker::step_refused(&work.opening, step, &reasons)])
}

/// The uids of position and opening, where both are known.
pub(crate) fn uids(opening: &OpeningLink<'_>) -> Option<(PositionUid, OpeningUid)> {
    let target = opening.state().target.as_ref()?;
    Some((target.position.clone(), target.uid.clone()?))
}

fn changed(mapped: &MappedOpening, fields: &[OpeningField]) -> OpeningChange {
    let has = |field: &OpeningField| fields.contains(field);
    let filled = mapped.custom_fields.iter().map(|(name, text)| (name, Some(text)));
    let emptied = mapped.empty_fields.iter().map(|name| (name, None));
    let custom = filled.chain(emptied).filter(|(name, _)| has(&OpeningField::Custom((*name).clone())));
    OpeningChange {
        name: has(&OpeningField::Name).then(|| mapped.name.clone()),
        time_expected_hire: has(&OpeningField::ExpectedHire).then_some(mapped.expected_hire),
        reason: has(&OpeningField::Reason).then_some(mapped.reason),
        custom_fields: custom.map(|(name, text)| (name.clone(), text.cloned())).collect(),
    }
}
