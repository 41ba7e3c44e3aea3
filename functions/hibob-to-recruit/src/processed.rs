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

/// What is logged of blockers, and what their owner is told: what people have entered as well.
fn told(blockers: Vec<Blocker>) -> (String, Vec<Notice>) {
    let reasons: Vec<&str> = blockers.iter().flat_map(|blocker| &blocker.notice.reasons).map(String::as_str).collect();
    let logged = reasons.join("; ");
    let notice = |Blocker { mut notice, entered, .. }: Blocker| {
        notice.reasons.extend(entered.into_iter().map(|line| line.reveal().clone()));
        notice
    };
    (logged, blockers.into_iter().map(notice).collect())
}

#[cfg(test)]
mod tests {
    use mapping::{Problem, Unmappable};
    use vendors::value::Personal;

    use super::*;
    use crate::sample::id;

    #[test]
    fn what_people_have_entered_is_told_and_not_logged() {
        let problem = Problem::new("opening.reason", "`words` does not name what HiBob shows");
        let problem = Problem { word: Some(Personal::new("Mina's cover".to_owned())), ..problem };
        let unmappable = Unmappable { problems: vec![problem.clone()] };
        let blockers = || vec![Blocker::unmappable(&id(), &unmappable), Blocker::left_out(&problem)];
        assert!(!format!("{:?}", blockers()).contains("Mina"));
        let (logged, notices) = told(blockers());
        assert!(!logged.contains("Mina"), "{logged}");
        for notice in notices {
            assert_eq!(notice.reasons.last().unwrap(), "`opening.reason`: HiBob shows \"Mina's cover\"");
            assert!(!notice.key.contains("Mina") && !notice.code.contains("Mina"), "{notice:?}");
        }
    }
}
