//! Makes and publishes the contracts that are asked for: by an application that reaches a stage of the connection's list, or by
//! a person.

use edge::verdict::Fault;
use reconcile::Signal;
use vendors::oneflow::model::ContractId;
use vendors::teamtailor::applications::{self, ApplicationById};
use vendors::teamtailor::model::{Application, ApplicationId, Candidate, JobId};
use vendors::teamtailor::operations::READ_APPLICATION;

use crate::blocker::Blocker;
use crate::catalog::Catalog;
use crate::connection::{Origin, StartRules};
use crate::link::{CandidateLink, Start};
use crate::make::{Wanted, make};
use crate::order::Order;
use crate::publish::publish;
use crate::work::Work;

/// Makes and publishes what was asked for: by the signal, and in earlier attempts.
///
/// # Errors
/// The vendors'; [`Fault::OutOfTime`].
pub(crate) async fn start(
    work: &Work<'_>,
    link: &mut CandidateLink<'_>,
    candidate: &Candidate,
    catalog: &Catalog,
    signal: &Signal,
) -> Result<Vec<Blocker>, Fault> {
    let Some(rules) = work.settings.start.as_ref().filter(|_| work.settings.directions.to_oneflow) else {
        return Ok(Vec::new());
    };
    let mut blockers = Vec::new();
    for order in unmade(link, signal) {
        let Some(counting) = counting(work, rules, &order).await? else {
            link.state_mut().starts.retain(|start| start.order != order.subject());
            continue;
        };
        register(link, &order);
        let wanted = Wanted { rules, order: &order, origin: counting.origin, job: counting.job.as_ref() };
        blockers.extend(make(work, link, candidate, catalog, wanted).await?);
    }
    for (order, contract) in unpublished(link, rules) {
        blockers.extend(match counting(work, rules, &order).await? {
            Some(_) => publish(work, link, rules, &order, contract).await?,
            None => Some(Blocker::stays_a_draft(&order, contract)),
        });
    }
    Ok(blockers)
}

/// The orders whose contracts may still have to be made: one for each order, whatever the template is called meanwhile.
fn unmade(link: &CandidateLink<'_>, signal: &Signal) -> Vec<Order> {
    let starts = &link.state().starts;
    let kept = starts.iter().filter(|start| start.contract.is_none());
    let mut unmade: Vec<Order> = kept.filter_map(|start| Order::of(&start.order)).collect();
    if let Some(order) = Order::of(&signal.about)
        && !starts.iter().any(|start| start.order == signal.about)
    {
        unmade.push(order);
    }
    unmade
}

/// The contracts that were made and not sent. An invitation that a file lost since then sends none.
fn unpublished(link: &CandidateLink<'_>, rules: &StartRules) -> Vec<(Order, ContractId)> {
    if rules.invitation.is_none() {
        return Vec::new();
    }
    let starts = link.state().starts.iter().filter(|start| !start.is_published);
    starts.filter_map(|start| Some((Order::of(&start.order)?, start.contract?))).collect()
}

/// An order that counts now.
struct Counting {
    origin: Origin,
    job: Option<JobId>,
}

/// Whether an order counts: a person's does; an application has to stand where it starts a contract, and may have moved on.
async fn counting(work: &Work<'_>, rules: &StartRules, order: &Order) -> Result<Option<Counting>, Fault> {
    match order {
        Order::Application(id) => application(work, rules, id).await,
        Order::ByHand(by_hand) => Ok(Some(Counting { origin: by_hand.origin, job: None })),
    }
}

async fn application(work: &Work<'_>, rules: &StartRules, id: &ApplicationId) -> Result<Option<Counting>, Fault> {
    work.needs_a_call()?;
    let read = applications::read(&work.teamtailor, id).await;
    let ApplicationById::There(application) = work.note(READ_APPLICATION, read)? else { return Ok(None) };
    let Application { listed, job } = *application;
    let is_theirs = listed.candidate.as_ref() == Some(&work.candidate) && listed.rejected.is_none();
    let came = listed.stage_changed.unwrap_or(listed.created);
    let stage = listed.stage.filter(|stage| is_theirs && rules.has_stage(stage) && rules.counts(came));
    Ok(stage.map(|stage| Counting { origin: rules.origin(job.as_ref(), &stage), job }))
}

/// What is still to be made is tried again with each turn of the candidate.
fn register(link: &mut CandidateLink<'_>, order: &Order) {
    let order = order.subject();
    if link.state_mut().start_mut(order.id.as_str()).is_none() {
        link.state_mut().starts.push(Start { order, contract: None, is_published: false });
    }
}
