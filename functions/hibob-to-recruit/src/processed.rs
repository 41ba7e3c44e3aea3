//! How the work on an opening ends: what the link keeps of it, and what is logged and told.

use edge::Processed;
use edge::verdict::Fault;
use jiff::civil::Date;
use reconcile::{Blocked, Notice, Observed, Shown};

use crate::blocker::Blocker;
use crate::link::OpeningLink;
use crate::work::Work;

/// Openings have no days. With this one they all count when it is judged whether a sweep misses too many.
pub(crate) const WINDOW: Option<Date> = Some(Date::ZERO);

/// What an attempt has seen and brought about.
pub(crate) fn observed(opening: &OpeningLink<'_>, shown: Shown) -> Observed {
    Observed { shown, window: WINDOW, due: None, holds: opening.state().holds() }
}

/// Something stands in the way: what Recruit holds stays, the owner is told, and the link says so.
pub(crate) async fn block(
    work: &Work<'_>,
    opening: &mut OpeningLink<'_>,
    blockers: Vec<Blocker>,
    observed: Observed,
) -> Result<Processed, Fault> {
    let ends = ends(&blockers);
    let (reasons, notices) = told(blockers);
    opening.block(ends, notices, observed).await?;
    Ok(Processed::rejected(reasons, work.answered()))
}

/// Something stands in the way of which nothing is known for the link: the owner is told.
pub(crate) async fn reject(work: &Work<'_>, opening: &OpeningLink<'_>, blocker: Blocker) -> Result<Processed, Fault> {
    let (reasons, notices) = told(vec![blocker]);
    opening.reject(notices).await?;
    Ok(Processed::rejected(reasons, work.answered()))
}

/// A step waits, and nothing new was seen of the opening.
pub(crate) async fn hold(
    work: &Work<'_>,
    opening: &mut OpeningLink<'_>,
    blockers: Vec<Blocker>,
) -> Result<Processed, Fault> {
    let (reasons, notices) = told(blockers);
    opening.hold(notices).await?;
    Ok(Processed::rejected(reasons, work.answered()))
}

/// One that every sweep tries again wins.
fn ends(blockers: &[Blocker]) -> Blocked {
    let is_waiting = blockers.iter().any(|blocker| blocker.ends == Blocked::Waiting);
    if is_waiting { Blocked::Waiting } else { Blocked::UntilEdited }
}

/// What is logged of blockers, and what their owner is told.
fn told(blockers: Vec<Blocker>) -> (String, Vec<Notice>) {
    let notices: Vec<Notice> = blockers.into_iter().map(|blocker| blocker.notice).collect();
    let reasons: Vec<&str> = notices.iter().flat_map(|notice| &notice.reasons).map(String::as_str).collect();
    (reasons.join("; "), notices)
}
