//! Publishes a contract that was made: its invitations go out, once.

use std::time::Duration;

use edge::verdict::Fault;
use reconcile::Answered;
use vendors::oneflow::drafts::{self, Published};
use vendors::oneflow::model::ContractId;
use vendors::oneflow::operations::PUBLISH_CONTRACT;

use crate::blocker::Blocker;
use crate::connection::StartRules;
use crate::link::{CandidateLink, Sent};
use crate::order::Order;
use crate::work::Work;

/// How long a contract rests that was made and does not show yet.
const REST: Duration = Duration::from_secs(10);

/// Publishes a contract, where the connection publishes. `Some`: what stands in the way.
///
/// # Errors
/// [`Fault::NotYetVisible`]; the vendors'; [`Fault::OutOfTime`].
pub(crate) async fn publish(
    work: &Work<'_>,
    link: &mut CandidateLink<'_>,
    rules: &StartRules,
    order: &Order,
    contract: ContractId,
) -> Result<Option<Blocker>, Fault> {
    let Some(invitation) = &rules.invitation else { return Ok(None) };
    work.needs_a_call()?;
    link.intend(Sent::Publication(contract)).await?;
    let answer = drafts::publish(&work.oneflow, contract, invitation).await;
    let reasons = match link.answered(work.note(PUBLISH_CONTRACT, answer)).await? {
        // in another state than a draft: an earlier attempt has published it, or a person
        Answered::Made(Published::Done | Published::NotInThisState(_)) => {
            end(link, order);
            link.save().await?;
            return Ok(None);
        }
        Answered::Made(Published::Gone) => {
            link.save().await?;
            if work.attempt.waited() < work.settings.oneflow_visible_within {
                return Err(Fault::NotYetVisible { until: work.attempt.now() + REST });
            }
            end(link, order);
            vec!["it was deleted before it was sent".to_owned()]
        }
        Answered::Made(Published::Refused(reasons)) => {
            link.save().await?;
            reasons.iter().map(ToString::to_string).collect()
        }
        Answered::Refused { reasons, .. } => reasons,
    };
    Ok(Some(Blocker::step_refused(order, "publish", &reasons)))
}

/// Nothing more is sent for this order.
fn end(link: &mut CandidateLink<'_>, order: &Order) {
    if let Some(start) = link.state_mut().start_mut(order.subject().id.as_str()) {
        start.is_published = true;
    }
}
